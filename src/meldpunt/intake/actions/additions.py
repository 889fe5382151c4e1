"""What was added to a report and is another incident becomes a report of its own."""

from __future__ import annotations

from typing import Final

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP

from .. import models
from ..errors import ReportNotFound
from ..values import BY_MAIL, Channel, Receipt, ReporterDetails, ReportForm, Stage, StageId
from .reception import Arrival, admit, new_report_id
from .sealing import mask_reports

ORIGIN: Final = "origin"
"""The answer that names the report to which it was added."""


@deed(Permission.REPORT_SUBMIT)
def report_addition(actor: Actor, /, *, stage: StageId) -> Receipt:
    """Receive an addition as a report, about whom and by whom the report is to which it was added.

    The addition stays there, with the files that came along, and the new report names it. No duty is taken over: an
    addition stops no clock and begins none. Raises ReportNotFound, IdentitySealed where its words are sealed.
    """
    row = models.SubmittedStage.objects.filter(id=stage, stage=Stage.ADDITION).select_related("report").first()
    if row is None:
        raise ReportNotFound("no such addition")
    told, who = models.Words.objects.filter(stage=stage).first(), _reporter(row.report)
    if told is None or who is None:
        raise IdentitySealed("Unseal the identity of this organisation first, with a purpose.")
    report = new_report_id()
    form = _form(row.report, told, who)
    channel = Channel.MAIL if told.text.startswith(BY_MAIL) else Channel(row.report.channel)
    receipt = admit(actor, Arrival(report, channel, form, names_too=told.answers.get("links", "")))
    _attribute(actor, row.report, receipt)
    return receipt


def _reporter(report: models.Report) -> models.Reporter | None:
    return models.Reporter.objects.filter(report_id=report.id).first()


def _form(report: models.Report, told: models.Words, who: models.Reporter) -> ReportForm:
    said = told.text.removeprefix(BY_MAIL).strip()
    title, _, text = said.partition("\n\n") if told.text.startswith(BY_MAIL) else (said.partition("\n")[0], "", said)
    return ReportForm(
        title=title,
        text=text,
        sector=report.sector,
        entity_kind=report.entity_kind,
        answers={**told.answers, ORIGIN: report.reference},
        reporter=ReporterDetails(who.name, who.email, who.phone),
        organisation_named=who.organisation_named,
        tlp=TLP(report.tlp) if report.tlp else None,
    )


def _attribute(actor: Actor, origin: models.Report, receipt: Receipt) -> None:
    """It is about whom the origin is about, on the same grounds; its words are sealed alike."""
    if origin.organisation_id is None:
        return
    organisation = OrganisationId(origin.organisation_id)
    # Before the organisation is known, because from then on its words are sealed.
    mask_reports(actor, {receipt.report: organisation})
    models.Report.objects.filter(id=receipt.report).update(
        organisation_id=organisation,
        is_own=origin.is_own,
        attributed_by=origin.attributed_by,
        attributed_at=receipt.received_at,
    )
    ledger.record(
        actor,
        kind=Kind.ATTRIBUTED,
        subject=receipt.report,
        about=organisation if origin.is_own else None,
        details={"organisation": str(organisation), "by": origin.attributed_by, "reason": origin.reference},
    )
