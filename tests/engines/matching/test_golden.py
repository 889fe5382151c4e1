"""Golden answers: a drawn world of thousands of claims, and every row of a feed about it, read in three ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from meldpunt.entrypoints.cli.bench.matching.golden import Comparison, compared
from meldpunt.entrypoints.cli.bench.matching.golden_sightings import Sighted, sighted
from meldpunt.entrypoints.cli.bench.matching.laying import lay_attribution, lay_sightings
from meldpunt.entrypoints.cli.bench.matching.watchlists import Watchlist
from meldpunt.entrypoints.cli.bench.matching.worlds import World

SCALE = 0.04
ROWS = 20_000
LOGS = 0.003


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder: Path = lay_attribution(tmp_path_factory.mktemp("golden"), rows=ROWS, scale=SCALE)
    return compared(folder, list(World(scale=SCALE).claims()), processes=1)


def test_the_kernel_answers_every_row_of_a_drawn_feed_as_the_specification(comparison: Comparison) -> None:
    assert (comparison.rows, comparison.against_specification) == (ROWS, 0)


def test_sql_written_from_the_semantics_gives_every_row_the_same_owners(comparison: Comparison) -> None:
    assert comparison.against_oracle == 0


def test_no_claim_is_lost_or_counted_twice(comparison: Comparison) -> None:
    assert comparison.claims == comparison.claims_of_oracle > ROWS


def test_the_same_seed_draws_the_same_claims_and_the_same_bytes(tmp_path: Path) -> None:
    one, other = (lay_attribution(tmp_path / name, rows=1_000, scale=0.01) for name in ("one", "other"))
    assert (one / "feed.csv").read_bytes() == (other / "feed.csv").read_bytes()
    assert list(World(scale=0.01).claims()) == list(World(scale=0.01).claims())


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Sighted:
    folder = lay_sightings(tmp_path_factory.mktemp("golden"), scale=LOGS, hit=0.05)
    return sighted(folder, list(Watchlist(scale=LOGS).indicators()))


def test_the_kernel_sees_in_drawn_logs_what_the_specification_sees(seen: Sighted) -> None:
    assert seen.rows > 10_000
    assert (seen.hits > 1_000, seen.against_specification) == (True, 0)


def test_duckdb_comes_to_the_same_counts_and_the_same_first_and_last(seen: Sighted) -> None:
    assert (seen.sums > 100, seen.against_oracle) == (True, 0)
