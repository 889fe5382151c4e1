"""Ways in which the constituency refuses.

RuleBroken
├── IdentitySealed        the organisation is known by its code; its name takes an unsealing
├── RegistrySealed        the whole registry is not for this viewer; ask for the values at hand
├── PurposeMissing        an identity is unsealed for a purpose or not at all
└── RegistrationRefused   the form cannot be registered
    ├── FormIncomplete        a field is missing or outside the vocabulary
    └── ClaimNotAccepted      a network, domain or AS number is unreadable, everybody's, or somebody else's
"""

from __future__ import annotations

from meldpunt.access.errors import RuleBroken


class IdentitySealed(RuleBroken):
    """Unseal the identity first, with a purpose; the unsealing is written in the ledger."""


class RegistrySealed(RuleBroken):
    """Name the addresses, hosts or AS numbers you hold; only who manages the constituency reads all claims."""


class PurposeMissing(RuleBroken):
    """Say what the name is needed for: the purpose is kept in the ledger."""


class RegistrationRefused(RuleBroken):
    """Nothing was registered; correct the form and send it again."""


class FormIncomplete(RegistrationRefused):
    """A field that every organisation has is empty, or holds a word the vocabulary does not know."""


class ClaimNotAccepted(RegistrationRefused):
    """A claimed network, domain or AS number cannot be this organisation's."""
