"""What a filter calls spam is set aside, and never lost."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from tests.intake import cast
from tests.intake.test_threads import NOOR, additions, receive

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.intake import actions, models, queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Receipt, State
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import DecisionImpossible, ReasonMissing
from meldpunt.triage.values import Decision, QueueFilters

pytestmark = pytest.mark.django_db
SPAM = {"X-Spam-Flag": "YES"}


def in_queue(*states: State) -> list[str]:
    filters = QueueFilters(states=states) if states else QueueFilters()
    page = triage_queries.list_queue(cast.analyst(), filters=filters)
    return [line.report.reference for line in (*page.late, *page.lines)]


def decide(receipt: Receipt, decision: Decision, reason: str = "Een echte melding.") -> None:
    triage_actions.decide_report(cast.analyst(), report=receipt.report, decision=decision, reason=reason)


def answers(receipt: Receipt) -> list[tuple[str, str]]:
    with bound(JOB):
        rows = models.AcknowledgementMail.objects.filter(report_id=receipt.report)
        return list(rows.values_list("address", "code"))


@pytest.fixture
def answering(settings: LazySettings) -> None:
    settings.MAIL = settings.MAIL | {"bounce_domain": "meldpunt.example"}


@pytest.mark.parametrize("header", [SPAM, {"X-Spam-Status": "Yes, score=9.1 required=5"}])
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


@pytest.mark.usefixtures("answering")
def test_what_is_taken_in_is_acknowledged_and_answered_once_without_its_code() -> None:
    receipt = receive("Echt waar", name="een", **SPAM)
    assert answers(receipt) == []
    decide(receipt, Decision.TAKE_IN)
    assert in_queue() == [receipt.reference]
    assert [actions.acknowledge_reports(JOB), actions.acknowledge_reports(JOB)] == [1, 0]
    assert answers(receipt) == [("noor@korenbeurs.example", "")]
    decide(receipt, Decision.SET_ASIDE, "Toch spam.")
    decide(receipt, Decision.TAKE_IN)
    assert actions.acknowledge_reports(JOB) == 0
    assert len(answers(receipt)) == 1


@pytest.mark.usefixtures("answering")
def test_a_robot_whose_mail_is_taken_in_is_not_answered() -> None:
    receipt = receive("Uw mail is ontvangen", **SPAM, Auto_Submitted="auto-replied")
    decide(receipt, Decision.TAKE_IN)
    assert actions.acknowledge_reports(JOB) == 1
    assert answers(receipt) == []


def test_what_is_kept_aside_stays_there_and_its_reporter_reads_nothing_new() -> None:
    receipt = receive("Koop nu", **SPAM)
    decide(receipt, Decision.SET_ASIDE, "Reclame.")
    decide(receipt, Decision.SET_ASIDE, "Nog eens bekeken.")
    assert (in_queue(), in_queue(State.SET_ASIDE)) == ([], [receipt.reference])
    assert queries.follow_report(reporter_with(receipt.code)).progress == ()
    (line,) = triage_queries.list_set_aside(cast.analyst()).lines
    assert line.decision is not None
    assert (line.decision.reason, line.said) == ("Nog eens bekeken.", "x-spam-flag: yes")


def test_the_page_says_who_sent_it_by_the_mail_and_by_the_envelope() -> None:
    raw = f"From: {NOOR}\r\nX-Spam-Flag: YES\r\n\r\nKoop nu".encode()
    actions.receive_mail(JOB, raw=raw, envelope_sender="bulk@elders.example")
    (line,) = triage_queries.list_set_aside(cast.analyst()).lines
    assert line.report.reporter is not None
    assert line.mail is not None
    assert line.report.reporter.details.email == "noor@korenbeurs.example"
    assert line.mail.envelope_sender == "bulk@elders.example"


def test_what_is_set_aside_is_taken_in_before_anything_else_is_done_with_it() -> None:
    receipt = receive("Koop nu", **SPAM)
    with pytest.raises(DecisionImpossible):
        triage_actions.take_report(cast.analyst(), report=receipt.report)
    with pytest.raises(DecisionImpossible):
        decide(receipt, Decision.DECLINE)
    with pytest.raises(ReasonMissing):
        decide(receipt, Decision.TAKE_IN, " ")
    decide(receipt, Decision.TAKE_IN)
    with pytest.raises(DecisionImpossible):
        decide(receipt, Decision.TAKE_IN)
    decide(receipt, Decision.DECLINE)
    with pytest.raises(DecisionImpossible):
        decide(receipt, Decision.SET_ASIDE)


def test_the_desk_sets_aside_what_no_filter_found() -> None:
    receipt = receive("Koop nu")
    decide(receipt, Decision.SET_ASIDE, "Reclame.")
    assert (in_queue(), in_queue(State.SET_ASIDE)) == ([], [receipt.reference])


def test_an_answer_of_who_reported_is_added_whatever_the_filter_says() -> None:
    first = receive("a", name="een")
    receive("b", In_Reply_To="<een@korenbeurs.example>", **SPAM)
    assert len(additions(first)) == 1
