"""`meldpunt clocks`: every deadline as instant, zone and rule, and how it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from meldpunt.entrypoints.cli import clocks

AWARE = "--event aware=2026-11-20T09:30:00+01:00"
ISLAND = Path(__file__).parents[1] / "law" / "island"


def printed(capsys: pytest.CaptureFixture[str], line: str) -> str:
    assert clocks.run(line.split()) == 0
    return capsys.readouterr().out


def test_an_early_warning_is_due_within_24_hours(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, f"--entity essential {AWARE} --now 2026-11-20T12:00:00Z")
    assert out.splitlines()[:2] == [
        "2026-11-21T08:30:00Z = 2026-11-21T09:30:00+01:00 Europe/Amsterdam  early warning (open)",
        "    within 24 hours of awareness; NIS2 art. 23(4)(a)",
    ]


def test_a_regime_and_an_event_print_the_clocks_of_every_kind_of_entity(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, f"--regime cbw {AWARE}")
    for name in ("early warning", "incident notification of a trust service", "final report", "first reply", "ENISA"):
        assert name in out
    assert "    essential entity, important entity, " in out
    assert "[not verified]" in out
    assert "Woo" not in out


@pytest.mark.parametrize(
    ("now", "early", "notification"),
    [
        ("2026-11-20T12:00:00Z", "open", "open"),
        ("2026-11-21T08:30:01Z", "overdue", "open"),
        ("2026-11-23T08:30:01Z", "overdue", "overdue"),
    ],
)
def test_a_clock_is_open_until_its_deadline_and_overdue_after_it(
    capsys: pytest.CaptureFixture[str], now: str, early: str, notification: str
) -> None:
    out = printed(capsys, f"--entity essential {AWARE} --now {now}")
    assert f"early warning ({early})" in out
    assert f"incident notification ({notification})" in out
    assert "(at the latest)  final report (not begun)" in out


@pytest.mark.parametrize(("sent", "standing"), [("2026-11-20T12:00:00Z", "met"), ("2026-11-22T12:00:00Z", "met late")])
def test_what_was_sent_met_its_clock_in_time_or_late(
    capsys: pytest.CaptureFixture[str], sent: str, standing: str
) -> None:
    out = printed(capsys, f"--entity essential {AWARE} --event early-warning={sent}")
    assert f"early warning ({standing})" in out


def test_the_month_of_the_final_report_runs_from_the_notification_and_a_revised_one_changes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = f"--entity essential {AWARE} --now 2026-11-26T12:00:00Z --event incident-notification=2026-11-21T12:00:00Z"
    once = printed(capsys, line)
    again = printed(capsys, f"{line} --event incident-notification=2026-11-25T12:00:00Z")
    assert "2026-12-21T22:59:59Z = 2026-12-21T23:59:59+01:00 Europe/Amsterdam  final report (open)" in once
    revised, rest = again.split("\n", 1)
    assert revised == "2026-11-25T12:00:00+00:00  incident-notification: revised, changes no deadline"
    assert rest == once


def test_a_progress_report_and_the_end_of_the_incident_move_the_final_report(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent = "--event incident-notification=2026-11-21T12:00:00Z --event progress-report=2026-12-20T12:00:00Z"
    running = printed(capsys, f"--entity important {AWARE} {sent}")
    ended = printed(capsys, f"--entity important {AWARE} {sent} --event ended=2027-01-31T10:00:00Z")
    assert "no term in numbers  final report (not begun)" in running
    assert "2027-03-01T22:59:59Z" in ended


def test_an_intermediate_report_runs_once_it_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert "intermediate" not in printed(capsys, f"--entity essential {AWARE}")
    asked = printed(capsys, f"--entity essential {AWARE} --event asked=2026-11-22T09:00:00Z")
    assert "no term in numbers  intermediate report (open)" in asked


def test_the_telecom_report_of_2013_runs_from_the_end_of_the_breach(capsys: pytest.CaptureFixture[str]) -> None:
    line = "--regime sector-duties --entity telecom-provider --event aware=2013-12-01T09:00:00+01:00"
    out = printed(capsys, f"{line} --event ended=2013-12-03T09:00:00+01:00")
    assert "2013-12-31T22:59:59Z = 2013-12-31T23:59:59+01:00 Europe/Amsterdam  final report of a breach" in out


def test_another_day_or_regime_asks_another_law(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "--entity administrative-body --aware 2026-11-20T09:30:00Z"
    assert "Woo art." in printed(capsys, asked)
    assert "Wob art. 6" in printed(capsys, f"{asked} --on 2013-12-20")
    assert "vier weken vanaf de dag na ontvangst" in printed(capsys, f"{asked} --regime wob --language nl")


def test_another_country_is_asked_by_its_folder(capsys: pytest.CaptureFixture[str]) -> None:
    event = "--event aware=2026-04-04T22:00:00+11:00 --now 2026-04-04T12:00:00Z"
    out = printed(capsys, f"--law {ISLAND} --regime island-2020 {event}")
    assert "2026-04-04T17:00:00Z = 2026-04-05T03:30:00+10:30 Australia/Lord_Howe  first signal (open)" in out
    assert "2026-04-09T23:59:59+10:30" in out
    assert "Island Act s. 42 [not verified]" in out


def test_where_no_clock_runs_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, f"--entity not-covered {AWARE}") == "No statutory clock runs.\n"


@pytest.mark.parametrize("instant", ["2026-11-20T09:30:00", "9999-12-31T23:59:00Z", "0001-01-01T00:00:00+14:00"])
def test_an_instant_no_clock_can_run_from_is_refused(capsys: pytest.CaptureFixture[str], instant: str) -> None:
    assert clocks.run(["--entity", "essential", "--aware", instant]) == 65
    assert capsys.readouterr().err.startswith("meldpunt clocks: Instant")


def test_a_folder_without_law_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "law.toml").write_text("country = 1\n", encoding="utf-8")
    assert clocks.run(["--law", str(tmp_path), *AWARE.split()]) == 65
    assert "LawDataInvalid: law.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--entity nobody --aware 2026-11-20",
        "--entity essential --aware soon",
        "--event early-warning=2026-11-20T09:30:00Z",
        "--event dinner=2026-11-20T09:30:00Z --aware 2026-11-20T09:30:00Z",
        "--regime atlantis --aware 2026-11-20T09:30:00Z",
    ],
)
def test_what_is_no_question_is_refused(line: str) -> None:
    with pytest.raises(SystemExit) as ended:
        clocks.run(line.split())
    assert ended.value.code == 2
