"""Whoever reported is written to at the address they left, which the room that knows them hands in for one mail.

Words go to a key on file of that address, and to nothing else; without one the mail says that something waits under the
receipt. It stands in their thread (RFC 5322, 3.6.4) and comes back to a return address of its own, also where a robot
wrote it: that address answers nothing (RFC 3834, 3.3).
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency.errors import KeyUnfit

from .. import models
from ..mail.closing import close
from ..mail.letter import inside_of
from ..mail.office import Office
from ..mail.wrapping import Thread, acknowledgement_mail, closed_mail, waiting_mail
from ..rules.posting import takes_smtp
from ..values import Correspondent, EnvelopeId, EnvelopeState, ItemKind, LetterDue, Posted
from .sending import Mail, claim, hand_and_take, letter_of, move, taken

_WRITTEN_BY_RULE = frozenset({ItemKind.ACKNOWLEDGEMENT.value, ItemKind.REMINDER.value})
_MOST_REFERENCES = 10
_OVER = frozenset({EnvelopeState.SENT.value, EnvelopeState.FAILED.value})


@deed(Permission.DISCLOSURE_DELIVER)
def claim_letter(actor: Actor, /) -> LetterDue | None:
    """Take the mail to who reported that waits longest, for some minutes; None where none is due."""
    row = claim(to_contacts=False)
    if row is None or row.report is None:
        return None
    item = models.Disclosure.objects.only("item").get(id=row.disclosure_id).item
    return LetterDue(EnvelopeId(row.id), row.report, ItemKind(item), row.answers)


@deed(Permission.DISCLOSURE_DELIVER)
def send_letter(actor: Actor, /, *, envelope: EnvelopeId, to: Correspondent) -> Posted:
    """Hand one mail to the server, and write what it answered. Raises MailHalfConfigured."""
    found = taken(envelope)
    if found is None:
        return Posted(is_taken=False, is_over=False)
    row, told, sending = found
    if not to.address:
        move(row, EnvelopeState.WITHDRAWN)
        return Posted(is_taken=False, is_over=True)
    now = timezone.now()
    reply = hand_and_take(actor, row, _mail_to(row, told, sending, to, at=now), sending, at=now)
    return Posted(is_taken=reply.is_taken, is_over=row.state in _OVER)


def _mail_to(
    row: models.Envelope, told: models.Disclosure, sending: Office, to: Correspondent, *, at: datetime
) -> Mail:
    if not takes_smtp(to.address):
        # Anybody types an address: no mail can be written to this one, and handing it over says so for good.
        return Mail(b"", to.address, receipt_digest=to.receipt_digest)
    thread = _thread(row, to, is_automatic=told.item in _WRITTEN_BY_RULE)
    if told.item == ItemKind.ACKNOWLEDGEMENT.value:
        return Mail(acknowledgement_mail(sending, to, thread, at=at), to.address, receipt_digest=to.receipt_digest)
    for certificate in to.certificates:
        letter = letter_of(row, told)
        try:
            closed = close(inside_of(letter, site=sending.site), certificate, sending, at=at)
        except KeyUnfit:
            continue
        raw = closed_mail(closed, sending, thread, reference=to.reference, tlp=letter.tlp, at=at)
        return Mail(raw, to.address, certificate.kind.value, receipt_digest=to.receipt_digest)
    return Mail(waiting_mail(sending, to, thread, at=at), to.address, receipt_digest=to.receipt_digest)


def _thread(row: models.Envelope, to: Correspondent, *, is_automatic: bool) -> Thread:
    """Behind what they wrote; where they wrote no mail, behind what we sent them before."""
    answers, references = to.answers, to.references or to.answers
    if not answers:
        sent = models.Envelope.objects.filter(report=row.report, contact=None, sent_at__isnull=False)
        before = list(sent.exclude(id=row.id).order_by("sent_at").values_list("message_id", flat=True))
        answers, references = (before[-1], " ".join(before[-_MOST_REFERENCES:])) if before else ("", "")
    return Thread(to.address, row.message_id, answers, references, is_automatic=is_automatic)
