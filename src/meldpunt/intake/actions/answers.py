"""Whoever reports by mail is answered by mail, where a person waits for it."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.mail.office import new_message_id
from meldpunt.disclosure.values import Answer

from .. import models
from ..mail.reading import ReadMail
from ..mail.robots import MOST_AN_HOUR, Unanswered, unanswered
from ..mail.threads import message_id_of, references_for_answer
from ..values import Receipt, ReportId
from .acknowledgement import ACKNOWLEDGED

LEASE: Final = timedelta(minutes=5)
"""How long an answer is nobody else's, once a job took it."""


def prepare_answer(
    receipt: Receipt, mail: ReadMail, *, envelope_sender: str | None, may_hold_code: bool = True
) -> Unanswered | None:
    """Write the answer beside the report, in its transaction; or why nobody gets one.

    A code that opens what came encrypted does not go in clear text: then `may_hold_code` is false.
    """
    reason = unanswered(mail.telling, sender=mail.sender, envelope_sender=envelope_sender, ours=_ours())
    address = mail.sender.lower()
    if reason is None and _answered_lately(address) >= MOST_AN_HOUR:
        reason = Unanswered.TOO_MANY
    if reason is not None or not settings.MAIL["bounce_domain"]:
        return reason
    message_id = new_message_id(settings.MAIL["bounce_domain"].lower())
    models.AcknowledgementMail(
        report_id=receipt.report,
        address=address,
        code=receipt.code if may_hold_code else "",
        answers=message_id_of(mail),
        references=references_for_answer(mail),
        message_id=message_id,
        made_at=receipt.received_at,
        next_attempt_at=receipt.received_at,
    ).save(force_insert=True)
    models.Mail(report_id=receipt.report, is_ours=True, at=receipt.received_at, message_id=message_id).save(
        force_insert=True
    )
    return None


@deed(Permission.DISCLOSURE_DELIVER)
def claim_answer(actor: Actor, /) -> ReportId | None:
    """Take the answer that waits longest, for some minutes; None where none is due. It commits before anything goes.

    None is due before the report was acknowledged through the door.
    """
    if not any(settings.MAIL.values()):
        return None
    now = timezone.now()
    acknowledged = models.Progress.objects.filter(report_id=OuterRef("report_id"), mark=ACKNOWLEDGED)
    due = models.AcknowledgementMail.objects.filter(Exists(acknowledged), next_attempt_at__lte=now)
    row = due.order_by("next_attempt_at", "report_id").select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    models.AcknowledgementMail.objects.filter(report_id=row.report_id).update(
        attempts=F("attempts") + 1, next_attempt_at=now + LEASE
    )
    return ReportId(row.report_id)


@deed(Permission.DISCLOSURE_DELIVER)
def send_answer(actor: Actor, /, *, report: ReportId) -> bool:
    """Hand one answer to the server and write what it said; the code is forgotten once it went, or never will."""
    row = (
        models.AcknowledgementMail.objects.select_related("report")
        .select_for_update(skip_locked=True, of=("self",))
        .filter(report_id=report, next_attempt_at__isnull=False)
        .first()
    )
    if row is None:
        return False
    answer = Answer(
        report=row.report_id,
        recipient=row.address,
        reference=row.report.reference,
        code=row.code,
        message_id=row.message_id,
        answers=row.answers,
        references=row.references,
        receipt_digest=bytes(row.report.receipt_digest),
    )
    came = disclosure_actions.answer_by_mail(actor, answer=answer, attempts=row.attempts)
    row.reply, row.next_attempt_at = came.reply, came.again_at
    row.sent_at = timezone.now() if came.is_taken else None
    row.code = row.code if came.again_at else ""
    row.save(update_fields=["reply", "next_attempt_at", "sent_at", "code"])
    return came.is_taken


def _answered_lately(address: str) -> int:
    since = timezone.now() - timedelta(hours=1)
    return models.AcknowledgementMail.objects.filter(address=address, made_at__gt=since).count()


def _ours() -> frozenset[str]:
    """Our own addresses, and the domain to which what we sent comes back."""
    sender = parseaddr(settings.MAIL["sender"])[1].lower()
    return frozenset({*settings.MAIL_ADDRESSES, sender, f"@{settings.MAIL['bounce_domain'].lower()}"})
