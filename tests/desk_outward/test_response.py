"""The pages of joint response."""

from __future__ import annotations

import pytest
from tests.desk_outward.cast import Colleague, colleague
from tests.disclosure.cast import told
from tests.response import cast
from tests.web.shown import confirming

from meldpunt.access.values import Role
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind, Unshown
from meldpunt.law import DataKind
from meldpunt.response import actions as response_actions
from meldpunt.response import queries as response_queries
from meldpunt.response.values import Activation

pytestmark = pytest.mark.django_db
TOLD = {
    "title": "Stand 1",
    "nature": "Twee pompstations staan stil.",
    "tlp": "TLP:AMBER+STRICT",
    "reason": "Iedereen moet dit weten",
}


@pytest.fixture
def scene() -> cast.Scene:
    return cast.scene()


@pytest.fixture
def analyst(scene: cast.Scene) -> Colleague:
    return colleague(Role.ANALYST)


@pytest.fixture
def active(scene: cast.Scene) -> Activation:
    return cast.activated(scene)


def read(viewer: Colleague, active: Activation) -> Activation:
    return response_queries.get_activation(viewer.actor, activation=active.id)


def test_without_a_risk_to_society_it_starts_only_with_a_reason(scene: cast.Scene, analyst: Colleague) -> None:
    address = f"/desk/responses/new?case={scene.case}"
    said = {"members": [str(one) for one in cast.members_of(scene)], "reason": "Samen"}
    assert analyst.post(address, said).status_code == 409
    page = analyst.post(address, said | {"override_reason": "De burgemeester vraagt het"}, follow=True)
    assert "De burgemeester vraagt het" in page.content.decode()


def test_an_action_is_assigned_and_finished(scene: cast.Scene, analyst: Colleague, active: Activation) -> None:
    said = {"organisation": str(scene.water), "text": "Zet de pompen om", "due_at": "2099-12-01T10:00"}
    page = analyst.post(f"/desk/responses/{active.id}/assign", said, follow=True).content.decode()
    assert "Zet de pompen om" in page
    [action] = read(analyst, active).actions
    analyst.post(f"/desk/responses/actions/{action.id}/finish")
    assert read(analyst, active).actions[0].done_at is not None


def test_a_situation_report_is_shown_before_it_is_told(analyst: Colleague, active: Activation) -> None:
    address = f"/desk/responses/{active.id}/situation"
    page = analyst.post(address, TOLD).content.decode()
    assert page.count('<section class="outward-preview"') == len(active.members)
    assert not disclosure_queries.list_disclosures(analyst.actor, item=ItemKind.SITUATION_REPORT)
    analyst.post(address, confirming(analyst, address, TOLD))
    [report] = read(analyst, active).reports
    assert len(report.told) == len(active.members)


def test_a_shift_is_taken_by_another_person(analyst: Colleague, active: Activation) -> None:
    page = analyst.post(f"/desk/responses/{active.id}/hand-over", {"open_points": "Bel om zes uur"}, follow=True)
    assert "Take the shift" not in page.content.decode()
    [handover] = read(analyst, active).handovers
    assert analyst.post(f"/desk/responses/handovers/{handover.id}/sign").status_code == 409
    colleague(Role.ANALYST).post(f"/desk/responses/handovers/{handover.id}/sign")
    assert read(analyst, active).handovers[0].signed is not None


def test_what_has_ended_takes_nothing_more(analyst: Colleague, active: Activation) -> None:
    page = analyst.post(f"/desk/responses/{active.id}/end", {"reason": "Voorbij"}, follow=True).content.decode()
    assert "Hand over" not in page
    assert analyst.post(f"/desk/responses/{active.id}/hand-over", {"open_points": "x"}).status_code == 409


def test_a_woo_officer_sees_no_response(active: Activation) -> None:
    browser = colleague(Role.WOO_OFFICER)
    assert browser.get("/desk/responses").status_code == 404
    assert browser.get(f"/desk/responses/{active.id}").status_code == 404


def test_what_was_previewed_is_what_each_member_is_told(analyst: Colleague, active: Activation) -> None:
    parts = (told(DataKind.IMPACT, "Het water is schoon."), told(DataKind.DELIBERATION, "Wij twijfelen."))
    previews = response_queries.preview_situation_report(
        analyst.actor, activation=active.id, title="Stand", parts=parts
    )
    published = response_actions.publish_situation_report(
        analyst.actor,
        activation=active.id,
        title="Stand",
        parts=parts,
        reason="Iedereen vraagt het.",
        seen=Unshown.IN_A_PROGRAM,
    )
    assert [(one.edited.parts, one.edited.left_out) for _, one in previews] == [
        (one.kept, one.left_out) for one in published
    ]
