"""What a filter calls spam is set aside, and never lost."""

from __future__ import annotations

import pytest
from tests.intake import cast
from tests.intake.test_threads import additions, receive

from meldpunt.access.values import JOB
from meldpunt.intake import actions, queries
from meldpunt.intake.values import State
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import QueueFilters

pytestmark = pytest.mark.django_db


def in_queue(*states: State) -> list[str]:
    filters = QueueFilters(states=states) if states else QueueFilters()
    return [line.report.reference for line in triage_queries.list_queue(cast.analyst(), filters=filters).lines]


@pytest.mark.parametrize("header", [{"X-Spam-Flag": "YES"}, {"X-Spam-Status": "Yes, score=9.1 required=5"}])
def test_what_the_filter_calls_spam_is_set_aside_with_its_reason(header: dict[str, str]) -> None:
    receipt = receive("Koop nu", **header)
    report = queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.state, report.text.strip(), len(report.raw_evidence)) == (State.SET_ASIDE, "Koop nu", 1)
    assert next(iter(header.values())).lower() in report.answers["set-aside"]
    assert (in_queue(), in_queue(State.SET_ASIDE)) == ([], [receipt.reference])
    assert actions.acknowledge_reports(JOB) == 0


@pytest.mark.parametrize("header", [{"X-Spam-Flag": "NO"}, {"X-Spam-Status": "No, score=-1"}, {}])
def test_what_it_calls_no_spam_is_not(header: dict[str, str]) -> None:
    receipt = receive("Hallo", **header)
    assert in_queue() == [receipt.reference]


def test_whoever_takes_it_takes_it_in_and_it_is_acknowledged() -> None:
    receipt = receive("Echt waar", **{"X-Spam-Flag": "YES"})
    triage_actions.take_report(cast.analyst(), report=receipt.report)
    assert in_queue() == [receipt.reference]
    assert actions.acknowledge_reports(JOB) == 1


def test_an_answer_of_who_reported_is_added_whatever_the_filter_says() -> None:
    first = receive("a", name="een")
    receive("b", In_Reply_To="<een@korenbeurs.example>", **{"X-Spam-Flag": "YES"})
    assert len(additions(first)) == 1
