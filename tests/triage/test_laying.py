"""Outages of several reports, each in its own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from meldpunt.intake.values import ReportId
from meldpunt.triage.rules.laying import began_at, hours_ago, in_short, laid_together
from meldpunt.triage.values import Outage, ReportOutage

NOW = datetime(2026, 11, 30, 23, 20, tzinfo=UTC)


def told(hours: float, outage: Outage, *, estimated: float | None = None) -> ReportOutage:
    """Out since so many hours ago; estimated then, or so many hours ago."""
    at = NOW - timedelta(hours=hours if estimated is None else estimated)
    began = dict.fromkeys(outage.shares, NOW - timedelta(hours=hours))
    return ReportOutage(ReportId(UUID(int=1)), outage, None, at, began)


def shares(
    *outages: ReportOutage, node: str = "F1", hours: range, supposed: dict[str, float] | None = None
) -> list[float]:
    """What is out of the node in these hours from now."""
    now_hour = hours_ago(outages, now=NOW)
    laid = laid_together(outages, supposed=supposed or {}, now=NOW, now_hour=now_hour)
    return [round(laid.causes[node].at(now_hour + hour), 6) for hour in hours]


def test_each_outage_begins_and_ends_at_its_own_hour() -> None:
    first, second = told(5.5, Outage({"F1": 0.3})), told(2, Outage({"F1": 0.8}, until_hour=4))
    assert hours_ago([first, second], now=NOW) == 5
    assert shares(first, second, hours=range(-5, 4)) == [0.3, 0.3, 0.3, 0.8, 0.8, 0.8, 0.8, 0.3, 0.3]


def test_an_end_counts_from_the_last_estimate_and_what_remains_of_an_hour_is_a_whole_one() -> None:
    outage = told(6, Outage({"F1": 1.0}, until_hour=4), estimated=1.5)
    assert shares(outage, hours=range(-6, 5)) == [1.0] * 9 + [0.0, 0.0]


def test_what_recovers_goes_on_recovering_from_when_it_ended() -> None:
    outage = told(6, Outage({"F1": 1.0}, until_hour=4, recovers_in_hours=8))
    assert shares(outage, hours=range(-3, 7, 4)) == [1.0, round(0.01 ** (3 / 8), 6), round(0.01 ** (7 / 8), 6)]


def test_what_began_long_ago_counts_as_of_three_days() -> None:
    long_ago = told(1000, Outage({"F1": 0.5}))
    assert hours_ago([long_ago], now=NOW) == 72
    assert shares(long_ago, hours=range(-72, -70)) == [0.5, 0.5]


def test_what_ended_before_those_three_days_and_recovers_still_has_an_hour_of_outage() -> None:
    late = told(200, Outage({"F1": 1.0}, until_hour=100, recovers_in_hours=300))
    assert shares(late, hours=range(-72, -70)) == [1.0, round(0.01 ** (0 / 300), 6)]


def test_what_is_supposed_begins_now() -> None:
    outage = told(3, Outage({"F1": 0.2}))
    assert shares(outage, hours=range(-1, 2), supposed={"F1": 1.0}) == [0.2, 1.0, 1.0]


def test_a_node_is_out_since_the_oldest_version_from_which_every_one_says_so() -> None:
    versions = [(NOW - timedelta(hours=hour), out) for hour, out in ((1, "ab"), (2, "a"), (3, "ab"), (4, ""), (5, "a"))]
    assert began_at(versions, ("a", "b")) == {"a": NOW - timedelta(hours=3), "b": NOW - timedelta(hours=1)}


def test_in_short_the_greatest_share_of_each_node_counts() -> None:
    assert in_short([Outage({"F1": 0.2, "F2": 1.0}), Outage({"F1": 0.7}, until_hour=3)]) == Outage(
        {"F1": 0.7, "F2": 1.0}
    )
