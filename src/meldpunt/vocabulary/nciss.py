"""National Cyber Incident Scoring System (CISA): eight choices, one score from 0 to 100.

`score = 100 · (Σ wᵢvᵢ - min) / (max - min)`, weights and values as seeded in the CITE evaluator (CMU SEI),
which gives min = 325 and max = 3400. The scores at which a level begins are configuration with a recorded
rationale: no published source gives them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import DataFileInvalid, ScoreChoicesInvalid
from meldpunt.vocabulary.rows import Row, parse_rows, read_rows


@dataclass(frozen=True, slots=True)
class Option:
    """One answer within a category, worth `value` (0 to 100)."""

    id: str
    value: int
    name: Bilingual


@dataclass(frozen=True, slots=True)
class ScoreCategory:
    """One of the eight questions: FI, OA, LO, AC, II, RE, CS, PI."""

    id: str
    name: Bilingual
    weight: int
    options: tuple[Option, ...]

    def option(self, choice: str | int) -> Option:
        """The option chosen by its id or, as scoring sheets write it, by its value.

        Raises ScoreChoicesInvalid when the category has no such option.
        """
        for option in self.options:
            if choice == option.id or (not isinstance(choice, bool) and choice == option.value):
                return option
        raise ScoreChoicesInvalid(f"{self.id} ({self.name.en}) has no option {choice!r}")


@dataclass(frozen=True, slots=True)
class Level:
    """A priority level, beginning at score `from_score` inclusive."""

    id: str
    name: Bilingual
    colour: str
    from_score: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Levels in rising order, why they begin where they do, who decided so, and since when."""

    levels: tuple[Level, ...]
    rationale: Bilingual
    verified: bool
    version: str
    decided_by: str
    since: date

    def __post_init__(self) -> None:
        starts = [level.from_score for level in self.levels]
        if not starts or starts[0] != 0 or starts != sorted(set(starts)):
            raise ScoreChoicesInvalid(f"levels must begin at 0 and rise: {starts}")

    def level_of(self, score: float) -> Level:
        """The highest level that begins at or below the score."""
        return max(
            (level for level in self.levels if level.from_score <= score),
            key=lambda level: level.from_score,
            default=self.levels[0],
        )


def score_categories() -> tuple[ScoreCategory, ...]:
    """The eight categories in the order of the source, for a form."""
    return _categories()


def default_thresholds() -> Thresholds:
    """The project's own thresholds; a CSIRT may pass others with its own rationale."""
    return _thresholds()


def read_thresholds(text: str) -> Thresholds:
    """A CSIRT's own thresholds, as TOML: version, decided_by, since, rationale, and for each level its id and `from`.

    Names and colours are those of the standard. Raises DataFileInvalid, ScoreChoicesInvalid.
    """
    row, known = parse_rows(text, place="thresholds"), {level.id: level for level in _thresholds().levels}
    levels = [_own_level(inner, known) for inner in row.rows("levels")]
    found = _thresholds_in(row, tuple(levels), verified=True)
    row.refuse_unread()
    return found


def score(choices: Mapping[str, str | int]) -> float:
    """Score one incident, unrounded, from 0 to 100.

    `choices` holds for each of the eight category ids the id or the value of its option.
    Raises ScoreChoicesInvalid when a category is missing, unknown, or has no such option.
    """
    categories = _categories()
    unknown = set(choices) - {category.id for category in categories}
    missing = [category.id for category in categories if category.id not in choices]
    if unknown or missing:
        raise ScoreChoicesInvalid(f"missing: {missing}, unknown: {sorted(unknown)}")
    weighed = sum(category.weight * category.option(choices[category.id]).value for category in categories)
    lowest = sum(category.weight * min(o.value for o in category.options) for category in categories)
    highest = sum(category.weight * max(o.value for o in category.options) for category in categories)
    return 100 * (weighed - lowest) / (highest - lowest)


@cache
def _file() -> Row:
    return read_rows(resources.files(__package__) / "data" / "nciss.toml")


@cache
def _categories() -> tuple[ScoreCategory, ...]:
    return tuple(
        ScoreCategory(
            id=row.text("id"),
            name=row.bilingual("name"),
            weight=row.whole("weight"),
            options=tuple(
                Option(inner.text("id"), inner.whole("value"), inner.bilingual("name")) for inner in row.rows("options")
            ),
        )
        for row in _file().rows("categories")
    )


@cache
def _thresholds() -> Thresholds:
    row = _file().row("thresholds")
    levels = tuple(
        Level(inner.text("id"), inner.bilingual("name"), inner.text("colour"), inner.whole("from"))
        for inner in row.rows("levels")
    )
    return _thresholds_in(row, levels, verified=row.flag("verified"))


def _thresholds_in(row: Row, levels: tuple[Level, ...], *, verified: bool) -> Thresholds:
    return Thresholds(
        levels,
        row.bilingual("rationale"),
        verified,
        version=row.text("version"),
        decided_by=row.text("decided_by"),
        since=row.day("since"),
    )


def _own_level(row: Row, known: Mapping[str, Level]) -> Level:
    level = known.get(row.text("id"))
    if level is None:
        raise DataFileInvalid(f"{row.place}: there is no level {row.text('id')!r}, but {', '.join(known)}")
    return replace(level, from_score=row.whole("from"))
