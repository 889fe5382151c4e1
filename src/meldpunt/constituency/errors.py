"""Ways in which the constituency refuses.

RuleBroken
├── IdentitySealed        the organisation is known by its code; its name takes an unsealing
├── RegistrySealed        the whole registry is not for this viewer; ask for the values at hand
├── PurposeMissing        an identity is unsealed for a purpose or not at all
├── SeatTaken             who has a seat at a table gets no second one
├── RegistrationRefused   the form cannot be registered
│   ├── FormIncomplete        a field is missing or outside the vocabulary
│   └── ClaimNotAccepted      a network, domain or AS number is unreadable, everybody's, or somebody else's
└── KeyRefused            mail will not be closed with this key
    ├── KeyUnreadable         no key, or not one key
    ├── KeySecret             the secret half of it
    ├── KeyUnfit              expired, revoked, or not for encrypting mail
    ├── KeyOfAnother          it names another address
    ├── KeyKnown              the same key is on file for this contact
    └── FingerprintDiffers    what was read out is not what is on file
"""

from __future__ import annotations

from meldpunt.access.errors import RuleBroken


class IdentitySealed(RuleBroken):
    """Unseal the identity first, with a purpose; the unsealing is written in the ledger."""


class RegistrySealed(RuleBroken):
    """Name the addresses, hosts or AS numbers you hold; only who manages the constituency reads all claims."""


class PurposeMissing(RuleBroken):
    """Say what the name is needed for: the purpose is kept in the ledger."""


class SeatTaken(RuleBroken):
    """Nothing to do, or hide, show or end the seat that there is."""


class RegistrationRefused(RuleBroken):
    """Nothing was registered; correct the form and send it again."""


class FormIncomplete(RegistrationRefused):
    """A field that every organisation has is empty, or holds a word the vocabulary does not know."""


class ClaimNotAccepted(RegistrationRefused):
    """A claimed network, domain or AS number cannot be this organisation's."""


class KeyRefused(RuleBroken):
    """No key was kept, and none that is on file changed."""


class KeyUnreadable(KeyRefused):
    """Export one public key, armoured or binary, or one certificate in PEM or DER."""


class KeySecret(KeyRefused):
    """Throw this key away: its secret half left the machine it was made on."""


class KeyUnfit(KeyRefused):
    """Ask the contact for a key that is valid and meant for encrypting mail."""


class KeyOfAnother(KeyRefused):
    """Ask for the key of this very address, or write down why another's will do."""


class KeyKnown(KeyRefused):
    """Nothing to do: verify or revoke the one that is on file."""


class FingerprintDiffers(KeyRefused):
    """Do not use the key: call again, and have the whole fingerprint read out by the owner."""
