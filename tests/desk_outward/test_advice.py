"""The pages of written advice, from draft to ministry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.advice import cast
from tests.desk_outward.cast import Colleague, colleague
from tests.web.shown import seen_in

from meldpunt.access.values import Role
from meldpunt.advice import queries as advice_queries
from meldpunt.advice.values import AdviceState, Outcome
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind
from meldpunt.disclosure.values import State as DisclosureState

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> cast.Scene:
    return cast.scene()


@pytest.fixture
def analyst(scene: cast.Scene) -> Colleague:
    return colleague(Role.ANALYST)


def words(scene: cast.Scene) -> dict[str, str]:
    return {
        "organisation": str(scene.water),
        "title": "Sluit de toegang",
        "introduction": "Iemand is binnen.",
        "due_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "measure_1": "Zet het account uit.",
        "measure_2": "Scheid bediening en kantoor.",
    }


def test_advice_is_written_from_a_case_and_previewed_before_it_is_given(scene: cast.Scene, analyst: Colleague) -> None:
    assert str(scene.case) in analyst.get("/desk/advice").content.decode()
    page = analyst.post(f"/desk/advice/new?case={scene.case}", words(scene), follow=True).content.decode()
    assert "Who will see this" in page
    assert page.count("Scheid bediening en kantoor.") == 3
    [line] = advice_queries.list_advice(analyst.actor)
    assert (line.measures, line.state) == (2, AdviceState.DRAFT)


def test_giving_it_takes_a_reason(scene: cast.Scene, analyst: Colleague) -> None:
    advice = cast.written(scene)
    assert analyst.post(f"/desk/advice/{advice.id}/give", {"reason": ""}).status_code == 422
    shown = seen_in(analyst.get(f"/desk/advice/{advice.id}"))
    assert analyst.post(f"/desk/advice/{advice.id}/give", {"reason": "Nu", "seen": "iets anders"}).status_code == 409
    analyst.post(f"/desk/advice/{advice.id}/give", {"reason": "Nu", "seen": shown})
    assert advice_queries.get_advice(analyst.actor, advice=advice.id).delivered_at is not None


def test_a_round_is_planned_and_recorded(scene: cast.Scene, analyst: Colleague) -> None:
    advice = cast.given(scene)
    analyst.post(f"/desk/advice/{advice.id}/plan", {"due_at": "2026-11-20T10:00"})
    assert "Record round 1" in analyst.get(f"/desk/advice/{advice.id}").content.decode()
    analyst.post(f"/desk/advice/{advice.id}/follow-up", {"outcome": "partly", "note": "Een van twee"})
    [round_] = advice_queries.get_advice(analyst.actor, advice=advice.id).follow_ups
    assert round_.outcome is Outcome.PARTLY


def test_the_escalation_page_says_what_is_not_met(scene: cast.Scene) -> None:
    advice, officer = cast.given(scene), colleague(Role.DUTY_OFFICER)
    page = officer.get(f"/desk/advice/{advice.id}/escalation").content.decode()
    assert "No follow-up is past due" in page
    assert "Make the letter" not in page
    assert officer.post(f"/desk/advice/{advice.id}/escalate", {"reason": "Toch"}).status_code == 409


def test_once_everything_stands_a_letter_waits_for_a_second_officer(scene: cast.Scene) -> None:
    advice, officer = cast.not_followed(scene), colleague(Role.DUTY_OFFICER)
    constituency_actions.unseal_identity(officer.actor, organisation=scene.water, purpose="brief")
    answer = officer.get(f"/desk/advice/{advice.id}/escalation")
    page = answer.content.decode()
    assert "Make the letter" in page
    assert "Who will see this, and what they will not see" in page
    assert officer.post(f"/desk/advice/{advice.id}/escalate", {"reason": "Niet opgevolgd"}).status_code == 409
    said = {"reason": "Niet opgevolgd", "seen": seen_in(answer)}
    shown = officer.post(f"/desk/advice/{advice.id}/escalate", said, follow=True)
    assert "brief.pdf" in shown.content.decode()
    [letter] = disclosure_queries.list_disclosures(officer.actor, item=ItemKind.ESCALATION)
    assert letter.state is DisclosureState.WAITING_FOR_APPROVAL


def test_an_analyst_cannot_escalate_and_a_statistician_reads_no_advice(scene: cast.Scene, analyst: Colleague) -> None:
    advice = cast.not_followed(scene)
    assert analyst.post(f"/desk/advice/{advice.id}/escalate", {"reason": "x"}).status_code == 404
    assert colleague(Role.STATISTICIAN).get(f"/desk/advice/{advice.id}").status_code == 404


def test_a_case_shows_what_was_told_of_it_and_that_shows_the_way_back(scene: cast.Scene, analyst: Colleague) -> None:
    advice = cast.given(scene)
    [told] = disclosure_queries.list_disclosures(analyst.actor, item=ItemKind.ADVICE)
    case = analyst.get(f"/desk/cases/{scene.case}").content.decode()
    assert f'href="/desk/advice/{advice.id}"' in case
    assert f'href="/desk/disclosures/{told.id}"' in case
    page = analyst.get(f"/desk/disclosures/{told.id}").content.decode()
    assert f'href="/desk/advice/{advice.id}"' in page
    assert f'href="/desk/cases/{scene.case}"' in page
    assert told.title in analyst.get(f"/desk/disclosures?case={scene.case}").content.decode()
