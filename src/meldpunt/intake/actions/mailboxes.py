"""How the emptying of a mailbox goes, for the desk to read."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission

from .. import models
from ..mail_values import MailboxLook


@deed(Permission.REPORT_SUBMIT)
def note_mailbox(actor: Actor, /, *, name: str, look: MailboxLook) -> None:
    """Write what was found. Trouble goes on from when it began, whatever trouble it is now, until there is none."""
    now = timezone.now()
    row = models.Mailbox.objects.select_for_update().filter(name=name).first() or models.Mailbox(name=name)
    row.looked_at = now
    if look.uid_validity is not None:
        row.uid_validity, row.stuck, row.waiting = look.uid_validity, dict(look.stuck or {}), look.waiting
    row.emptied_at = row.emptied_at if look.trouble else now
    row.trouble_since = (row.trouble_since or now) if look.trouble else None
    row.trouble = look.trouble.value if look.trouble else ""
    row.save()
