"""Other government parties look along: they are told what the law allows, and say what they think."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Audience, AudienceKind, Disclosure, Draft, ItemKind, Origin, Part, State
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..errors import ConsultationNotFound, ViewAlreadyGiven
from ..queries.assessments import find_assessment
from ..queries.consultations import get_asked, get_consultation
from ..rules import consulting as rules
from ..values import Consultation, ConsultationId, View, ViewForm


@deed(Permission.CONSULTATION_ASK)
def consult_party(
    actor: Actor,
    /,
    *,
    report: ReportId,
    party: OrganisationId,
    questions: str,
    data: frozenset[DataKind],
    due_at: datetime,
    conditions: frozenset[Condition] = frozenset(),
    texts: Mapping[DataKind, str] | None = None,
    tlp: TLP = TLP.RED,
    pap: PAP = PAP.AMBER,
) -> Consultation:
    """Ask a party for its view. What it is told is a disclosure: delivered, waiting for a second person, or refused.

    `data` are the kinds the report is drawn on for; `texts` holds the analyst's own words for a kind. A refused
    consultation is kept with the verdict that says why. Raises ReportNotFound, NotFound, NoGovernmentParty,
    QuestionsMissing, ConditionNotShown, NothingKnown, constituency.IdentitySealed.
    """
    now = timezone.now()
    asked = constituency_queries.get_organisation(actor, organisation=party)
    rules.check_party(asked)
    questions = rules.check_questions(questions, due_at=due_at, now=now)
    known = _known(actor, report, data)
    rules.check_conditions(conditions, known.assessment.disruption if known.assessment else None)
    parts = rules.parts_of(known, questions=questions, due_at=due_at, data=data, texts=texts or {})
    row = models.Consultation(
        id=uuid.uuid4(),
        report_id=report,
        party_id=party,
        questions=questions,
        conditions=sorted(conditions),
        asked_by=actor.id,
        asked_by_name=actor.name,
        asked_at=now,
        due_at=due_at,
    )
    draft = Draft(
        item=ItemKind.CONSULTATION,
        subject=row.id,
        title=rules.title_of(known.assessment),
        parts=_masked(actor, known.report, parts),
        audience=(Audience(AudienceKind.ORGANISATION, party),),
        purpose=Purpose.CONSULT,
        tlp=tlp,
        pap=pap,
        conditions=conditions,
        origins=(_origin(known.report),),
    )
    _keep(actor, row, asked, disclosure_actions.disclose(actor, draft=draft, reason=questions))
    return get_consultation(actor, consultation=ConsultationId(row.id))


@deed(Permission.CONSULTATION_ANSWER)
def give_view(actor: Actor, /, *, consultation: ConsultationId, form: ViewForm) -> View:
    """Answer a consultation, once; what the party was told counts as acknowledged with it.

    Raises ConsultationNotFound (also for one that was withdrawn), ViewEmpty, ViewAlreadyGiven.
    """
    rules.check_view(form)
    asked = get_asked(actor, consultation=consultation)
    if asked.told.withdrawn_at is not None:
        raise ConsultationNotFound("this consultation was withdrawn")
    if asked.view is not None:
        raise ViewAlreadyGiven
    disclosure_actions.acknowledge_disclosure(actor, disclosure=asked.told.id)
    models.View(
        consultation_id=consultation,
        nature=_plain(form.nature),
        severity=form.severity.value,
        own_interest=_plain(form.own_interest),
        objection=form.objection.value,
        text=_plain(form.text),
        given_by=actor.id,
        given_by_name=actor.name,
        given_at=timezone.now(),
    ).save(force_insert=True)
    ledger.record(
        actor,
        kind=Kind.VIEW_GIVEN,
        subject=consultation,
        about=actor.organisation,
        details={"objection": form.objection.value, "severity": form.severity.value},
    )
    given = get_asked(actor, consultation=consultation).view
    if given is None:
        raise ConsultationNotFound("no such consultation")
    return given


def _known(actor: Actor, report: ReportId, data: frozenset[DataKind]) -> rules.Known:
    found = intake_queries.get_report(actor, report=report)
    organisation, named = None, ""
    if found.organisation is not None:
        organisation = constituency_queries.get_organisation(actor, organisation=found.organisation)
        if found.is_own and DataKind.REPORTER_IDENTITY in data:
            # Telling a name takes knowing it: whoever has not unsealed it cannot pass it on.
            named = constituency_queries.get_identity(actor, organisation=found.organisation).names[0]
    return rules.Known(found, find_assessment(actor, report=report), organisation, named)


def _origin(report: Report) -> Origin:
    """Who may follow what became of it: the organisation only where it told us itself."""
    return Origin(report.id, report.organisation if report.is_own else None, report.receipt_digest)


def _masked(actor: Actor, report: Report, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The door masks whoever reported. An organisation that somebody else reported about is masked here."""
    if report.is_own or report.organisation is None:
        return parts
    terms = constituency_queries.masking_terms(actor, organisation=report.organisation)
    return tuple(replace(part, text=rules.mask(part.text, terms)) for part in parts)


def _keep(actor: Actor, row: models.Consultation, party: Organisation, disclosure: Disclosure) -> None:
    row.disclosure_id = disclosure.id
    row.refused = disclosure.state is State.REFUSED
    row.save(force_insert=True)
    ledger.record(
        actor,
        kind=Kind.CONSULTED,
        subject=row.report_id,
        details={"consultation": str(row.id), "party": party.code, "disclosure": str(disclosure.id)},
    )


def _plain(text: str) -> str:
    return text.strip().replace("\x00", "\N{REPLACEMENT CHARACTER}")
