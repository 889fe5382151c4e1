"""Advice goes no further than others asked who reported in its case, without a reason."""

from __future__ import annotations

import pytest
from tests.advice import cast

from meldpunt.advice import actions, queries
from meldpunt.cases import actions as case_actions
from meldpunt.disclosure.values import Disclosure, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db


def scene_with_another(tlp: TLP) -> cast.Scene:
    """Somebody else reported in the same case, and asked how far that may go."""
    scene = cast.scene()
    form = ReportForm(title="Ook hier", text="Dezelfde aanvaller.", tlp=tlp)
    receipt = intake_actions.receive_report(scene.bank, form=form)
    case_actions.accept_report(scene.desk.analyst, report=receipt.report, case=scene.case, reason="Dezelfde aanval.")
    return scene


def told_by(scene: cast.Scene, *, widening: str = "") -> Disclosure:
    advice, analyst = cast.written(scene), scene.desk.analyst
    return actions.give_advice(analyst, advice=advice.id, reason="Nu.", widening=widening, seen=Unshown.IN_A_PROGRAM)


def test_it_starts_from_what_the_others_asked() -> None:
    scene = scene_with_another(TLP.RED)
    assert told_by(scene).tlp is TLP.RED


def test_with_a_reason_the_own_people_of_its_reader_may_work_with_it() -> None:
    scene = scene_with_another(TLP.RED)
    told = told_by(scene, widening="Zij moeten het uitvoeren.")
    assert (told.tlp, told.widening) == (TLP.AMBER_STRICT, "Zij moeten het uitvoeren.")


def test_what_its_own_reader_asked_does_not_bind_it() -> None:
    scene = cast.scene()
    preview = queries.preview_advice(scene.desk.analyst, advice=cast.written(scene))
    assert preview.draft.tlp is TLP.AMBER_STRICT
    assert not preview.is_narrowed
