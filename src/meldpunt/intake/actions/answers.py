"""Whoever reports by mail is answered by mail, where a person waits for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from .. import models
from ..mail.reading import ReadMail
from ..mail.robots import MOST_AN_HOUR, Unanswered, unanswered
from ..values import Receipt, ReportId

_HOUR: Final = timedelta(hours=1)


def prepare_answer(
    receipt: Receipt,
    mail: ReadMail,
    *,
    envelope_sender: str | None,
    may_hold_code: bool = True,
    is_set_aside: bool = False,
) -> Unanswered | None:
    """Keep beside the report, in its transaction, that its sender is answered; or why nobody is.

    A code that opens what came encrypted does not go in clear text: then `may_hold_code` is false. Whoever forges
    senders makes us write to strangers: so there is a limit to all of it as well.
    """
    reason = unanswered(mail.telling, sender=mail.sender, envelope_sender=envelope_sender, ours=_ours())
    reason = reason or (Unanswered.SET_ASIDE if is_set_aside else None) or _too_many(mail.sender.lower())
    if reason is None:
        _write(receipt.report, mail.sender, at=receipt.received_at, code=receipt.code if may_hold_code else "")
    return reason


def answer_what_was_taken_in(reports: Collection[UUID]) -> None:
    """Keep beside those of these that waited only because they were set aside, that their sender is answered.

    The code went unsaid, and is forgotten: the answer goes without it.
    """
    mails = models.Mail.objects.filter(report_id__in=reports, stage=None, unanswered=Unanswered.SET_ASIDE.value)
    waited = list(mails.values_list("report_id", flat=True))
    for who in models.Reporter.objects.filter(report_id__in=waited) if waited else ():
        if _too_many(who.email.lower()) is None:
            _write(ReportId(who.report_id), who.email, at=timezone.now(), code="")


def _write(report: ReportId, address: str, *, at: datetime, code: str) -> None:
    if settings.MAIL["bounce_domain"]:
        row = models.AcknowledgementMail(report_id=report, address=address.lower(), code=code, made_at=at)
        row.save(force_insert=True)


def _too_many(address: str) -> Unanswered | None:
    lately = models.AcknowledgementMail.objects.filter(made_at__gt=timezone.now() - _HOUR)
    if lately.filter(address=address).count() >= MOST_AN_HOUR:
        return Unanswered.TOO_MANY
    return Unanswered.TOO_MANY_IN_ALL if lately.count() >= settings.MOST_ANSWERS_AN_HOUR else None


def _ours() -> frozenset[str]:
    """Our own addresses, and the domain to which what we sent comes back."""
    sender = parseaddr(settings.MAIL["sender"])[1].lower()
    return frozenset({*settings.MAIL_ADDRESSES, sender, f"@{settings.MAIL['bounce_domain'].lower()}"})
