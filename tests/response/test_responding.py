"""A joint response from activation to its end."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from tests.response import cast

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import Actor, OrganisationId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Disclosure, ItemKind, State, Unshown
from meldpunt.law import Condition
from meldpunt.ledger import queries as ledger_queries
from meldpunt.response import actions, queries
from meldpunt.response.errors import (
    ActionFinished,
    ActivationNotFound,
    AlreadyActive,
    DisruptionNotExpected,
    NobodyToCoordinate,
    NotAMember,
    NotYoursToSign,
    ResponseEnded,
    WordingMissing,
)
from meldpunt.response.values import Activation, ActivationId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Disruption

pytestmark = pytest.mark.django_db

TASK = frozenset({Condition.RECIPIENT_TASK, Condition.CRIMINAL_OFFENCE_SUSPECTED})


@pytest.fixture
def scene() -> cast.Scene:
    return cast.scene()


@pytest.fixture
def response(scene: cast.Scene) -> Activation:
    return cast.activated(scene)


def publish(scene: cast.Scene, response: Activation, conditions: frozenset[Condition] = TASK) -> tuple[Disclosure, ...]:
    return actions.publish_situation_report(
        scene.desk.analyst,
        activation=response.id,
        title="Stand van zaken",
        parts=[cast.PICTURE],
        reason="Elke zes uur.",
        conditions=conditions,
        vouching="De politie nam vanmorgen een aangifte op.",
        seen=Unshown.IN_A_PROGRAM,
    )


def told_to(reader: Actor) -> list[str]:
    found = disclosure_queries.list_delivered(reader, item=ItemKind.SITUATION_REPORT)
    return [part.text for one in found for part in one.parts]


def test_without_a_disruption_nobody_activates_unless_with_a_reason(scene: cast.Scene) -> None:
    wanted = {"case": scene.case, "reason": "Oefening.", "members": cast.members_of(scene)}
    cast.see_risk(scene, Disruption.NO)
    with pytest.raises(DisruptionNotExpected):
        actions.activate_response(scene.desk.analyst, **wanted)
    made = actions.activate_response(scene.desk.analyst, **wanted, override_reason="Jaarlijkse oefening.")
    assert (made.override_reason, made.cascade.disruption) == ("Jaarlijkse oefening.", Disruption.NO)


def test_the_estimate_of_the_moment_is_kept(scene: cast.Scene) -> None:
    report = scene.desk.receipt.report
    triage_actions.estimate_consequence(scene.desk.analyst, report=report, outage={"D1": 1.0})
    made = cast.activated(scene)
    assert made.cascade.hour == 72
    assert made.cascade.processes
    assert made.cascade.damage_eur


def test_one_response_per_case_at_a_time(scene: cast.Scene, response: Activation) -> None:
    with pytest.raises(AlreadyActive):
        cast.activated(scene)
    [found] = queries.list_activations(scene.desk.analyst, active=True, cases=[scene.case])
    assert found == response.line
    actions.end_response(scene.desk.analyst, activation=response.id, reason="Het water stroomt.")
    assert queries.list_activations(scene.desk.analyst, active=True, cases=[scene.case]) == ()
    assert cast.activated(scene).is_active


def test_a_response_has_members_that_exist(scene: cast.Scene) -> None:
    cast.see_risk(scene)
    with pytest.raises(NobodyToCoordinate):
        actions.activate_response(scene.desk.analyst, case=scene.case, reason="Nu.", members=[])
    with pytest.raises(NotFound):
        actions.activate_response(scene.desk.analyst, case=scene.case, reason="Nu.", members=[OrganisationId(uuid4())])
    assert queries.list_activations(scene.desk.analyst) == ()


def test_each_member_is_told_on_its_own_ground(scene: cast.Scene, response: Activation) -> None:
    told = publish(scene, response)
    states = {one.readers[0].organisation: one.state for one in told}
    assert states == {
        scene.desk.reporter.organisation: State.DELIVERED,
        scene.desk.police.organisation: State.WAITING_FOR_APPROVAL,
        scene.desk.service.organisation: State.DELIVERED,
    }
    assert told_to(scene.desk.reporter) == [cast.PICTURE.text]
    assert told_to(scene.desk.police) == []
    assert told_to(scene.bank) == []


def test_a_refusal_for_one_holds_up_nobody_else(scene: cast.Scene, response: Activation) -> None:
    told = publish(scene, response, frozenset())
    assert [one.state for one in told].count(State.REFUSED) == 2
    assert told_to(scene.desk.reporter) == [cast.PICTURE.text]


def test_the_risk_to_society_is_taken_from_the_case_and_not_from_the_actor(scene: cast.Scene) -> None:
    cast.see_risk(scene, Disruption.NO)
    response = actions.activate_response(
        scene.desk.analyst,
        case=scene.case,
        reason="Oefening.",
        members=cast.members_of(scene),
        override_reason="Jaarlijkse oefening.",
    )
    told = publish(scene, response, TASK | {Condition.RISK_OF_SOCIETAL_DISRUPTION})
    states = {one.readers[0].organisation: one.state for one in told if one.readers}
    assert states[scene.desk.police.organisation] is State.REFUSED


def test_the_list_of_reports_says_how_far_each_came(scene: cast.Scene, response: Activation) -> None:
    told = publish(scene, response)
    waiting = next(one for one in told if one.state is State.WAITING_FOR_APPROVAL)
    disclosure_actions.approve_disclosure(
        scene.desk.officer, disclosure=waiting.id, reason="Akkoord.", seen=waiting.sight
    )
    (report,) = queries.get_activation(scene.desk.analyst, activation=response.id).reports
    assert (report.number, {one.state for one in report.told}) == (1, {State.DELIVERED})
    assert told_to(scene.desk.police) == [cast.PICTURE.text]


def test_the_reporter_finds_the_reports_in_its_trace(scene: cast.Scene, response: Activation) -> None:
    publish(scene, response)
    lines = disclosure_queries.trace_report(scene.desk.reporter, report=scene.desk.receipt.report)
    assert [line.item for line in lines] == [ItemKind.SITUATION_REPORT] * 2


def test_a_member_does_something_by_a_time_and_finishes_it_once(scene: cast.Scene, response: Activation) -> None:
    action = actions.assign_action(
        scene.desk.analyst,
        activation=response.id,
        organisation=scene.water,
        text="Noodpompen aan.",
        due_at=timezone.now() - timedelta(minutes=1),
    )
    (line,) = queries.get_activation(scene.desk.analyst, activation=response.id).actions
    assert line.is_overdue
    done = actions.finish_action(scene.desk.analyst, action=action)
    assert (done.actions[0].is_overdue, done.line.open_actions) == (False, 0)
    with pytest.raises(ActionFinished):
        actions.finish_action(scene.desk.analyst, action=action)


def test_who_is_no_member_gets_no_action_until_it_joins(scene: cast.Scene, response: Activation) -> None:
    assert scene.bank.organisation
    wanted = {"activation": response.id, "organisation": scene.bank.organisation, "text": "Kijk mee."}
    with pytest.raises(NotAMember):
        actions.assign_action(scene.desk.analyst, **wanted, due_at=timezone.now())
    joined = actions.add_members(
        scene.desk.analyst, activation=response.id, members=[scene.bank.organisation, scene.water]
    )
    assert len(joined.members) == 4
    (entry,) = [
        one.details
        for one in ledger_queries.list_entries(scene.desk.analyst, subject=response.id)
        if one.details.get("deed") == "members added"
    ]
    assert entry["members"] == [str(scene.bank.organisation)]
    actions.assign_action(scene.desk.analyst, **wanted, due_at=timezone.now())


def test_a_shift_is_handed_over_and_signed_by_the_next(scene: cast.Scene, response: Activation) -> None:
    handover = actions.hand_over(scene.desk.analyst, activation=response.id, open_points="Bel de provincie.")
    with pytest.raises(NotYoursToSign):
        actions.sign_off(scene.desk.analyst, handover=handover)
    (kept,) = actions.sign_off(scene.desk.colleague, handover=handover).handovers
    assert kept.signed
    assert kept.signed.actor == scene.desk.colleague.id
    with pytest.raises(NotYoursToSign):
        actions.sign_off(scene.desk.officer, handover=handover)


def test_a_named_successor_alone_signs(scene: cast.Scene, response: Activation) -> None:
    handover = actions.hand_over(
        scene.desk.analyst, activation=response.id, open_points="Bel de provincie.", to=scene.desk.officer.id
    )
    with pytest.raises(NotYoursToSign):
        actions.sign_off(scene.desk.colleague, handover=handover)
    assert actions.sign_off(scene.desk.officer, handover=handover).handovers[0].signed


def test_nothing_is_added_to_what_has_ended(scene: cast.Scene, response: Activation) -> None:
    ended = actions.end_response(scene.desk.analyst, activation=response.id, reason="Het water stroomt.")
    assert (ended.is_active, ended.ending_reason) == (False, "Het water stroomt.")
    with pytest.raises(ResponseEnded):
        publish(scene, response)
    with pytest.raises(ResponseEnded):
        actions.hand_over(scene.desk.analyst, activation=response.id, open_points="Niets.")
    assert [line.id for line in queries.list_activations(scene.desk.analyst, active=False)] == [response.id]


def test_reasons_and_points_are_written(scene: cast.Scene, response: Activation) -> None:
    with pytest.raises(WordingMissing):
        actions.end_response(scene.desk.analyst, activation=response.id, reason=" ")
    with pytest.raises(WordingMissing):
        actions.hand_over(scene.desk.analyst, activation=response.id, open_points="")


def test_what_is_not_there_is_not_found(scene: cast.Scene) -> None:
    for verb in (queries.get_activation, actions.end_response):
        more = {"reason": "Klaar."} if verb is actions.end_response else {}
        with pytest.raises(ActivationNotFound):
            verb(scene.desk.analyst, activation=ActivationId(uuid4()), **more)


def test_a_member_neither_reads_nor_leads_the_response(scene: cast.Scene, response: Activation) -> None:
    for outsider in (scene.desk.reporter, scene.desk.police):
        with pytest.raises(PermissionMissing):
            queries.get_activation(outsider, activation=response.id)
        with pytest.raises(PermissionMissing):
            actions.end_response(outsider, activation=response.id, reason="Genoeg.")


@pytest.mark.parametrize("table", ["activation", "member", "action", "situationreport", "telling", "handover"])
@pytest.mark.parametrize("door", ["portal", "public", "sensor", "jobs"])
def test_no_other_door_reaches_the_tables(table: str, door: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE meldpunt_{door}")
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"SELECT count(*) FROM response_{table}")


def test_the_database_itself_lets_nobody_sign_its_own_handover(scene: cast.Scene, response: Activation) -> None:
    actions.hand_over(scene.desk.analyst, activation=response.id, open_points="Bel de provincie.")
    sign = "UPDATE response_handover SET signed_by = given_by, signed_at = now()"
    refused = pytest.raises(DatabaseError, match="row-level security")
    with bound(scene.desk.analyst), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(sign)


def test_the_database_itself_keeps_one_response_per_case(scene: cast.Scene, response: Activation) -> None:
    insert = (
        "INSERT INTO response_activation SELECT gen_random_uuid(), reason, override_reason, cascade, started_by,"
        " started_by_name, started_at, ended_by, ended_by_name, ended_at, ending_reason, case_id"
        " FROM response_activation"
    )
    refused = pytest.raises(IntegrityError, match="activation_one_at_a_time")
    with bound(scene.desk.analyst), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(insert)


def test_a_colleague_who_unsealed_nothing_reads_its_title_masked(scene: cast.Scene, response: Activation) -> None:
    actions.publish_situation_report(
        scene.desk.analyst,
        activation=response.id,
        title="Waterbedrijf Zuiderwiel draait weer",
        parts=[cast.PICTURE],
        reason="Elke zes uur.",
        conditions=TASK,
        vouching="De politie nam vanmorgen een aangifte op.",
        seen=Unshown.IN_A_PROGRAM,
    )
    titles = []
    for viewer in (scene.desk.colleague, scene.desk.officer):
        (report,) = queries.get_activation(viewer, activation=response.id).reports
        titles.append(report.title)
    assert "Zuiderwiel" not in titles[0]
    assert titles[0].endswith("draait weer")
    assert titles[1] == "Waterbedrijf Zuiderwiel draait weer"
