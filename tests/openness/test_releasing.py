from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from meldpunt.access.binding import bound
from meldpunt.access.rules import digest_of
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import SecondPersonNeeded
from meldpunt.disclosure.values import DisclosureId, ItemKind, Unshown
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.law import DataKind
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness import rules
from meldpunt.openness.errors import (
    AlreadyDecided,
    GroundNotInAct,
    GroundStandsAlone,
    KindNotCovered,
    NothingToRelease,
    ReasonsMissing,
    RequestNotFound,
    TraceLeft,
)
from meldpunt.openness.values import AGED, State

from . import cast

pytestmark = pytest.mark.django_db

SECRETS = (cast.NAME, cast.PERSON, cast.ADDRESS)


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def decided(receipt: cast.RequestReceipt) -> cast.Decision:
    return cast.decide(receipt)


def test_released_pdf_holds_no_trace_of_what_was_withheld(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    pdf = cast.pdf_for(receipt)
    assert find_traces(pdf, SECRETS) == ()
    assert find_traces(pdf, ["toegang op afstand"])
    assert decision.state is DisclosureState.DELIVERED


def test_proof_says_what_was_looked_for_and_where(country: cast.Country) -> None:
    receipt = cast.ask()
    (line,) = cast.release(country, receipt).releases
    assert (line.passages, line.digest) == (3, hashlib.sha256(cast.pdf_for(receipt)).digest())
    assert line.terms >= 4
    assert "metadata" in line.places


def test_requester_reads_the_ground_of_every_passage_and_no_content(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    told = disclosure_actions.open_disclosure(cast.stranger(receipt.code), disclosure=decision.disclosure)
    (inventory,) = (part.text for part in told.parts if part.heading.en.startswith("Inventory"))
    for article in ("Woo art. 5.1 lid 2 onder e", "Woo art. 5.1 lid 2 onder i", "Woo art. 5.1 lid 1 onder c"):
        assert article in inventory
    assert not [secret for secret in SECRETS if secret in repr(told)]


def test_answer_binds_the_pdf_by_its_digest(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    told = disclosure_queries.get_delivered(cast.stranger(receipt.code), disclosure=decision.disclosure)
    assert hashlib.sha256(cast.pdf_for(receipt)).hexdigest() in told.parts[2].text


@pytest.mark.parametrize(
    ("as_of", "grounds", "articles"),
    [
        (date(2013, 12, 20), ("wob-10-2-g", "wob-10-1-c"), ("Wob art. 10 lid 2 onder g", "Wob art. 10 lid 1 onder c")),
        (None, ("woo-5.1-2-i", "woo-5.1-1-c"), ("Woo art. 5.1 lid 2 onder i", "Woo art. 5.1 lid 1 onder c")),
    ],
)
def test_grounds_of_the_letter_of_2013_and_their_successors_of_today(
    country: cast.Country, as_of: date | None, grounds: tuple[str, str], articles: tuple[str, str]
) -> None:
    receipt = cast.ask(by=cast.officer(), as_of=as_of)
    selection = cast.select(country, receipt)
    suggested = {
        selection.text[one.start : one.end]: one.ground.id
        for one in openness_queries.suggest_passages(cast.officer(), selection=selection.id)
        if one.ground
    }
    assert (suggested[cast.NAME], suggested[cast.ADDRESS]) == grounds
    for words, ground in suggested.items():
        cast.withhold(selection, words, ground)
    decided(receipt)
    cast.approve(receipt)
    pdf = cast.pdf_for(receipt)
    assert find_traces(pdf, SECRETS) == ()
    assert all(find_traces(pdf, [article]) for article in articles)


def test_nothing_is_seen_before_a_second_person_approved(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.withhold_all(cast.select(country, receipt))
    decision = decided(receipt)
    assert decision.state is DisclosureState.WAITING_FOR_APPROVAL
    assert openness_queries.follow_request(cast.stranger(receipt.code)).answer is None
    with pytest.raises(RequestNotFound):
        openness_queries.open_release(cast.stranger(receipt.code), release=decision.releases[0].id)


def test_why_it_is_released_is_the_article_and_not_the_letter_itself(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.withhold_all(cast.select(country, receipt))
    decision = decided(receipt)
    told = disclosure_queries.get_disclosure(cast.officer(), disclosure=decision.disclosure)
    assert told.decided
    assert decision.text not in told.decided.reason
    assert all(ground.article in told.decided.reason for ground in told.verdict.grounds)


def test_who_decided_cannot_approve(country: cast.Country) -> None:
    receipt, officer = cast.ask(), cast.officer()
    cast.withhold_all(cast.select(country, receipt))
    cast.decide(receipt, by=officer)
    with pytest.raises(SecondPersonNeeded):
        cast.approve(receipt, by=officer)


def test_released_document_is_for_the_requester_alone(country: cast.Country) -> None:
    decision = cast.release(country, cast.ask())
    for code in ("", cast.ask().code):
        with pytest.raises(RequestNotFound):
            openness_queries.open_release(cast.stranger(code), release=decision.releases[0].id)
        assert openness_queries.list_releases(cast.stranger(code), disclosure=decision.disclosure) == ()


def test_name_that_was_forgotten_in_one_place_stops_the_release(country: cast.Country) -> None:
    receipt = cast.ask()
    selection = cast.select(country, receipt)
    cast.withhold(selection, cast.PERSON, "woo-5.1-2-e")
    cast.withhold(selection, cast.ADDRESS, "woo-5.1-1-c")
    with pytest.raises(TraceLeft):
        decided(receipt)
    assert openness_queries.get_request(cast.officer(), request=receipt.request).state is State.OPEN


def test_passage_that_stands_elsewhere_too_stops_the_release() -> None:
    country = cast.found_country(text="De code is Zwaluw7.\n\nNogmaals: zwa-\nluw7.")
    receipt = cast.ask()
    cast.withhold(cast.select(country, receipt), "Zwaluw7", "woo-5.1-2-h")
    with pytest.raises(TraceLeft) as stopped:
        decided(receipt)
    assert stopped.value.position == 1
    assert "zwaluw" not in str(stopped.value).lower()


def test_title_that_names_somebody_can_be_withheld() -> None:
    country = cast.found_country(title=f"Gesprek met {cast.NAME}", text="Er is gebeld over de pompen.")
    receipt = cast.ask()
    cast.withhold(cast.select(country, receipt), cast.NAME, "woo-5.1-2-i")
    decided(receipt)
    cast.approve(receipt)
    assert find_traces(cast.pdf_for(receipt), [cast.NAME]) == ()


def test_decision_that_names_who_reported_is_stopped(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.withhold_all(cast.select(country, receipt))
    with pytest.raises(TraceLeft):
        cast.decide(receipt, text=f"{cast.NAME} heeft bezwaar gemaakt.")


def test_passage_withheld_under_an_act_that_was_replaced_meanwhile_asks_another_ground(country: cast.Country) -> None:
    receipt = cast.ask(by=cast.officer(), as_of=date(2022, 4, 30))
    selection = cast.select(country, receipt)
    cast.withhold(selection, cast.NAME, "wob-10-2-g")
    withheld = openness_queries.get_selection(cast.officer(), selection=selection.id)
    rules.check_grounds(withheld, date(2022, 4, 30))
    with pytest.raises(GroundNotInAct):
        rules.check_grounds(withheld, date(2022, 5, 1))


def test_decision_without_a_document_or_words_is_refused(country: cast.Country) -> None:
    receipt = cast.ask()
    with pytest.raises(NothingToRelease):
        decided(receipt)
    cast.select(country, receipt)
    with pytest.raises(NothingToRelease):
        cast.decide(receipt, text=" ")


@pytest.mark.parametrize("left_out", ["woo-5.1-2-e", "woo-5.1-2-i"])
def test_ground_that_is_weighed_asks_why_in_the_decision(country: cast.Country, left_out: str) -> None:
    receipt = cast.ask()
    cast.withhold_all(cast.select(country, receipt))
    reasons = cast.why(receipt)
    assert set(reasons) == {"woo-5.1-2-e", "woo-5.1-2-i"}
    reasons[left_out] = " "
    with pytest.raises(ReasonsMissing):
        openness_actions.decide_request(
            cast.officer(),
            request=receipt.request,
            text=cast.ANSWER,
            reasons=reasons,
            unheard=cast.UNHEARD,
            seen=Unshown.IN_A_PROGRAM,
        )


def test_ground_for_exceptions_backs_up_no_other_ground(country: cast.Country) -> None:
    receipt = cast.ask()
    selection = cast.select(country, receipt)
    cast.withhold_all(selection)
    cast.withhold(selection, "twee pompen", "woo-5.1-5")
    assert decided(receipt).state is DisclosureState.WAITING_FOR_APPROVAL
    openness_actions.reopen_request(cast.officer(), request=receipt.request, reason="nog eens")
    cast.withhold(selection, "pompen", "woo-5.1-2-h")
    with pytest.raises(GroundStandsAlone):
        decided(receipt)


def test_old_document_asks_the_decision_for_new_reasons_but_not_where_nothing_is_weighed(country: cast.Country) -> None:
    receipt = cast.ask()
    selection = cast.select(country, receipt)
    cast.withhold_all(selection)
    found = openness_queries.get_request(cast.officer(), request=receipt.request)
    old = tuple(replace(one, needs_reasons=True) for one in found.selections)
    with pytest.raises(ReasonsMissing, match="this old"):
        rules.check_reasons(replace(found, selections=old), cast.why(receipt))
    anew = cast.why(receipt) | {AGED: "De pompen zijn nog dezelfde."}
    assert rules.check_reasons(replace(found, selections=old), anew) == anew
    assert "De pompen zijn nog dezelfde." in rules.argument_of(found.grounds_to_argue, anew, "nl")
    absolute = tuple(
        replace(one, passages=tuple(p for p in one.passages if p.ground.id == "woo-5.1-1-c")) for one in old
    )
    assert rules.check_reasons(replace(found, selections=absolute), {}) == {}


def test_decision_says_why_and_how_to_object(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    told = disclosure_queries.get_delivered(cast.stranger(receipt.code), disclosure=decision.disclosure)
    said = {part.heading.nl: part.text for part in told.parts}
    assert said["Waarom wij dit weigeren"].count(cast.WHY) == 2
    remedy = said["Als u het er niet mee eens bent"]
    assert settings.CSIRT_CONTACT["mail"] in remedy
    assert receipt.reference in remedy
    for word in ("binnen zes weken", "Awb art. 3:45", "voorlopige voorziening"):
        assert word in remedy


@override_settings(
    AUTHORITY="de Minister van Voorbeelden",
    CSIRT_CONTACT=settings.CSIRT_CONTACT | {"address": "Postbus 1, 1000 AA Voorbeeldstad"},
)
def test_decision_says_in_whose_name_it_was_made_and_where_to_write(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    told = disclosure_queries.get_delivered(cast.stranger(receipt.code), disclosure=decision.disclosure)
    said = {part.heading.nl: part.text for part in told.parts}
    mandate = said["Namens wie dit is besloten"]
    assert mandate == "Dit besluit is genomen namens de Minister van Voorbeelden. (Awb art. 10:10)"
    assert "Postbus 1, 1000 AA Voorbeeldstad" in said["Als u het er niet mee eens bent"]


def test_reason_that_names_who_reported_is_stopped(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.withhold_all(cast.select(country, receipt))
    reasons = cast.why(receipt) | {"woo-5.1-2-i": f"{cast.NAME} zou niet meer melden."}
    with pytest.raises(TraceLeft):
        openness_actions.decide_request(
            cast.officer(),
            request=receipt.request,
            text=cast.ANSWER,
            reasons=reasons,
            unheard=cast.UNHEARD,
            seen=Unshown.IN_A_PROGRAM,
        )


def test_document_that_still_holds_what_the_law_keeps_back_is_not_released(country: cast.Country) -> None:
    receipt = cast.ask()
    selection = openness_actions.select_document(
        cast.officer(), request=receipt.request, document=country.document, kind=DataKind.SYSTEMS
    )
    cast.withhold_all(selection)
    with pytest.raises(KindNotCovered):
        decided(receipt)


def test_what_was_decided_on_stands(country: cast.Country) -> None:
    receipt = cast.ask()
    selection = cast.select(country, receipt)
    cast.withhold_all(selection)
    decided(receipt)
    with pytest.raises(AlreadyDecided):
        cast.withhold(selection, "twee pompen", "woo-5.1-2-h")
    with bound(cast.officer()), connection.cursor() as cursor:
        cursor.execute("DELETE FROM openness_passage")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("UPDATE openness_release SET pdf = ''")


def test_decision_taken_back_before_approval_can_be_made_anew(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.withhold_all(cast.select(country, receipt))
    decided(receipt)
    openness_actions.reopen_request(cast.officer(), request=receipt.request, reason="nog een passage")
    assert decided(receipt).state is DisclosureState.WAITING_FOR_APPROVAL
    request = openness_queries.get_request(cast.officer(), request=receipt.request)
    assert [one.state for one in request.decisions] == [
        DisclosureState.WITHDRAWN,
        DisclosureState.WAITING_FOR_APPROVAL,
    ]


def test_delivered_decision_is_not_taken_back_in_silence(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.release(country, receipt)
    with pytest.raises(AlreadyDecided):
        openness_actions.reopen_request(cast.officer(), request=receipt.request, reason="spijt")


def test_withdrawing_the_disclosure_closes_the_document_too(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    disclosure_actions.withdraw_disclosure(
        cast.officer(), disclosure=DisclosureId(decision.disclosure), reason="vergissing"
    )
    with pytest.raises(RequestNotFound):
        openness_queries.open_release(cast.stranger(receipt.code), release=decision.releases[0].id)


def test_reporter_sees_that_a_request_was_answered_from_its_report(country: cast.Country) -> None:
    receipt = cast.ask()
    decision = cast.release(country, receipt)
    trace = disclosure_queries.trace_report(cast.constituent(country.water), report=country.report)
    assert decision.disclosure in [line.disclosure for line in trace]
    assert ItemKind.INFORMATION_REQUEST_DECISION in [line.item for line in trace]


def test_public_reads_the_decision_only_where_the_law_lets_it(country: cast.Country) -> None:
    decision = cast.release(country, receipt := cast.ask())
    publication = openness_actions.publish_decision(
        cast.officer(), request=receipt.request, reason="openbaar", seen=Unshown.IN_A_PROGRAM
    )
    if publication.state is DisclosureState.WAITING_FOR_APPROVAL:
        disclosure_actions.approve_disclosure(
            cast.officer(), disclosure=publication.id, reason="gezien", seen=publication.sight
        )
    is_public = not publication.verdict.is_refused
    told = openness_queries.list_releases(cast.stranger(), disclosure=publication.id)
    assert [line.id for line in told] == [line.id for line in decision.releases if is_public]


def test_ledger_lets_the_requester_prove_what_was_asked_and_released(country: cast.Country) -> None:
    receipt = cast.ask()
    cast.release(country, receipt)
    with bound(cast.stranger(receipt.code)), connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM ledger_entry WHERE receipt_digest = %s", [digest_of(receipt.code)])
        assert {kind for (kind,) in cursor.fetchall()} >= {"requested", "released"}
