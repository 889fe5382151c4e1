"""`meldpunt receive`: what a pipe or a file holds comes in, and whoever hands it over knows whether to keep it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from django.db import OperationalError
from pytest_django.fixtures import Settings
from tests.disclosure.cast import found_country
from tests.disclosure.servers import running, settings_for
from tests.disclosure.test_bounces import bounce_for, sent
from tests.intake import cast as intake_cast

from meldpunt.entrypoints.cli import receive
from meldpunt.entrypoints.cli.story.world import story_bytes
from meldpunt.evidence.errors import KeyUnusable
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReportTooLarge

FEED = "2026-11-21-scan_rdp-netherlands-geo.csv"


def references() -> list[str]:
    return [line.reference for line in intake_queries.list_reports(intake_cast.analyst()).lines]


def kept() -> int:
    return sum(intake_queries.count_kept(intake_cast.analyst()).values())


@pytest.mark.django_db
def test_a_mail_from_the_pipe_is_received_and_its_reference_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(story_bytes("mail.eml"))))
    assert receive.run(["mail", "-"]) == receive.OK
    assert references() == capsys.readouterr().out.split()


@pytest.mark.django_db
def test_a_feed_is_read_by_the_name_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_bytes(story_bytes(FEED))
    assert receive.run(["feed", "--name", FEED, str(path)]) == receive.OK
    (line,) = intake_queries.list_reports(intake_cast.analyst()).lines
    assert "scan_rdp" in line.title


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["mail", "feed", "incidents"])
@pytest.mark.parametrize("raw", [b"", b"\0\xff\xfe", b"[" * 10_000])
def test_what_cannot_be_read_is_kept_and_not_sent_back(tmp_path: Path, what: str, raw: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(raw)
    assert receive.run([what, str(path)]) == receive.OK
    assert len(references()) == 1
    assert kept() == (0 if what == "mail" and raw.strip() else 1)


@pytest.mark.django_db
def test_incidents_come_in_one_by_one_and_a_bad_one_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "incidents.json"
    path.write_text(json.dumps([{"title": "een"}, {"title": "twee"}, 3]))
    assert receive.run(["incidents", str(path)]) == receive.OK
    assert (len(references()), kept()) == (3, 1)


@pytest.mark.parametrize(
    ("raw", "count"),
    [(b'[{"title":"a"},{"title":"b"}]', 2), (b'{"title":"a"}\n{"title":"b"}\n', 2), (b'{"title":"a"}', 1), (b"?", 1)],
)
def test_a_list_lines_or_one_object_are_items(raw: bytes, count: int) -> None:
    assert len(receive.items_in(raw)) == count


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (OperationalError("the server closed the connection"), receive.EX_TEMPFAIL),
        (OSError(28, "No space left on device"), receive.EX_TEMPFAIL),
        (KeyUnusable("The key is gone."), receive.EX_TEMPFAIL),
        (ReportTooLarge("mail", 50_000_000), receive.EX_DATAERR),
    ],
)
def test_the_status_says_whether_to_come_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failure: Exception, status: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    path = tmp_path / "message"
    path.write_bytes(b"From: a@b.example\n\nx")
    monkeypatch.setattr(intake_actions, "receive_mail", fail)
    assert receive.run(["mail", str(path)]) == status


def test_a_file_that_is_not_there_is_no_input(tmp_path: Path) -> None:
    assert receive.run(["mail", str(tmp_path / "nothing")]) == receive.EX_NOINPUT


@pytest.mark.parametrize("line", ["", "letter x", "mail"])
def test_a_wrong_command_line_ends_as_sysexits_says(line: str) -> None:
    with pytest.raises(SystemExit) as ended:
        receive.run(line.split())
    assert ended.value.code == receive.EX_USAGE


@pytest.mark.django_db
def test_what_we_sent_and_came_back_is_no_report(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running() as server:
        settings.MAIL = settings_for(server.url)
        told, return_address = sent(found_country(), server)
    path = tmp_path / "bounce"
    path.write_bytes(bounce_for("somebody@elders.example"))
    assert receive.run(["mail", "--recipient", return_address, str(path)]) == receive.OK
    assert capsys.readouterr().out == f"bounced {told.id}\n"  # type: ignore[attr-defined]
    assert references() == []
    assert receive.run(["mail", str(path)]) == receive.OK
    assert len(references()) == 1
