"""Organisations by code, the seal on their names, the telephone, and why."""

from __future__ import annotations

import re

import pytest
from tests.constituency.cast import SECRETS
from tests.desk.cast import NAME, Room, page_of, room
from tests.desk_outward.cast import colleague

from meldpunt.access import queries as access_queries
from meldpunt.access.queries import find_actor_by_key
from meldpunt.access.values import Role
from meldpunt.entrypoints.desk.templatetags.desk_words import spelled
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Channel, Filters
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def test_the_register_shows_codes_and_no_names(desk: Room) -> None:
    page = page_of(desk.browser, "/desk/organisations")
    assert "DW-01" in page
    assert "Politie, team cyber" in page
    assert not [secret for secret in SECRETS if secret in page]


def test_searching_for_a_sealed_name_finds_nothing(desk: Room) -> None:
    assert "DW-01" not in page_of(desk.browser, "/desk/organisations?text=Zuiderwiel")


def test_unsealing_shows_the_name_to_who_asked_and_to_nobody_else(desk: Room) -> None:
    address = f"/desk/organisations/{desk.desk.water}"
    assert NAME not in page_of(desk.browser, address)
    desk.browser.post(f"{address}/unseal", {"purpose": "De wacht bellen"})
    assert "Aafke Molenwiek" in page_of(desk.browser, address)
    assert NAME not in page_of(colleague(Role.ANALYST), address)


def test_who_may_not_unseal_is_not_offered_it(desk: Room) -> None:
    officer, address = colleague(Role.WOO_OFFICER), f"/desk/organisations/{desk.desk.water}"
    assert "Unseal for this purpose" not in page_of(officer, address)
    assert officer.post(f"{address}/unseal", {"purpose": "Nieuwsgierig"}).status_code == 404


@pytest.mark.parametrize("kind", ["report", "reporter", "words", "case", "organisation", "identity"])
def test_why_says_the_permission_and_the_rule_for_anything_that_is_not_there(desk: Room, kind: str) -> None:
    page = page_of(desk.browser, f"/desk/why/{kind}/{desk.browser.actor.id}")
    assert "those two look the same" in page
    assert "What the database asks besides" in page


def test_why_says_yes_where_the_viewer_sees_it(desk: Room) -> None:
    assert "You see it." in page_of(desk.browser, f"/desk/why/report/{desk.desk.receipt.report}")
    assert "You see it." not in page_of(desk.browser, f"/desk/why/reporter/{desk.desk.receipt.report}")


def test_why_knows_only_its_own_kinds(desk: Room) -> None:
    assert page_of(desk.browser, f"/desk/why/anything/{desk.desk.water}", status=404)


def test_a_call_becomes_a_report_with_a_code_to_read_out(desk: Room) -> None:
    told = {"title": "Alles staat stil", "kind": "statutory", "entity_kind": "essential", "name": "Jo", "phone": "112"}
    page = desk.browser.post("/desk/reports/new", told, follow=True).content.decode()
    (line,) = intake_queries.list_reports(desk.browser.actor, filters=Filters(channel=Channel.TELEPHONE)).lines
    assert line.reference in page
    assert "Read these to the caller" in page
    assert "Statutory clocks" in page
    assert "No statutory clock runs" not in page


def test_a_call_asks_first_where_to_call_back_and_ends_in_a_code_to_spell(desk: Room) -> None:
    form = page_of(desk.browser, "/desk/reports/new")
    assert form.index('name="phone"') < form.index('name="name"') < form.index('name="title"')
    page = desk.browser.post("/desk/reports/new", {"title": "Rook", "kind": "voluntary"}, follow=True).content.decode()
    code = page.split("<code>")[2].split("</code>")[0]
    assert f"<li>{' '.join(spelled(code)[0].split())}</li>" in page
    assert spelled("7F3K-92QX") == ["7 Foxtrot 3 Kilo", "9 2 Quebec X-ray"]


def test_a_call_that_broke_off_stands_there_again_and_is_received_once(desk: Room) -> None:
    told = {"title": "Alles staat stil", "kind": "voluntary", "phone": "06 11122233"}
    desk.browser.post("/desk/reports/new/draft", told)
    page = page_of(desk.browser, "/desk/reports/new")
    assert "06 11122233" in page
    for _ in range(2):
        desk.browser.post("/desk/reports/new", {**told, "draft": page.split('name="draft" value="')[1][:24]})
    assert len(intake_queries.list_reports(desk.browser.actor, filters=Filters(channel=Channel.TELEPHONE)).lines) == 1
    assert "06 11122233" not in page_of(desk.browser, "/desk/reports/new")


def test_the_receipt_of_a_call_can_be_loaded_again_and_then_has_no_code(desk: Room) -> None:
    told = {"title": "Alles staat stil", "kind": "statutory"}
    address = desk.browser.post("/desk/reports/new", told)["Location"]
    first, again = page_of(desk.browser, address), page_of(desk.browser, address)
    assert ("Read these to the caller" in first, "Read these to the caller" in again) == (True, False)
    assert "No statutory clock runs" in again
    assert len(intake_queries.list_reports(desk.browser.actor, filters=Filters(channel=Channel.TELEPHONE)).lines) == 1


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "a\x00b"}, {"aware_at": "9999-12-31T23:59"}, {"aware_at": "0001-01-01T00:00"}]
)
def test_a_call_that_cannot_be_meant_is_shown_again_and_not_kept(desk: Room, wrong: dict[str, str]) -> None:
    told = {"title": "Alles staat stil", "kind": "voluntary"} | wrong
    assert desk.browser.post("/desk/reports/new", told).status_code == 422
    assert not intake_queries.list_reports(desk.browser.actor, filters=Filters(channel=Channel.TELEPHONE)).lines


def test_a_key_for_a_machine_that_reads_is_shown_once_and_taken_back(desk: Room) -> None:
    officer, address = colleague(Role.DUTY_OFFICER), f"/desk/organisations/{desk.desk.water}"
    answer = officer.post(f"{address}/machines", {"name": "Ticketsysteem Noord"})
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    (key,) = re.findall(r"<code>([\w-]{43})</code>", answer.content.decode())
    assert find_actor_by_key(key) is not None
    page = page_of(officer, address)
    assert "Ticketsysteem Noord" in page
    assert key not in page
    (revoke,) = re.findall(r'action="(/desk/organisations/[^"]*/machines/[^"]*/revoke)"', page)
    assert officer.post(revoke).status_code == 302
    assert find_actor_by_key(key) is None
    assert officer.post(revoke).status_code == 404


def test_a_key_for_a_machine_without_a_name_is_not_handed_out(desk: Room) -> None:
    officer, address = colleague(Role.DUTY_OFFICER), f"/desk/organisations/{desk.desk.water}"
    answer = officer.post(f"{address}/machines", {"name": " "}, follow=True)
    assert "Say which machine the key is for." in answer.content.decode()
    assert access_queries.list_keys_of(officer.actor, organisation=desk.desk.water) == ()


def test_only_who_keeps_the_register_hands_out_keys(desk: Room) -> None:
    address = f"/desk/organisations/{desk.desk.water}"
    assert 'id="machines"' not in page_of(desk.browser, address)
    assert desk.browser.post(f"{address}/machines", {"name": "Mijn laptop"}).status_code == 404


def test_the_ledger_says_that_a_key_was_handed_out_and_not_what_its_machine_is_called(desk: Room) -> None:
    officer = colleague(Role.DUTY_OFFICER)
    officer.post(f"/desk/organisations/{desk.desk.water}/machines", {"name": "Ticketsysteem Zuiderwiel"})
    entries = ledger_queries.list_entries(officer.actor, kind=Kind.ROLE_GRANTED)
    (entry,) = [one for one in entries if one.about == desk.desk.water]
    assert entry.details == {"roles": ["reader"]}
