"""Where the law forbids telling for a time the reporter sees how many, and the clock alone opens the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import bound
from meldpunt.access.values import Actor
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import DeferralUnfit, SecondPersonNeeded
from meldpunt.disclosure.values import Deferred, Disclosure, Draft, State, Unshown
from meldpunt.law import DeferralId
from meldpunt.ledger import queries as ledger_queries
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db

SECURITY = DeferralId("uavg-41-a")
"""Security of the State: for what went to a service."""


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


@pytest.fixture
def origin(country: cast.Country) -> cast.Origin:
    return cast.origin_at(country.water)


def in_days(days: float, ground: DeferralId = SECURITY) -> Deferred:
    return Deferred(ground, timezone.now() + timedelta(days=days))


def secret(country: cast.Country, origin: cast.Origin, deferred: Deferred | None = None) -> Draft:
    return replace(cast.for_intelligence(country, origins=(origin,)), deferred=deferred or in_days(30))


def delivered(draft: Draft) -> Disclosure:
    waiting = disclosure_actions.disclose(
        cast.analyst(), draft=draft, reason="taak van de dienst", seen=Unshown.IN_A_PROGRAM
    )
    return disclosure_actions.approve_disclosure(
        cast.duty_officer(), disclosure=waiting.id, reason="akkoord", seen=waiting.sight
    )


def reporters(country: cast.Country) -> tuple[Actor, Actor]:
    """Who reported, logged in and with the receipt."""
    return cast.constituent(country.water), cast.stranger(cast.RECEIPT)


def test_a_deferral_always_asks_a_second_person(country: cast.Country, origin: cast.Origin) -> None:
    officer = cast.duty_officer()
    plain = disclosure_actions.disclose(
        officer, draft=replace(secret(country, origin), deferred=None), reason="taak", seen=Unshown.IN_A_PROGRAM
    )
    assert plain.state is State.DELIVERED
    waiting = disclosure_actions.disclose(
        officer, draft=secret(country, origin), reason="taak", seen=Unshown.IN_A_PROGRAM
    )
    assert waiting.state is State.WAITING_FOR_APPROVAL
    with pytest.raises(SecondPersonNeeded):
        disclosure_actions.approve_disclosure(officer, disclosure=waiting.id, reason="ja", seen=waiting.sight)


def test_the_reporter_sees_how_many_and_until_when_and_nothing_else(country: cast.Country, origin: cast.Origin) -> None:
    assert origin.report
    deferred = in_days(30)
    told = delivered(secret(country, origin, deferred))
    for reporter in reporters(country):
        not_yet = disclosure_queries.find_not_yet(reporter, report=origin.report)
        assert not_yet
        assert (not_yet.count, not_yet.until) == (1, deferred.until)
        assert disclosure_queries.trace_report(reporter, report=origin.report) == ()
        assert ledger_queries.list_entries(reporter, subject=told.id) == ()


def test_who_was_told_reads_it_at_once(country: cast.Country, origin: cast.Origin) -> None:
    told = delivered(secret(country, origin))
    service = cast.official(country.intelligence)
    assert [one.id for one in disclosure_queries.list_delivered(service)] == [told.id]
    assert disclosure_actions.open_disclosure(service, disclosure=told.id).read_at


def test_it_does_not_matter_for_anybody_else_that_it_was_deferred(country: cast.Country, origin: cast.Origin) -> None:
    delivered(secret(country, origin))
    others = (cast.constituent(country.bank), cast.stranger(), cast.stranger("AAAA-BBBB-CCCC-DDDD"))
    for other in others:
        assert disclosure_queries.find_not_yet(other, report=_report(origin)) is None
        assert disclosure_queries.trace_report(other, report=_report(origin)) == ()


def test_what_is_not_deferred_shows_beside_it(country: cast.Country, origin: cast.Origin) -> None:
    delivered(secret(country, origin))
    open_one = disclosure_actions.disclose(
        cast.analyst(),
        draft=cast.for_intelligence(country, origins=(origin,)),
        reason="taak",
        seen=Unshown.IN_A_PROGRAM,
    )
    for reporter in reporters(country):
        (line,) = disclosure_queries.trace_report(reporter, report=_report(origin))
        assert line.disclosure == open_one.id


def test_withdrawing_does_not_give_it_away(country: cast.Country, origin: cast.Origin) -> None:
    told = delivered(secret(country, origin))
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=told.id, reason="vergissing")
    for reporter in reporters(country):
        assert ledger_queries.list_entries(reporter, subject=told.id) == ()
        not_yet = disclosure_queries.find_not_yet(reporter, report=_report(origin))
        assert not_yet
        assert not_yet.count == 1


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_term_ends_later_than_now_and_within_the_longest(
    country: cast.Country, origin: cast.Origin, days: int
) -> None:
    with pytest.raises(DeferralUnfit):
        disclosure_actions.disclose(
            cast.analyst(),
            draft=secret(country, origin, in_days(days)),
            reason="taak van de dienst",
            seen=Unshown.IN_A_PROGRAM,
        )


def test_a_ground_covers_every_reader_or_none(country: cast.Country, origin: cast.Origin) -> None:
    both = replace(secret(country, origin), audience=cast.to(country.intelligence, country.police), tlp=TLP.RED)
    with pytest.raises(DeferralUnfit):
        disclosure_queries.preview_disclosure(cast.analyst(), draft=both)
    with pytest.raises(DeferralUnfit):
        disclosure_actions.propose_disclosure(cast.analyst(), draft=both, seen=Unshown.IN_A_PROGRAM)
    with pytest.raises(DeferralUnfit):
        disclosure_actions.propose_disclosure(
            cast.analyst(),
            draft=secret(country, origin, in_days(30, DeferralId("uavg-41-d"))),
            seen=Unshown.IN_A_PROGRAM,
        )


def test_nothing_that_goes_to_the_reporter_itself_is_deferred(country: cast.Country) -> None:
    origin = cast.origin_at(country.intelligence)
    with pytest.raises(DeferralUnfit):
        disclosure_actions.propose_disclosure(cast.analyst(), draft=secret(country, origin), seen=Unshown.IN_A_PROGRAM)


def test_ground_and_term_are_part_of_what_was_seen(country: cast.Country, origin: cast.Origin) -> None:
    analyst = cast.analyst()
    one, other = (
        disclosure_actions.propose_disclosure(
            analyst, draft=secret(country, origin, in_days(days)), seen=Unshown.IN_A_PROGRAM
        )
        for days in (30, 60)
    )
    assert one.sight != other.sight


@pytest.mark.parametrize("role", ["meldpunt_desk", "meldpunt_jobs", "meldpunt_portal", "meldpunt_public"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("disclosure_origin", "readable_from"),
        ("disclosure_disclosure", "deferred_until"),
        ("ledger_entry", "readable_from"),
    ],
)
def test_no_door_can_move_the_term(role: str, table: str, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege(%s, c.oid, %s, 'UPDATE') FROM pg_class c WHERE c.relname = %s",
            [role, column, table],
        )
        assert cursor.fetchone() == (False,)


def test_a_new_version_with_a_later_end_does_not_prolong_the_first(country: cast.Country, origin: cast.Origin) -> None:
    first = in_days(1 / 86400)
    before = delivered(secret(country, origin, first))
    anew = disclosure_actions.supersede_disclosure(
        cast.analyst(),
        disclosure=before.id,
        draft=secret(country, origin, in_days(60)),
        reason="verbeterd",
        seen=Unshown.IN_A_PROGRAM,
    )
    waiting = disclosure_actions.decide_disclosure(
        cast.analyst(), disclosure=anew.id, reason="verbeterd", seen=anew.sight
    )
    disclosure_actions.approve_disclosure(
        cast.duty_officer(), disclosure=waiting.id, reason="akkoord", seen=waiting.sight
    )
    with bound(cast.analyst()), connection.cursor() as cursor:
        cursor.execute("SELECT readable_from FROM disclosure_origin WHERE disclosure_id = %s", [before.id])
        assert cursor.fetchone() == (first.until,)
        cursor.execute("SELECT readable_from FROM ledger_entry WHERE subject = %s AND kind = 'superseded'", [before.id])
        assert cursor.fetchone() == (first.until,)


def _report(origin: cast.Origin) -> UUID:
    assert origin.report
    return origin.report
