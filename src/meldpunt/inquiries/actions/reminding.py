"""Bodies that owe us an answer are reminded, before the term and after it; each reminder goes through the door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import TOLD, DisclosureId, Unshown
from meldpunt.law import Condition

from .. import models
from ..drafting import reminder_draft
from ..rules.terms import house_terms, reminder_due
from ..values import Outcome, ReminderKind

_OF_AN_INQUIRY: Final = ("id", "reference", "body_id", "disclosure_id", "conditions", "asked_at", "due_at")
_WHY: Final = "Termijn van een informatieverzoek."


@deed(Permission.INQUIRY_REMIND)
def remind_bodies(actor: Actor, /, *, now: datetime | None = None) -> int:
    """Remind whoever has to be reminded at this moment, each once; how many were. What waits or ended is left alone."""
    at, sent = now or timezone.now(), 0
    rows = list(_awaited(at))
    told = disclosure_queries.list_progress(actor, disclosures=[row.disclosure_id for row in rows])
    before = _went(rows)
    for row in rows:
        progress, went = told.get(DisclosureId(row.disclosure_id)), before[row.id]
        kind = reminder_due(row.asked_at, row.due_at, went, now=at)
        if kind is not None and progress is not None and progress.state in TOLD:
            _remind(actor, row, kind, number=len(went) + 1, at=at)
            sent += 1
    return sent


def _went(rows: Sequence[models.Inquiry]) -> Mapping[UUID, list[tuple[ReminderKind, datetime]]]:
    found: defaultdict[UUID, list[tuple[ReminderKind, datetime]]] = defaultdict(list)
    went = models.Reminder.objects.filter(inquiry__in=[row.id for row in rows]).order_by("number")
    for inquiry, kind, at in went.values_list("inquiry_id", "kind", "sent_at"):
        found[inquiry].append((ReminderKind(kind), at))
    return found


def _awaited(at: datetime) -> list[models.Inquiry]:
    """Open inquiries whose term is near or over and that nobody answered to the end."""
    last = models.Answer.objects.filter(inquiry_id=OuterRef("id")).order_by("-given_at", "-id").values("outcome")[:1]
    rows = models.Inquiry.objects.only(*_OF_AN_INQUIRY).annotate(last=Subquery(last))
    near = rows.filter(closed_at=None, refused=False, due_at__lte=at + house_terms().before)
    return list(near.filter(Q(last=None) | Q(last=Outcome.PART)).order_by("due_at", "id"))


def _remind(actor: Actor, row: models.Inquiry, kind: ReminderKind, *, number: int, at: datetime) -> None:
    draft = reminder_draft(
        kind,
        inquiry=row.id,
        reference=row.reference,
        body=row.body_id,
        conditions=frozenset(Condition(one) for one in row.conditions),
        asked_at=row.asked_at,
        due_at=row.due_at,
    )
    told = disclosure_actions.disclose(actor, draft=draft, reason=_WHY, seen=Unshown.BY_RULE)
    models.Reminder(inquiry_id=row.id, number=number, kind=kind.value, disclosure_id=told.id, sent_at=at).save(
        force_insert=True
    )
