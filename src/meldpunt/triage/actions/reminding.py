"""A party that has not answered by the time we asked is reminded, once and through the door."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import TOLD, DisclosureId, Unshown

from .. import models
from ..queries.drafting import reminder_draft
from ..values import SequelKind

_MOST_AT_ONCE: Final = 500
_OF_A_CONSULTATION: Final = ("id", "party_id", "disclosure_id", "conditions", "asked_at", "due_at")
_WHY: Final = "De tijd om te antwoorden is om."
_VOUCHING: Final = "Zoals bij de vraag zelf, waaraan dit herinnert. / As with the question of which this reminds."


@deed(Permission.CONSULTATION_REMIND)
def remind_parties(actor: Actor, /) -> int:
    """Remind each party that was told and is silent after the time by which we asked; how many were.

    The reminder and that it went are one transaction. What waits, was refused or was withdrawn is left alone.
    """
    answered = models.View.objects.filter(consultation=OuterRef("id"))
    reminded = models.Sequel.objects.filter(consultation=OuterRef("id"), kind=SequelKind.REMINDER.value)
    silent = models.Consultation.objects.only(*_OF_A_CONSULTATION).filter(
        ~Exists(answered.values("id")), ~Exists(reminded.values("id")), refused=False, due_at__lte=timezone.now()
    )
    rows = list(silent.order_by("due_at", "id")[:_MOST_AT_ONCE])
    told = disclosure_queries.list_progress(actor, disclosures=[row.disclosure_id for row in rows])
    sent = 0
    for row in rows:
        progress = told.get(DisclosureId(row.disclosure_id))
        if progress is not None and progress.state in TOLD:
            _remind(actor, row)
            sent += 1
    return sent


def _remind(actor: Actor, row: models.Consultation) -> None:
    draft = reminder_draft(row, vouching=_VOUCHING)
    told = disclosure_actions.disclose(actor, draft=draft, reason=_WHY, seen=Unshown.BY_RULE)
    models.Sequel(
        consultation_id=row.id,
        kind=SequelKind.REMINDER.value,
        disclosure_id=told.id,
        by=actor.id,
        by_name=actor.name,
        at=timezone.now(),
    ).save(force_insert=True)
