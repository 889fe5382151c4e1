"""A call asks what the law asks, as the other doors do, and nothing of it must be answered."""

from __future__ import annotations

import pytest
from tests.desk.cast import page_of
from tests.desk_outward.cast import Colleague, colleague

from meldpunt.access.values import Role
from meldpunt.entrypoints.desk.forms.telephone import Call
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Channel, Report, ReportId, ReportKind, Stage

pytestmark = pytest.mark.django_db
CALL = "/desk/reports/new"
TOLD = {"title": "De beller meldt uitval", "kind": "voluntary"}


@pytest.fixture
def browser() -> Colleague:
    return colleague(Role.ANALYST, language="en")


def taken(browser: Colleague, **told: str) -> Report:
    answer = browser.post(CALL, {**TOLD, **told})
    assert answer.status_code == 302, answer.content.decode()
    report = ReportId(answer["Location"].split("/")[-2])
    return intake_queries.get_report(browser.actor, report=report)


@pytest.mark.parametrize("entity_kind", ["", "essential", "important", "telecom-provider"])
def test_a_call_asks_every_item_that_the_public_form_asks(entity_kind: str) -> None:
    told = {"kind": "statutory", "entity_kind": entity_kind}
    assert set(Call(told).answer_keys) == set(IncidentForm(told).answer_keys)
    assert len(Call(told).answer_keys) > 10


def test_the_questions_stand_on_the_page_under_what_they_belong_to(browser: Colleague) -> None:
    page = page_of(browser, CALL)
    for one in Call().answer_keys:
        assert f'name="{one}"' in page, one
    shown = browser.post(CALL, {**TOLD, "kind": "threat", "show": "questions"}).content.decode()
    opened = shown.partition('<details class="house-more" open>')[2].partition("</details>")[0]
    assert all(f'name="{one.name}"' in opened for one in Call({"kind": "threat"}).asked_in("threat"))
    assert "De beller meldt uitval" in shown


def test_what_the_caller_answers_is_kept_and_decides_whether_the_law_asks_for_it(browser: Colleague) -> None:
    found = taken(browser, entity_kind="essential", severe_disruption="yes", cross_border="no")
    assert found.channel is Channel.TELEPHONE
    assert found.kind is ReportKind.STATUTORY
    assert [line.stage for line in found.stages] == [Stage.EARLY_WARNING]
    assert (found.answers["severe_disruption"], found.answers["cross_border"]) == ("yes", "no")
    assert intake_queries.clocks_of(browser.actor, report=found.id)


def test_a_caller_who_answers_nothing_is_received_all_the_same(browser: Colleague) -> None:
    found = taken(browser)
    assert (found.kind, found.answers) == (ReportKind.VOLUNTARY, {})
