"""Indicators as the desk knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..errors import IndicatorNotFound
from ..values import Indicator, IndicatorId, IndicatorKind

PAGE: Final = 50
"""Lines on one page of a list."""


@look(Permission.INDICATOR_READ)
def get_indicator(viewer: Actor, /, *, indicator: IndicatorId) -> Indicator:
    """One indicator. Raises IndicatorNotFound."""
    found = _indicators_from(models.Indicator.objects.filter(id=indicator))
    if not found:
        raise IndicatorNotFound("no such indicator")
    return found[0]


@look(Permission.INDICATOR_READ)
def list_by_ids(viewer: Actor, /, *, indicators: Collection[UUID]) -> tuple[Indicator, ...]:
    """Those of the ids that there are, newest first."""
    return _indicators_from(models.Indicator.objects.filter(id__in=indicators).order_by("-created_at", "id"))


@look(Permission.INDICATOR_READ)
def list_indicators(
    viewer: Actor, /, *, cases: Collection[UUID] | None = None, is_told: bool | None = None, page: int = 1
) -> tuple[Indicator, ...]:
    """Indicators, newest first, `PAGE` at a time; of these cases, and told or not yet told, where asked."""
    rows = models.Indicator.objects.order_by("-created_at", "id")
    if cases is not None:
        rows = rows.filter(case_id__in=cases)
    if is_told is not None:
        told = models.Told.objects.values("indicator_id")
        rows = rows.filter(id__in=told) if is_told else rows.exclude(id__in=told)
    first = PAGE * (max(page, 1) - 1)
    return _indicators_from(rows[first : first + PAGE])


@look(Permission.INDICATOR_READ)
def find_by_value(viewer: Actor, /, *, value: str) -> Indicator | None:
    """The indicator with this value in normal form, whatever its kind; None where nobody looks for it."""
    return next(iter(_indicators_from(models.Indicator.objects.filter(value=value).order_by("kind")[:1])), None)


def _indicators_from(rows: Iterable[models.Indicator]) -> tuple[Indicator, ...]:
    found = list(rows)
    ids = [row.id for row in found]
    reports: defaultdict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
    for indicator, report in models.Stem.objects.filter(indicator__in=ids).values_list("indicator_id", "report_id"):
        reports[indicator] += (report,)
    told: defaultdict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
    for indicator, one in models.Told.objects.filter(indicator__in=ids).values_list("indicator_id", "disclosure_id"):
        told[indicator] += (one,)
    return tuple(
        Indicator(
            id=IndicatorId(row.id),
            kind=IndicatorKind(row.kind),
            value=row.value,
            tlp=TLP(row.tlp),
            pap=PAP(row.pap),
            description=row.description,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            created_at=row.created_at,
            case=row.case_id,
            reports=reports[row.id],
            disclosures=told[row.id],
        )
        for row in found
    )
