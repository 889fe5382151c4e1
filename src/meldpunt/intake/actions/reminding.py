"""Whoever reported is reminded of what the law still asks, before and after each deadline, through the door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Origin, Part, Thread, Unshown
from meldpunt.law import IN_FORCE, Clock, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..deadline_values import Reminder
from ..deadlines import reminders_due
from ..queries.deadlines import owing, reminders_of
from ..queries.replies import takes_mail
from ..queries.rows import clocks_from_row, stages_of
from ..values import Channel, ReportId

_MOST_AT_ONCE: Final = 2_000
_REACH: Final = timedelta(days=120)
"""After the last that was told no term of the law ends later; what nobody reminded of by then is on the desk's list."""
MOST_A_DAY: Final = 6
"""Reminders by mail to one address in a day; what is more is read under the receipt."""
_WHY: Final = "Een termijn van de wet."
_HOW: Final = Bilingual(
    "Dat kan met uw ontvangstcode op onze website, of in het portaal van uw organisatie; een antwoord per mail komt "
    "bij uw melding, maar dient haar niet in. De termijn geldt ook zonder herinnering.",
    "That is done with your receipt code on our website, or in the portal of your organisation; a reply by mail is "
    "added to your report, but does not submit it. The term holds without a reminder as well.",
)


@deed(Permission.DISCLOSURE_PROPOSE)
def remind_of_deadlines(actor: Actor, /) -> int:
    """Remind whoever has to be reminded at this moment, each once for each moment; how many reminders went.

    The reminder and that it went are one transaction: killed before its end nobody was reminded, after it the outbox
    has the mail.
    """
    now, told = timezone.now(), 0
    since = now - _REACH
    lately = models.SubmittedStage.objects.filter(report_id=OuterRef("id"), submitted_at__gt=since)
    rows = list(owing().filter(Q(received_at__gt=since) | Exists(lately))[:_MOST_AT_ONCE])
    ids = [row.id for row in rows]
    stages, went = stages_of(ids), reminders_of(ids)
    for row in rows:
        due = reminders_due(
            clocks_from_row(row, stages.get(row.id, ())),
            received_at=row.received_at,
            hours=settings.REMINDER_HOURS,
            went=[one for one, _ in went[row.id]],
            now=now,
        )
        for clock, reminder in due:
            told += _remind(actor, row, clock, reminder, stages=[one.id for one in stages.get(row.id, ())], at=now)
    return told


def _remind(
    actor: Actor, row: models.Report, clock: Clock, reminder: Reminder, *, stages: Sequence[UUID], at: datetime
) -> int:
    marked = models.Reminder(
        report_id=row.id,
        clock=reminder.clock,
        deadline=reminder.deadline,
        hours_before=reminder.hours_before,
        reminded_at=at,
    )
    draft = _draft(actor, row, clock, is_late=not reminder.hours_before, last=stages[-1] if stages else None)
    marked.disclosure = disclosure_actions.disclose(actor, draft=draft, reason=_WHY, seen=Unshown.BY_RULE).id
    marked.save(force_insert=True)
    return 1


def _draft(actor: Actor, row: models.Report, clock: Clock, *, is_late: bool, last: UUID | None) -> Draft:
    origin = Origin(row.id, row.organisation_id if row.is_own else None, bytes(row.receipt_digest))
    is_mailed = (row.channel == Channel.MAIL or not row.is_own) and takes_mail(actor, report=ReportId(row.id))
    is_mailed = is_mailed and not _has_had_enough(row.id)
    title, said = _words(row.reference, clock, is_late=is_late)
    return Draft(
        item=ItemKind.REMINDER,
        subject=row.id,
        title=f"{title.nl} / {title.en} {row.reference}",
        parts=(Part(DataKind.INCIDENT_NATURE, title, f"{said.nl}\n\n{said.en}"),),
        audience=(Audience(AudienceKind.REPORTER, id=row.id),),
        purpose=Purpose.ASK,
        tlp=TLP.AMBER_STRICT,
        pap=PAP.RED,
        origins=(origin,),
        thread=Thread(row.id, last) if is_mailed else None,
    )


def _has_had_enough(report: UUID) -> bool:
    """Whether the address that was left had as many reminders today as one gets: anybody types that of another."""
    address = models.Reporter.objects.values_list("email", flat=True).get(pk=report)
    same = models.Reporter.objects.filter(email__iexact=address, report_id=OuterRef("report_id"))
    lately = models.Reminder.objects.filter(Exists(same), reminded_at__gt=timezone.now() - timedelta(days=1))
    return lately.count() >= MOST_A_DAY


def _words(reference: str, clock: Clock, *, is_late: bool) -> tuple[Bilingual, Bilingual]:
    """A title, and what is still asked, by when on the clock of the law with its zone, and by which article."""
    assert clock.deadline is not None
    at = clock.deadline.astimezone(IN_FORCE.zone).strftime("%d-%m-%Y %H:%M:%S %Z")
    if is_late:
        return Bilingual("Termijn verlopen", "Deadline passed"), Bilingual(
            f"De termijn voor de {clock.name.nl} bij uw melding {reference} liep af op {at} ({clock.article}). "
            f"Wij ontvingen haar niet. Dien haar alsnog in. {_HOW.nl}",
            f"The term for the {clock.name.en} of your report {reference} ended at {at} ({clock.article}). "
            f"We did not receive it. Submit it still. {_HOW.en}",
        )
    return Bilingual("Termijn nadert", "Deadline near"), Bilingual(
        f"De {clock.name.nl} bij uw melding {reference} is uiterlijk nodig op {at} ({clock.article}). "
        f"Wij ontvingen haar nog niet. {_HOW.nl}",
        f"The {clock.name.en} of your report {reference} is due at {at} at the latest ({clock.article}). "
        f"We did not receive it yet. {_HOW.en}",
    )
