"""The pages of the ledger."""

from __future__ import annotations

from io import BytesIO

import pytest
from tests.desk_outward.cast import Colleague, colleague
from tests.disclosure.cast import found_country

from meldpunt.access.binding import bound
from meldpunt.access.values import Role
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Deed, Kind
from meldpunt.ledger.verify import verify_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Colleague:
    found_country()
    return colleague(Role.ADMINISTRATOR)


def test_entries_are_found_by_deed(administrator: Colleague) -> None:
    page = administrator.get(f"/desk/ledger?kind={Kind.REGISTERED.value}").content.decode()
    known = ledger_queries.list_entries(administrator.actor, kind=Kind.REGISTERED)
    assert page.count('<th scope="row">') == len(known) > 0


def test_entries_of_the_first_days_are_reached_by_turning_pages(administrator: Colleague) -> None:
    told = ledger_queries.PAGE_SIZE
    with bound(administrator.actor):
        ledger.record_many(administrator.actor, deeds=[Deed(Kind.CONFIGURED) for _ in range(told)])
    first = administrator.get("/desk/ledger").content.decode()
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev"' not in first
    pages = [administrator.get(f"/desk/ledger?page={number}").content.decode() for number in (2, 99)]
    assert all('rel="prev"' in page for page in pages)
    assert 'rel="next"' not in pages[1]


def test_a_signed_entry_comes_with_a_proof_to_take_away(administrator: Colleague) -> None:
    administrator.post("/desk/ledger/sign")
    entry = ledger_queries.list_entries(administrator.actor)[0]
    page = administrator.get(f"/desk/ledger/{entry.id}").content.decode()
    head = ledger_queries.find_checkpoint(administrator.actor)
    assert head is not None
    assert head.root.hex() in page
    taken = BytesIO(administrator.get(f"/desk/ledger/{entry.id}/proof").content)
    verdict = verify_lines(taken, vkey=head.vkey)
    assert verdict.is_sound
    assert [one.id for one in verdict.entries] == [entry.id]


def test_the_whole_ledger_can_be_taken_away_and_checked(administrator: Colleague) -> None:
    administrator.post("/desk/ledger/sign")
    taken = b"".join(administrator.get("/desk/ledger/export").streaming_content).decode()
    assert taken == "".join(ledger_queries.export_ledger(administrator.actor))


def test_nothing_is_exported_before_somebody_signed(administrator: Colleague) -> None:
    assert administrator.get("/desk/ledger/export").status_code == 409


def test_an_analyst_reads_the_ledger_and_does_not_sign(administrator: Colleague) -> None:
    analyst = colleague(Role.ANALYST)
    assert "Sign a checkpoint" not in analyst.get("/desk/ledger").content.decode()
    assert analyst.post("/desk/ledger/sign").status_code == 404


def test_a_statistician_reads_no_ledger(administrator: Colleague) -> None:
    assert colleague(Role.STATISTICIAN).get("/desk/ledger").status_code == 404


def test_a_duty_officer_lets_go_of_what_an_entry_says_and_the_page_says_who_and_why(administrator: Colleague) -> None:
    officer = colleague(Role.DUTY_OFFICER)
    entry = next(one for one in ledger_queries.list_entries(officer.actor, kind=Kind.REGISTERED) if one.details)
    address = f"/desk/ledger/{entry.id}"
    assert f"{address}/erase" in officer.get(address).content.decode()
    officer.post(f"{address}/erase", {"ground": "", "reason": ""})
    assert not ledger_queries.get_entry(officer.actor, entry=entry.id).is_erased
    officer.post(f"{address}/erase", {"ground": "AVG 17(1)(d)", "reason": "genoemd zonder grond"})
    page = officer.get(address).content.decode()
    assert f"?subject={entry.id}" in page
    assert f"{address}/erase" not in page
    (told,) = ledger_queries.list_entries(officer.actor, kind=Kind.ERASED, subject=entry.id)
    assert told.details["reason"] == "genoemd zonder grond"


def test_an_analyst_lets_go_of_nothing(administrator: Colleague) -> None:
    analyst = colleague(Role.ANALYST)
    entry = ledger_queries.list_entries(analyst.actor)[0]
    assert "/erase" not in analyst.get(f"/desk/ledger/{entry.id}").content.decode()
    assert analyst.post(f"/desk/ledger/{entry.id}/erase", {"ground": "x", "reason": "y"}).status_code == 404
