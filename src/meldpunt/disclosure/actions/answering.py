"""Whoever reported by mail hears by mail that it came in: the notice of an acknowledgement that was disclosed."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..mail.handing import hand_over
from ..mail.wrapping import acknowledgement_mail
from ..rules.posting import LEASE, MOST_ATTEMPTS, wait_after, without_address
from ..values import Answer, Answered, Channel, ItemKind
from .posting import office


@deed(Permission.DISCLOSURE_DELIVER)
def answer_by_mail(actor: Actor, /, *, answer: Answer, attempts: int) -> Answered:
    """Hand the mail to the server, from nobody, so that no bounce of it comes to anybody (RFC 3834, 3.3).

    It goes for an acknowledgement that was disclosed and for nothing else: without one, later. Raises
    MailHalfConfigured.
    """
    now = timezone.now()
    sending = office()
    told = models.Disclosure.objects.filter(
        item=ItemKind.ACKNOWLEDGEMENT.value, subject=answer.report, delivered_at__isnull=False
    ).first()
    if sending is None or told is None:
        return Answered(is_taken=False, reply="", again_at=now + LEASE)
    raw = acknowledgement_mail(sending, answer, at=now)
    reply = hand_over(sending.server, raw, sender="", recipient=answer.recipient)
    if reply.is_taken:
        details = {"channel": Channel.NOTICE.value, "closed_with": "", "message_id": answer.message_id}
        ledger.record(
            actor,
            kind=Kind.DELIVERED,
            subject=told.id,
            details=details,
            receipt_digest=answer.receipt_digest,
        )
        return Answered(is_taken=True, reply="", again_at=None)
    said = f"{reply.code} {without_address(reply.text, answer.recipient)}"
    ends = reply.is_final or attempts >= MOST_ATTEMPTS
    return Answered(is_taken=False, reply=said, again_at=None if ends else now + max(LEASE, wait_after(attempts)))
