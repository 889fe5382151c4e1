"""Every read of the constituency. What a viewer may not know, the rows do not show."""

from .attribution import compile_registry, last_registered_at
from .audiences import (
    list_isacs,
    list_members,
    list_network_participants,
    list_parties,
    ministry_of,
    supervisor_of,
)
from .identities import (
    find_own_terms,
    find_pointers,
    find_unsealing,
    get_identity,
    list_contacts,
    list_masking_terms,
    list_sealed_terms,
    list_telling_products,
    masking_terms,
)
from .keys import (
    count_keys_of_overseer,
    count_usable_keys,
    get_destination,
    list_gaps,
    list_reachable,
    list_ways,
)
from .organisations import (
    count_organisations,
    find_by_code,
    find_by_names,
    get_organisation,
    list_by_ids,
    list_codes,
    list_codes_of_waiting,
    list_organisations,
    list_product_names,
    list_users_of_product,
)
from .people import list_portal_people
from .seats import list_own_seats, list_seats, list_table

__all__ = [
    "compile_registry",
    "count_keys_of_overseer",
    "count_organisations",
    "count_usable_keys",
    "find_by_code",
    "find_by_names",
    "find_own_terms",
    "find_pointers",
    "find_unsealing",
    "get_destination",
    "get_identity",
    "get_organisation",
    "last_registered_at",
    "list_by_ids",
    "list_codes",
    "list_codes_of_waiting",
    "list_contacts",
    "list_gaps",
    "list_isacs",
    "list_masking_terms",
    "list_members",
    "list_network_participants",
    "list_organisations",
    "list_own_seats",
    "list_parties",
    "list_portal_people",
    "list_product_names",
    "list_reachable",
    "list_sealed_terms",
    "list_seats",
    "list_table",
    "list_telling_products",
    "list_users_of_product",
    "list_ways",
    "masking_terms",
    "ministry_of",
    "supervisor_of",
]
