"""Who is concerned is heard, the term stands still, and what is objected to waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import PartyRole
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Registration
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind, Unshown
from meldpunt.law import local_day
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import models, rules
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.errors import (
    HearingImpossible,
    HearingNeeded,
    HearingNotFound,
    ReleaseWaits,
    RequesterNamed,
    RequestNotFound,
    TraceLeft,
    ViewAlreadyGiven,
    ViewEmpty,
)
from meldpunt.openness.values import Hearing, RequestReceipt, Stance

from . import cast

pytestmark = pytest.mark.django_db

WHY = "Het verslag gaat over uw storing."


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def prepared(country: cast.Country) -> RequestReceipt:
    receipt = cast.ask()
    cast.withhold_all(cast.select(country, receipt))
    return receipt


def answer(country: cast.Country, hearing: Hearing, stance: Stance, text: str = "") -> None:
    openness_actions.give_party_view(cast.constituent(country.water), hearing=hearing.id, stance=stance, text=text)


def decide_and_approve(receipt: RequestReceipt, *, unheard: str = "") -> cast.Decision:
    openness_actions.decide_request(
        cast.officer(),
        request=receipt.request,
        text=cast.ANSWER,
        reasons=cast.why(receipt),
        unheard=unheard,
        seen=Unshown.IN_A_PROGRAM,
    )
    return cast.approve(receipt)


def objected(country: cast.Country) -> tuple[RequestReceipt, cast.Decision]:
    receipt = prepared(country)
    answer(country, cast.hear(country, receipt), Stance.AGAINST, "Wie dit leest, weet hoe ons net in elkaar zit.")
    return receipt, decide_and_approve(receipt)


def test_nobody_decides_before_who_is_concerned_was_heard(country: cast.Country) -> None:
    receipt = prepared(country)
    with pytest.raises(HearingNeeded):
        openness_actions.decide_request(
            cast.officer(),
            request=receipt.request,
            text=cast.ANSWER,
            reasons=cast.why(receipt),
            seen=Unshown.IN_A_PROGRAM,
        )


def test_nobody_decides_while_a_view_can_still_be_given(country: cast.Country) -> None:
    receipt = prepared(country)
    cast.hear(country, receipt)
    with pytest.raises(HearingNeeded):
        openness_actions.decide_request(
            cast.officer(),
            request=receipt.request,
            text=cast.ANSWER,
            reasons=cast.why(receipt),
            seen=Unshown.IN_A_PROGRAM,
        )


def test_why_somebody_was_not_heard_is_kept_at_the_desk_and_told_to_nobody(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    assert decision.unheard == cast.UNHEARD
    told = disclosure_actions.open_disclosure(cast.stranger(receipt.code), disclosure=decision.disclosure)
    assert cast.UNHEARD not in repr(told)


def test_organisation_reads_what_would_be_released_and_neither_who_asked_nor_what_is_withheld(
    country: cast.Country,
) -> None:
    hearing = cast.hear(country, prepared(country))
    own = openness_queries.get_own_hearing(cast.constituent(country.water), hearing=hearing.id)
    text = repr(own.told.parts)
    assert "toegang op afstand" in text
    assert not [secret for secret in (cast.NAME, cast.PERSON, cast.ADDRESS, "Siebe", "krant") if secret in text]


def test_document_that_still_names_somebody_is_shown_to_nobody(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.select(country, receipt)
    with pytest.raises(TraceLeft):
        cast.hear(country, receipt)


def test_organisation_that_is_not_concerned_is_not_heard(country: cast.Country) -> None:
    other = constituency_actions.register_organisation(
        JOB, form=Registration(kind="constituent", sector="energy", name="Windpark Verderop", entity_kind="essential")
    )
    receipt = prepared(country)
    with pytest.raises(HearingImpossible):
        openness_actions.hear_organisation(
            cast.officer(),
            request=receipt.request,
            organisation=other,
            due_at=in_days(14),
            reason=WHY,
            seen=Unshown.IN_A_PROGRAM,
        )


@pytest.mark.parametrize("days", [-1, 57, 2_000_000])
def test_term_for_a_view_lies_in_the_coming_weeks(country: cast.Country, days: int) -> None:
    with pytest.raises(HearingImpossible):
        cast.hear(country, prepared(country), days=days)


def test_another_organisation_neither_sees_nor_answers_the_hearing(country: cast.Country) -> None:
    other = constituency_actions.register_organisation(
        JOB, form=Registration(kind="constituent", sector="energy", name="Windpark Verderop", entity_kind="essential")
    )
    hearing = cast.hear(country, prepared(country))
    stranger = cast.constituent(other)
    assert openness_queries.list_own_hearings(stranger) == ()
    with pytest.raises(HearingNotFound):
        openness_actions.give_party_view(stranger, hearing=hearing.id, stance=Stance.NONE, text="")
    with pytest.raises(PermissionMissing):
        openness_queries.list_own_hearings(cast.analyst())


def test_objection_needs_words_and_a_view_is_given_once(country: cast.Country) -> None:
    hearing = cast.hear(country, prepared(country))
    with pytest.raises(ViewEmpty):
        answer(country, hearing, Stance.AGAINST, " ")
    answer(country, hearing, Stance.NONE)
    with pytest.raises(ViewAlreadyGiven):
        answer(country, hearing, Stance.AGAINST, "Toch niet.")


def test_who_asked_reads_that_the_term_stands_still_and_not_for_whom(country: cast.Country) -> None:
    receipt = prepared(country)
    answer(country, cast.hear(country, receipt), Stance.NONE, "Zuiderwiel vindt het goed.")
    cast.hear(country, receipt, days=10)
    progress = openness_queries.follow_request(cast.stranger(receipt.code))
    assert progress.suspended_until is not None
    assert progress.clock.deadline is not None
    assert local_day(progress.clock.deadline) >= local_day(receipt.decide_before) + timedelta(days=10)
    with bound(cast.stranger(receipt.code)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM openness_hearing")
        assert cursor.fetchone() == (2,)
        for column in ("organisation_id", "disclosure_id", "shown"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"SELECT {column} FROM openness_hearing")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT text FROM openness_partyview")


def test_organisation_that_was_hit_and_did_not_report_is_heard_too(country: cast.Country) -> None:
    victim = constituency_actions.register_organisation(
        JOB, form=Registration(kind="constituent", sector="energy", name="Windpark Verderop", entity_kind="essential")
    )
    case_actions.add_party(cast.analyst(), case=country.case, organisation=victim, role=PartyRole.VICTIM)
    receipt = prepared(country)
    hearing = openness_actions.hear_organisation(
        cast.officer(),
        request=receipt.request,
        organisation=victim,
        due_at=in_days(14),
        reason=WHY,
        seen=Unshown.IN_A_PROGRAM,
    )
    assert hearing.is_told
    found = openness_queries.get_request(cast.officer(), request=receipt.request)
    left = openness_queries.list_to_hear(cast.officer(), request=receipt.request, selections=found.selections)
    assert [one.id for one in left] == [country.water]


@pytest.mark.parametrize(
    ("told", "due", "answered", "days"),
    [
        ("2026-11-02", "2026-11-16", None, 14),
        ("2026-11-02", "2026-11-16", "2026-11-05", 3),
        ("2026-11-02", "2026-11-16", "2026-11-20", 14),
        ("2026-11-02", "2026-11-16", "2026-11-02", 0),
    ],
)
def test_term_stands_still_from_the_day_after_up_to_and_including_the_view(
    told: str, due: str, answered: str | None, days: int
) -> None:
    pause = rules.Pause(_noon(told), _noon(due), _noon(answered) if answered else None)
    assert len(pause.days) == days


def test_days_on_which_two_are_heard_count_once() -> None:
    received = _noon("2026-11-02")
    pauses = [
        rules.Pause(_noon("2026-11-03"), _noon("2026-11-13"), None),
        rules.Pause(_noon("2026-11-05"), _noon("2026-11-17"), None),
    ]
    plain = rules.decision_clock(received).deadline
    longer = rules.decision_clock(received, pauses=pauses).deadline
    assert plain is not None
    assert longer is not None
    assert (local_day(plain).isoformat(), local_day(longer).isoformat()) == ("2026-11-30", "2026-12-14")


def test_hearing_that_begins_after_the_term_brings_it_back_for_nobody() -> None:
    received = _noon("2026-11-02")
    late = rules.Pause(_noon("2026-12-01"), _noon("2026-12-15"), None)
    assert rules.decision_clock(received, pauses=[late]) == rules.decision_clock(received)


def test_adjournment_is_in_time_while_somebody_is_heard() -> None:
    received = _noon("2026-11-02")
    pause = rules.Pause(_noon("2026-11-10"), _noon("2026-11-24"), None)
    clock = rules.decision_clock(received, pauses=[pause], adjourned_at=_noon("2026-12-10"))
    assert clock.deadline is not None
    assert local_day(clock.deadline).isoformat() == "2026-12-28"


def test_without_an_objection_the_documents_go_with_the_decision(country: cast.Country) -> None:
    receipt = prepared(country)
    answer(country, cast.hear(country, receipt), Stance.NONE)
    assert not decide_and_approve(receipt).waits
    assert cast.pdf_for(receipt)


def test_objected_documents_are_read_by_nobody_for_two_weeks(country: cast.Country) -> None:
    receipt, decision = objected(country)
    progress = openness_queries.follow_request(cast.stranger(receipt.code))
    assert (progress.waits, progress.releases) == (True, ())
    assert progress.release_from is not None
    assert progress.release_from - timezone.now() > timedelta(days=13)
    with pytest.raises(RequestNotFound):
        openness_queries.open_release(cast.stranger(receipt.code), release=decision.releases[0].id)
    told = disclosure_actions.open_disclosure(cast.stranger(receipt.code), disclosure=decision.disclosure)
    assert "toegang op afstand" not in repr(told)
    with pytest.raises(ReleaseWaits):
        openness_actions.publish_decision(
            cast.officer(), request=receipt.request, reason="nu al", seen=Unshown.IN_A_PROGRAM
        )


def test_after_two_weeks_who_asked_finds_the_documents(country: cast.Country) -> None:
    receipt, decision = objected(country)
    with bound(cast.officer()):
        models.Decision.objects.filter(id=decision.id).update(release_from=timezone.now() - timedelta(days=1))
    assert cast.pdf_for(receipt)
    told = openness_actions.publish_decision(
        cast.officer(), request=receipt.request, reason="ook voor anderen", seen=Unshown.IN_A_PROGRAM
    )
    assert told.item is ItemKind.INFORMATION_REQUEST_DECISION


def test_court_that_was_asked_keeps_the_documents_back(country: cast.Country) -> None:
    receipt, _ = objected(country)
    held = openness_actions.hold_release(cast.officer(), request=receipt.request, reason="voorlopige voorziening")
    assert held.release_from is None
    assert openness_queries.follow_request(cast.stranger(receipt.code)).releases == ()
    dated = openness_actions.date_release(cast.officer(), request=receipt.request, reason="afgewezen")
    assert dated.release_from is not None
    with pytest.raises(ReleaseWaits):
        openness_actions.date_release(cast.officer(), request=receipt.request, reason="nog eens")


def test_what_went_with_the_decision_is_not_held_afterwards(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.release(country, receipt)
    with pytest.raises(ReleaseWaits):
        openness_actions.hold_release(cast.officer(), request=receipt.request, reason="te laat")


def test_who_is_concerned_reads_the_decision_and_what_stops_it(country: cast.Country) -> None:
    objected(country)
    water = cast.constituent(country.water)
    (notice,) = disclosure_queries.list_delivered(water, item=ItemKind.INFORMATION_REQUEST_DECISION)
    said = repr(notice.parts)
    assert cast.ANSWER in said
    assert "voorzieningenrechter" in said
    assert "Siebe" not in said


def test_victim_that_others_reported_is_heard_and_told_of_the_decision_at_the_same_time(country: cast.Country) -> None:
    form = Registration(kind="constituent", sector="energy", name="Windpark Verderop", entity_kind="essential")
    victim = constituency_actions.register_organisation(JOB, form=form)
    case_actions.add_party(cast.analyst(), case=country.case, organisation=victim, role=PartyRole.VICTIM)
    receipt = prepared(country)
    hearing = cast.hear(country, receipt, organisation=victim)
    speaker = cast.constituent(victim)
    openness_actions.give_party_view(speaker, hearing=hearing.id, stance=Stance.AGAINST, text="Ons net staat erin.")
    decide_and_approve(receipt, unheard="de melder vroeg er zelf om")
    told = disclosure_queries.list_delivered(speaker)
    assert {(one.item, *(ground.article for ground in one.grounds)) for one in told} == {
        (ItemKind.HEARING, "Awb art. 4:8"),
        (ItemKind.INFORMATION_REQUEST_DECISION, "Woo art. 4.4 lid 6"),
    }


def test_victim_that_was_not_heard_is_told_of_the_decision_too(country: cast.Country) -> None:
    form = Registration(kind="constituent", sector="energy", name="Windpark Verderop", entity_kind="essential")
    victim = constituency_actions.register_organisation(JOB, form=form)
    case_actions.add_party(cast.analyst(), case=country.case, organisation=victim, role=PartyRole.VICTIM)
    decide_and_approve(prepared(country), unheard="er staat niets in waar iemand bezwaar tegen kan hebben")
    assert len(disclosure_queries.list_delivered(cast.constituent(victim))) == 1


@pytest.mark.parametrize("item", [ItemKind.HEARING, ItemKind.INFORMATION_REQUEST_DECISION])
def test_who_reported_itself_is_not_told_that_this_is_an_answer_to_its_report(
    country: cast.Country, item: ItemKind
) -> None:
    objected(country)
    (told,) = disclosure_queries.list_delivered(cast.constituent(country.water), item=item)
    assert [ground.article for ground in told.grounds] in (["Awb art. 4:8"], ["Woo art. 4.4 lid 6"])


def test_decision_does_not_name_who_asked(country: cast.Country) -> None:
    receipt = prepared(country)
    with pytest.raises(RequesterNamed):
        cast.decide(receipt, text="Geachte heer Siebe Krant, hierbij het verslag.")


def test_who_was_heard_on_less_is_heard_again(country: cast.Country) -> None:
    receipt = prepared(country)
    answer(country, cast.hear(country, receipt), Stance.NONE)
    selection = openness_queries.get_request(cast.officer(), request=receipt.request).selections[0]
    address = next(one for one in selection.passages if one.ground.id == "woo-5.1-1-c")
    openness_actions.remove_passage(cast.officer(), passage=address.id)
    with pytest.raises(HearingNeeded):
        openness_actions.decide_request(
            cast.officer(),
            request=receipt.request,
            text=cast.ANSWER,
            reasons=cast.why(receipt),
            seen=Unshown.IN_A_PROGRAM,
        )


def test_withholding_more_after_a_view_asks_no_second_hearing(country: cast.Country) -> None:
    receipt = prepared(country)
    answer(country, cast.hear(country, receipt), Stance.AGAINST, "Ook de pompen niet.")
    selection = openness_queries.get_request(cast.officer(), request=receipt.request).selections[0]
    cast.withhold(selection, "twee pompen", "woo-5.1-2-h")
    assert decide_and_approve(receipt).waits


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
