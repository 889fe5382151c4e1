"""Where measures stand, when advice is overdue, and whether the ministry may be told. No clock of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from meldpunt.law import Condition, DataKind
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.texts import clean_text

from .errors import EscalationNotAllowed, StateDoesNotAllow, TimeImpossible, WordingMissing
from .values import (
    AdviceState,
    Answer,
    AnswerKind,
    EscalationTest,
    FollowUp,
    Measure,
    MeasureForm,
    MeasureState,
    Outcome,
    Requirement,
    RequirementKind,
)

STATE_OF_ANSWER: Final = {
    AnswerKind.ACKNOWLEDGE: MeasureState.ACKNOWLEDGED,
    AnswerKind.DONE: MeasureState.DONE,
    AnswerKind.REFUSE: MeasureState.REFUSED,
}
STATE_OF_OUTCOME: Final = {
    Outcome.FOLLOWED: AdviceState.FOLLOWED,
    Outcome.PARTLY: AdviceState.PARTLY,
    Outcome.NOT_FOLLOWED: AdviceState.NOT_FOLLOWED,
}

_CONDITION_OF: Final = {
    RequirementKind.GIVEN: Condition.ADVICE_GIVEN,
    RequirementKind.NOT_FOLLOWED: Condition.ADVICE_NOT_FOLLOWED,
    RequirementKind.DISRUPTION: Condition.RISK_OF_SOCIETAL_DISRUPTION,
}

# From the most telling kind of data to the least, for a file that holds several.
_TELLING: Final = (
    DataKind.REPORTER_IDENTITY,
    DataKind.ORGANISATION_TRAITS,
    DataKind.IMPACT,
    DataKind.INCIDENT_NATURE,
    DataKind.MEASURES,
    DataKind.ADVICE,
)

_SENTENCES: Final = {
    (RequirementKind.GIVEN, True): Bilingual("Het advies is gegeven.", "The advice was given."),
    (RequirementKind.GIVEN, False): Bilingual("Het advies is nog niet gegeven.", "The advice has not been given yet."),
    (RequirementKind.NOT_FOLLOWED, True): Bilingual(
        "De termijn van de opvolging is voorbij en het advies is niet opgevolgd.",
        "The follow-up is past due and the advice is not followed.",
    ),
    (RequirementKind.NOT_FOLLOWED, False): Bilingual(
        "Er is geen opvolging over tijd, of niet is vastgesteld dat het advies niet is opgevolgd.",
        "No follow-up is past due, or nobody established that the advice is not followed.",
    ),
    (RequirementKind.MEASURE_LEFT, True): Bilingual(
        "Ten minste één maatregel is geweigerd, of niet uitgevoerd terwijl de termijn ervan voorbij is.",
        "At least one measure is refused, or not carried out while its term is over.",
    ),
    (RequirementKind.MEASURE_LEFT, False): Bilingual(
        "Elke maatregel is uitgevoerd, of de termijn ervan loopt nog.", "Every measure is done, or its term still runs."
    ),
    (RequirementKind.DISRUPTION, True): Bilingual(
        "De triage ziet een risico van maatschappelijke ontwrichting.", "Triage sees a risk of societal disruption."
    ),
    (RequirementKind.DISRUPTION, False): Bilingual(
        "De triage ziet geen risico van maatschappelijke ontwrichting.",
        "Triage sees no risk of societal disruption.",
    ),
}


def state_of(answers: Sequence[Answer]) -> MeasureState:
    """Where a measure stands: its last answer, oldest first."""
    return STATE_OF_ANSWER[answers[-1].kind] if answers else MeasureState.OPEN


def is_left(state: MeasureState, *, due_on: date, today: date) -> bool:
    """Whether the measure is not carried out and nothing holds it up but the organisation."""
    return state in (MeasureState.OPEN, MeasureState.REFUSED) or (state is MeasureState.ACKNOWLEDGED and due_on < today)


def is_neglected(state: MeasureState, *, due_on: date, today: date) -> bool:
    """Whether the organisation refuses the measure, or let its term pass: before that it has time to answer."""
    return state is MeasureState.REFUSED or (state is not MeasureState.DONE and due_on < today)


def is_past_due(follow_ups: Iterable[FollowUp], *, is_neglecting: bool, now: datetime) -> bool:
    """Whether a round is past due and the advice is established not to be followed.

    The last outcome that somebody wrote down decides; without one, what the organisation itself refused or let pass.
    """
    rounds = sorted(follow_ups, key=lambda one: one.round)
    outcomes = [one.outcome for one in rounds if one.outcome]
    is_established = outcomes[-1] is not Outcome.FOLLOWED if outcomes else is_neglecting
    return is_established and any(one.due_at <= now for one in rounds)


def requirements(
    *, is_given: bool, follow_ups: Sequence[FollowUp], measures: Sequence[Measure], may_disrupt: bool, now: datetime
) -> EscalationTest:
    """Whether the responsible ministry may be told that this advice is not followed (Kamerstuk 26 643 nr. 297).

    `now` is aware; its own calendar day is the day on which measures are due.
    """
    is_neglecting = any(is_neglected(one.state, due_on=one.due_on, today=now.date()) for one in measures)
    answers = {
        RequirementKind.GIVEN: is_given,
        RequirementKind.NOT_FOLLOWED: is_past_due(follow_ups, is_neglecting=is_neglecting, now=now),
        RequirementKind.MEASURE_LEFT: is_neglecting,
        RequirementKind.DISRUPTION: may_disrupt,
    }
    return EscalationTest(
        tuple(Requirement(kind, is_met, _SENTENCES[kind, is_met]) for kind, is_met in answers.items())
    )


def check_escalation(test: EscalationTest) -> None:
    """Raise EscalationNotAllowed with what stands in the way."""
    if test.unmet:
        raise EscalationNotAllowed(test.unmet)


def conditions_of(test: EscalationTest) -> frozenset[Condition]:
    """What the desk may vouch for before the law."""
    return frozenset(_CONDITION_OF[one.kind] for one in test.requirements if one.is_met and one.kind in _CONDITION_OF)


def most_telling(kinds: Iterable[DataKind]) -> DataKind:
    """The kind that a file with all of these counts as: without its ground, the file does not go."""
    found = set(kinds)
    return next((kind for kind in _TELLING if kind in found), DataKind.ADVICE)


def check_words(said: str, *, what: str) -> str:
    """The words as PostgreSQL can keep them, without blanks around them. Raises WordingMissing."""
    said = clean_text(said)
    if not said:
        raise WordingMissing(what)
    return said


def check_measures(measures: Sequence[MeasureForm]) -> None:
    """Raise WordingMissing for no measure, or one without words."""
    if not measures:
        raise WordingMissing("measures")
    for measure in measures:
        check_words(measure.text, what="measure")


def check_answer(kind: AnswerKind, reason: str) -> str:
    """The reason; who refuses gives one. Raises WordingMissing."""
    if kind is AnswerKind.REFUSE or reason.strip():
        return check_words(reason, what="reason for refusing")
    return ""


def check_giveable(state: AdviceState, *, delivered: bool) -> None:
    """Raise StateDoesNotAllow for what was given before."""
    if delivered or state is not AdviceState.DRAFT:
        raise StateDoesNotAllow("This advice was given before; write a new one.")


def check_given(delivered_at: datetime | None) -> None:
    """Raise StateDoesNotAllow for what nobody has received."""
    if delivered_at is None:
        raise StateDoesNotAllow("Give the advice first.")


def check_instant(at: datetime) -> datetime:
    """The instant. Raises TimeImpossible without a zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise TimeImpossible
    return at
