"""The mailboxes that we empty, and whether anybody does."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..mail_values import SILENT_AFTER, MailboxLine, MailboxTrouble


@look(Permission.REPORT_READ)
def list_mailboxes(viewer: Actor, /) -> tuple[MailboxLine, ...]:
    """Every mailbox that was ever emptied, by its name."""
    return tuple(_line(row) for row in models.Mailbox.objects.order_by("name"))


@look(Permission.REPORT_READ)
def find_mailbox(viewer: Actor, /, *, name: str) -> MailboxLine | None:
    """The mailbox of this name, where it was emptied before."""
    row = models.Mailbox.objects.filter(name=name).first()
    return _line(row) if row else None


def _line(row: models.Mailbox) -> MailboxLine:
    trouble = MailboxTrouble(row.trouble) if row.trouble else None
    since = row.trouble_since
    if row.looked_at and timezone.now() - row.looked_at > SILENT_AFTER:
        trouble, since = MailboxTrouble.NOBODY_LOOKS, row.looked_at
    return MailboxLine(row.name, row.uid_validity, dict(row.stuck), row.looked_at, row.waiting, trouble, since)
