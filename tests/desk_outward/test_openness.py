"""The pages with which a Woo officer handles a request."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk_outward.cast import Colleague, colleague
from tests.openness import cast
from tests.web.shown import confirming, seen_in

from meldpunt.access.values import STRANGER, Role
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.queries import following
from meldpunt.openness.values import RequestReceipt, Selection, Stance

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


@pytest.fixture
def receipt(country: cast.Country) -> RequestReceipt:
    return cast.ask()


@pytest.fixture
def officer(receipt: RequestReceipt) -> Colleague:
    return colleague(Role.WOO_OFFICER)


@pytest.fixture
def selection(country: cast.Country, receipt: RequestReceipt) -> Selection:
    return cast.select(country, receipt)


def line_of(selection: Selection, words: str) -> int:
    return selection.text[: selection.text.index(words)].count("\n") + 1


def withhold(officer: Colleague, selection: Selection, words: str, ground: str) -> int:
    line = line_of(selection, words)
    said = {
        "first_line": line,
        "last_line": line,
        "first_words": words,
        "last_words": words,
        "ground": ground,
    }
    return officer.post(f"/desk/selections/{selection.id}/withhold", said).status_code


def test_a_document_is_found_by_its_words_and_taken_in(
    country: cast.Country, receipt: RequestReceipt, officer: Colleague
) -> None:
    page = officer.get(f"/desk/requests/{receipt.request}?text=pompen").content.decode()
    assert str(country.document) in page
    said = {"document": str(country.document), "kind": "incident-nature"}
    officer.post(f"/desk/requests/{receipt.request}/document", said)
    [taken] = openness_queries.get_request(officer.actor, request=receipt.request).selections
    assert taken.document == country.document


@pytest.mark.parametrize(
    ("language", "only", "gone"),
    [
        ("en", "Only documents of cases are found here", "reports that are in no case"),
        ("nl", "Hier vindt u alleen documenten van zaken", "meldingen die in geen zaak zitten"),
    ],
)
def test_where_documents_are_chosen_the_page_says_which_kinds_are_not_found(
    receipt: RequestReceipt, language: str, only: str, gone: str
) -> None:
    officer = colleague(Role.WOO_OFFICER, language=language)
    page = officer.get(f"/desk/requests/{receipt.request}").content.decode()
    assert (only in page, gone in page) == (True, True)


def test_a_passage_is_withheld_by_line_and_words(officer: Colleague, selection: Selection) -> None:
    assert withhold(officer, selection, cast.PERSON, "woo-5.1-2-e") == 302
    page = officer.get(f"/desk/selections/{selection.id}").content.decode()
    assert f"<mark>{cast.PERSON}</mark>" in page
    [passage] = openness_queries.get_selection(officer.actor, selection=selection.id).passages
    assert selection.text[passage.start : passage.end] == cast.PERSON


def test_words_that_do_not_stand_there_withhold_nothing(officer: Colleague, selection: Selection) -> None:
    said = {
        "first_line": 3,
        "last_line": 3,
        "first_words": "Niemand",
        "last_words": "",
        "ground": "woo-5.1-2-e",
    }
    answer = officer.post(f"/desk/selections/{selection.id}/withhold", said)
    assert answer.status_code == 422
    assert 'id="id_first_words_error"' in answer.content.decode()
    assert not openness_queries.get_selection(officer.actor, selection=selection.id).passages


def test_a_ground_of_another_act_is_no_choice(officer: Colleague, selection: Selection) -> None:
    assert withhold(officer, selection, cast.PERSON, "wob-10-1-c") == 422


def test_a_suggestion_is_taken_over_and_undone(officer: Colleague, selection: Selection) -> None:
    suggestions = openness_queries.suggest_passages(officer.actor, selection=selection.id)
    one = next(found for found in suggestions if selection.text[found.start : found.end] == cast.ADDRESS)
    said = {"start": one.start, "end": one.end, "ground": "woo-5.1-1-c"}
    officer.post(f"/desk/selections/{selection.id}/suggested", said)
    [passage] = openness_queries.get_selection(officer.actor, selection=selection.id).passages
    officer.post(f"/desk/passages/{passage.id}/remove")
    assert not openness_queries.get_selection(officer.actor, selection=selection.id).passages


def test_a_decision_that_leaves_a_trace_is_refused_in_words(
    receipt: RequestReceipt, officer: Colleague, selection: Selection
) -> None:
    withhold(officer, selection, cast.PERSON, "woo-5.1-2-e")
    said = said_in(receipt, text=f"Ik weiger {cast.PERSON}.")
    address = f"/desk/requests/{receipt.request}/decide"
    answer = officer.post(address, confirming(officer, address, said))
    assert answer.status_code == 409
    assert "What you saw" not in answer.content.decode()
    assert openness_queries.get_request(officer.actor, request=receipt.request).decision is None


def said_in(receipt: RequestReceipt, *, text: str) -> dict[str, str]:
    """The form of a decision with a reason for each ground that asks for one."""
    return {"text": text, "unheard": cast.UNHEARD} | {f"why-{ground}": why for ground, why in cast.why(receipt).items()}


def test_a_ground_that_is_weighed_has_a_field_of_its_own_that_must_be_filled(
    receipt: RequestReceipt, officer: Colleague, selection: Selection
) -> None:
    cast.withhold_all(selection)
    page = officer.get(f"/desk/requests/{receipt.request}").content.decode()
    assert "Why Woo art. 5.1 lid 2 onder i outweighs openness" in page
    assert "why-woo-5.1-1-c" not in page
    answer = officer.post(f"/desk/requests/{receipt.request}/decide", {"text": cast.ANSWER, "unheard": cast.UNHEARD})
    assert answer.status_code == 422
    assert openness_queries.get_request(officer.actor, request=receipt.request).decision is None


def test_a_decision_is_shown_before_it_is_made_and_again_where_it_changed(
    receipt: RequestReceipt, officer: Colleague, selection: Selection
) -> None:
    cast.withhold_all(selection)
    address, said = f"/desk/requests/{receipt.request}/decide", said_in(receipt, text=cast.ANSWER)
    shown = confirming(officer, address, said)
    assert openness_queries.get_request(officer.actor, request=receipt.request).decision is None
    changed = officer.post(address, {**shown, "text": "Een ander besluit."})
    assert changed.status_code == 409
    assert openness_queries.get_request(officer.actor, request=receipt.request).decision is None
    officer.post(address, {**shown, "text": "Een ander besluit.", "seen": seen_in(changed)})
    assert openness_queries.get_request(officer.actor, request=receipt.request).decision is not None


def test_two_officers_read_a_document_and_release_it_with_its_proof(
    receipt: RequestReceipt, officer: Colleague, selection: Selection
) -> None:
    cast.withhold_all(selection)
    address = f"/desk/requests/{receipt.request}/decide"
    officer.post(address, confirming(officer, address, said_in(receipt, text=cast.ANSWER)))
    second = colleague(Role.WOO_OFFICER)
    (release,) = re.findall(
        r'href="(/desk/releases/[^"]+)"', second.get(f"/desk/requests/{receipt.request}").content.decode()
    )
    pdf = second.get(release)
    assert pdf.content.startswith(b"%PDF-")
    assert cast.PERSON.encode() not in pdf.content
    (seen,) = re.findall(r'name="seen" value="(\w+)"', second.get(f"/desk/requests/{receipt.request}").content.decode())
    said = {"reason": "gezien", "seen": seen}
    page = second.post(f"/desk/requests/{receipt.request}/approve", said, follow=True).content.decode()
    decided = openness_queries.get_request(officer.actor, request=receipt.request).decision
    assert decided is not None
    assert decided.state is DisclosureState.DELIVERED
    [line] = decided.releases
    assert re.search(rf">{line.passages}</td>\s*<td class=\"number\">{line.terms}</td>", page)
    assert "What everybody will see of it" in page
    public = f"/desk/requests/{receipt.request}/publish"
    assert officer.post(public, {"reason": "voor iedereen", "seen": seen}).status_code == 409
    shown = seen_in(officer.get(f"/desk/requests/{receipt.request}"))
    assert officer.post(public, {"reason": "voor iedereen", "seen": shown}).status_code == 302


def test_who_is_concerned_is_asked_from_the_page_and_its_view_is_read_there(
    country: cast.Country, receipt: RequestReceipt, officer: Colleague, selection: Selection
) -> None:
    cast.withhold_all(selection)
    in_a_week = (timezone.localdate() + timedelta(days=7)).isoformat()
    said = {"organisation": str(country.water), "due_on": in_a_week, "reason": "Het gaat over hun storing."}
    assert officer.post(f"/desk/requests/{receipt.request}/hear", said | {"due_on": ""}).status_code == 422
    hear = f"/desk/requests/{receipt.request}/hear"
    confirmed = confirming(officer, hear, said)
    assert not openness_queries.list_hearings(officer.actor, request=receipt.request)
    assert officer.post(hear, confirmed).status_code == 302
    [hearing] = openness_queries.list_hearings(officer.actor, request=receipt.request)
    openness_actions.give_party_view(
        cast.constituent(country.water), hearing=hearing.id, stance=Stance.AGAINST, text="Niet over de pompen."
    )
    assert "Niet over de pompen." in officer.get(f"/desk/requests/{receipt.request}").content.decode()
    address = f"/desk/requests/{receipt.request}/decide"
    officer.post(address, confirming(officer, address, said_in(receipt, text=cast.ANSWER)))
    second = colleague(Role.WOO_OFFICER)
    (seen,) = re.findall(r'name="seen" value="(\w+)"', second.get(f"/desk/requests/{receipt.request}").content.decode())
    second.post(f"/desk/requests/{receipt.request}/approve", {"reason": "gezien", "seen": seen})
    assert f"/desk/requests/{receipt.request}/hold" in second.get(f"/desk/requests/{receipt.request}").content.decode()
    second.post(f"/desk/requests/{receipt.request}/hold", {"reason": "voorlopige voorziening gevraagd"})
    second.post(f"/desk/requests/{receipt.request}/date", {"reason": "afgewezen"})
    decided = openness_queries.get_request(officer.actor, request=receipt.request).decision
    assert decided is not None
    assert decided.release_from is not None


def test_an_answer_is_approved_on_the_page_of_its_request_so_that_who_is_concerned_hears_of_it(
    receipt: RequestReceipt, officer: Colleague, selection: Selection
) -> None:
    cast.withhold_all(selection)
    address = f"/desk/requests/{receipt.request}/decide"
    officer.post(address, confirming(officer, address, said_in(receipt, text=cast.ANSWER)))
    decided = openness_queries.get_request(officer.actor, request=receipt.request).decision
    assert decided is not None
    second, answer = colleague(Role.DUTY_OFFICER), f"/desk/disclosures/{decided.disclosure}"
    page = second.get(answer)
    assert f"{answer}/approve" not in page.content.decode()
    assert second.post(f"{answer}/approve", {"reason": "gezien", "seen": seen_in(page)}).status_code == 409
    assert f"/desk/requests/{receipt.request}" in colleague(Role.WOO_OFFICER).get(answer).content.decode()
    still = openness_queries.get_request(officer.actor, request=receipt.request).decision
    assert still is not None
    assert still.state is DisclosureState.WAITING_FOR_APPROVAL


def test_an_analyst_handles_no_requests(receipt: RequestReceipt, selection: Selection) -> None:
    analyst = colleague(Role.ANALYST)
    assert analyst.get("/desk/requests").status_code == 404
    assert analyst.get(f"/desk/requests/{receipt.request}").status_code == 404
    assert analyst.get(f"/desk/selections/{selection.id}").status_code == 404


LONG_AGO = timezone.localdate() - timedelta(days=10)


def letter(**other: str) -> dict[str, str]:
    said = {"subject": "Alle stukken over storingen.", "received_on": LONG_AGO.isoformat(), "language": "nl"}
    return said | other


def test_a_letter_is_entered_and_its_code_opens_the_answer() -> None:
    woo = colleague(Role.WOO_OFFICER)
    page = woo.post("/desk/requests/new", letter(name="P. de Vries")).content.decode()
    code = re.search(r"<code>((?:\w{4}-){4}\w{4})</code>", page)
    assert code
    [line] = openness_queries.list_requests(woo.actor)
    assert timezone.localdate(line.received_at) == LONG_AGO
    assert line.decide_before < timezone.now() + timedelta(days=28)
    assert openness_queries.get_request(woo.actor, request=line.id).requester.name == "P. de Vries"
    holder = replace(STRANGER, receipt=code.group(1))
    assert following.follow_request(holder).reference == line.reference


@pytest.mark.parametrize(("as_of", "article"), [("", "Woo art. 5.1"), ("2013-12-20", "Wob art. 10")])
def test_a_letter_of_2013_is_decided_under_the_act_of_now_unless_it_is_a_file_of_then(as_of: str, article: str) -> None:
    woo = colleague(Role.WOO_OFFICER)
    woo.post("/desk/requests/new", letter(received_on="2013-12-02", as_of=as_of))
    [line] = openness_queries.list_requests(woo.actor)
    request = openness_queries.get_request(woo.actor, request=line.id)
    assert {ground.article.rpartition(" lid")[0] for ground in request.grounds if ground.letter} == {article}
    page = woo.get(f"/desk/requests/{line.id}").content.decode()
    assert ("ECLI:NL:RVS:2022:1432" in page) is not bool(as_of)


@pytest.mark.parametrize(
    ("field", "said"),
    [("subject", ""), ("received_on", ""), ("received_on", "2999-01-01"), ("period_until", "2020-01-01")],
)
def test_a_letter_that_cannot_be_is_refused_at_the_field(field: str, said: str) -> None:
    woo = colleague(Role.WOO_OFFICER)
    answer = woo.post("/desk/requests/new", letter(period_from="2021-01-01") | {field: said})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert openness_queries.list_requests(woo.actor) == ()


def test_only_who_handles_requests_enters_a_letter() -> None:
    assert colleague(Role.DUTY_OFFICER).get("/desk/requests/new").status_code == 404
