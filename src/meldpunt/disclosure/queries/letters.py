"""Mails that we sent, found by what an answer names."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..values import SentLetter


@look(Permission.DISCLOSURE_DELIVER)
def find_letters(viewer: Actor, /, *, message_ids: Collection[str]) -> Mapping[str, SentLetter]:
    """Those of the Message-IDs that we gave to a letter that stems from a report, each with that report."""
    sent = models.Envelope.objects.filter(message_id__in=list(message_ids), report__isnull=False)
    rows = sent.values_list("message_id", "report", "is_own", "contact")
    return {name: SentLetter(report, is_own, contact) for name, report, is_own, contact in rows if report}
