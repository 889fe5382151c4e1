"""What was known at a moment goes by the times of rows, so a stolen password of a door writes none at another time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.utils import timezone
from tests.triage.cast import Desk, consult, desk

from meldpunt.access.binding import bound
from meldpunt.access.values import Actor
from meldpunt.disclosure.values import Unshown
from meldpunt.law import Condition
from meldpunt.triage import actions, models
from meldpunt.triage.values import Decision, ScaleForm, ViewForm, VulnerabilityForm

pytestmark = pytest.mark.django_db


def worked_on() -> Desk:
    """A report that was taken, assessed, placed, asked about and declined, of which each row stands once at least."""
    house = desk()
    report = house.receipt.report
    actions.take_report(house.analyst, report=report)
    actions.assess_report(house.analyst, report=report, rsit="malicious-code", reason="Versleuteld.")
    actions.scale_report(house.analyst, report=report, form=ScaleForm(impact="white", reason="Een oefening."))
    form = VulnerabilityForm(products=("Sluispoort",))
    actions.assess_vulnerability(house.analyst, report=report, cve="CVE-2999-0001", form=form)
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    question = actions.ask_desk(house.service, consultation=asked.id, text="Is dit een oefening?")
    actions.give_view(house.service, consultation=asked.id, form=ViewForm(nature="Bekend."))
    actions.answer_party(house.analyst, question=question.id, text="Nee.", seen=Unshown.IN_A_PROGRAM)
    actions.decide_report(house.analyst, report=report, decision=Decision.DECLINE, reason="Niet van ons.")
    return house


def writes(actor: Actor, table: type[Model], **changed: object) -> None:
    """Write once more, as whoever has the password of the door, what stands there, with this changed."""
    with bound(actor), transaction.atomic():
        row = table._default_manager.all()[0]
        row.pk, row._state.adding = uuid.uuid4(), True
        for column, value in changed.items():
            setattr(row, column, value)
        row.save(force_insert=True)


ROWS: tuple[tuple[type[Model], Callable[[Desk], Actor], str, dict[str, object]], ...] = (
    (models.View, lambda house: house.service, "given_at", {"version": 2}),
    (models.CounterQuestion, lambda house: house.service, "asked_at", {}),
    (models.Assessment, lambda house: house.analyst, "at", {"version": 7}),
    (models.Decision, lambda house: house.analyst, "at", {"number": 7}),
    (models.Holding, lambda house: house.analyst, "at", {}),
    (models.Scaling, lambda house: house.analyst, "at", {"version": 7}),
    (models.Vulnerability, lambda house: house.analyst, "at", {"version": 7}),
    (models.Step, lambda house: house.analyst, "at", {}),
    (models.Sequel, lambda house: house.analyst, "at", {}),
    (models.Consultation, lambda house: house.analyst, "asked_at", {}),
)

OF_ONE_DISCLOSURE = (models.Sequel, models.Consultation)


@pytest.mark.parametrize(("table", "who", "column", "changed"), ROWS, ids=[row[0].__name__ for row in ROWS])
def test_nobody_writes_at_another_time_than_now(
    table: type[Model], who: Callable[[Desk], Actor], column: str, changed: dict[str, object]
) -> None:
    house = worked_on()
    for apart in (timedelta(days=-1), timedelta(hours=1)):
        with pytest.raises(DatabaseError, match="row-level security"):
            writes(who(house), table, **changed, **{column: timezone.now() + apart})
    with pytest.raises(DatabaseError, match="duplicate key") if table in OF_ONE_DISCLOSURE else nullcontext():
        writes(who(house), table, **changed, **{column: timezone.now()})
