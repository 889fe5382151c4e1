"""The pages of the detection network."""

from __future__ import annotations

import pytest
from tests.desk_outward.cast import Colleague, colleague
from tests.disclosure.cast import Country, found_country
from tests.web.shown import seen_in

from meldpunt.access.values import JOB, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Registration
from meldpunt.detection import queries as detection_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind, State

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "domain",
    "value": "kwaad[.]example",
    "tlp": "TLP:AMBER",
    "pap": "PAP:GREEN",
    "description": "baken",
}


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def analyst(country: Country) -> Colleague:
    return colleague(Role.ANALYST)


def test_a_typed_indicator_shows_defanged_and_never_as_a_link(analyst: Colleague) -> None:
    page = analyst.post("/desk/detection/new", TYPED, follow=True).content.decode()
    assert "kwaad[.]example" in page
    assert "kwaad.example" not in page
    assert "kwaad.example" not in analyst.get("/desk/detection").content.decode()


def test_what_is_everybodys_is_refused_beside_its_field(analyst: Colleague) -> None:
    answer = analyst.post("/desk/detection/new", TYPED | {"kind": "network", "value": "0.0.0.0/0"})
    assert answer.status_code == 422
    assert 'id="id_value_error"' in answer.content.decode()


def test_the_preview_says_who_would_see_it_and_saves_nothing(analyst: Colleague) -> None:
    analyst.post("/desk/detection/new", TYPED)
    [one] = detection_queries.list_indicators(analyst.actor)
    page = analyst.get(f"/desk/detection/tell?indicator={one.id}").content.decode()
    assert "1 reader" in page
    assert not disclosure_queries.list_disclosures(analyst.actor, item=ItemKind.INDICATORS)


def test_telling_the_network_takes_a_reason(analyst: Colleague) -> None:
    analyst.post("/desk/detection/new", TYPED)
    [one] = detection_queries.list_indicators(analyst.actor)
    assert analyst.post("/desk/detection/told", {"indicator": str(one.id), "reason": ""}).status_code == 422
    said = {"indicator": str(one.id), "reason": "Het komt terug"}
    assert analyst.post("/desk/detection/told", said).status_code == 409
    seen = seen_in(analyst.get(f"/desk/detection/tell?indicator={one.id}"))
    analyst.post("/desk/detection/told", {**said, "seen": seen})
    [told] = disclosure_queries.list_disclosures(analyst.actor, item=ItemKind.INDICATORS)
    assert told.state is State.DELIVERED
    previewed = detection_queries.preview_indicators(analyst.actor, indicators=[one.id])
    sealed = disclosure_queries.get_disclosure(analyst.actor, disclosure=told.id)
    assert (previewed.edited.title, previewed.edited.parts) == (sealed.title, sealed.kept)
    assert "kwaad[.]example" in analyst.get("/desk/detection").content.decode()


def test_a_preview_of_nothing_leads_back(analyst: Colleague) -> None:
    assert analyst.get("/desk/detection/tell?indicator=none")["Location"] == "/desk/detection"


def test_a_woo_officer_sees_no_indicators(country: Country) -> None:
    assert colleague(Role.WOO_OFFICER).get("/desk/detection").status_code == 404


def test_only_a_part_of_the_network_is_told_where_a_part_is_ticked(analyst: Colleague) -> None:
    analyst.post("/desk/detection/new", TYPED)
    [one] = detection_queries.list_indicators(analyst.actor)
    network = constituency_queries.list_network_participants(analyst.actor)
    more = constituency_actions.register_organisation(
        JOB, form=Registration(kind="constituent", sector="banking", name="Bank Zuid", entity_kind="essential")
    )
    constituency_actions.join_detection_network(JOB, organisation=more)
    said = {"indicator": str(one.id), "sectors": ["banking"]}
    page = analyst.post("/desk/detection/told", {**said, "preview": "yes"})
    assert page.status_code == 200
    assert "1 reader" in page.content.decode()
    assert not detection_queries.national_picture(analyst.actor)
    said = {**said, "reason": "Alleen banken zien dit.", "seen": seen_in(page)}
    assert analyst.post("/desk/detection/told", {**said, "sectors": []}).status_code == 409
    analyst.post("/desk/detection/told", said)
    (told,) = disclosure_queries.list_disclosures(analyst.actor)
    assert disclosure_queries.get_disclosure(analyst.actor, disclosure=told.id).count == 1
    assert len(network) >= 1
