"""Every read of response. What became of a situation report is asked of the door."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId, CaseLine
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId, Part, Preview
from meldpunt.law import Condition
from meldpunt.triage.values import By
from meldpunt.vocabulary.markings import TLP

from . import models, rules
from .drafting import for_member, situation_draft
from .errors import ActivationNotFound
from .values import (
    ActionId,
    ActionLine,
    Activation,
    ActivationId,
    ActivationLine,
    Handover,
    HandoverId,
    SituationReport,
    Told,
)

PAGE: Final = 50
"""Lines on one page of a list."""

_Known = Mapping[OrganisationId, Organisation]
_OfActivation = TypeVar("_OfActivation", models.Member, models.Action, models.SituationReport, models.Handover)


@look(Permission.RESPONSE_READ)
def list_activations(
    viewer: Actor, /, *, active: bool | None = None, cases: Collection[CaseId] | None = None, page: int = 1
) -> tuple[ActivationLine, ...]:
    """Responses, newest first, `PAGE` at a time; `active`: those that have not ended, or those that have."""
    rows = models.Activation.objects.order_by("-started_at", "id")
    if active is not None:
        rows = rows.filter(ended_at__isnull=active)
    if cases is not None:
        rows = rows.filter(case_id__in=cases)
    return _lines(viewer, list(rows[PAGE * (page - 1) : PAGE * page]))


@look(Permission.RESPONSE_READ)
def get_activation(viewer: Actor, /, *, activation: ActivationId) -> Activation:
    """One response with members, actions, situation reports and handovers. Raises ActivationNotFound."""
    row = models.Activation.objects.filter(id=activation).first()
    if row is None:
        raise ActivationNotFound("no such response")
    members = _rows_of(models.Member, activation, "added_at")
    known = constituency_queries.list_by_ids(viewer, organisations=[one.organisation_id for one in members])
    return Activation(
        line=_lines(viewer, [row])[0],
        reason=row.reason,
        override_reason=row.override_reason,
        cascade=rules.unpack_summary(row.cascade),
        started=By(ActorId(row.started_by), row.started_by_name, row.started_at),
        ended=_by(row.ended_by, row.ended_by_name, row.ended_at),
        ending_reason=row.ending_reason,
        members=tuple(known[OrganisationId(one.organisation_id)] for one in members),
        actions=_actions(activation, known),
        reports=_reports(viewer, activation, known),
        handovers=tuple(map(_handover, _rows_of(models.Handover, activation, "given_at"))),
    )


@look(Permission.RESPONSE_LEAD)
def preview_situation_report(
    viewer: Actor,
    /,
    *,
    activation: ActivationId,
    title: str,
    parts: Sequence[Part],
    conditions: frozenset[Condition] = frozenset(),
    vouching: str = "",
    tlp: TLP = TLP.AMBER_STRICT,
    widening: str = "",
) -> tuple[tuple[Organisation, Preview], ...]:
    """For each member who would see what and why. Saves nothing; raises as `actions.publish_situation_report`."""
    active = get_activation(viewer, activation=activation)
    draft = situation_draft(
        viewer,
        activation=activation,
        case=active.line.case,
        title=title,
        parts=parts,
        conditions=conditions,
        vouching=vouching,
        tlp=tlp,
        widening=widening,
    )
    return tuple(
        (member, disclosure_queries.preview_disclosure(viewer, draft=for_member(draft, member.id)))
        for member in active.members
    )


def _rows_of(table: type[_OfActivation], activation: ActivationId, order: str) -> Sequence[_OfActivation]:
    return list(table.objects.filter(activation_id=activation).order_by(order, "id"))


def _lines(viewer: Actor, rows: Collection[models.Activation]) -> tuple[ActivationLine, ...]:
    ids = [row.id for row in rows]
    members = Counter(models.Member.objects.filter(activation__in=ids).values_list("activation_id", flat=True))
    undone = models.Action.objects.filter(activation__in=ids, done_at=None)
    waiting = Counter(undone.values_list("activation_id", flat=True))
    cases = case_queries.list_by_ids(viewer, cases=[row.case_id for row in rows])
    return tuple(_line(row, cases[CaseId(row.case_id)], members[row.id], waiting[row.id]) for row in rows)


def _line(row: models.Activation, case: CaseLine, members: int, waiting: int) -> ActivationLine:
    return ActivationLine(
        id=ActivationId(row.id),
        case=case.id,
        case_reference=case.reference,
        title=case.title,
        started_at=row.started_at,
        ended_at=row.ended_at,
        members=members,
        open_actions=waiting,
    )


def _actions(activation: ActivationId, known: _Known) -> tuple[ActionLine, ...]:
    now = timezone.now()
    return tuple(
        ActionLine(
            id=ActionId(row.id),
            organisation=known[OrganisationId(row.organisation_id)],
            text=row.text,
            due_at=row.due_at,
            done_at=row.done_at,
            is_overdue=row.done_at is None and row.due_at < now,
        )
        for row in _rows_of(models.Action, activation, "due_at")
    )


def _reports(viewer: Actor, activation: ActivationId, known: _Known) -> tuple[SituationReport, ...]:
    rows = _rows_of(models.SituationReport, activation, "number")
    tellings = models.Telling.objects.filter(report__in=[row.id for row in rows]).order_by("id") if rows else ()
    ids = [one.disclosure_id for one in tellings]
    came = disclosure_queries.list_progress(viewer, disclosures=ids)
    titles = disclosure_queries.list_titles(viewer, disclosures=ids)
    told: defaultdict[UUID, tuple[Told, ...]] = defaultdict(tuple)
    for one in tellings:
        disclosure = DisclosureId(one.disclosure_id)
        organisation = known[OrganisationId(one.organisation_id)]
        state = came[disclosure].state if disclosure in came else None
        told[one.report_id] += (Told(organisation, disclosure, state),)
    return tuple(
        SituationReport(
            number=row.number,
            title=next((titles[one.disclosure] for one in told[row.id] if one.disclosure in titles), ""),
            published=By(ActorId(row.published_by), row.published_by_name, row.published_at),
            told=tuple(sorted(told[row.id], key=lambda one: one.organisation.label)),
        )
        for row in rows
    )


def _handover(row: models.Handover) -> Handover:
    return Handover(
        id=HandoverId(row.id),
        given=By(ActorId(row.given_by), row.given_by_name, row.given_at),
        to=ActorId(row.to) if row.to else None,
        open_points=row.open_points,
        signed=_by(row.signed_by, row.signed_by_name, row.signed_at),
    )


def _by(actor: UUID | None, name: str, at: datetime | None) -> By | None:
    return By(ActorId(actor), name, at) if actor and at else None
