"""The words of ISACs: kinds and states of posts and motions, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual


class PostKind(StrEnum):
    """What sort of post it is."""

    POST = "post"
    REPLY = "reply"
    MEETING_NOTES = "meeting-notes"

    @property
    def label(self) -> Bilingual:
        """What people call it."""
        return _LABELS[self]


class PostState(StrEnum):
    """How far a post came. A DRAFT is its author's alone; REFUSED, TAKEN_BACK and WITHDRAWN are ends."""

    DRAFT = "draft"
    WAITING = "waiting"
    TOLD = "told"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Bilingual:
        """What people call it."""
        return _LABELS[self]


class MotionKind(StrEnum):
    """What is to happen to a seat."""

    JOIN = "join"
    LEAVE = "leave"
    REMOVE = "remove"
    CHAIR = "chair"

    @property
    def label(self) -> Bilingual:
        """What people call it."""
        return _LABELS[self]


class MotionState(StrEnum):
    """How far a motion came. All but ASKED and GRANTED are ends; LAPSED: it no longer could be carried out."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    CARRIED_OUT = "carried-out"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken-back"

    @property
    def label(self) -> Bilingual:
        """What people call it."""
        return _LABELS[self]


class RemovalGround(StrEnum):
    """Why the desk takes a post away from a table."""

    PERSONAL_DATA = "personal-data"
    NOT_OWN_INFORMATION = "not-own-information"
    MARKED_TOO_WIDE = "marked-too-wide"
    UNLAWFUL = "unlawful"
    NAMES_A_MEMBER = "names-a-member"

    @property
    def label(self) -> Bilingual:
        """What people call it."""
        return _LABELS[self]


# A word means the same of a post and of a motion, so it stands here once.
_LABELS: Final[Mapping[str, Bilingual]] = {
    PostKind.POST: Bilingual("Bericht", "Post"),
    PostKind.REPLY: Bilingual("Reactie", "Reply"),
    PostKind.MEETING_NOTES: Bilingual("Verslag van een overleg", "Meeting notes"),
    PostState.DRAFT: Bilingual("concept", "draft"),
    PostState.WAITING: Bilingual("wacht", "waits"),
    PostState.TOLD: Bilingual("verteld", "told"),
    PostState.REFUSED: Bilingual("niet verteld", "not told"),
    PostState.TAKEN_BACK: Bilingual("teruggenomen", "taken back"),
    PostState.WITHDRAWING: Bilingual("wordt ingetrokken", "being withdrawn"),
    PostState.WITHDRAWN: Bilingual("ingetrokken", "withdrawn"),
    MotionKind.JOIN: Bilingual("een zetel vragen", "ask for a seat"),
    MotionKind.LEAVE: Bilingual("de tafel verlaten", "leave the table"),
    MotionKind.REMOVE: Bilingual("een zetel beëindigen", "end a seat"),
    MotionKind.CHAIR: Bilingual("het voorzitterschap overdragen", "pass the chair"),
    MotionState.ASKED: Bilingual("gevraagd", "asked"),
    MotionState.GRANTED: Bilingual("toegestaan, binnen een minuut uitgevoerd", "granted, carried out within a minute"),
    MotionState.DECLINED: Bilingual("afgewezen", "declined"),
    MotionState.CARRIED_OUT: Bilingual("uitgevoerd", "carried out"),
    MotionState.LAPSED: Bilingual("vervallen", "lapsed"),
    RemovalGround.PERSONAL_DATA: Bilingual(
        "er staan persoonsgegevens in die de tafel niet nodig heeft",
        "it holds personal data that the table does not need",
    ),
    RemovalGround.NOT_OWN_INFORMATION: Bilingual(
        "de schrijver vertelt iets dat van een ander is", "its author tells what is somebody else's"
    ),
    RemovalGround.MARKED_TOO_WIDE: Bilingual(
        "de markering is ruimer dan de bron toestaat", "it is marked wider than its source allows"
    ),
    RemovalGround.UNLAWFUL: Bilingual("de wet staat het niet toe", "the law does not allow it"),
    RemovalGround.NAMES_A_MEMBER: Bilingual(
        "het noemt een lid dat onbekend wilde blijven", "it names a member that wanted to stay unknown"
    ),
}
