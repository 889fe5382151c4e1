"""What parties would be told, before anybody tells them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Part, Preview
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import PAP, TLP
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import PartyNotTold, QuestionsMissing, ReasonMissing
from ..rules import consulting as rules
from ..rules.repeating import check_repeats, repeatable_lines
from ..values import Asking, Consultation, ConsultationId, CounterQuestionId, SequelKind
from .assessments import find_assessment
from .consultations import get_consultation, list_consultations

_Names: TypeAlias = Mapping[OrganisationId, Sequence[str]]


@look(Permission.CONSULTATION_ASK)
def draft_consultations(viewer: Actor, /, *, asking: Asking) -> tuple[Draft, ...]:
    """The disclosure that each party's consultation would be, in their order, each under a subject of its own.

    Raises as `actions.consult_parties`.
    """
    if not asking.parties:
        raise QuestionsMissing("Choose whom you want to ask.")
    known_parties = constituency_queries.list_by_ids(viewer, organisations=asking.parties)
    for party in asking.parties:
        rules.check_party(known_parties.get(party) or constituency_queries.get_organisation(viewer, organisation=party))
    rules.check_questions(asking.questions, due_at=asking.due_at, now=timezone.now())
    known = _known(viewer, asking.report, asking.data)
    rules.check_conditions(asking.conditions, known.assessment.disruption if known.assessment else None)
    is_obliged = known.report.is_own and bool(intake_queries.clocks_of(viewer, report=asking.report))
    shown = replace(asking, conditions=rules.shown_conditions(asking.conditions, is_obliged=is_obliged))
    given = list_consultations(viewer, report=asking.report)
    names = _names(viewer, [*known_parties.values(), *(one.party for one in given)])
    return tuple(_draft(viewer, shown, known, party, given, names=names) for party in asking.parties)


@look(Permission.CONSULTATION_ASK)
def preview_consultations(viewer: Actor, /, *, asking: Asking) -> tuple[Preview, ...]:
    """What each party would see and on which ground, in their order. Saves nothing; raises as `consult_parties`."""
    return disclosure_queries.preview_each(viewer, drafts=draft_consultations(viewer, asking=asking))


@look(Permission.CONSULTATION_ASK)
def draft_sequel(
    viewer: Actor,
    /,
    *,
    consultation: ConsultationId,
    kind: SequelKind,
    text: str,
    question: CounterQuestionId | None = None,
) -> Draft:
    """What a party would be told further: an answer to what it asked us back, or what was decided.

    It rests on what its question rested on. Raises as `actions.tell_party`.
    """
    if not text.strip():
        raise ReasonMissing
    asked = get_consultation(viewer, consultation=consultation)
    if not asked.is_told:
        raise PartyNotTold
    report = intake_queries.get_report(viewer, report=asked.report)
    given = list_consultations(viewer, report=asked.report)
    names = _names(viewer, [one.party for one in given])
    check_repeats([text], given, to=asked.party.id, names=names, ours=_ours(report, asked.questions))
    asked_back = next((one.text for one in asked.counter_questions if one.id == question), "")
    return Draft(
        item=ItemKind.CONSULTATION_SEQUEL,
        subject=consultation,
        title=asked.disclosure.title,
        parts=_masked(viewer, report, rules.sequel_parts(kind, clean_text(text), question=asked_back)),
        audience=(Audience(AudienceKind.ORGANISATION, asked.party.id),),
        purpose=Purpose.CONSULT,
        tlp=TLP.RED,
        pap=PAP.AMBER,
        conditions=asked.disclosure.conditions,
        vouching=asked.disclosure.vouching,
        origins=(report.origin,),
        about=(report.organisation,) if report.organisation else (),
    )


@look(Permission.CONSULTATION_ASK)
def preview_sequel(
    viewer: Actor,
    /,
    *,
    consultation: ConsultationId,
    kind: SequelKind,
    text: str,
    question: CounterQuestionId | None = None,
) -> Preview:
    """What the party would see of it and on which ground. Saves nothing; raises as `actions.tell_party`."""
    draft = draft_sequel(viewer, consultation=consultation, kind=kind, text=text, question=question)
    return disclosure_queries.preview_disclosure(viewer, draft=draft)


def reminder_draft(row: models.Consultation, *, vouching: str) -> Draft:
    """That an answer is awaited, on the ground on which the question went; it stems from no report."""
    text = rules.reminder_text(asked_at=row.asked_at, due_at=row.due_at)
    return Draft(
        item=ItemKind.CONSULTATION_SEQUEL,
        subject=row.id,
        title="Herinnering aan een consultatie / Reminder of a consultation",
        parts=(Part(DataKind.INCIDENT_NATURE, rules.SEQUEL_HEADINGS[SequelKind.REMINDER], text),),
        audience=(Audience(AudienceKind.ORGANISATION, row.party_id),),
        purpose=Purpose.CONSULT,
        tlp=TLP.RED,
        pap=PAP.AMBER,
        conditions=rules.conditions_of(row.conditions),
        vouching=vouching,
    )


def _draft(
    viewer: Actor,
    asking: Asking,
    known: rules.Known,
    party: OrganisationId,
    given: tuple[Consultation, ...],
    *,
    names: _Names,
) -> Draft:
    check_repeats([asking.questions, *asking.texts.values()], given, to=party, names=names, ours=_ours(known.report))
    others = repeatable_lines(given, to=party) if asking.shares_views else ()
    return Draft(
        item=ItemKind.CONSULTATION,
        subject=uuid.uuid4(),
        title=rules.title_of(known.assessment),
        parts=_masked(viewer, known.report, rules.parts_of(known, asking, others=others)),
        audience=(Audience(AudienceKind.ORGANISATION, party),),
        purpose=Purpose.CONSULT,
        tlp=TLP.RED,
        pap=PAP.AMBER,
        conditions=asking.conditions,
        origins=(known.report.origin,),
        about=(known.report.organisation,) if known.report.organisation else (),
        deferred=asking.deferred,
    )


def _names(viewer: Actor, parties: Sequence[Organisation]) -> _Names:
    """What each of these parties goes by, its label first."""
    terms = constituency_queries.list_masking_terms(viewer, organisations=[one.id for one in parties])
    return {one.id: (one.label, *terms[one.id].names, *terms[one.id].aliases) for one in parties}


def _ours(report: Report, *more: str) -> str:
    """What is known without any party: what was reported, and what we asked."""
    return "\n".join([report.title, report.text, *(stage.text for stage in report.stages), *more])


def _known(viewer: Actor, report: ReportId, data: frozenset[DataKind]) -> rules.Known:
    found = intake_queries.get_report(viewer, report=report)
    organisation, named, own = None, "", Identity()
    if found.organisation is not None:
        organisation = constituency_queries.get_organisation(viewer, organisation=found.organisation)
        own = constituency_queries.masking_terms(viewer, organisation=found.organisation)
        if found.is_own and DataKind.REPORTER_IDENTITY in data:
            # Telling a name takes knowing it: whoever has not unsealed it cannot pass it on.
            named = constituency_queries.get_identity(viewer, organisation=found.organisation).names[0]
    return rules.Known(found, find_assessment(viewer, report=report), organisation, named, own)


def _masked(viewer: Actor, report: Report, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The door masks whoever reported. An organisation that somebody else reported about is masked here."""
    if report.is_own or report.organisation is None:
        return parts
    terms = constituency_queries.masking_terms(viewer, organisation=report.organisation)
    return tuple(replace(part, text=rules.mask(part.text, terms)) for part in parts)
