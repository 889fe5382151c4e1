"""When society may be disrupted enough to stand together, and what is kept of that estimate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from meldpunt.engines.cascade import Band
from meldpunt.triage.values import Assessment, Disruption, Estimate
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.texts import clean_text

from .errors import DisruptionNotExpected, NotYoursToSign, TimeImpossible, WordingMissing
from .values import CascadeSummary, Range

_GRAVITY = (None, Disruption.NO, Disruption.POSSIBLY, Disruption.LIKELY)

Packed = dict[str, object]


def gravest(disruptions: Iterable[Disruption | None]) -> Disruption | None:
    """The gravest answer of several; None where nobody was asked."""
    return max(disruptions, key=_GRAVITY.index, default=None)


def check_activation(disruption: Disruption | None, *, override_reason: str) -> str:
    """The reason to override, empty where none is needed. Raises DisruptionNotExpected."""
    if disruption in (Disruption.POSSIBLY, Disruption.LIKELY):
        return ""
    if not override_reason.strip():
        raise DisruptionNotExpected
    return override_reason.strip()


def summarise(assessments: Iterable[Assessment], *, disruption: Disruption | None) -> CascadeSummary:
    """The gravest estimate at its gravest reading: the disruption first, then the damage."""
    estimates = [one.estimate for one in assessments if one.estimate and one.estimate.readings]
    if not estimates:
        return CascadeSummary(disruption)
    worst = max(estimates, key=lambda one: (_GRAVITY.index(one.disruption), one.gravest.damage_eur.likely))
    return _summary_of(worst, disruption=gravest([disruption, worst.disruption]))


def pack_summary(summary: CascadeSummary) -> Packed:
    """The summary as JSON."""
    return {
        "disruption": summary.disruption.value if summary.disruption else "",
        "hour": summary.hour,
        "processes": [[name.nl, name.en] for name in summary.processes],
        "sectors_hit": _pack_range(summary.sectors_hit),
        "damage_eur": _pack_range(summary.damage_eur),
        "people_in_distress": _pack_range(summary.people_in_distress),
    }


def unpack_summary(packed: Mapping[str, object]) -> CascadeSummary:
    """The summary of `pack_summary`."""
    hour, processes, disruption = packed["hour"], packed["processes"], packed["disruption"]
    return CascadeSummary(
        disruption=Disruption(str(disruption)) if disruption else None,
        hour=hour if isinstance(hour, int) else None,
        processes=tuple(Bilingual(nl, en) for nl, en in processes) if isinstance(processes, list) else (),
        sectors_hit=_unpack_range(packed["sectors_hit"]),
        damage_eur=_unpack_range(packed["damage_eur"]),
        people_in_distress=_unpack_range(packed["people_in_distress"]),
    )


def check_words(said: str, *, what: str) -> str:
    """The words as PostgreSQL can keep them, without blanks around them. Raises WordingMissing."""
    said = clean_text(said)
    if not said:
        raise WordingMissing(what)
    return said


def check_instant(at: datetime) -> datetime:
    """The instant. Raises TimeImpossible without a zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise TimeImpossible
    return at


def check_signature(signer: UUID, *, giver: UUID, to: UUID | None, is_signed: bool) -> None:
    """Raise NotYoursToSign for the one who hands over, for anybody but who was named, and for a second time."""
    if is_signed or signer == giver or (to is not None and signer != to):
        raise NotYoursToSign


def _summary_of(estimate: Estimate, *, disruption: Disruption | None) -> CascadeSummary:
    worst = estimate.gravest
    return CascadeSummary(
        disruption=disruption,
        hour=worst.hour,
        processes=tuple(one.name for one in worst.standings if one.is_failing),
        sectors_hit=_range_of(worst.sectors_hit),
        damage_eur=_range_of(worst.damage_eur),
        people_in_distress=_range_of(worst.people_in_distress),
    )


def _range_of(band: Band) -> Range:
    return Range(band.low, band.likely, band.high)


def _pack_range(found: Range | None) -> list[float] | None:
    return [found.low, found.likely, found.high] if found else None


def _unpack_range(packed: object) -> Range | None:
    return Range(*(float(one) for one in packed)) if isinstance(packed, list) else None
