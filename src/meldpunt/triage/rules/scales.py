"""What follows for the scales of others from an assessment, each with its reason; and what a person says instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.nciss import score_categories
from meldpunt.vocabulary.texts import clean_text, is_readable

from ..errors import DeviationUnexplained, ScaleUnknown
from ..values import Derived, Disruption, Placed, Reach, ScaleFacts, ScaleForm, Scales, ScaleWord

# Points of NCISS options (0 to 100) from which something counts as it is called here. Our own choice.
_SERIOUS_FUNCTION: Final = 50
_SERIOUS_INFORMATION: Final = 60
_CONSIDERABLE_RISK: Final = 50
_PRESENCE: Final = 80
_ADVANCED_ACTOR: Final = 80
_ENGAGED: Final = 70
_CRIMINAL: Final = 40
_EFFECT: Final = 100
_CONTROL_LOST: Final = 100
_DENIAL: Final = 60
_FELT: Final = 20

_AT_RISK: Final = (Disruption.POSSIBLY, Disruption.LIKELY)
_EFFECTS: Final[Mapping[str, Bilingual]] = {
    "serious": Bilingual("ernstig gevolg", "serious effect"),
    "risk": Bilingual("aanzienlijk risico", "considerable risk"),
    "indication": Bilingual("alleen aanwijzingen", "indications only"),
}
Word = TypeVar("Word", bound=ScaleWord | Reach)


def derive(facts: ScaleFacts, scales: Scales, *, reach: str = "") -> Derived:
    """What follows; `reach` is a person's answer, which goes before what is derived. Raises ScaleUnknown."""
    reached = _reach(facts, scales, reach)
    return Derived(
        reach=Placed(ScaleWord(reached[0].id, reached[0].name), reached[1]) if reached else None,
        category=_category(facts, scales, reached),
        cause=_cause(facts, scales),
        threat=_threat(facts, scales),
        impact=_impact(facts, scales),
    )


def chosen(words: Iterable[Word], word: str) -> Word | None:
    """The one of that id; None for none. Raises ScaleUnknown."""
    if not word:
        return None
    for one in words:
        if one.id == word:
            return one
    raise ScaleUnknown


def check_scaling(form: ScaleForm, derived: Derived) -> str:
    """The reason, cleaned. Raises DeviationUnexplained where a step is another than follows, without one."""
    said = ((form.category, derived.category), (form.threat, derived.threat), (form.impact, derived.impact))
    deviates = any(word and (placed is None or placed.word.id != word) for word, placed in said)
    deviates = deviates or bool(form.cause and derived.cause and derived.cause.word.id != form.cause)
    if deviates and not is_readable(form.reason):
        raise DeviationUnexplained("Write why a step is another than follows from the assessment.")
    return clean_text(form.reason)


def _reach(facts: ScaleFacts, scales: Scales, asked: str) -> tuple[Reach, tuple[Bilingual, ...]] | None:
    answered = chosen(scales.reaches, asked)
    if answered is not None:
        return answered, (Bilingual("zo aangegeven", "as answered"),)
    reasons = [
        *([Bilingual("een vitaal proces", "a vital process")] if facts.is_vital else []),
        *([Bilingual("centrale overheid", "central government")] if facts.is_central_government else []),
        *([_disruption(facts.disruption)] if facts.disruption in _AT_RISK else []),
    ]
    return (scales.reaches[0], tuple(reasons)) if reasons else None


def _category(facts: ScaleFacts, scales: Scales, reached: tuple[Reach, tuple[Bilingual, ...]] | None) -> Placed | None:
    if reached is None or not (facts.points or facts.disruption):
        return None
    reach, why = reached
    effect, because = _effect(facts)
    reasons = (*why, _EFFECTS[effect], *because)
    if reach is scales.reaches[0] and effect == "serious" and facts.disruption is Disruption.LIKELY:
        return Placed(scales.categories[0], reasons)
    return Placed(reach.by_effect[effect], reasons)


def _effect(facts: ScaleFacts) -> tuple[str, tuple[Bilingual, ...]]:
    points = facts.points
    if points.get("FI", 0) >= _SERIOUS_FUNCTION:
        return "serious", (_points(facts, "FI"),)
    if points.get("II", 0) >= _SERIOUS_INFORMATION:
        return "serious", (_points(facts, "II"),)
    if facts.disruption in _AT_RISK:
        return "risk", (_disruption(facts.disruption),)
    for category, from_points in (("PI", _CONSIDERABLE_RISK), ("OA", _PRESENCE)):
        if points.get(category, 0) >= from_points:
            return "risk", (_points(facts, category),)
    return "indication", ()


def _cause(facts: ScaleFacts, scales: Scales) -> Placed | None:
    for cause in scales.causes:
        for start in cause.rsit:
            if facts.rsit == start or facts.rsit.startswith(f"{start}/"):
                return Placed(cause, (Bilingual(f"RSIT {facts.rsit}", f"RSIT {facts.rsit}"),))
    if facts.malicious == "yes":
        malicious = chosen(scales.causes, "malicious-actions")
        said = Bilingual("de melder vermoedt opzet", "the reporter suspects that it was done on purpose")
        return Placed(malicious, (said,)) if malicious else None
    return None


def _threat(facts: ScaleFacts, scales: Scales) -> Placed | None:
    if not facts.points:
        return None
    actor, activity = facts.points.get("AC", 0), facts.points.get("OA", 0)
    high, medium, low = scales.threats
    reasons = (_points(facts, "AC"), _points(facts, "OA"))
    if actor >= _ADVANCED_ACTOR or activity >= _EFFECT:
        return Placed(high, reasons)
    return Placed(medium if actor >= _CRIMINAL and activity >= _ENGAGED else low, reasons)


def _impact(facts: ScaleFacts, scales: Scales) -> Placed | None:
    if not facts.points and facts.disruption is None:
        return None
    function = facts.points.get("FI", 0)
    red, yellow, green, white = scales.impacts
    reasons = (
        *([_disruption(facts.disruption)] if facts.disruption else []),
        *([_points(facts, "FI")] if facts.points else []),
    )
    if facts.disruption is Disruption.LIKELY or function >= _CONTROL_LOST:
        return Placed(red, reasons)
    if facts.disruption is Disruption.POSSIBLY or function >= _DENIAL:
        return Placed(yellow, reasons)
    return Placed(green if function >= _FELT else white, reasons)


def _disruption(disruption: Disruption | None) -> Bilingual:
    word = (disruption or Disruption.NO).label
    return Bilingual(f"ontwrichting: {word.nl}", f"disruption of society: {word.en}")


def _points(facts: ScaleFacts, category: str) -> Bilingual:
    name = next(one.name for one in score_categories() if one.id == category)
    points = facts.points.get(category, 0)
    return Bilingual(f"{name.nl.lower()} {points}", f"{name.en.lower()} {points}")
