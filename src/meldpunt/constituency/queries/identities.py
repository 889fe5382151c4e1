"""Who an organisation is, for who may know; and what to hide of it, for who writes to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Final

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Door, OrganisationId, Permission
from meldpunt.engines.redaction.identity import Identity

from .. import models
from ..errors import IdentitySealed
from ..values import Hours, Person, Unsealing
from .organisations import get_organisation

_TELLING_PRODUCTS: Final = (files("meldpunt.constituency") / "sql" / "telling_products.sql").read_text()


@look(Permission.ORGANISATION_READ)
def get_identity(viewer: Actor, /, *, organisation: OrganisationId) -> Identity:
    """Everything known that points at the organisation. Raises `IdentitySealed`, `NotFound`."""
    get_organisation(viewer, organisation=organisation)
    named = models.Identity.objects.filter(organisation_id=organisation).first()
    if named is None:
        raise IdentitySealed("Unseal the identity of this organisation first, with a purpose.")
    people = list(models.Contact.objects.filter(organisation_id=organisation).order_by("hours", "name"))
    domains = models.Domain.objects.filter(organisation_id=organisation).order_by("name")
    networks = models.Network.objects.filter(organisation_id=organisation).order_by("prefix")
    return Identity(
        names=(named.name,),
        aliases=tuple(named.aliases),
        people=tuple(dict.fromkeys(person.name for person in people)),
        domains=tuple(dict.fromkeys(domains.values_list("name", flat=True))),
        networks=tuple(dict.fromkeys(networks.values_list("prefix", flat=True))),
        phones=tuple(dict.fromkeys(person.phone for person in people)),
        mails=tuple(dict.fromkeys(person.mail for person in people)),
    )


@look(Permission.ORGANISATION_READ)
def list_contacts(viewer: Actor, /, *, organisation: OrganisationId, hours: Hours | None = None) -> tuple[Person, ...]:
    """Whom to reach, by day or night. Raises `IdentitySealed`, `NotFound`."""
    get_identity(viewer, organisation=organisation)
    rows = models.Contact.objects.filter(organisation_id=organisation).order_by("hours", "name")
    return tuple(
        Person(name=row.name, function=row.function, mail=row.mail, phone=row.phone, hours=Hours(row.hours))
        for row in rows
        if hours is None or row.hours == hours.value
    )


@look(Permission.IDENTITY_UNSEAL)
def find_unsealing(viewer: Actor, /, *, organisation: OrganisationId) -> Unsealing | None:
    """The viewer's own unsealing of this organisation that lapses last, while it lasts."""
    row = (
        models.Unsealing.objects.filter(actor=viewer.id, organisation_id=organisation, lapses_at__gt=timezone.now())
        .order_by("-lapses_at")
        .first()
    )
    if row is None:
        return None
    return Unsealing(organisation, row.purpose, unsealed_at=row.unsealed_at, lapses_at=row.lapses_at)


@look(Permission.DISCLOSURE_PROPOSE)
def masking_terms(viewer: Actor, /, *, organisation: OrganisationId) -> Identity:
    """What to hide of an organisation in a text that leaves, whether or not its identity was unsealed.

    For the door only: these terms never go to a page. The disclosure that follows is in the ledger.
    """
    return list_masking_terms(viewer, organisations=[organisation])[organisation]


@look(Permission.DISCLOSURE_PROPOSE)
def list_masking_terms(
    viewer: Actor, /, *, organisations: Collection[OrganisationId]
) -> Mapping[OrganisationId, Identity]:
    """`masking_terms` of each of these, in one question; of one that is not there nothing is to be hidden."""
    return {one: Identity(**terms) for one, terms in _masking_terms(organisations).items()}


@look(Permission.REPORT_SUBMIT)
def find_own_terms(viewer: Actor, /) -> Identity:
    """`masking_terms` of the viewer's own organisation: for what it tells us, and never for a page."""
    if viewer.organisation is None:
        return Identity()
    return Identity(**_masking_terms([viewer.organisation])[viewer.organisation])


@look(Permission.ISAC_SPEAK)
def find_pointers(viewer: Actor, /) -> Identity:
    """What points at the viewer's own organisation in words that go unattributed, with the products only it has."""
    if viewer.organisation is None:
        return Identity()
    with connection.cursor() as cursor:
        cursor.execute("SELECT product FROM constituency_sole_products(%s)", [viewer.organisation])
        products = tuple(product for (product,) in cursor.fetchall())
    return Identity(**_masking_terms([viewer.organisation])[viewer.organisation], products=products)


@look(Permission.DISCLOSURE_PROPOSE)
def list_telling_products(
    viewer: Actor, /, *, organisations: Collection[OrganisationId]
) -> Mapping[OrganisationId, tuple[str, ...]]:
    """Products that point at one of these: nobody else of its sector uses them.

    Whoever is told of an incident mostly learns the sector, so that is whom its readers can tell apart. Products are no
    part of `masking_terms`: the desk has to read which product failed, and sees whose it is by code.
    """
    if not organisations:
        return {}
    found: defaultdict[OrganisationId, tuple[str, ...]] = defaultdict(tuple)
    with connection.cursor() as cursor:
        cursor.execute(_TELLING_PRODUCTS, [list(organisations)])
        for organisation, name in cursor.fetchall():
            found[OrganisationId(organisation)] += (name,)
    return found


@look(Permission.DISCLOSURE_PROPOSE)
def list_sealed_terms(
    viewer: Actor, /, *, organisations: Collection[OrganisationId]
) -> Mapping[OrganisationId, Identity]:
    """`masking_terms` of those who are to be hidden from this viewer in words that were written for others.

    Only the desk is not told who somebody is, and of the desk not who weighs every word under the law on open
    government: what was hidden beforehand would be withheld on no ground. Never for a page.
    """
    if viewer.door is not Door.DESK or may(viewer.roles, Permission.INFORMATION_REQUEST_HANDLE) or not organisations:
        return {}
    named = models.Identity.objects.filter(organisation_id__in=list(organisations))
    known = set(named.values_list("organisation_id", flat=True))
    return list_masking_terms(viewer, organisations=[one for one in organisations if one not in known])


def _masking_terms(organisations: Collection[OrganisationId]) -> dict[OrganisationId, dict[str, tuple[str, ...]]]:
    terms: dict[OrganisationId, defaultdict[str, list[str]]] = {one: defaultdict(list) for one in organisations}
    if not terms:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, field, term FROM unnest(%s::uuid[]) AS asked, constituency_masking(asked)", [list(terms)]
        )
        for asked, field, term in cursor.fetchall():
            if term not in terms[asked][field]:
                terms[asked][field].append(term)
    return {one: {field: tuple(words) for field, words in found.items()} for one, found in terms.items()}
