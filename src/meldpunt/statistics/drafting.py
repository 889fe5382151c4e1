"""What everybody is told of an overview: the same for the preview and for the publishing."""

from __future__ import annotations

import functools
from typing import Final

from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Draft, ItemKind, Part
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from .errors import OverviewNotSafe
from .tables import table_csv, table_json
from .values import FigureRules, Overview

_FIGURES: Final = functools.partial(Attachment, kind=DataKind.AGGREGATE_FIGURES)


def overview_draft(overview: Overview) -> Draft:
    """The figures with their table and charts as files. Raises OverviewNotSafe."""
    table = overview.table
    if table is None:
        raise OverviewNotSafe("This overview has no figures that may be published.")
    name = f"overview-{table.first_day.isoformat()}-{table.last_day.isoformat()}"
    period = f"{table.first_day:%d-%m-%Y} – {table.last_day:%d-%m-%Y}"
    said = _explanation(overview.rules)
    return Draft(
        item=ItemKind.OVERVIEW,
        subject=overview.id,
        title=f"Meldingen per sector en soort / Reports by sector and type, {period}",
        parts=(
            _told(Bilingual("Toelichting (Nederlands)", "Explanation (Dutch)"), said.nl),
            _told(Bilingual("Toelichting (Engels)", "Explanation (English)"), said.en),
        ),
        audience=(Audience(AudienceKind.PUBLIC),),
        purpose=Purpose.PUBLISH_FIGURES,
        tlp=TLP.CLEAR,
        pap=PAP.CLEAR,
        attachments=(
            _FIGURES(name=f"{name}.csv", media_type="text/csv", data=table_csv(table)),
            _FIGURES(name=f"{name}.json", media_type="application/json", data=table_json(table)),
            *(
                _FIGURES(name=f"{name}-{language}.svg", media_type="image/svg+xml", data=chart.encode())
                for language, chart in overview.charts.items()
            ),
        ),
    )


def _explanation(rules: FigureRules) -> Bilingual:
    fewest, most = rules.minimum_organisations, round(100 * rules.largest_share)
    return Bilingual(
        "Aantal ontvangen meldingen per sector en soort (RSIT), naar de dag van het incident of anders van ontvangst. "
        f"Een x is een verborgen getal: minder dan {fewest} organisaties, één organisatie met meer dan {most} %, "
        "of een getal waaruit een ander zou zijn uit te rekenen. Een x kan nul zijn.",
        "Number of reports received by sector and type (RSIT), by the day of the incident or else of reception. "
        f"An x is a hidden figure: fewer than {fewest} organisations, one organisation with more than {most} %, "
        "or a figure from which another could be worked out. An x can be zero.",
    )


def _told(heading: Bilingual, text: str) -> Part:
    return Part(DataKind.AGGREGATE_FIGURES, heading, text)
