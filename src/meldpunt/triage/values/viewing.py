"""The words in which a party answers, what it lets us repeat, and what a decision did with it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.nciss import default_thresholds


class Objection(StrEnum):
    """What a party has against going on: nothing, a request to wait, or an objection."""

    NONE = "none"
    HOLD = "hold"
    OBJECT = "object"

    @property
    def label(self) -> Bilingual:
        """The answer for people."""
        return _OBJECTION[self]


_OBJECTION: Mapping[Objection, Bilingual] = {
    Objection.NONE: Bilingual("geen bezwaar", "no objection"),
    Objection.HOLD: Bilingual("verzoek om te wachten", "asks to hold"),
    Objection.OBJECT: Bilingual("bezwaar", "objects"),
}


class Severity(StrEnum):
    """How grave a party finds it: a level of NCISS, the scale of our own score, or that it cannot say."""

    UNKNOWN = "unknown"
    NEGLIGIBLE = "baseline-negligible"
    MINOR = "baseline-minor"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    SEVERE = "severe"
    EMERGENCY = "emergency"

    @property
    def label(self) -> Bilingual:
        """The answer for people."""
        levels = {level.id: level.name for level in default_thresholds().levels}
        return levels.get(self.value, _CANNOT_SAY)


_CANNOT_SAY = Bilingual("kan ik niet zeggen", "cannot say")


class Question(StrEnum):
    """What every party is asked, whatever else we ask it. ASKED is no question: that it looked along at all."""

    ASKED = "asked"
    NATURE = "nature"
    SEVERITY = "severity"
    OWN_INTEREST = "own-interest"
    OBJECTION = "objection"

    @property
    def label(self) -> Bilingual:
        """The question for people."""
        return _QUESTION[self]


_QUESTION: Mapping[Question, Bilingual] = {
    Question.ASKED: Bilingual("dat u meekijkt", "that you look along"),
    Question.NATURE: Bilingual("wat het is", "what it is"),
    Question.SEVERITY: Bilingual("hoe ernstig het is", "how grave it is"),
    Question.OWN_INTEREST: Bilingual("het eigen belang", "the own interest"),
    Question.OBJECTION: Bilingual("bezwaar, en de reden", "the objection, and why"),
}


class Heed(StrEnum):
    """What a decision did with what a party thinks.

    NOTED: it was there, and nobody said whether it was followed. SILENT: nothing came by the time we asked, which is
    no consent. AWAITED: the decision did not wait for that time.
    """

    FOLLOWED = "followed"
    PASSED_OVER = "passed-over"
    NOTED = "noted"
    SILENT = "silent"
    AWAITED = "awaited"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _HEED[self]


_HEED: Mapping[Heed, Bilingual] = {
    Heed.FOLLOWED: Bilingual("gevolgd", "followed"),
    Heed.PASSED_OVER: Bilingual("niet gevolgd", "not followed"),
    Heed.NOTED: Bilingual("gelezen", "read"),
    Heed.SILENT: Bilingual("zweeg: dat is geen instemming", "was silent, which is no consent"),
    Heed.AWAITED: Bilingual("had nog tijd om te antwoorden", "still had time to answer"),
}


class AskedState(StrEnum):
    """How far asking a party has come. What a party did not answer is never its consent."""

    PROPOSED = "proposed"
    WAITING = "waiting"
    """For a second person of the desk: the party has nothing yet."""
    REFUSED = "refused"
    AWAITED = "awaited"
    """It has the question, and time to answer."""
    SILENT = "silent"
    """The time by which we asked is over, and nothing came."""
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class SequelKind(StrEnum):
    """What a party was told after it was asked."""

    REMINDER = "reminder"
    ANSWER = "answer"
    """To what it asked us back."""
    OUTCOME = "outcome"
    """What was decided, and what that did with its view."""

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _SEQUEL[self]


_SEQUEL: Mapping[SequelKind, Bilingual] = {
    SequelKind.REMINDER: Bilingual("herinnering", "reminder"),
    SequelKind.ANSWER: Bilingual("antwoord op haar vraag", "answer to its question"),
    SequelKind.OUTCOME: Bilingual("wat wij besloten", "what we decided"),
}
