"""What a party would be told, before anybody asks it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Audience, AudienceKind, Deferred, Draft, ItemKind, Part, Preview
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.vocabulary.markings import PAP, TLP

from ..rules import consulting as rules
from .assessments import find_assessment


@look(Permission.CONSULTATION_ASK)
def draft_consultation(
    viewer: Actor,
    /,
    *,
    report: ReportId,
    party: OrganisationId,
    questions: str,
    data: frozenset[DataKind],
    due_at: datetime,
    conditions: frozenset[Condition] = frozenset(),
    texts: Mapping[DataKind, str] | None = None,
    deferred: Deferred | None = None,
) -> Draft:
    """The disclosure a consultation would be, under a subject of its own. Raises as `actions.consult_party`."""
    rules.check_party(constituency_queries.get_organisation(viewer, organisation=party))
    questions = rules.check_questions(questions, due_at=due_at, now=timezone.now())
    known = _known(viewer, report, data)
    rules.check_conditions(conditions, known.assessment.disruption if known.assessment else None)
    is_obliged = known.report.is_own and bool(intake_queries.clocks_of(viewer, report=report))
    parts = rules.parts_of(known, questions=questions, due_at=due_at, data=data, texts=texts or {})
    return Draft(
        item=ItemKind.CONSULTATION,
        subject=uuid.uuid4(),
        title=rules.title_of(known.assessment),
        parts=_masked(viewer, known.report, parts),
        audience=(Audience(AudienceKind.ORGANISATION, party),),
        purpose=Purpose.CONSULT,
        tlp=TLP.RED,
        pap=PAP.AMBER,
        conditions=rules.shown_conditions(conditions, is_obliged=is_obliged),
        origins=(known.report.origin,),
        about=(known.report.organisation,) if known.report.organisation else (),
        deferred=deferred,
    )


@look(Permission.CONSULTATION_ASK)
def preview_consultation(
    viewer: Actor,
    /,
    *,
    report: ReportId,
    party: OrganisationId,
    questions: str,
    data: frozenset[DataKind],
    due_at: datetime,
    conditions: frozenset[Condition] = frozenset(),
    texts: Mapping[DataKind, str] | None = None,
    deferred: Deferred | None = None,
) -> Preview:
    """Who would see what and on which ground, if it were asked now. Saves nothing; raises as `consult_party`."""
    draft = draft_consultation(
        viewer,
        report=report,
        party=party,
        questions=questions,
        data=data,
        due_at=due_at,
        conditions=conditions,
        texts=texts,
        deferred=deferred,
    )
    return disclosure_queries.preview_disclosure(viewer, draft=draft)


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
