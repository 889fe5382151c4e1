"""A case of the water company, and the people who advise and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from tests.constituency.cast import BANK, member_of, register
from tests.triage.cast import Desk, desk, told

from meldpunt.access.values import JOB, Actor, OrganisationId
from meldpunt.advice import actions
from meldpunt.advice.values import Advice, AnswerKind, MeasureForm
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Oversight, Registration
from meldpunt.disclosure.values import Unshown
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Disruption

CONFIDENTIAL = "Daarvoor ontbreekt dit jaar het geld."


@dataclass(frozen=True)
class Scene:
    """An accepted case about the water company, and who looks on."""

    desk: Desk
    case: CaseId
    bank: Actor
    ministry: Actor

    @property
    def water(self) -> OrganisationId:
        """The organisation that is advised."""
        return self.desk.water


def scene() -> Scene:
    """The desk accepted the water company's report; drinking water has a ministry."""
    house = desk()
    case = case_actions.accept_report(house.analyst, report=house.receipt.report, reason="Het is ernstig.")
    bank = member_of(register(BANK))
    form = Registration(kind="party", party_kind="ministry", sector="central-government", name="Het ministerie")
    ministry = constituency_actions.register_organisation(JOB, form=form)
    constituency_actions.appoint_authority(JOB, sector="drinking-water", oversight=Oversight.MINISTRY, party=ministry)
    return Scene(house, case, bank, member_of(ministry))


def see_risk(scene: Scene, disruption: Disruption = Disruption.LIKELY) -> None:
    """Triage says what may happen to society."""
    report = scene.desk.receipt.report
    triage_actions.override_disruption(
        scene.desk.analyst, report=report, disruption=disruption, reason="Drinkwater valt uit."
    )


def written(scene: Scene) -> Advice:
    """Two measures, the second due before the first."""
    today = timezone.localdate()
    return actions.write_advice(
        scene.desk.analyst,
        case=scene.case,
        organisation=scene.water,
        title="Sluit de toegang op afstand",
        introduction="Iemand is binnen via het onderhoudsaccount.",
        measures=[
            MeasureForm("Zet het onderhoudsaccount uit."),
            MeasureForm("Scheid bediening en kantoor.", due_on=today + timedelta(days=7)),
        ],
        due_on=today + timedelta(days=14),
    )


def given(scene: Scene) -> Advice:
    """The same, in the hands of the water company."""
    advice = written(scene)
    actions.give_advice(scene.desk.analyst, advice=advice.id, reason="Het kan niet wachten.", seen=Unshown.IN_A_PROGRAM)
    return advice


def not_followed(scene: Scene) -> Advice:
    """Everything stands that must stand before the ministry is told; one measure was refused in confidence."""
    see_risk(scene)
    advice = given(scene)
    first, second = advice.measures
    actions.answer_measure(scene.desk.reporter, measure=first.id, answer=AnswerKind.ACKNOWLEDGE)
    actions.answer_measure(scene.desk.reporter, measure=second.id, answer=AnswerKind.REFUSE, reason=CONFIDENTIAL)
    actions.plan_follow_up(scene.desk.analyst, advice=advice.id, due_at=timezone.now())
    return advice


__all__ = ["CONFIDENTIAL", "Scene", "given", "not_followed", "scene", "see_risk", "told", "written"]
