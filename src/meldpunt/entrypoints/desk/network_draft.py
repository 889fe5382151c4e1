"""What the detection network would be told, as a preview: `detection` writes the disclosure itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from meldpunt.access.values import Actor
from meldpunt.detection.values import Indicator
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Origin, Part, Preview
from meldpunt.engines.matching.defanging import defang
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import most_restrictive

_HEADING: Final = Bilingual("Indicatoren", "Indicators")


def preview_network(viewer: Actor, indicators: Sequence[Indicator]) -> Preview:
    """Who would see these indicators and why. Saves nothing; raises as `disclosure.preview_disclosure` does."""
    text = "\n".join(f"{defang(one.value)} {one.description}".rstrip() for one in indicators)
    draft = Draft(
        item=ItemKind.INDICATORS,
        subject=indicators[0].id,
        title=_HEADING.nl,
        parts=(Part(DataKind.INDICATORS, _HEADING, text),),
        audience=(Audience(AudienceKind.DETECTION_NETWORK),),
        purpose=Purpose.DETECT,
        tlp=most_restrictive(*(one.tlp for one in indicators)),
        pap=most_restrictive(*(one.pap for one in indicators)),
        origins=_origins(viewer, indicators),
    )
    return disclosure_queries.preview_disclosure(viewer, draft=draft)


def _origins(viewer: Actor, indicators: Sequence[Indicator]) -> tuple[Origin, ...]:
    reports = dict.fromkeys(report for one in indicators for report in one.reports)
    found = (intake_queries.get_report(viewer, report=ReportId(one)) for one in reports)
    return tuple(Origin(one.id, one.organisation if one.is_own else None, one.receipt_digest) for one in found)
