"""ISACs at the desk: every seat and every author by code, what is urgent, and what is taken away."""

from __future__ import annotations

import pytest
from tests.desk.cast import page_of
from tests.desk_outward.cast import colleague
from tests.isacs.cast import gather, release, send, tell
from tests.web.statements import assert_asks_no_more

from meldpunt.access.values import Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.isacs import actions, queries
from meldpunt.isacs.words import PostState

pytestmark = pytest.mark.django_db
MORE = 3


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
