"""What can be done with a case in which state, and what a case takes over from its reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from meldpunt.intake.values import Report, StageLine, State
from meldpunt.law import answer_wording, question_wording
from meldpunt.triage.values import AssessmentBrief, Decision, Disruption
from meldpunt.vocabulary.texts import clean_text, is_readable

from ..errors import CaseNotOpen, OpenTasksLeft, ReasonMissing, TextMissing
from ..values import CaseState

# Without vowels and without what is read for something else (0/O, 1/I/L), so that no reference spells a word.
_ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 9
RANDOM_BYTES: Final = 16
LONGEST_TITLE: Final = 300

_GRAVITY: Final = (Disruption.NO, Disruption.POSSIBLY, Disruption.LIKELY)


def reference_from(random: bytes) -> str:
    """A reference such as `Z-4K7X9DQ2M` from 16 random bytes: about 43 bits, so that it is not guessed."""
    number = int.from_bytes(random, "big")
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return f"Z-{''.join(letters)}"


def check_reason(reason: str) -> str:
    """The reason without space around it. Raises ReasonMissing."""
    if not is_readable(reason):
        raise ReasonMissing
    return clean_text(reason)


def check_title(title: str) -> str:
    """The title in one line of at most 300 characters. Raises TextMissing."""
    line = " ".join(clean_text(title).split())
    if not line:
        raise TextMissing
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"


def check_text(text: str) -> str:
    """The text without space around it. Raises TextMissing."""
    if not is_readable(text):
        raise TextMissing
    return clean_text(text)


def check_open(state: CaseState) -> None:
    """Raise CaseNotOpen where work goes on elsewhere or has ended."""
    if state is CaseState.MERGED:
        raise CaseNotOpen("This case was merged into another. Work in that one, or split it off first.")
    if state is CaseState.CLOSED:
        raise CaseNotOpen("This case is closed. Reopen it first.")


def check_tasks(open_tasks: int) -> None:
    """Raise OpenTasksLeft where something is still to be done."""
    if open_tasks:
        raise OpenTasksLeft(open_tasks)


def state_in_case(decision: Decision) -> State:
    """What the reporter reads while the case is worked on, by what was decided about the report."""
    return State.MERGED if decision is Decision.MERGE else State.ACCEPTED


def gravest(assessments: Iterable[AssessmentBrief]) -> Disruption | None:
    """The gravest word on disruption over all reports of a case."""
    said = [one.disruption for one in assessments if one.disruption]
    return max(said, key=_GRAVITY.index) if said else None


def leading_rsit(assessments: Sequence[AssessmentBrief]) -> str:
    """The nature of the report that came in first, among those that were classified."""
    return next((one.rsit for one in assessments if one.rsit), "")


def report_as_document(report: Report) -> str:
    """The text a report is kept under in its case, also for who asks for it under freedom of information."""
    lines = [report.title, "", report.text]
    if report.answers:
        lines += ["", *_answers(report.answers)]
    return "\n".join(lines).strip()


def stage_as_document(stage: StageLine) -> str:
    """The text a stage is kept under in its case."""
    return "\n".join([stage.text, *_answers(stage.answers)]).strip()


def _answers(answers: Mapping[str, str]) -> Iterator[str]:
    """In the language of the documents of the desk."""
    for name, answer in answers.items():
        question, chosen = question_wording(name), answer_wording(name, answer)
        yield f"{question.nl if question else name}: {chosen.nl if chosen else answer}"


def is_masked_title(title: str, report: Report) -> bool:
    """Is this no title of an analyst's own, but the masked one of the report, typed again or left out?"""
    return not title.strip() or check_title(title) == " ".join(report.masked_title.split())[:LONGEST_TITLE]
