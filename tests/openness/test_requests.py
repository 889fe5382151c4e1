from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.law import ClockState
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.errors import (
    AdjournmentRefused,
    GroundNotInAct,
    NoActInForce,
    PassageOutsideDocument,
    RequestEmpty,
    RequestNotFound,
    RequestTooLong,
)
from meldpunt.openness.values import RequestForm, Selection

from . import cast

pytestmark = pytest.mark.django_db

UNDER_THE_WOB = datetime(2013, 12, 2, 10, 0, tzinfo=UTC)
DECIDED_THEN = date(2013, 12, 20)


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


@pytest.fixture
def selection(country: cast.Country) -> Selection:
    return cast.select(country, cast.ask())


def test_request_without_a_subject_is_not_received() -> None:
    with pytest.raises(RequestEmpty):
        openness_actions.receive_request(cast.stranger(), form=RequestForm(subject=" \n"))


def test_request_that_nobody_can_read_is_not_received() -> None:
    with pytest.raises(RequestTooLong):
        openness_actions.receive_request(cast.stranger(), form=RequestForm(subject="a" * 20_001))


def test_request_with_bytes_that_cannot_be_kept_is_received() -> None:
    receipt = openness_actions.receive_request(cast.stranger(), form=RequestForm(subject="storing\0\ud800"))
    assert openness_queries.follow_request(cast.stranger(receipt.code)).subject == "storing\ufffd\ufffd"


def test_requester_follows_the_request_with_the_receipt_and_nobody_else_does() -> None:
    receipt = cast.ask()
    progress = openness_queries.follow_request(cast.stranger(receipt.code))
    assert (progress.reference, progress.answer) == (receipt.reference, None)
    for other in ("", "AAAA-BBBB-CCCC-DDDD-EEEE"):
        with pytest.raises(RequestNotFound):
            openness_queries.follow_request(cast.stranger(other))


def test_term_is_four_weeks_from_receipt() -> None:
    receipt = cast.ask()
    weeks = receipt.decide_before - receipt.received_at
    assert timedelta(weeks=4) <= weeks < timedelta(weeks=4, days=4)


def test_stranger_cannot_say_that_a_request_was_received_earlier() -> None:
    receipt = cast.ask(received_at=UNDER_THE_WOB)
    assert timezone.now() - receipt.received_at < timedelta(minutes=5)


def test_what_was_asked_under_the_old_act_and_is_decided_now_is_decided_under_the_new_one() -> None:
    receipt = cast.ask(by=cast.officer(), received_at=UNDER_THE_WOB)
    request = openness_queries.get_request(cast.officer(), request=receipt.request)
    assert {ground.regime for ground in request.grounds} == {"woo"}
    assert request.is_of_another_act
    assert request.clock.article == "Wob art. 6"


def test_file_of_2013_that_is_made_up_again_has_the_grounds_of_2013() -> None:
    receipt = cast.ask(by=cast.officer(), received_at=UNDER_THE_WOB, as_of=DECIDED_THEN)
    request = openness_queries.get_request(cast.officer(), request=receipt.request)
    assert (request.on, request.is_of_another_act) == (DECIDED_THEN, False)
    assert {ground.regime for ground in request.grounds} == {"wob"}


def test_stranger_cannot_choose_the_act() -> None:
    receipt = cast.ask(as_of=DECIDED_THEN)
    request = openness_queries.get_request(cast.officer(), request=receipt.request)
    assert request.as_of is None


def test_file_of_a_day_without_an_act_is_not_received() -> None:
    with pytest.raises(NoActInForce):
        cast.ask(by=cast.officer(), as_of=date(1980, 1, 1))


def test_letter_from_before_the_first_act_has_no_term() -> None:
    with pytest.raises(NoActInForce):
        cast.ask(by=cast.officer(), received_at=datetime(1980, 1, 1, tzinfo=UTC))


def test_decision_is_adjourned_once_and_the_requester_reads_why() -> None:
    receipt = cast.ask()
    openness_actions.adjourn_request(cast.officer(), request=receipt.request, reason="Derden worden gehoord.")
    progress = openness_queries.follow_request(cast.stranger(receipt.code))
    assert progress.adjournment_reason == "Derden worden gehoord."
    assert progress.clock.deadline is not None
    assert progress.clock.deadline - receipt.decide_before >= timedelta(days=10)
    with pytest.raises(AdjournmentRefused):
        openness_actions.adjourn_request(cast.officer(), request=receipt.request, reason="Nog eens.")


def test_decision_is_not_adjourned_after_its_term() -> None:
    receipt = cast.ask(by=cast.officer(), received_at=timezone.now() - timedelta(days=60))
    request = openness_queries.get_request(cast.officer(), request=receipt.request)
    assert request.clock.state is ClockState.RUNNING
    assert request.clock.is_overdue(timezone.now())
    with pytest.raises(AdjournmentRefused):
        openness_actions.adjourn_request(cast.officer(), request=receipt.request, reason="Te laat.")


def test_who_asks_is_read_by_who_handles_requests_only() -> None:
    receipt = cast.ask()
    handled = openness_queries.get_request(cast.officer(), request=receipt.request)
    assert handled.requester.name == "Siebe Krant"
    with pytest.raises(PermissionMissing):
        openness_queries.get_request(cast.analyst(), request=receipt.request)
    with bound(cast.analyst()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('meldpunt_public', 'openness_requester', 'SELECT'), count(*)"
            " FROM openness_requester"
        )
        assert cursor.fetchone() == (False, 0)


def test_snapshot_holds_the_title_as_text(selection: Selection) -> None:
    assert selection.text == f"{cast.TITLE}\n\n{cast.TEXT}"
    assert selection.title == cast.TITLE


def test_document_is_selected_once(country: cast.Country) -> None:
    receipt = cast.ask()
    assert cast.select(country, receipt).id == cast.select(country, receipt).id


def test_database_lets_nobody_change_a_snapshot(selection: Selection) -> None:
    with bound(cast.officer()), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("UPDATE openness_selection SET text = 'anders'")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("DELETE FROM openness_selection")


def test_suggestions_find_person_organisation_and_address_with_their_grounds(selection: Selection) -> None:
    found = {
        selection.text[one.start : one.end]: one.ground.id if one.ground else ""
        for one in openness_queries.suggest_passages(cast.officer(), selection=selection.id)
    }
    assert found == {cast.PERSON: "woo-5.1-2-e", cast.NAME: "woo-5.1-2-i", cast.ADDRESS: "woo-5.1-1-c"}


def test_what_is_withheld_is_not_suggested_again(selection: Selection) -> None:
    cast.withhold_all(selection)
    assert openness_queries.suggest_passages(cast.officer(), selection=selection.id) == ()


def test_suggestions_do_not_tell_what_else_the_register_holds(selection: Selection) -> None:
    told = repr(openness_queries.suggest_passages(cast.officer(), selection=selection.id))
    assert "zuiderwiel.example" not in told
    assert "192.0.2.0/28" not in told


def test_ground_of_the_other_act_is_refused_on_both_sides(country: cast.Country) -> None:
    today = cast.select(country, cast.ask())
    with pytest.raises(GroundNotInAct):
        cast.withhold(today, cast.NAME, "wob-10-1-c")
    then = cast.select(country, cast.ask(by=cast.officer(), received_at=UNDER_THE_WOB, as_of=DECIDED_THEN))
    with pytest.raises(GroundNotInAct):
        cast.withhold(then, cast.NAME, "woo-5.1-1-c")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 5), (-1, 3), (0, 10_000)])
def test_passage_outside_the_document_is_refused(selection: Selection, start: int, end: int) -> None:
    with pytest.raises(PassageOutsideDocument):
        openness_actions.withhold_passage(
            cast.officer(), selection=selection.id, start=start, end=end, ground="woo-5.1-2-e"
        )


def test_same_passage_twice_is_withheld_once(selection: Selection) -> None:
    cast.withhold(selection, cast.NAME, "woo-5.1-2-i")
    cast.withhold(selection, cast.NAME, "woo-5.1-2-i")
    assert len(openness_queries.get_selection(cast.officer(), selection=selection.id).passages) == 1


def test_removed_passage_is_readable_again(selection: Selection) -> None:
    cast.withhold(selection, cast.NAME, "woo-5.1-2-i")
    assert cast.NAME not in openness_queries.preview_release(cast.officer(), selection=selection.id).text
    (passage,) = openness_queries.get_selection(cast.officer(), selection=selection.id).passages
    openness_actions.remove_passage(cast.officer(), passage=passage.id)
    assert cast.NAME in openness_queries.preview_release(cast.officer(), selection=selection.id).text


def test_analyst_sees_no_request_and_no_snapshot(selection: Selection) -> None:
    with bound(cast.analyst()), connection.cursor() as cursor:
        for table in ("request", "selection", "passage", "decision", "release"):
            cursor.execute(f"SELECT count(*) FROM openness_{table}")
            assert cursor.fetchone() == (0,)


def test_list_is_in_the_order_of_the_terms(country: cast.Country) -> None:
    late = cast.ask(by=cast.officer(), received_at=timezone.now() - timedelta(days=20))
    cast.select(country, cast.ask())
    lines = openness_queries.list_requests(cast.officer())
    assert [line.selections for line in lines] == [0, 1]
    assert lines[0].id == late.request
