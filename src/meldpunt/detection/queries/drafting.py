"""What the detection network is told: the same for the preview and for the telling."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Draft, ItemKind, Origin, Part, Preview
from meldpunt.engines.matching.defanging import defang
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import most_restrictive

from .. import rules
from ..bundle import MEDIA_TYPE, bundle_of
from ..errors import IndicatorNotFound, NothingToLookFor
from ..values import WHOLE, Indicator, IndicatorId, NetworkPart
from .indicators import list_by_ids

FILE_NAME: Final = "indicators.stix.json"
_HEADING: Final = Bilingual("Indicatoren om naar uit te kijken", "Indicators to look for")
_TITLE: Final = {1: "1 indicator"}


@look(Permission.INDICATOR_DISCLOSE)
def preview_indicators(
    viewer: Actor, /, *, indicators: Collection[IndicatorId], part: NetworkPart = WHOLE, widening: str = ""
) -> Preview:
    """Who would see these indicators and why. Saves nothing; raises as `actions.disclose_indicators`."""
    valid = list_valid(viewer, indicators=indicators)
    draft = draft_indicators(viewer, indicators=valid, part=part, widening=widening)
    return disclosure_queries.preview_disclosure(viewer, draft=draft)


@look(Permission.INDICATOR_DISCLOSE)
def list_valid(viewer: Actor, /, *, indicators: Collection[IndicatorId]) -> tuple[Indicator, ...]:
    """Those that are still worth looking for. Raises IndicatorNotFound, NothingToLookFor (none is)."""
    found = list_by_ids(viewer, indicators=indicators)
    if len(found) != len(set(indicators)):
        raise IndicatorNotFound("no such indicator")
    now = timezone.now()
    valid = tuple(one for one in found if rules.is_valid_at(one.valid_until, now))
    if not valid:
        raise NothingToLookFor("None of these indicators is valid any more.")
    return valid


@look(Permission.INDICATOR_DISCLOSE)
def draft_indicators(
    viewer: Actor, /, *, indicators: Sequence[Indicator], part: NetworkPart = WHOLE, widening: str = ""
) -> Draft:
    """A STIX bundle, and the same in words. The marking is the strictest of the indicators', and no wider than anybody
    asked from whose report they stem; `widening` says why it goes further nonetheless."""
    origins, usual = _origins(viewer, indicators), most_restrictive(*(one.tlp for one in indicators))
    tlp = rules.marking_of(usual, (one.tlp for one in origins if one.tlp), is_widened=bool(widening.strip()))
    marked = [replace(one, tlp=most_restrictive(one.tlp, tlp)) if tlp is not usual else one for one in indicators]
    bundle = bundle_of(marked, csirt=settings.MELDPUNT_CSIRT)
    return Draft(
        item=ItemKind.INDICATORS,
        subject=_subject(indicators),
        title=_TITLE.get(len(indicators), f"{len(indicators)} indicatoren"),
        parts=(Part(DataKind.INDICATORS, _HEADING, "\n".join(_line(one) for one in indicators)),),
        audience=(Audience(AudienceKind.DETECTION_NETWORK, sectors=part.sectors, only=part.participants),),
        purpose=Purpose.DETECT,
        tlp=tlp,
        pap=most_restrictive(*(one.pap for one in indicators)),
        # An indicator bears the marking of its source: the strictest of them is where this one starts from.
        sources=tuple(one.tlp for one in indicators),
        origins=origins,
        widening=widening.strip(),
        attachments=(Attachment(FILE_NAME, MEDIA_TYPE, bundle, DataKind.INDICATORS),),
    )


def _subject(indicators: Sequence[Indicator]) -> UUID:
    """The case where all stem from one; otherwise the first indicator."""
    cases = {one.case for one in indicators}
    return (cases.pop() if len(cases) == 1 else None) or indicators[0].id


def _line(indicator: Indicator) -> str:
    words = f" ({indicator.description})" if indicator.description else ""
    return f"{defang(indicator.value)}{words}"


def _origins(viewer: Actor, indicators: Sequence[Indicator]) -> tuple[Origin, ...]:
    """Every report behind the indicators, and behind their cases: who made one finds this disclosure."""
    cases = dict.fromkeys(one.case for one in indicators if one.case)
    found = [origin for case in cases for origin in case_queries.origins_of(viewer, case=CaseId(case))]
    for report in dict.fromkeys(report for one in indicators for report in one.reports):
        found.append(intake_queries.get_report(viewer, report=ReportId(report)).origin)
    return tuple(dict.fromkeys(found))
