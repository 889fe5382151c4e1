"""Ways in which access goes wrong.

MeldpuntError
├── AccessRefused
│   ├── PermissionMissing   the actor's roles do not carry the permission
│   └── NotFound            missing and forbidden look the same
├── NobodyBound             somebody was to take over a binding, and there is none: a mistake in a door
└── RuleBroken              the deed is not possible in this state; the message says why, to a person
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


def fill(sentence: str, words: Mapping[str, str]) -> str:
    """The sentence with its places filled; one without places is left as it is, percent signs and all."""
    return sentence % words if words else sentence


def in_english(value: Value) -> str:
    """A value as it stands in an English sentence."""
    if isinstance(value, Bilingual):
        return value.en
    return f"{value:,}" if isinstance(value, int) else value
