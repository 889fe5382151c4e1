"""The one mail of an alarm, to the house itself: which kind and since when, and nothing of any report."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure.mail.handing import hand_over
from meldpunt.disclosure.mail.office import Office, office_from
from meldpunt.disclosure.mail.wrapping import plain_mail
from meldpunt.law import IN_FORCE
from meldpunt.vocabulary.bilingual import Bilingual

from .. import models
from ..values import AlarmId, AlarmKind

_AGAIN: Final = timedelta(minutes=5)
WORDS: Final = {
    AlarmKind.QUEUE_UNREAD: Bilingual(
        "een melding in de wachtrij is door niemand bekeken", "nobody looked at a report in the queue"
    ),
    AlarmKind.KEPT_UNREAD: Bilingual(
        "wat niet te lezen was ligt er nog, en niemand keek ernaar", "what could not be read lies unattended"
    ),
    AlarmKind.MAILBOX: Bilingual("een postvak wordt niet geleegd", "a mailbox is not being emptied"),
    AlarmKind.ANSWERS_REFUSED: Bilingual(
        "een ontvangstbevestiging per mail kwam niet aan", "an acknowledgement by mail did not arrive"
    ),
    AlarmKind.ANSWERS_HELD_BACK: Bilingual(
        "er kwamen meer mails dan wij in een uur beantwoorden", "more mails came than we answer in an hour"
    ),
    AlarmKind.DELIVERIES_STUCK: Bilingual("mail naar buiten blijft liggen", "mail on its way out is stuck"),
    AlarmKind.WORKER_SILENT: Bilingual("het achtergrondwerk staat stil", "the background jobs stand still"),
    AlarmKind.LISTENER_SILENT: Bilingual(
        "er wordt geen mail meer aangenomen", "nobody takes the mail that a server hands over"
    ),
}


@deed(Permission.ALARM_RAISE)
def claim_alarm(actor: Actor, /) -> AlarmId | None:
    """Take an alarm that was not mailed yet, for some minutes; None where none is due or mail has nowhere to go."""
    if not settings.ALARM_ADDRESS or _office() is None:
        return None
    now = timezone.now()
    due = models.Alarm.objects.filter(cleared_at=None, mailed_at=None, next_attempt_at__lte=now)
    row = due.exclude(message_id="").order_by("raised_at", "kind").select_for_update(skip_locked=True).first()
    if row is None:
        return None
    models.Alarm.objects.filter(id=row.id).update(attempts=F("attempts") + 1, next_attempt_at=now + _AGAIN)
    return AlarmId(row.id)


@deed(Permission.ALARM_RAISE)
def mail_alarm(actor: Actor, /, *, alarm: AlarmId) -> bool:
    """Hand its mail to the server; whether it was taken. Raises MailHalfConfigured."""
    sending = _office()
    row = models.Alarm.objects.select_for_update(skip_locked=True).filter(id=alarm, mailed_at=None).first()
    if sending is None or row is None:
        return False
    now = timezone.now()
    reply = hand_over(sending.server, _mail(sending, row, at=now), sender="", recipient=settings.ALARM_ADDRESS)
    if reply.is_taken:
        row.mailed_at = now
        row.save(update_fields=["mailed_at"])
    return reply.is_taken


def _office() -> Office | None:
    return office_from(settings.MAIL, name=settings.MELDPUNT_CSIRT, site=settings.SITE)


def _mail(sending: Office, row: models.Alarm, *, at: datetime) -> bytes:
    what = WORDS[AlarmKind(row.kind)]
    since = row.since.astimezone(IN_FORCE.zone).strftime("%d-%m-%Y %H:%M:%S %Z")
    text = (
        f"{what.nl.capitalize()}.\nSinds {since}. Kijk aan de desk; zodra het verholpen is vervalt dit alarm vanzelf.\n"
        f"\n--\n\n{what.en.capitalize()}.\nSince {since}. Look at the desk; once mended the alarm clears itself.\n"
    )
    subject = f"Alarm: {what.nl} / {what.en}"
    return plain_mail(
        sending, text, recipient=settings.ALARM_ADDRESS, message_id=row.message_id, subject=subject, at=at
    )
