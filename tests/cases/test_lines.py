"""The lines of the queue are what the reports say, whoever changed these, and are laid anew while the desk works on."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, transaction
from tests.cases.cast import another_report
from tests.triage.cast import Desk, desk

from meldpunt.access.binding import bound
from meldpunt.access.values import Door
from meldpunt.entrypoints.cli import lines
from meldpunt.entrypoints.postgres import launcher
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions, laying, queries
from meldpunt.triage.values import Decision, Order

pytestmark = pytest.mark.usefixtures("own_database")
FLOWERS = r"(?i)\m(?:tulp)"
_INPUTS = {
    "r": "intake_report",
    "o": "constituency_organisation",
    "t": "triage_assignment",
    "one": "triage_assessment",
}
_WATCHED = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'triage_lines%%'"


@pytest.fixture
def owner(own_database: str, postgres_server: launcher.Server) -> Iterator[laying.Owner]:
    with psycopg.connect(postgres_server.dsn("meldpunt_owner", own_database), autocommit=True) as connection:
        yield connection


def gravest(house: Desk) -> ReportId:
    return queries.list_queue(house.analyst, order=Order.GRAVEST).lines[0].report.id


def lines_of(owner: laying.Owner) -> list[tuple[object, ...]]:
    return owner.execute("SELECT * FROM triage_line ORDER BY report_id").fetchall()


def test_no_door_changes_what_a_line_says_without_a_trigger_that_sees_it(owner: laying.Owner) -> None:
    """Read from the database: what the line is laid from, what each door may change, and what the triggers watch."""
    (source,) = owner.execute("SELECT prosrc FROM pg_proc WHERE proname = 'triage_lay_line'").fetchone() or ("",)
    inputs = {(_INPUTS[alias], column) for alias, column in re.findall(r"\b(r|o|t|one)\.(\w+)", str(source))}
    assert {"aware_at", "code", "name"} < {column for _, column in inputs}
    unseen = []
    for table, column in sorted(inputs):
        watched = " ".join(str(one) for (one,) in owner.execute(_WATCHED, (table,)).fetchall())
        for door in Door:
            may = "SELECT has_column_privilege(%s, %s, %s, 'UPDATE')"
            (changes,) = owner.execute(may, (f"meldpunt_{door.value}", table, column)).fetchone() or (None,)
            if changes and f"new.{column}" not in watched.lower():
                unseen.append((door, table, column))
    assert unseen == []


def test_a_line_laid_anew_is_the_line_that_stood(owner: laying.Owner) -> None:
    house = desk()
    report = house.receipt.report
    actions.take_report(house.analyst, report=report)
    actions.decide_report(house.colleague, report=another_report(house), decision=Decision.DECLINE, reason="Reclame.")
    stood = lines_of(owner)
    assert laying.lay_lines(owner) == len(stood) == 2
    assert lines_of(owner) == stood


def test_with_another_list_of_words_the_queue_is_sorted_by_it(
    owner: laying.Owner, own_database: str, postgres_server: launcher.Server, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    house = desk()
    actions.decide_report(house.analyst, report=house.receipt.report, decision=Decision.DECLINE, reason="Een oefening.")
    tulips = another_report(house, "Een bos tulpen stuurt verkeer.", "Bloemen")
    ransom = another_report(house, "De server is versleuteld.", "Server")
    assert gravest(house) == ransom
    assert laying.lay_lines(owner, alarming=FLOWERS, at_once=1) == 3
    assert (gravest(house), laying.has_words_of_now(owner)) == (tulips, False)
    for role, status in (("meldpunt_desk", 1), ("meldpunt_owner", 0)):
        monkeypatch.setenv("MELDPUNT_DATABASE_URL", postgres_server.dsn(role, own_database))
        assert lines.run([]) == status
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("3 lines of the queue were laid anew.\n", 1)
    assert (gravest(house), laying.has_words_of_now(owner)) == (ransom, True)


def test_what_somebody_is_at_is_laid_last_and_by_then_as_they_left_it(owner: laying.Owner) -> None:
    house = desk()
    report, other = house.receipt.report, another_report(house, "Een bos tulpen.", "Bloemen")
    with ThreadPoolExecutor(1) as operator, transaction.atomic():
        actions.decide_report(house.analyst, report=report, decision=Decision.DECLINE, reason="Een oefening.")
        laid = operator.submit(laying.lay_lines, owner, alarming=FLOWERS)
        by_now = time.monotonic() + 10
        while not is_alarming(house, other):
            assert time.monotonic() < by_now
        assert not laid.done()
    assert laid.result(10) == 2
    assert [one.report.id for one in queries.list_queue(house.analyst).lines] == [other]


def is_alarming(house: Desk, report: ReportId) -> bool:
    with bound(house.colleague), connection.cursor() as cursor:
        cursor.execute("SELECT gravity = 1 FROM triage_line WHERE report_id = %s", [report])
        return bool(cursor.fetchone()[0])
