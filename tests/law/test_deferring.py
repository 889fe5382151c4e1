"""A disclosure may stay unknown to the reporter for a time, on a ground, and never for ever."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.asking import ERAS

from meldpunt.law import DUTCH, Deferral, RecipientKind, deferral_ends, deferral_ground, deferral_grounds
from meldpunt.law.errors import InstantWithoutZone, UnknownGround

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 23)
DEFERRABLE = {RecipientKind.POLICE, RecipientKind.INTELLIGENCE, RecipientKind.SUPERVISOR}

moments = st.datetimes(datetime(2012, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
grounds = st.sampled_from(DUTCH.deferrals)


@pytest.mark.parametrize("on", ERAS)
def test_only_investigation_security_and_supervision_may_keep_it_from_the_reporter(on: date) -> None:
    assert {recipient for recipient in RecipientKind if deferral_grounds(on, recipient)} == DEFERRABLE


def test_the_ground_is_that_of_the_day() -> None:
    before, after = date(2018, 5, 24), date(2018, 5, 25)
    assert [one.article for one in deferral_grounds(before, RecipientKind.POLICE)] == ["Wbp art. 43 onder b"]
    assert [one.id for one in deferral_grounds(after, RecipientKind.POLICE)] == ["uavg-41-d"]
    assert deferral_grounds(date(2011, 12, 31), RecipientKind.POLICE) == ()


@given(grounds, moments)
def test_every_deferral_ends(ground: Deferral, disclosed_at: datetime) -> None:
    ends_at = deferral_ends(ground, disclosed_at)
    assert disclosed_at < ends_at <= disclosed_at + timedelta(days=367)


@given(grounds, moments, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_who_is_told_later_is_never_deferred_to_an_earlier_end(
    ground: Deferral, disclosed_at: datetime, later: timedelta
) -> None:
    assert deferral_ends(ground, disclosed_at) <= deferral_ends(ground, disclosed_at + later)


def test_the_end_is_counted_on_the_calendar_of_the_country() -> None:
    investigation = deferral_ground("uavg-41-d")
    disclosed_at = datetime(2026, 8, 31, 12, tzinfo=AMSTERDAM)
    assert deferral_ends(investigation, disclosed_at) == datetime(2027, 2, 28, 23, 59, 59, tzinfo=AMSTERDAM)


def test_an_instant_without_a_zone_and_an_unknown_ground_are_refused() -> None:
    with pytest.raises(InstantWithoutZone):
        deferral_ends(deferral_ground("wbp-43-a"), datetime(2013, 12, 12, 9))  # noqa: DTZ001
    with pytest.raises(UnknownGround):
        deferral_ground("wbp-43-z")


def test_every_deferral_says_that_its_article_was_not_re_read() -> None:
    assert not any(one.verified for one in DUTCH.deferrals)
    assert all("longest term is a choice" in one.source for one in DUTCH.deferrals)
