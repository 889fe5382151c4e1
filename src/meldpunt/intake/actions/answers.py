"""Whoever reports by mail is answered by mail, where a person waits for it."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.utils import timezone

from .. import models
from ..mail.reading import ReadMail
from ..mail.robots import MOST_AN_HOUR, Unanswered, unanswered
from ..values import Receipt

_HOUR: Final = timedelta(hours=1)


def prepare_answer(
    receipt: Receipt, mail: ReadMail, *, envelope_sender: str | None, may_hold_code: bool = True
) -> Unanswered | None:
    """Keep beside the report, in its transaction, that its sender is answered; or why nobody is.

    A code that opens what came encrypted does not go in clear text: then `may_hold_code` is false. Whoever forges
    senders makes us write to strangers: so there is a limit to all of it as well.
    """
    reason = unanswered(mail.telling, sender=mail.sender, envelope_sender=envelope_sender, ours=_ours())
    address = mail.sender.lower()
    if reason is None:
        reason = _too_many(address)
    if reason is not None or not settings.MAIL["bounce_domain"]:
        return reason
    models.AcknowledgementMail(
        report_id=receipt.report,
        address=address,
        code=receipt.code if may_hold_code else "",
        made_at=receipt.received_at,
    ).save(force_insert=True)
    return None


def _too_many(address: str) -> Unanswered | None:
    lately = models.AcknowledgementMail.objects.filter(made_at__gt=timezone.now() - _HOUR)
    if lately.filter(address=address).count() >= MOST_AN_HOUR:
        return Unanswered.TOO_MANY
    return Unanswered.TOO_MANY_IN_ALL if lately.count() >= settings.MOST_ANSWERS_AN_HOUR else None


def _ours() -> frozenset[str]:
    """Our own addresses, and the domain to which what we sent comes back."""
    sender = parseaddr(settings.MAIL["sender"])[1].lower()
    return frozenset({*settings.MAIL_ADDRESSES, sender, f"@{settings.MAIL['bounce_domain'].lower()}"})
