"""Mail leaves: taken from the outbox, closed, handed to a server, and called sent only after the server said so.

The one deed that speaks to the outside before it commits, because only the answer tells what to commit. Killed before
the commit it is as if nothing was done, and the mail goes once more with the same Message-ID, which mail programs and
servers know as the same mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import KeyUnfit
from meldpunt.constituency.values import ContactId, Destination, KeyState
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..mail.closing import close
from ..mail.handing import hand_over
from ..mail.letter import File, Letter, inside_of
from ..mail.office import Office
from ..mail.wrapping import Thread, closed_mail, notice_mail
from ..packing import unpack_language, unpack_parts
from ..rules.posting import (
    LEASE,
    LOUD_AFTER,
    MOST_ATTEMPTS,
    TROUBLE_OF,
    delivery_state,
    takes_smtp,
    wait_after,
    without_address,
    without_hosts,
)
from ..values import Channel, DeliveryState, EnvelopeId, EnvelopeState, Reply, State, Trouble
from .posting import office


@dataclass(frozen=True)
class Mail:
    """A mail ready to go. `trouble` is why it holds nothing, where it should.

    `receipt_digest` is of whoever reported, where it goes to them.
    """

    raw: bytes
    recipient: str
    closed_with: str = ""
    trouble: Trouble | None = None
    receipt_digest: bytes | None = None


@deed(Permission.DISCLOSURE_DELIVER)
def claim_envelope(actor: Actor, /) -> EnvelopeId | None:
    """Take the mail that waits longest, for some minutes; None where none is due.

    It commits before anything is sent: a mail that kills its sender is counted, and not tried for ever.
    """
    row = claim(to_contacts=True)
    return EnvelopeId(row.id) if row else None


def claim(*, to_contacts: bool) -> models.Envelope | None:
    """The one that waits longest, to contacts or to who reported; its next attempt is put off."""
    if office() is None:
        return None
    now = timezone.now()
    due = models.Envelope.objects.filter(state=EnvelopeState.WAITING.value, next_attempt_at__lte=now)
    due = due.filter(contact__isnull=not to_contacts)
    row = due.order_by("next_attempt_at", "id").select_for_update(skip_locked=True).first()
    if row is not None:
        wait = max(LEASE, wait_after(row.attempts + 1))
        models.Envelope.objects.filter(id=row.id).update(attempts=F("attempts") + 1, next_attempt_at=now + wait)
    return row


@deed(Permission.DISCLOSURE_DELIVER)
def send_envelope(actor: Actor, /, *, envelope: EnvelopeId) -> bool:
    """Hand one mail to the server, and write what it answered; whether it was taken. Raises MailHalfConfigured."""
    found = taken(envelope)
    if found is None:
        return False
    row, told, sending = found
    now = timezone.now()
    return hand_and_take(actor, row, _mail_for(actor, row, told, sending, at=now), sending, at=now).is_taken


def taken(envelope: EnvelopeId) -> tuple[models.Envelope, models.Disclosure, Office] | None:
    """The mail under lock, where it still waits and what it tells still stands, with what it takes to send it."""
    sending = office()
    row = models.Envelope.objects.select_for_update(skip_locked=True).filter(id=envelope).first()
    if sending is None or row is None or row.state != EnvelopeState.WAITING.value:
        return None
    told = models.Disclosure.objects.only("id", "item", "state", "tlp", "pap").get(id=row.disclosure_id)
    if told.state != State.DELIVERED.value:
        move(row, EnvelopeState.WITHDRAWN)
        return None
    return row, told, sending


def hand_and_take(actor: Actor, row: models.Envelope, mail: Mail, sending: Office, *, at: datetime) -> Reply:
    """Hand it to the server and write what it said."""
    reply = hand_over(
        sending.server, mail.raw, sender=sending.return_address(row.return_code), recipient=mail.recipient
    )
    _take(actor, row, mail, reply, at=at)
    return reply


def _mail_for(actor: Actor, row: models.Envelope, told: models.Disclosure, sending: Office, *, at: datetime) -> Mail:
    """The letter, closed; without a key that is good at this very instant, a mail that holds none of it."""
    where = destination_of(actor, row, at=at)
    if not takes_smtp(where.mail):
        return Mail(b"", where.mail)
    channel = models.Delivery.objects.only("channel").get(id=row.delivery_id).channel
    trouble = None if where.certificate else TROUBLE_OF.get(where.state, Trouble.KEY_UNFIT)
    if channel == Channel.MAIL.value and where.certificate is not None and where.state is KeyState.USABLE:
        letter = letter_of(row, told)
        try:
            closed = close(inside_of(letter), where.certificate, sending, at=at)
        except KeyUnfit:
            trouble = Trouble.KEY_UNFIT
        else:
            thread = Thread(where.mail, row.message_id)
            raw = closed_mail(closed, sending, thread, reference=letter.reference, tlp=letter.tlp, at=at)
            return Mail(raw, where.mail, where.certificate.kind.value)
    raw = notice_mail(sending, recipient=where.mail, message_id=row.message_id, at=at)
    return Mail(raw, where.mail, trouble=trouble if channel == Channel.MAIL.value else None)


def destination_of(actor: Actor, row: models.Envelope, *, at: datetime) -> Destination:
    """Where the contact of this envelope is reached."""
    if row.contact is None:
        raise ValueError("this mail goes to no contact")
    return constituency_queries.get_destination(actor, contact=ContactId(row.contact), at=at)


def letter_of(row: models.Envelope, told: models.Disclosure) -> Letter:
    """What was sealed, with its files."""
    version = models.Version.objects.get(disclosure_id=row.disclosure_id)
    files = {one.id: one for one in models.Attachment.objects.filter(id__in=version.attachments)}
    return Letter(
        disclosure=row.disclosure_id,
        title=version.title,
        parts=unpack_parts(version.parts),
        files=[File(one.name, one.media_type, bytes(one.data)) for one in (files[key] for key in version.attachments)],
        tlp=TLP(told.tlp),
        pap=PAP(told.pap),
        language=unpack_language(version.language),
    )


def _take(actor: Actor, row: models.Envelope, mail: Mail, reply: Reply, *, at: datetime) -> None:
    """Write what came of it. A mail without the content that was promised is not the delivery, whatever the server."""
    said = without_address(reply.text, mail.recipient) if row.contact else without_hosts(reply.text)
    row.reply = f"{reply.code} {said}" if not reply.is_taken else ""
    row.closed_with = mail.closed_with if reply.is_taken else ""
    if mail.trouble is not None:
        raise_trouble(row, mail.trouble, at=at)
    if reply.is_taken:
        row.sent_at = at
        if row.trouble == Trouble.UNANSWERED.value:
            row.trouble, row.raised_at = "", None
        _record(actor, row, mail)
        move(row, EnvelopeState.FAILED if mail.trouble else EnvelopeState.SENT)
    elif reply.is_final:
        raise_trouble(row, Trouble.REFUSED, at=at)
        move(row, EnvelopeState.FAILED)
    elif row.attempts >= MOST_ATTEMPTS:
        raise_trouble(row, Trouble.UNANSWERED, at=at)
        move(row, EnvelopeState.FAILED)
    else:
        if row.attempts >= LOUD_AFTER and not row.trouble:
            raise_trouble(row, Trouble.UNANSWERED, at=at)
        row.next_attempt_at = at + wait_after(row.attempts)
        move(row, EnvelopeState.WAITING)


def raise_trouble(row: models.Envelope, trouble: Trouble, *, at: datetime) -> None:
    """Somebody is needed, in memory; whoever settled an earlier trouble did not settle this one."""
    row.trouble, row.raised_at = trouble.value, at
    row.settled_by, row.settled_at, row.settlement = None, None, ""


def move(row: models.Envelope, state: EnvelopeState) -> None:
    """Save the envelope, and what its delivery comes to together with those beside it."""
    row.state = state.value
    row.save(
        update_fields=[
            "state",
            "next_attempt_at",
            "closed_with",
            "sent_at",
            "reply",
            "trouble",
            "raised_at",
            "settled_by",
            "settled_at",
            "settlement",
        ]
    )
    settle_delivery(row)


def settle_delivery(row: models.Envelope) -> None:
    """Write into the delivery how far its mails came."""
    beside = models.Envelope.objects.filter(delivery_id=row.delivery_id)
    came = delivery_state({EnvelopeState(one) for one in beside.values_list("state", flat=True)})
    delivery = models.Delivery.objects.filter(id=row.delivery_id).exclude(state=DeliveryState.WITHDRAWN.value)
    if came is not DeliveryState.WITHDRAWN:
        delivery.update(state=came.value)
    if row.state == EnvelopeState.SENT.value:
        delivery.filter(sent_at=None).update(sent_at=row.sent_at)


def _record(actor: Actor, row: models.Envelope, mail: Mail) -> None:
    # About the reader, who can prove what was sent to them and when.
    ledger.record(
        actor,
        kind=Kind.DELIVERED,
        subject=row.disclosure_id,
        about=OrganisationId(row.organisation) if row.organisation else None,
        receipt_digest=mail.receipt_digest,
        details={
            "channel": (Channel.MAIL if mail.closed_with else Channel.NOTICE).value,
            "closed_with": mail.closed_with,
            "message_id": row.message_id,
        },
    )
