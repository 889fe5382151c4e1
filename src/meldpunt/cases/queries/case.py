"""One case with everything in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from meldpunt.access.binding import look
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Origin
from meldpunt.intake import queries as intake_queries
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import By, Disruption

from .. import models
from ..rules.working import gravest
from ..values import Case, CaseId, CaseState, Joined, Observable, Party, PartyRole
from .lists import current_documents
from .rows import case_row, documents_from, entry_from, inside, reports_in, rsit_name, task_from, titles_of, whole_of

_MOST_OBSERVABLES = 1_000
_MOST_ENTRIES = 500


@look(Permission.CASE_READ)
def get_case(viewer: Actor, /, *, case: CaseId) -> Case:
    """The case, with what came from the cases merged into it. Raises CaseNotFound.

    `disruption` is what triage says at this moment to who may read triage, and to others what it said when the case
    was last brought up to date.
    """
    row = case_row(case)
    whole = whole_of(case)
    reports = reports_in(whole)
    lines = triage_queries.list_lines(viewer, reports=reports)
    parties = list(models.Party.objects.filter(case__in=whole).order_by("role", "id"))
    known = constituency_queries.list_by_ids(
        viewer, organisations={row.organisation_id or row.id, *(one.organisation_id for one in parties)}
    )
    merge = models.Merge.objects.filter(other=case, undone_at=None).first()
    return Case(
        id=case,
        reference=row.reference,
        title=titles_of([row])[row.id],
        state=CaseState(row.state),
        rsit=row.rsit,
        rsit_name=rsit_name(row.rsit),
        sector=row.sector,
        organisation=known.get(OrganisationId(row.organisation_id)) if row.organisation_id else None,
        disruption=_disruption(viewer, row, reports),
        opened=By(ActorId(row.opened_by), row.opened_by_name, row.opened_at),
        closed_at=row.closed_at,
        closing_reason=row.closing_reason,
        merged_into=CaseId(merge.into_id) if merge else None,
        joined=_joined(whole),
        reports=tuple(lines[report] for report in reports if report in lines),
        observables=_observables(whole),
        entries=tuple(
            map(entry_from, models.Entry.objects.filter(case__in=whole).order_by("-at", "-id")[:_MOST_ENTRIES])
        ),
        tasks=tuple(map(task_from, models.Task.objects.filter(case__in=whole).order_by("done_at", "due_at", "id"))),
        parties=_parties(parties, known),
        documents=documents_from(viewer, current_documents(whole).defer("text").order_by("written_at", "id")),
    )


@look(Permission.CASE_READ)
def origins_of(viewer: Actor, /, *, case: CaseId, organisation: OrganisationId | None = None) -> tuple[Origin, ...]:
    """The reports a disclosure from this case stems from, all or those one organisation made itself.

    So the reporter can follow every disclosure, and the door knows whom to hide. Raises CaseNotFound.
    """
    case_row(case)
    reports = reports_in(whole_of(case))
    known = intake_queries.list_by_ids(viewer, reports=reports)
    return tuple(
        report.origin
        for report in (known[one] for one in reports if one in known)
        if organisation is None or (report.is_own and report.organisation == organisation)
    )


@look(Permission.CASE_READ)
def list_whole(viewer: Actor, /, *, case: CaseId) -> tuple[CaseId, ...]:
    """The case, and every case merged into it; itself alone where there is none."""
    return tuple(map(CaseId, whole_of(case)))


def _disruption(viewer: Actor, row: models.Case, reports: Sequence[UUID]) -> Disruption | None:
    kept = Disruption(row.disruption) if row.disruption else None
    if not may(viewer.roles, Permission.TRIAGE_READ):
        return kept
    return gravest(triage_queries.list_assessments(viewer, reports=reports).values())


def _joined(whole: Sequence[UUID]) -> tuple[Joined, ...]:
    merges = list(
        models.Merge.objects.filter(into__in=whole, undone_at=None).select_related("other").order_by("merged_at")
    )
    titles = titles_of(merge.other for merge in merges)
    return tuple(
        Joined(
            CaseId(merge.other_id),
            merge.other.reference,
            titles[merge.other_id],
            merge.reason,
            By(ActorId(merge.merged_by), merge.merged_by_name, merge.merged_at),
        )
        for merge in merges
    )


def _observables(whole: Sequence[UUID]) -> tuple[Observable, ...]:
    """Each value once; what came with a report goes when the report is taken out."""
    rows = models.Observable.objects.filter(Q(report=None) | inside(), case__in=whole).order_by("kind", "value", "id")
    counted: Counter[tuple[str, str]] = Counter()
    ids: dict[tuple[str, str], UUID] = {}
    for kind, value, report, row in rows.values_list("kind", "value", "report_id", "id"):
        counted[kind, value] += report is not None
        ids.setdefault((kind, value), row)
    found = tuple(Observable(*named, count, ids[named]) for named, count in counted.items())
    return found[:_MOST_OBSERVABLES]


def _parties(rows: Sequence[models.Party], known: dict[OrganisationId, Organisation]) -> tuple[Party, ...]:
    seen = dict.fromkeys((OrganisationId(row.organisation_id), PartyRole(row.role)) for row in rows)
    return tuple(Party(known[organisation], role) for organisation, role in seen if organisation in known)
