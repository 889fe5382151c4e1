"""Ways in which access goes wrong.

MeldpuntError
├── AccessRefused
│   ├── PermissionMissing   the actor's roles do not carry the permission
│   └── NotFound            missing and forbidden look the same
├── NobodyBound             somebody was to take over a binding, and there is none: a mistake in a door
└── RuleBroken              the deed is not possible in this state; the message says why, to a person
    ├── RolesDoNotMix       an account has the roles of one door, and an administrator has no other
    ├── OrganisationUnfit   who comes in at the portal speaks for an organisation, and nobody of the desk does
    ├── AddressInUse        somebody comes in with this address already
    ├── OwnAccount          nobody shuts themselves out
    ├── CertificateBound    the certificate goes with this key already
    ├── CertificateMissing  a key cannot ask for a certificate that it does not have
    ├── KeyUsedBefore       an Idempotency-Key goes with one request
    ├── StillAnswering      the same request is being answered at this moment
    └── StartRefused        who gives a new start, and to whom
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from meldpunt.vocabulary.bilingual import Bilingual

Value: TypeAlias = str | int | Bilingual
"""What may stand in a place of a sentence: a name or code as it is, a number, or words in both languages."""


class MeldpuntError(Exception):
    """Every error a room raises on purpose."""


class AccessRefused(MeldpuntError):
    """The actor may not; a door answers as if the thing were not there."""


class PermissionMissing(AccessRefused):
    """None of the actor's roles carries the permission that the deed asks."""


class NotFound(AccessRefused):
    """There is no such thing, or not for this viewer."""


class NobodyBound(MeldpuntError):
    """A binding was to change hands where nothing is bound; a door binds first (`DoorMiddleware`)."""


class RuleBroken(MeldpuntError):
    """What was asked is not possible now, and a whole sentence says why to the person who asked.

    `sentence` is the English source text and `values` fill its places, `%(name)s`: so that a door can say it in the
    language of who asked. A wording in both languages is a value like any other. `str()` is the English.
    """

    def __init__(self, sentence: str, /, **values: Value) -> None:
        self.sentence = sentence
        self.values: Mapping[str, Value] = values
        super().__init__(fill(sentence, {name: in_english(value) for name, value in values.items()}))


class RolesDoNotMix(RuleBroken):
    """Give one person two accounts where they have two tasks: who manages accounts does no casework."""

    def __init__(self) -> None:
        super().__init__("Choose roles of one door: of the desk or of the portal; an administrator has no other role.")


class OrganisationUnfit(RuleBroken):
    """Name the organisation of who comes in at the portal, and none for a colleague."""

    def __init__(self) -> None:
        super().__init__("Who comes in at the portal speaks for an organisation; who works at the desk for none.")


class AddressInUse(RuleBroken):
    """Open the account that is there, or use another address."""

    def __init__(self) -> None:
        super().__init__("There is an account with this address already.")


class OwnAccount(RuleBroken):
    """Ask another administrator."""

    def __init__(self) -> None:
        super().__init__("Nobody closes their own account: ask another administrator.")


class CertificateBound(RuleBroken):
    """Nothing to do, or revoke the one that is there."""

    def __init__(self) -> None:
        super().__init__("This certificate goes with this key already.")


class CertificateMissing(RuleBroken):
    """Bind a certificate first."""

    def __init__(self) -> None:
        super().__init__("Bind a certificate that holds to this key first: without one it would open nothing.")


class KeyUsedBefore(RuleBroken):
    """Make a new Idempotency-Key for each request that is another."""

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key came with another request before. Make a new one for each request.")


class StillAnswering(RuleBroken):
    """Ask again in a second: the answer is there then."""

    def __init__(self) -> None:
        super().__init__("A request with this Idempotency-Key is being answered at this moment. Ask again later.")


class StartRefused(RuleBroken):
    """Ask a colleague who may; an account that is closed is opened first."""

    def __init__(self) -> None:
        super().__init__(
            "A new start is for an open account of somebody else. An administrator asks it and a second person "
            "approves it, for somebody of an organisation a duty officer; both were let in more than a week ago."
        )


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """The sentence with its places filled; one without places is left as it is, percent signs and all."""
    return sentence % words if words else sentence


def in_english(value: Value) -> str:
    """A value as it stands in an English sentence."""
    if isinstance(value, Bilingual):
        return value.en
    return f"{value:,}" if isinstance(value, int) else value
