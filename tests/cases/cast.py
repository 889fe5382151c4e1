"""Reports in cases; for tests of this room and of those downstream."""

from __future__ import annotations

from tests.triage.cast import Desk

from meldpunt.access.values import Actor
from meldpunt.cases import actions
from meldpunt.cases.values import CaseId
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportForm, ReportId

SECOND = "Ook wij zien verkeer naar 203.0.113.66 en een losgeldbrief op de bedieningscomputers."


def accepted(house: Desk, title: str = "Ransomware bij drinkwater") -> CaseId:
    """The water company's report, accepted into a new case."""
    return actions.accept_report(
        house.analyst, report=house.receipt.report, title=title, reason="Vitaal proces geraakt."
    )


def another_report(house: Desk, text: str = SECOND, title: str = "Tweede melding") -> ReportId:
    """Somebody calls; the analyst writes it down."""
    return intake_actions.receive_report(house.analyst, form=ReportForm(title, text)).report


def read(viewer: Actor, report: ReportId) -> Report:
    """The report as the viewer reads it."""
    return intake_queries.get_report(viewer, report=report)
