"""Something is added to what was decided already: somebody of the desk sees it, and nothing of it is lost."""

from __future__ import annotations

import pytest
from tests.intake import cast
from tests.intake.test_spam import in_queue
from tests.intake.test_threads import receive

from meldpunt.access.values import JOB, Actor
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReportNotFound
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import BY_MAIL, Channel, Receipt, ReportId, ReportKind, Stage, StageId, State
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import DecisionImpossible
from meldpunt.triage.values import Addition, Decision, QueueFilters, Triage

pytestmark = pytest.mark.django_db
REPLY = {"In_Reply_To": "<een@korenbeurs.example>"}


@pytest.fixture
def analyst() -> Actor:
    return cast.analyst()


def decided(analyst: Actor) -> Receipt:
    receipt = receive("Onze server is versleuteld.", name="een", Subject="Versleuteld")
    actions.decide_report(analyst, report=receipt.report, decision=Decision.DECLINE, reason="Een oefening.")
    return receipt


def seen(analyst: Actor, report: ReportId) -> Triage:
    return queries.get_triage(analyst, report=report)


def addition(analyst: Actor, receipt: Receipt) -> Addition:
    (only,) = seen(analyst, receipt.report).additions.values()
    return only


def late(analyst: Actor, **headers: str) -> tuple[Receipt, StageId]:
    receipt = decided(analyst)
    receive("Nu is ook de website bekrast.", Subject="Iets nieuws", **REPLY, **headers)
    return receipt, addition(analyst, receipt).stage


def test_what_is_added_after_the_decision_comes_back_into_the_queue_and_is_marked(analyst: Actor) -> None:
    receipt = decided(analyst)
    assert in_queue() == []
    receive("Nu is ook de website bekrast.", **REPLY)
    page = queries.list_queue(analyst)
    ((line,), others) = (page.late, page.lines)
    assert (line.report.id, line.is_late, line.decision, others) == (receipt.report, True, Decision.DECLINE, ())
    assert seen(analyst, receipt.report).is_late
    assert in_queue(State.IN_TRIAGE) == []


@pytest.mark.parametrize("stage", [Stage.EARLY_WARNING, Stage.NOTIFICATION])
def test_a_stage_of_the_law_under_what_was_declined_comes_back_and_under_what_is_worked_on_does_not(
    analyst: Actor, stage: Stage
) -> None:
    declined, accepted = decided(analyst), receive("Onze server staat stil.", name="twee", Subject="Stil")
    actions.decide_report(analyst, report=accepted.report, decision=Decision.ACCEPT, reason="Een incident.")
    for receipt in (declined, accepted):
        intake_actions.submit_stage(reporter_with(receipt.code), report=receipt.report, stage=stage, text="Toch echt.")
    assert [line.report.id for line in queries.list_queue(analyst).late] == [declined.report]


def test_what_its_reporter_puts_right_after_the_decision_comes_back_and_what_the_desk_does_not(analyst: Actor) -> None:
    receipt = decided(analyst)
    right = {"kind": ReportKind.STATUTORY, "sector": "energy", "entity_kind": "essential", "reason": "Wij leveren gas."}
    intake_actions.put_right(analyst, report=receipt.report, **right | {"sector": "banking"})  # type: ignore[arg-type]
    assert not seen(analyst, receipt.report).is_late
    intake_actions.put_own_right(reporter_with(receipt.code), report=receipt.report, **right)  # type: ignore[arg-type]
    assert [line.report.id for line in queries.list_queue(analyst).late] == [receipt.report]
    actions.read_addition(analyst, report=receipt.report, stage=addition(analyst, receipt).stage)
    assert queries.list_queue(analyst).late == ()


def test_what_comes_back_is_narrowed_as_the_queue_and_stands_on_its_first_page_alone(analyst: Actor) -> None:
    receipt, _ = late(analyst)
    assert in_queue() == [receipt.reference]
    for filters in (QueueFilters(channel=Channel.WEB), QueueFilters(sector="energy"), QueueFilters(text="niets")):
        assert queries.list_queue(analyst, filters=filters).late == ()
    assert queries.list_queue(analyst, page=2).late == ()
    actions.decide_report(analyst, report=receipt.report, decision=Decision.REOPEN, reason="Meer gehoord.")
    page = queries.list_queue(analyst)
    assert (page.late, [line.is_late for line in page.lines]) == ((), [True])


def test_what_is_added_before_it_is_no_news(analyst: Actor) -> None:
    receipt = receive("a", name="een")
    receive("b", **REPLY)
    (line,) = queries.list_queue(analyst).lines
    assert (line.is_late, seen(analyst, receipt.report).additions) == (False, {})


def test_a_statutory_stage_that_was_waited_for_is_no_news(analyst: Actor) -> None:
    receipt = receive("Onze server is versleuteld.", name="een", Subject="Versleuteld")
    actions.decide_report(analyst, report=receipt.report, decision=Decision.ACCEPT, reason="Een incident.")
    intake_actions.submit_stage(JOB, report=receipt.report, stage=Stage.FINAL, text="Klaar.")
    assert in_queue() == []


def test_once_read_it_is_out_of_the_queue_and_the_decision_stands(analyst: Actor) -> None:
    receipt, stage = late(analyst)
    actions.read_addition(analyst, report=receipt.report, stage=stage)
    found = addition(analyst, receipt)
    assert (in_queue(), found.by and found.by.name, found.became) == ([], analyst.name, None)
    assert seen(analyst, receipt.report).decision is Decision.DECLINE
    with pytest.raises(DecisionImpossible):
        actions.split_addition(analyst, report=receipt.report, stage=stage)
    actions.take_back_follow_up(analyst, report=receipt.report, stage=stage)
    assert in_queue() == [receipt.reference]


def test_it_becomes_a_report_of_its_own_that_names_its_origin(analyst: Actor) -> None:
    receipt, stage = late(analyst)
    became = actions.split_addition(analyst, report=receipt.report, stage=stage)
    found = seen(analyst, became)
    assert (found.report.title, found.report.text.strip()) == ("Iets nieuws", "Nu is ook de website bekrast.")
    assert (found.report.channel, found.report.state) == (Channel.MAIL, State.RECEIVED)
    assert found.origin == (receipt.report, receipt.reference)
    assert found.report.reporter is not None
    assert found.report.reporter.details.email == "noor@korenbeurs.example"
    assert in_queue() == [found.report.reference]
    told = intake_queries.follow_report(reporter_with(receipt.code)).stages
    assert [one.text.startswith(BY_MAIL) for one in told] == [True]
    assert len(evidence_queries.list_evidence(analyst, about=receipt.report)) == 2


def test_a_report_of_its_own_is_taken_back_until_it_is_decided(analyst: Actor) -> None:
    receipt, stage = late(analyst)
    became = actions.split_addition(analyst, report=receipt.report, stage=stage)
    actions.take_back_follow_up(analyst, report=receipt.report, stage=stage)
    assert in_queue() == [receipt.reference]
    gone = seen(analyst, became)
    assert (gone.decision, receipt.reference in gone.decisions[-1].reason) == (Decision.DECLINE, True)
    again = actions.split_addition(analyst, report=receipt.report, stage=stage)
    actions.decide_report(analyst, report=again, decision=Decision.REDIRECT, reason="Naar Z-CERT.")
    with pytest.raises(DecisionImpossible):
        actions.take_back_follow_up(analyst, report=receipt.report, stage=stage)


def test_what_is_sealed_becomes_no_report_before_it_is_unsealed(analyst: Actor) -> None:
    bank = cast.bank()
    receipt, stage = late(analyst)
    intake_actions.attach_reporter(analyst, report=receipt.report, organisation=bank, reason="Gebeld.")
    with pytest.raises(IdentitySealed):
        actions.split_addition(analyst, report=receipt.report, stage=stage)
    assert in_queue() == [receipt.reference]
    constituency_actions.unseal_identity(analyst, organisation=bank, purpose="Hoort het hierbij?")
    became = actions.split_addition(analyst, report=receipt.report, stage=stage)
    found = intake_queries.get_report(analyst, report=became)
    assert (found.organisation, found.is_own, found.is_masked) == (bank, True, False)
    colleague = intake_queries.get_report(cast.analyst(), report=became)
    assert (colleague.is_masked, colleague.reporter) == (True, None)
    assert "korenbeurs" not in repr(colleague.answers) + colleague.title + colleague.text


def test_an_addition_of_another_report_is_not_there(analyst: Actor) -> None:
    receipt, stage = late(analyst)
    other = receive("Iets anders.", sender="iemand@elders.example")
    for deed in (actions.read_addition, actions.split_addition, actions.take_back_follow_up):
        with pytest.raises(ReportNotFound):
            deed(analyst, report=other.report, stage=stage)
    assert sorted(in_queue()) == sorted([other.reference, receipt.reference])


def test_a_mail_that_was_not_let_in_is_named_on_both_reports(analyst: Actor) -> None:
    first = receive("a", name="lijst")
    other = receive("Bij ons ook.", sender="iemand@elders.example", In_Reply_To="<lijst@korenbeurs.example>")
    (mail,) = intake_queries.list_mails(analyst, reports=[other.report])[other.report]
    assert (mail.refers_to, mail.refers_to_reference) == (first.report, first.reference)
    assert intake_queries.list_referring(analyst, report=first.report) == ((other.report, other.reference),)
