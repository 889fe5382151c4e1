"""Somebody was needed, and came: the reader was reached another way, or the key was seen to."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import DisclosureNotFound
from ..rules.progress import check_reason
from ..values import EnvelopeId


@deed(Permission.DISCLOSURE_OVERSEE)
def settle_alarm(actor: Actor, /, *, envelope: EnvelopeId, note: str) -> None:
    """Say what was done about it. Raises DisclosureNotFound, ReasonMissing."""
    said = check_reason(clean_text(note))
    rows = models.Envelope.objects.filter(id=envelope, settled_at=None).exclude(trouble="")
    if not rows.update(settled_by=actor.id, settled_at=timezone.now(), settlement=said):
        raise DisclosureNotFound("no such alarm")
