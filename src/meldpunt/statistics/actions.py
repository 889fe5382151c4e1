"""Every write of statistics: an overview is compiled, and published through the door."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, Seen
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.triage import queries as triage_queries

from . import models, queries
from .chart import draw_chart
from .drafting import overview_draft
from .errors import OverviewNotFound, PeriodAlreadyTold
from .packing import pack_audit, pack_hidden, pack_rules, pack_table
from .rules.counting import Counted, check_period, count_reports
from .rules.hiding import Safe, make_safe
from .rules.progress import check_publishable
from .values import FigureRules, FigureTable, OverviewId

DEFAULT_RULES: Final = FigureRules()


@deed(Permission.FIGURES_COMPILE)
def compile_overview(
    actor: Actor, /, *, first_day: date, last_day: date, rules: FigureRules = DEFAULT_RULES
) -> OverviewId:
    """Count the reports of the period (both days included), hide what is not safe, and let attackers try.

    Kept is only what may be seen: who contributed, and what a hidden figure is, are in memory alone. An overview
    whose check fails is kept without figures, so that one sees why. Raises PeriodImpossible, GroupImpossible.
    """
    check_period(first_day, last_day, today=timezone.localdate())
    reports = triage_queries.list_classified(actor, first_day=first_day, last_day=last_day)
    counted = count_reports(reports, groups=rules.groups)
    safe = make_safe(counted, rules)
    table = _table(counted, safe, first_day=first_day, last_day=last_day)
    row = models.Overview(
        first_day=first_day,
        last_day=last_day,
        compiled_by=actor.id,
        compiled_by_name=actor.name,
        compiled_at=timezone.now(),
        rules=pack_rules(rules),
        table=pack_table(table) if table else None,
        hidden=pack_hidden(safe.hidden),
        audit=pack_audit(safe.audit),
        passed=safe.audit.passed,
        chart_nl=draw_chart(table, language="nl") if table else "",
        chart_en=draw_chart(table, language="en") if table else "",
    )
    row.save(force_insert=True)
    ledger.record(
        actor,
        kind=Kind.COMPILED,
        subject=row.id,
        details={
            "first_day": first_day.isoformat(),
            "last_day": last_day.isoformat(),
            "passed": safe.audit.passed,
            "hidden": len(safe.hidden),
        },
    )
    return OverviewId(row.id)


@deed(Permission.FIGURES_PUBLISH)
def publish_overview(actor: Actor, /, *, overview: OverviewId, reason: str, seen: Seen) -> Disclosure:
    """Offer the overview to the public through the door, with its table and charts as files.

    The answer may be REFUSED, or WAITING_FOR_APPROVAL where the ground asks a second person. Raises
    OverviewNotFound, OverviewNotSafe, AlreadyOffered, PeriodAlreadyTold, and what the door raises: SeenChanged where
    it is not what stood on the page that `seen` comes from.
    """
    row = models.Overview.objects.select_for_update().filter(id=overview).first()
    if row is None:
        raise OverviewNotFound("no such overview")
    found = queries.get_overview(actor, overview=overview)
    check_publishable(found.state)
    disclosure = disclosure_actions.disclose(actor, draft=overview_draft(found), reason=reason, seen=seen)
    if disclosure.state is DisclosureState.REFUSED:
        return disclosure
    _take_period(row, disclosure)
    ledger.record(
        actor,
        kind=Kind.PUBLISHED,
        subject=row.id,
        details={
            "disclosure": str(disclosure.id),
            "first_day": row.first_day.isoformat(),
            "last_day": row.last_day.isoformat(),
        },
    )
    return disclosure


def _take_period(row: models.Overview, disclosure: Disclosure) -> None:
    row.disclosure_id = disclosure.id
    try:
        with transaction.atomic():
            row.save(update_fields=["disclosure"])
    except IntegrityError as error:
        raise PeriodAlreadyTold("Figures over a part of this period were published before.") from error


def _table(counted: Counted, safe: Safe, *, first_day: date, last_day: date) -> FigureTable | None:
    if safe.figures is None or not safe.audit.passed:
        return None
    return FigureTable(first_day, last_day, counted.rows, counted.columns, safe.figures)
