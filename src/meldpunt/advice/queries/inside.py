"""Advice as the desk sees it: the list, one in full, and whether the ministry may be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import TOLD, DisclosureId, DisclosureLine
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake.values import ReportId
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import By, Disruption
from meldpunt.vocabulary.bilingual import Bilingual

from .. import models, rules
from ..errors import AdviceNotFound
from ..history import history_of
from ..values import (
    Advice,
    AdviceId,
    AdviceLine,
    AdviceState,
    Chosen,
    Escalation,
    EscalationTest,
    Requirement,
    RequirementKind,
)
from .behind_the_seal import masked, masked_advice
from .rows import follow_ups_of, measures_of

PAGE: Final = 50
"""Lines on one page of a list."""

_RUNNING: Final = [AdviceState.GIVEN.value, AdviceState.PARTLY.value, AdviceState.NOT_FOLLOWED.value]


@look(Permission.ADVICE_READ)
def list_advice(
    viewer: Actor,
    /,
    *,
    state: AdviceState | None = None,
    overdue: bool | None = None,
    cases: Collection[CaseId] | None = None,
    reports: Collection[ReportId] = (),
    organisation: OrganisationId | None = None,
    report: ReportId | None = None,
    page: int = 1,
) -> tuple[AdviceLine, ...]:
    """Advice, newest first, `PAGE` at a time; narrowed by what is given. A title with whom is sealed is masked.

    `reports`: with that of `cases` also what was written from these before they were in a case.
    """
    rows, is_overdue = models.Advice.objects.all(), _is_overdue(timezone.now())
    if state is not None:
        rows = rows.filter(state=state.value)
    if overdue is not None:
        rows = rows.filter(is_overdue if overdue else ~is_overdue)
    if cases is not None:
        rows = rows.filter(Q(case_id__in=cases) | Q(case=None, report_id__in=list(reports)))
    if organisation is not None:
        rows = rows.filter(organisation_id=organisation)
    if report is not None:
        rows = rows.filter(report_id=report)
    found = list(rows.order_by("-written_at", "id")[PAGE * (page - 1) : PAGE * page])
    ids = [row.id for row in found]
    late = set(models.Advice.objects.filter(is_overdue, id__in=ids).values_list("id", flat=True))
    owners = constituency_queries.list_by_ids(viewer, organisations=[row.organisation_id for row in found])
    sealed = constituency_queries.list_sealed_terms(viewer, organisations=list(owners))
    measures, follow_ups, today = measures_of(ids), follow_ups_of(ids), timezone.localdate()
    return tuple(
        AdviceLine(
            id=AdviceId(row.id),
            case=CaseId(row.case_id) if row.case_id else None,
            organisation=owners[OrganisationId(row.organisation_id)],
            title=masked(row.title, _of(sealed, row.organisation_id)),
            state=AdviceState(row.state),
            due_on=row.due_on,
            follow_up_at=min((one.due_at for one in follow_ups[row.id] if one.done is None), default=None),
            measures=len(measures[row.id]),
            left=sum(rules.is_left(one.state, due_on=one.due_on, today=today) for one in measures[row.id]),
            is_overdue=row.id in late,
            report=ReportId(row.report_id) if row.report_id else None,
            is_requested=row.is_requested,
        )
        for row in found
    )


@look(Permission.ADVICE_READ)
def get_advice(viewer: Actor, /, *, advice: AdviceId) -> Advice:
    """One advice with its measures, rounds, escalations and history. Raises AdviceNotFound.

    Masked where its organisation is sealed for the viewer.
    """
    found = whole_advice(viewer, advice=advice)
    sealed = constituency_queries.list_sealed_terms(viewer, organisations=[found.organisation.id])
    return masked_advice(found, sealed.values())


@look(Permission.ADVICE_READ)
def whole_advice(viewer: Actor, /, *, advice: AdviceId) -> Advice:
    """The same as it was written, for who gives it: what is told is not masked by who tells it. Raises AdviceNotFound.

    Of this room alone; what is shown is `get_advice`.
    """
    row = models.Advice.objects.filter(id=advice).first()
    if row is None:
        raise AdviceNotFound("no such advice")
    told = _disclosures(viewer, advice)
    own = told.get(DisclosureId(row.disclosure_id)) if row.disclosure_id else None
    organisation = constituency_queries.get_organisation(viewer, organisation=OrganisationId(row.organisation_id))
    found = Advice(
        id=AdviceId(row.id),
        case=_case_of(viewer, row),
        organisation=organisation,
        title=row.title,
        introduction=row.introduction,
        due_on=row.due_on,
        state=AdviceState(row.state),
        written=By(ActorId(row.written_by), row.written_by_name, row.written_at),
        disclosure=DisclosureId(row.disclosure_id) if row.disclosure_id else None,
        delivered_at=own.delivered_at if own and own.state in TOLD else None,
        measures=measures_of([row.id])[row.id],
        follow_ups=follow_ups_of([row.id])[row.id],
        escalations=_escalations(viewer, advice, told),
        history=(),
        report=ReportId(row.report_id) if row.report_id else None,
        requested_by=row.requested_by,
        chosen=Chosen(row.chosen),
        names=tuple(row.names),
    )
    return history_of(found)


@look(Permission.ADVICE_READ)
def may_escalate(viewer: Actor, /, *, advice: AdviceId) -> EscalationTest:
    """Every condition for telling the ministry, met or not, each with its sentence. Raises AdviceNotFound.

    The law and the second person come after these; `escalate` asks them.
    """
    return weigh(viewer, get_advice(viewer, advice=advice))


def weigh(viewer: Actor, advice: Advice) -> EscalationTest:
    """The test on an advice that was just read."""
    return rules.requirements(
        is_given=advice.delivered_at is not None,
        follow_ups=advice.follow_ups,
        measures=advice.measures,
        may_disrupt=_may_disrupt(viewer, advice),
        now=timezone.localtime(),
    )


def _case_of(viewer: Actor, row: models.Advice) -> CaseId | None:
    """The case it was written from, or that its report is in by now."""
    if row.case_id:
        return CaseId(row.case_id)
    line = case_queries.find_case_of(viewer, report=ReportId(row.report_id)) if row.report_id else None
    return line.id if line else None


def _may_disrupt(viewer: Actor, advice: Advice) -> bool:
    if advice.case:
        return case_queries.get_case(viewer, case=advice.case).may_disrupt_society
    said = triage_queries.list_assessments(viewer, reports=[advice.report] if advice.report else [])
    return any(one.disruption in (Disruption.POSSIBLY, Disruption.LIKELY) for one in said.values())


def _of(sealed: Mapping[OrganisationId, Identity], organisation: UUID) -> tuple[Identity, ...]:
    hidden = sealed.get(OrganisationId(organisation))
    return (hidden,) if hidden else ()


def _is_overdue(now: datetime) -> Q:
    """Given, not followed, and past its own day or that of a round that was not done."""
    late = models.FollowUp.objects.filter(advice=OuterRef("pk"), due_at__lte=now, done_at=None)
    return Q(state__in=_RUNNING) & (Q(due_on__lt=timezone.localdate(now)) | Q(Exists(late)))


def _disclosures(viewer: Actor, advice: AdviceId) -> dict[DisclosureId, DisclosureLine]:
    return {line.id: line for line in disclosure_queries.list_disclosures(viewer, subject=advice)}


def _escalations(viewer: Actor, advice: AdviceId, told: dict[DisclosureId, DisclosureLine]) -> tuple[Escalation, ...]:
    rows = list(models.Escalation.objects.filter(advice_id=advice).order_by("requested_at"))
    ministries = constituency_queries.list_by_ids(viewer, organisations=[row.ministry_id for row in rows])
    return tuple(_escalation(row, ministries[OrganisationId(row.ministry_id)], told) for row in rows)


def _escalation(row: models.Escalation, ministry: Organisation, told: dict[DisclosureId, DisclosureLine]) -> Escalation:
    line = told.get(DisclosureId(row.disclosure_id))
    return Escalation(
        ministry=ministry,
        reason=row.reason,
        requested=By(ActorId(row.requested_by), row.requested_by_name, row.requested_at),
        requirements=tuple(
            Requirement(RequirementKind(one["kind"]), bool(one["is_met"]), Bilingual(str(one["nl"]), str(one["en"])))
            for one in row.requirements
        ),
        disclosure=DisclosureId(row.disclosure_id),
        state=line.state if line else None,
    )
