"""Where a report stands on the scales of others: as kept, and as it follows now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from meldpunt.access.values import ActorId
from meldpunt.constituency.values import Organisation
from meldpunt.intake.values import Report
from meldpunt.vocabulary.errors import ScoreChoicesInvalid
from meldpunt.vocabulary.nciss import score_categories

from .. import models
from ..rules.scales import derive
from ..scaling import known_scales
from ..values import Assessment, By, ScaleFacts, ScaleForm, ScaleWord, Scaling, ScalingReading

_CENTRAL_GOVERNMENT = "central-government"


def read_scaling(report: Report, organisation: Organisation | None, versions: Sequence[Assessment]) -> ScalingReading:
    """For a page that has read the report and its assessments already; whoever calls has a viewer bound."""
    row = models.Scaling.objects.filter(report_id=report.id).order_by("-version").first()
    kept = scaling_from(row) if row and not row.is_blank else None
    facts = facts_of(report, organisation, versions)
    now = derive(facts, known_scales(), reach=kept.form.reach if kept else "")
    return ScalingReading(kept, now, versions[0].version if versions else 0, row.version if row else 0)


def facts_of(report: Report, organisation: Organisation | None, versions: Sequence[Assessment]) -> ScaleFacts:
    """What the scales rest on."""
    latest = versions[0] if versions and not versions[0].is_blank else None
    sector = organisation.sector if organisation else report.sector
    return ScaleFacts(
        rsit=latest.rsit if latest else "",
        points=_points(latest) if latest else {},
        disruption=latest.disruption if latest else None,
        is_vital=bool(organisation and organisation.vital_processes),
        is_central_government=sector == _CENTRAL_GOVERNMENT,
        malicious=report.answers.get("malicious", "") or report.answers.get("suspected_unlawful", ""),
    )


def scaling_from(row: models.Scaling) -> Scaling:
    """One version."""
    scales = known_scales()
    form = ScaleForm(row.reach, row.outlook, row.category, row.cause, row.threat, row.impact, row.reason)
    reaches = [ScaleWord(one.id, one.name) for one in scales.reaches]
    return Scaling(
        version=row.version,
        assessment=row.assessment,
        form=form,
        reach=_word(reaches, row.reach),
        outlook=_word(scales.outlooks, row.outlook),
        category=_word(scales.categories, row.category),
        computed_category=_word(scales.categories, row.computed_category),
        cause=_word(scales.causes, row.cause),
        computed_cause=_word(scales.causes, row.computed_cause),
        threat=_word(scales.threats, row.threat),
        computed_threat=_word(scales.threats, row.computed_threat),
        impact=_word(scales.impacts, row.impact),
        computed_impact=_word(scales.impacts, row.computed_impact),
        by=By(ActorId(row.by), row.by_name, row.at),
    )


def _points(latest: Assessment) -> dict[str, int]:
    """Of a choice that the standard dropped since nothing is known."""
    found = {}
    for category in score_categories():
        try:
            found[category.id] = category.option(latest.nciss[category.id]).value
        except (KeyError, ScoreChoicesInvalid):
            continue
    return found


def _word(words: Iterable[ScaleWord], word: str) -> ScaleWord | None:
    return next((one for one in words if one.id == word), None)
