"""The scales of others on the triage page."""

from __future__ import annotations

import pytest
from tests.desk.cast import page_of, room
from tests.triage.cast import SCORED

from meldpunt.triage import actions

pytestmark = pytest.mark.django_db


def test_what_follows_stands_on_the_page_and_what_a_person_says_is_kept() -> None:
    desk = room()
    house = desk.desk
    actions.assess_report(house.analyst, report=house.receipt.report, rsit="intrusions", reason="Binnen.", nciss=SCORED)
    assert "functional impact 70" in page_of(desk.browser, desk.report)
    answer = desk.browser.post(f"{desk.report}/scales", {"seen": "0", "reach": "medium", "outlook": "stable"})
    assert answer.status_code == 302
    page = page_of(desk.browser, desk.report)
    assert "C4 substantial" in page
    assert "Thresholds meldpunt-1, Meldpunt" in page


def test_another_step_without_a_reason_comes_back_in_the_form() -> None:
    desk = room()
    answer = desk.browser.post(f"{desk.report}/scales", {"seen": "0", "impact": "red"})
    assert answer.status_code == 422
    assert "Write why a step is another than follows" in answer.content.decode()
