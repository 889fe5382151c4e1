"""`meldpunt clocks`: every deadline as instant, zone and rule."""

from __future__ import annotations

import pytest

from meldpunt.entrypoints.cli import clocks


def printed(capsys: pytest.CaptureFixture[str], line: str) -> str:
    assert clocks.run(line.split()) == 0
    return capsys.readouterr().out


def test_an_early_warning_is_due_within_24_hours(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "--entity essential --aware 2026-11-20T09:30:00+01:00")
    assert out.splitlines()[:2] == [
        "2026-11-21T08:30:00Z = 2026-11-21T09:30:00+01:00 Europe/Amsterdam  early warning (running)",
        "    within 24 hours of awareness; NIS2 art. 23(4)(a)",
    ]


def test_the_month_of_the_final_report_runs_from_the_notification(capsys: pytest.CaptureFixture[str]) -> None:
    sent = "--notified incident-notification=2026-11-21T12:00:00Z"
    out = printed(capsys, f"--entity essential --aware 2026-11-20T09:30:00Z {sent}")
    assert "2026-12-21T22:59:59Z = 2026-12-21T23:59:59+01:00 Europe/Amsterdam  final report (running)" in out


def test_another_day_or_regime_asks_another_law(capsys: pytest.CaptureFixture[str]) -> None:
    asked = "--entity administrative-body --aware 2026-11-20T09:30:00Z"
    assert "Woo art." in printed(capsys, asked)
    assert "Wob art. 6" in printed(capsys, f"{asked} --on 2013-12-20")
    assert "Wob art. 6" in printed(capsys, f"{asked} --regime wob --language nl")


def test_where_no_clock_runs_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--entity not-covered --aware 2026-11-20T09:30:00Z") == "No statutory clock runs.\n"


@pytest.mark.parametrize("instant", ["2026-11-20T09:30:00", "9999-12-31T23:59:00Z", "0001-01-01T00:00:00+14:00"])
def test_an_instant_no_clock_can_run_from_is_refused(capsys: pytest.CaptureFixture[str], instant: str) -> None:
    assert clocks.run(["--entity", "essential", "--aware", instant]) == 65
    assert capsys.readouterr().err.startswith("meldpunt clocks: Instant")


@pytest.mark.parametrize("line", ["", "--entity nobody --aware 2026-11-20", "--entity essential --aware soon"])
def test_what_is_no_question_is_refused(line: str) -> None:
    with pytest.raises(SystemExit) as ended:
        clocks.run(line.split())
    assert ended.value.code == 2
