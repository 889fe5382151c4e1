"""Who is at a report, what they typed and did not send, and how they want the desk to behave.

None of it is a deed about a report, so none of it is in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..rules.drafting import check_size
from ..values import KEPT_FOR, PRESENT_FOR, Habit


@deed(Permission.TRIAGE_READ)
def stay_at_report(actor: Actor, /, *, report: ReportId, is_deciding: bool) -> None:
    """Say that one has the report open, and whether one types a decision; to be said again within a minute.

    Where one was and is no more is forgotten. Raises ReportNotFound.
    """
    intake_queries.get_report(actor, report=report)
    now = timezone.now()
    models.Presence.objects.filter(actor=actor.id, expires_at__lt=now).exclude(report_id=report).delete()
    row = models.Presence(
        report_id=report,
        actor=actor.id,
        name=actor.name,
        is_deciding=is_deciding,
        at=now,
        expires_at=now + PRESENT_FOR,
    )
    models.Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["report", "actor"],
        update_fields=["is_deciding", "at", "expires_at"],
    )


@deed(Permission.TRIAGE_READ)
def leave_report(actor: Actor, /, *, report: ReportId) -> None:
    """Say that one closed it."""
    models.Presence.objects.filter(report_id=report, actor=actor.id).delete()


@deed(Permission.TRIAGE_READ)
def save_draft(actor: Actor, /, *, report: ReportId, form: str, fields: Mapping[str, str]) -> None:
    """Keep what one typed into a form, for two weeks at most; nothing typed keeps nothing.

    Raises ReportNotFound, DraftTooLarge.
    """
    intake_queries.get_report(actor, report=report)
    typed = {clean_text(name): clean_text(value) for name, value in fields.items() if value.strip()}
    check_size(typed)
    if not typed:
        models.Draft.objects.filter(report_id=report, actor=actor.id, form=form).delete()
        return
    now = timezone.now()
    row = models.Draft(actor=actor.id, report_id=report, form=form, fields=typed, at=now, expires_at=now + KEPT_FOR)
    models.Draft.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["actor", "report", "form"],
        update_fields=["fields", "at", "expires_at"],
    )


@deed(Permission.TRIAGE_READ)
def forget_draft(actor: Actor, /, *, report: ReportId, form: str) -> None:
    """It was sent, or is not wanted."""
    models.Draft.objects.filter(report_id=report, actor=actor.id, form=form).delete()


@deed(Permission.TRIAGE_READ)
def keep_habit(actor: Actor, /, *, habit: Habit) -> None:
    """From here on the desk behaves so for this person."""
    row = models.Habit(actor=actor.id, has_keys=habit.has_keys, opens_next=habit.opens_next)
    models.Habit.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["actor"], update_fields=["has_keys", "opens_next"]
    )


@deed(Permission.EVIDENCE_SHRED)
def remove_expired(actor: Actor, /) -> int:
    """Take away old drafts, reviews, presences, marks of reading and what stood before old deeds; how many rows."""
    now = timezone.now()
    of = (models.Draft, models.Review, models.Presence, models.Reading, models.Step)
    return sum(table.objects.filter(expires_at__lt=now).delete()[0] for table in of)
