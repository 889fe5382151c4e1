"""ISACs at the desk: every seat and every author by code, what is urgent, and what is taken away."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.desk.cast import page_of
from tests.desk_outward.cast import colleague
from tests.isacs.cast import gather, release, send, tell
from tests.web.statements import assert_asks_no_more

from meldpunt.access.values import OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import IsacId
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.isacs import actions, queries
from meldpunt.isacs.words import PostState
from meldpunt.vocabulary.sectors import all_sectors

pytestmark = pytest.mark.django_db
MORE = 3
NOBODY = OrganisationId(UUID(int=0))


def test_an_analyst_sees_seats_and_authors_by_code_and_the_name_after_unsealing() -> None:
    around, analyst = gather(), colleague(Role.ANALYST)
    post = tell(around.open, around.isac, text="Bij Netbeheer Duinrecht.", is_unattributed=False)
    table, one = f"/desk/isacs/{around.isac}", f"/desk/isacs/posts/{post.id}"
    for address in ("/desk/isacs", table, one):
        assert "Duinrecht" not in page_of(analyst, address)
    assert "EN-" in page_of(analyst, one)
    assert page_of(analyst, table).count("hidden") > 0
    assert around.open.organisation
    constituency_actions.unseal_identity(analyst.actor, organisation=around.open.organisation, purpose="Navraag.")
    assert "Netbeheer Duinrecht" in page_of(analyst, one)


def test_a_duty_officer_lets_an_urgent_post_go_earlier_and_an_analyst_does_not() -> None:
    around, officer = gather(), colleague(Role.DUTY_OFFICER)
    post = send(around.open, around.isac, is_unattributed=True)
    link = f"/desk/isacs/posts/{post}"
    assert "Let it go earlier" not in page_of(colleague(Role.ANALYST), link)
    assert colleague(Role.ANALYST).post(f"{link}/hurry", {"reason": "Nu."}).status_code == 404
    assert officer.post(f"{link}/hurry", {"reason": " "}).status_code == 409
    assert "Goes earlier" in officer.post(f"{link}/hurry", {"reason": "Nu."}, follow=True).content.decode()


def test_a_duty_officer_takes_a_post_away_on_a_ground() -> None:
    around, officer = gather(), colleague(Role.DUTY_OFFICER)
    post = tell(around.open, around.isac)
    link = f"/desk/isacs/posts/{post.id}"
    assert officer.post(f"{link}/remove", {"ground": "nothing", "reason": "x"}).status_code == 422
    officer.post(f"{link}/remove", {"ground": "unlawful", "reason": "Niet van hen."})
    (notice,) = disclosure_queries.list_delivered(around.third)
    assert notice.withdrawal_reason == "De wet staat het niet toe."
    assert queries.get_own_post(around.open, post=post.id).state is PostState.WITHDRAWN


def test_the_desk_admits_in_the_place_of_a_chair() -> None:
    around, officer = gather(), colleague(Role.DUTY_OFFICER)
    motion = actions.ask_for_seat(around.outside, isac=around.isac, words="Graag.", is_hidden=False)
    assert "The chair decides" in page_of(colleague(Role.ANALYST), f"/desk/isacs/{around.isac}")
    officer.post(f"/desk/isacs/{around.isac}/motions/{motion}", {"deed": "grant", "reason": "Voorzitter weg."})
    release()
    assert len(queries.get_table(officer.actor, isac=around.isac).seats) == 5


@pytest.mark.parametrize("role", [Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_nobody_else_of_the_desk_comes_there(role: Role) -> None:
    around = gather()
    post = tell(around.open, around.isac)
    for address in ("/desk/isacs", f"/desk/isacs/{around.isac}", f"/desk/isacs/posts/{post.id}"):
        page_of(colleague(role), address, status=404)


def test_the_list_of_posts_asks_no_more_because_it_is_longer() -> None:
    around = gather()
    send(around.open, around.isac)

    def send_more() -> None:
        for member in (around.open, around.third, around.hidden):
            send(member, around.isac)

    for role in (Role.ANALYST, Role.DUTY_OFFICER):
        assert_asks_no_more(colleague(role), f"/desk/isacs/{around.isac}", send_more)


def test_a_duty_officer_makes_a_table_and_says_who_sits_and_chairs_there() -> None:
    around, officer = gather(), colleague(Role.DUTY_OFFICER)
    seated = [constituency_queries.get_organisation(officer.actor, organisation=one.organisation or NOBODY)
              for one in (around.open, around.third)]  # fmt: skip
    assert officer.post("/desk/isacs/new", {"name": "", "sector": "energy"}).status_code == 422
    made = officer.post("/desk/isacs/new", {"name": "ISAC Warmte", "sector": all_sectors()[0].id})
    table = made["Location"]
    for one, hidden in zip(seated, ("", "on"), strict=True):
        officer.post(f"{table}/seats", {"code": one.code.lower(), "is_hidden": hidden})
    for deed in ("chair", "hide", "show"):
        officer.post(f"{table}/seats/{seated[1].id}", {"deed": deed})
    isac = IsacId(UUID(table.rsplit("/", 1)[1]))
    seats = {one.organisation.id: one for one in queries.get_table(officer.actor, isac=isac).seats}
    assert [(seats[one.id].is_chair, seats[one.id].is_hidden) for one in seated] == [(False, False), (True, False)]
    officer.post(f"{table}/seats/{seated[0].id}", {"deed": "end"})
    assert [one.organisation.id for one in queries.get_table(officer.actor, isac=isac).seats] == [seated[1].id]


def test_a_seat_is_given_once_by_a_code_that_exists_and_by_nobody_but_a_duty_officer() -> None:
    around, officer = gather(), colleague(Role.DUTY_OFFICER)
    table = f"/desk/isacs/{around.isac}"
    code = constituency_queries.get_organisation(
        officer.actor, organisation=around.open.organisation or NOBODY).code  # fmt: skip
    assert "no organisation with this code" in officer.post(f"{table}/seats", {"code": "XX-0"}).content.decode()
    assert "sits there already" in officer.post(f"{table}/seats", {"code": code}).content.decode()
    analyst = colleague(Role.ANALYST)
    assert "Give a seat" not in page_of(analyst, table)
    assert analyst.post(f"{table}/seats", {"code": code}).status_code == 404
    assert analyst.post("/desk/isacs/new", {"name": "x", "sector": "energy"}).status_code == 404


def test_a_shown_seat_is_seen_by_the_others_and_a_hidden_one_is_not() -> None:
    around, officer = gather(), colleague(Role.DUTY_OFFICER)
    link = f"/desk/isacs/{around.isac}/seats/{around.open.organisation}"

    def names() -> set[str]:
        return {one.name for one in constituency_queries.list_table(around.third, isac=around.isac)}

    assert "Netbeheer Duinrecht" in names()
    officer.post(link, {"deed": "hide"})
    assert "Netbeheer Duinrecht" not in names()
    officer.post(link, {"deed": "show"})
    assert "Netbeheer Duinrecht" in names()
