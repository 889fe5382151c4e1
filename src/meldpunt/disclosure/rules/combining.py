"""One answer for an audience of several kinds: the most restrictive wins, on every point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from meldpunt.law import (
    IN_FORCE,
    Condition,
    DataKind,
    Facts,
    Ground,
    GroundKind,
    Outcome,
    Purpose,
    RecipientKind,
    Sentence,
    Verdict,
    verdict,
)
from meldpunt.vocabulary.bilingual import Bilingual

from ..values import Draft, Finding, ItemKind, Reader

# These two are never vouched for by the proposer: the door knows by itself whose report it is and who looked.
_KNOWN_BY_THE_DOOR = frozenset({Condition.OWN_REPORT, Condition.FOUR_EYES})


def asked_kinds(draft: Draft) -> frozenset[DataKind]:
    """The kinds of data that the draft holds by its own account."""
    return frozenset(part.kind for part in draft.parts) | frozenset(one.kind for one in draft.attachments)


_QUESTIONS: Final = frozenset({ItemKind.INQUIRY, ItemKind.INQUIRY_REMINDER})


def deed_of(draft: Draft) -> GroundKind:
    """Which deed the law is asked about: asking a body for data, answering one that asked, or telling.

    Nobody chooses it: what is asked goes on a ground to ask, and on no ground to tell.
    """
    if draft.item in _QUESTIONS:
        return GroundKind.REQUEST
    return GroundKind.SUPPLY if draft.purpose is Purpose.ANSWER_INQUIRY else GroundKind.DISCLOSE


_OF_ANOTHER_SECTOR: Final = Sentence(
    "Deze toezichthouder houdt geen toezicht op de sector van wie meldde: een wettelijke taak telt hier dus niet.",
    "This supervisor does not supervise the sector of who reported: a statutory task does not count here.",
    IN_FORCE.confidentiality.article,
)


def judge(
    draft: Draft, readers: Sequence[Reader], *, on: date, approved: bool, outside_task: frozenset[UUID] = frozenset()
) -> tuple[Finding, ...]:
    """The law's answer for each kind of recipient among the readers, on that day.

    `outside_task` are organisations whose statutory task this is not, whatever the proposer vouches for.
    """
    vouched = draft.conditions - _KNOWN_BY_THE_DOOR
    if len(readers) > 1:
        # What concerns one reader does not concern the other; each is warned of its own in a disclosure of its own.
        vouched -= {Condition.ABOUT_RECIPIENT}
    if approved:
        vouched |= {Condition.FOUR_EYES}
    groups: dict[tuple[RecipientKind, bool, bool], list[Bilingual]] = {}
    for reader in readers:
        group = reader.recipient, reader.is_origin, reader.organisation in outside_task
        groups.setdefault(group, []).append(reader.code)
    findings = []
    for (recipient, is_origin, is_outside), codes in groups.items():
        conditions = vouched | {Condition.OWN_REPORT} if is_origin else vouched
        conditions -= {Condition.RECIPIENT_TASK} if is_outside else set()
        answer = verdict(Facts(on, recipient, draft.purpose, asked_kinds(draft), conditions, deed_of(draft)))
        if is_outside:
            answer = replace(answer, explanation=(*answer.explanation, _OF_ANOTHER_SECTOR))
        findings.append(Finding(recipient, tuple(codes), answer))
    return tuple(findings)


def relied_on(grounds: Iterable[Ground], vouched: frozenset[Condition]) -> list[str]:
    """Which of the facts that were vouched for these grounds rest on, in order; what was not needed is not told."""
    needed = frozenset[Condition]().union(*(ground.conditions for ground in grounds))
    return sorted((needed & vouched) - _KNOWN_BY_THE_DOOR)


def combine(findings: Sequence[Finding]) -> Verdict:
    """One verdict over all findings: given is what everybody may have; one refusal refuses the whole.

    An audience that asks for different texts is asked for in different disclosures, so that no reader gets more
    because another may. `findings` is not empty.
    """
    verdicts = [finding.verdict for finding in findings]
    asked = frozenset[DataKind]().union(*(one.given | one.left_out for one in verdicts))
    given = frozenset.intersection(*(one.given for one in verdicts))
    refused = not given or any(one.is_refused for one in verdicts)
    clean = all(one.outcome is Outcome.ALLOWED for one in verdicts) and given == asked
    return Verdict(
        outcome=Outcome.REFUSED if refused else Outcome.ALLOWED if clean else Outcome.ALLOWED_WITH_CONDITIONS,
        grounds=() if refused else tuple(dict.fromkeys(ground for one in verdicts for ground in one.grounds)),
        given=frozenset() if refused else given,
        left_out=asked if refused else asked - given,
        needs=tuple(dict.fromkeys(need for one in verdicts for need in one.needs)),
        four_eyes=any(one.four_eyes for one in verdicts),
        explanation=_explain(findings, nothing_shared=not given and not any(one.is_refused for one in verdicts)),
    )


def _explain(findings: Sequence[Finding], *, nothing_shared: bool) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for finding in findings:
        who = Bilingual(
            ", ".join(dict.fromkeys(code.nl for code in finding.codes)),
            ", ".join(dict.fromkeys(code.en for code in finding.codes)),
        )
        for sentence in finding.verdict.explanation:
            named = len(findings) > 1
            sentences.append(
                replace(sentence, nl=f"{who.nl}: {sentence.nl}", en=f"{who.en}: {sentence.en}") if named else sentence
            )
    if nothing_shared:
        articles = "; ".join(dict.fromkeys(sentence.article for sentence in sentences))
        sentences.append(
            Sentence(
                "Er is niets dat al deze lezers mogen krijgen; vertel het hun ieder apart.",
                "There is nothing that all of these readers may have; tell each of them apart.",
                articles,
            )
        )
    return tuple(dict.fromkeys(sentences))
