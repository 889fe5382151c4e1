"""Other government parties look along: they are told what the law allows, and say what they think."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Deferred, Disclosure, Seen, State
from meldpunt.intake.values import ReportId
from meldpunt.law import Condition, DataKind
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import ConsultationNotFound, ViewAlreadyGiven
from ..queries.consultations import get_asked, get_consultation
from ..queries.drafting import draft_consultation
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
    vouching: str = "",
    deferred: Deferred | None = None,
    seen: Seen,
) -> Consultation:
    """Ask a party for its view. What it is told is a disclosure: delivered, waiting for a second person, or refused.

    `data` are the kinds the report is drawn on for; `texts` holds the analyst's own words for a kind; `vouching` says
    who told the analyst of the `conditions`; `deferred` why the reporter hears of it later; `seen` is the page on which
    it was shown before. A refused consultation is kept with the verdict that says why. Raises
    disclosure.VouchingMissing, disclosure.DeferralUnfit, disclosure.SeenChanged, ReportNotFound, NotFound,
    NoGovernmentParty, QuestionsMissing, ConditionNotShown, NothingKnown, constituency.IdentitySealed.
    """
    draft = draft_consultation(
        actor,
        report=report,
        party=party,
        questions=questions,
        data=data,
        due_at=due_at,
        conditions=conditions,
        texts=texts,
        deferred=deferred,
    )
    questions = clean_text(questions)
    row = models.Consultation(
        id=draft.subject,
        report_id=report,
        party_id=party,
        questions=questions,
        conditions=sorted(conditions),
        asked_by=actor.id,
        asked_by_name=actor.name,
        asked_at=timezone.now(),
        due_at=due_at,
    )
    asked = constituency_queries.get_organisation(actor, organisation=party)
    draft = replace(draft, vouching=vouching)
    _keep(actor, row, asked, disclosure_actions.disclose(actor, draft=draft, reason=questions, seen=seen))
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
        nature=clean_text(form.nature),
        severity=form.severity.value,
        own_interest=clean_text(form.own_interest),
        objection=form.objection.value,
        text=clean_text(form.text),
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
