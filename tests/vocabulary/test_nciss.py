"""NCISS: the three test points, the bounds, and choices that are refused."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vocabulary import Bilingual
from meldpunt.vocabulary.errors import DataFileInvalid, ScoreChoicesInvalid
from meldpunt.vocabulary.nciss import (
    Level,
    ScoreCategory,
    Thresholds,
    default_thresholds,
    read_thresholds,
    score,
    score_categories,
)

KEYS = ("FI", "OA", "LO", "AC", "II", "RE", "CS", "PI")
LOWEST = dict(zip(KEYS, (0, 0, 30, 20, 0, 20, 15, 0), strict=True))

choices = st.fixed_dictionaries({c.id: st.sampled_from([o.id for o in c.options]) for c in score_categories()})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0, 0, 30, 20, 0, 20, 15, 0), 0),
        ((100, 100, 100, 100, 100, 100, 100, 100), 100),
        ((35, 70, 40, 40, 20, 20, 40, 25), 30.7317),
        ((100, 100, 90, 80, 80, 60, 100, 75), 84.7154),
        ((60, 100, 30, 20, 0, 20, 35, 50), 39.6748),
    ],
)
def test_published_points_are_met(values: tuple[int, ...], expected: float) -> None:
    assert score(dict(zip(KEYS, values, strict=True))) == pytest.approx(expected, abs=5e-5)


@given(choices)
def test_every_set_of_choices_scores_between_0_and_100(chosen: dict[str, str]) -> None:
    assert 0 <= score(chosen) <= 100


@given(choices, st.sampled_from(score_categories()))
def test_a_graver_option_never_lowers_the_score(chosen: dict[str, str], category: ScoreCategory) -> None:
    ordered = [option.id for option in sorted(category.options, key=lambda option: option.value)]
    scores = [score({**chosen, category.id: option}) for option in ordered]
    assert scores == sorted(scores)


def test_options_and_weights_are_those_of_the_source(shared_data: Path) -> None:
    source = json.loads((shared_data.parent / "standards-data/nciss_cite.json").read_text())
    expected = [(c["key"], c["weight"], {(o["label"], o["value"]) for o in c["options"]}) for c in source]
    ours = [(c.id, c.weight, {(o.name.en, o.value) for o in c.options}) for c in score_categories()]
    assert ours == expected


@pytest.mark.parametrize("wrong", [{"FI": 1}, {"FI": "no-such-option"}, {"FI": True}, {"XX": 0}])
def test_a_choice_that_is_no_option_is_refused(wrong: dict[str, str | int]) -> None:
    with pytest.raises(ScoreChoicesInvalid):
        score({**LOWEST, **wrong})


def test_a_missing_category_is_refused_by_name() -> None:
    with pytest.raises(ScoreChoicesInvalid, match="PI"):
        score({key: value for key, value in LOWEST.items() if key != "PI"})


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (0, "baseline-negligible"),
        (9.99, "baseline-negligible"),
        (10, "baseline-minor"),
        (80, "emergency"),
        (100, "emergency"),
    ],
)
def test_a_level_begins_at_its_threshold(points: float, level: str) -> None:
    assert default_thresholds().level_of(points).id == level


def test_thresholds_carry_their_reason_and_that_it_is_our_own() -> None:
    assert not default_thresholds().verified
    assert "own choice" in default_thresholds().rationale.en


@pytest.mark.parametrize("starts", [(), (5, 10), (0, 20, 10), (0, 0)])
def test_thresholds_that_leave_a_score_without_a_level_are_refused(starts: tuple[int, ...]) -> None:
    name = Bilingual("niveau", "level")
    with pytest.raises(ScoreChoicesInvalid):
        Thresholds(
            tuple(Level(str(start), name, "#000000", start) for start in starts),
            name,
            verified=False,
            version="1",
            decided_by="Niemand",
            since=date(2026, 11, 23),
        )


OWN = """
version = "duinwacht-2"
decided_by = "Hoofd van de wacht"
since = 2026-12-01
rationale = { nl = "Na een jaar oefenen.", en = "After a year of practice." }
levels = [ { id = "low", from = 0 }, { id = "high", from = 40 }, { id = "emergency", from = 70 } ]
"""


def test_a_house_has_thresholds_of_its_own_with_who_decided_them_and_since_when() -> None:
    own = read_thresholds(OWN)
    assert [own.level_of(points).id for points in (0, 39.9, 40, 70)] == ["low", "low", "high", "emergency"]
    assert own.level_of(40).name == default_thresholds().level_of(50).name
    assert (own.version, own.decided_by, own.since) == ("duinwacht-2", "Hoofd van de wacht", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("was", "becomes", "refused"),
    [
        ('decided_by = "Hoofd van de wacht"', "", DataFileInvalid),
        ('en = "After a year of practice."', 'en = ""', DataFileInvalid),
        ('id = "low"', 'id = "lowest"', DataFileInvalid),
        ("since = 2026-12-01", "since = 2026-12-01\nunknown = 1", DataFileInvalid),
        ("from = 0", "from = 5", ScoreChoicesInvalid),
        ("from = 70", "from = 40", ScoreChoicesInvalid),
    ],
)
def test_thresholds_that_cannot_be_are_refused(was: str, becomes: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        read_thresholds(OWN.replace(was, becomes))
