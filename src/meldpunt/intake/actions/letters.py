"""Whoever reported is written to by mail: the door asks nobody else for the address, and gets it for one mail."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Correspondent, ItemKind, LetterDue

from .. import models


@deed(Permission.DISCLOSURE_DELIVER)
def send_letter(actor: Actor, /, *, letter: LetterDue) -> bool:
    """Hand one mail to the server; the code is forgotten once it went, or never will. Raises MailHalfConfigured."""
    is_acknowledgement = letter.item is ItemKind.ACKNOWLEDGEMENT
    answer = models.AcknowledgementMail.objects.filter(report_id=letter.report).first() if is_acknowledgement else None
    to = _correspondent(actor, letter, answer)
    came = disclosure_actions.send_letter(actor, envelope=letter.envelope, to=to)
    if answer is not None and came.is_over:
        models.AcknowledgementMail.objects.filter(report_id=letter.report).update(code="")
    return came.is_taken


def _correspondent(actor: Actor, letter: LetterDue, answer: models.AcknowledgementMail | None) -> Correspondent:
    report = models.Report.objects.only("reference", "receipt_digest").get(id=letter.report)
    address = answer.address if answer else models.Reporter.objects.values_list("email", flat=True).get(pk=report.pk)
    mail = _answered(letter)
    return Correspondent(
        address=address,
        reference=report.reference,
        receipt_digest=bytes(report.receipt_digest),
        code=answer.code if answer else "",
        answers=mail.message_id if mail else "",
        references=mail.references if mail else "",
        certificates=constituency_queries.list_certificates_at(actor, address=address, at=timezone.now())
        if address
        else (),
    )


def _answered(letter: LetterDue) -> models.Mail | None:
    """The mail that is answered; where what they told last came another way, the last mail before it."""
    mails = models.Mail.objects.filter(report_id=letter.report).exclude(message_id="")
    first = mails.filter(stage=None).first()
    if letter.answers is None:
        return first
    told = models.SubmittedStage.objects.only("submitted_at").get(id=letter.answers)
    return mails.filter(at__lte=told.submitted_at).order_by("-at").first() or first
