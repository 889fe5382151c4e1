"""A feed of any size: sealed whole, rows of constituents kept, all counted, once, however often it was cut short."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from django.test import override_settings
from tests.constituency.cast import WATER

from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.cli.receive_large import receive_large_feed
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import ReadByAnother, ReportTooLarge
from meldpunt.intake.feed_values import Progress
from meldpunt.intake.formats.sieving import Sifted
from meldpunt.intake.values import Filters, Receipt

from . import cast

pytestmark = pytest.mark.django_db
NAME = "2026-11-21-scan_telnet-netherlands-geo.csv"
PART = 20_000


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Two thousand rows, of which every hundredth is about the water company, and one cannot be read."""
    constituency_actions.register_organisation(JOB, form=WATER)
    (network,) = (one.value for one in WATER.networks if ":" not in one.value)
    inside = f"{network.partition('/')[0].rpartition('.')[0]}.{int(network.partition('/')[0].rpartition('.')[2]) + 1}"
    lines = ["timestamp,ip,port,hostname"]
    for number in range(1, 2001):
        address = inside if number % 100 == 0 else f"198.18.{number // 250}.{number % 250}"
        lines.append(f"2026-11-21 00:00:00,{'nowhere' if number == 7 else address},23,")
    path = tmp_path / NAME
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(autouse=True)
def _small_parts() -> Iterator[None]:
    with override_settings(EVIDENCE_LIMIT=PART):
        yield


def told(receipt: Receipt) -> Progress | None:
    return queries.count_feed_rows(cast.analyst(), report=receipt.report).reading


WHOLE = Progress(rows=2000, of_constituents=20, not_readable=1, is_whole=True)


def test_all_is_sealed_and_counted_and_the_rows_of_constituents_are_kept(feed: Path) -> None:
    receipt = receive_large_feed(feed, name=NAME, tell=lambda _said: None)
    assert told(receipt) == WHOLE
    sealed = evidence_queries.list_evidence(JOB, about=receipt.report)
    assert len(sealed) == -(-feed.stat().st_size // PART)
    assert sum(one.size for one in sealed) == feed.stat().st_size
    kept = queries.list_feed_rows(cast.analyst(), report=receipt.report)
    assert [one.number for one in kept if one.organisation] == list(range(100, 2001, 100))
    assert [(one.number, one.is_readable) for one in kept if not one.organisation] == [(7, False)]
    assert len(queries.list_reports(cast.analyst(), filters=Filters()).lines) == 1


def test_handed_in_twice_it_is_received_once(feed: Path) -> None:
    first, second = (receive_large_feed(feed, name=NAME, tell=lambda _said: None) for _ in range(2))
    assert (first.reference, second.code) == (second.reference, "")
    assert told(first) == WHOLE


def test_cut_short_anywhere_the_next_run_goes_on_there(feed: Path) -> None:
    opened = actions.open_large_feed(JOB, path=feed, name=NAME)
    assert actions.seal_next_part(JOB, feed=opened)
    while actions.seal_next_part(JOB, feed=opened):
        pass
    receipt, progress = actions.admit_large_feed(JOB, feed=opened)
    registry = constituency_queries.compile_registry(JOB)
    rows = Sifted(500, tuple(islice(opened.rows(), 500)))
    actions.add_rows(JOB, receipt=receipt, sifted=rows, registry=registry, before=progress)
    assert told(receipt) == Progress(500, 5, 1)
    assert receive_large_feed(feed, name=NAME, tell=lambda _said: None).reference == receipt.reference
    assert told(receipt) == WHOLE


def test_two_runs_do_not_read_it_at_once(feed: Path) -> None:
    opened = actions.open_large_feed(JOB, path=feed, name=NAME)
    while actions.seal_next_part(JOB, feed=opened):
        pass
    receipt, progress = actions.admit_large_feed(JOB, feed=opened)
    registry, rows = constituency_queries.compile_registry(JOB), Sifted(10, tuple(islice(opened.rows(), 10)))
    actions.add_rows(JOB, receipt=receipt, sifted=rows, registry=registry, before=progress)
    with pytest.raises(ReadByAnother):
        actions.add_rows(JOB, receipt=receipt, sifted=rows, registry=registry, before=progress)


@pytest.mark.parametrize("said", ['{"a": 1}', "a,b\n1,2\n", ""])
def test_what_is_no_feed_of_lines_is_refused_and_nothing_is_kept(tmp_path: Path, said: str) -> None:
    path = tmp_path / "large.json"
    path.write_text(said * 3)
    with pytest.raises(ReportTooLarge):
        receive_large_feed(path, name="large.json", tell=lambda _said: None)
    assert sum(queries.count_reports(JOB).values()) == 0


def test_a_latin_letter_far_in_is_read_as_it_was_written(feed: Path) -> None:
    with feed.open("ab") as file:
        file.write(b'2026-11-21 00:00:00,198.18.0.1,23,"caf\xe9"\n')
    assert actions.open_large_feed(JOB, path=feed, name=NAME).encoding == "latin-1"
