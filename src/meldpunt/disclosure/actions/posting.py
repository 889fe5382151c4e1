"""What goes by mail is put in the outbox, within the transaction that seals it: either both are there or neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import KeyState, Way

from .. import models
from ..mail.office import Office, new_message_id, new_return_code, office_from
from ..rules.posting import TROUBLE_OF, belongs_to, channel_of, goes_by_mail, is_written_to, ways_at
from ..values import Channel, DeliveryState, Draft, EnvelopeState, Reader, Thread


def office() -> Office | None:
    """The office of this installation; None where it sends no mail. Raises MailHalfConfigured."""
    return office_from(
        settings.MAIL,
        name=settings.MELDPUNT_CSIRT,
        site=settings.SITE,
        addresses=settings.MAIL_ADDRESSES,
        phone=settings.CSIRT_CONTACT["phone"],
    )


def post_each(actor: Actor, told: Sequence[tuple[Draft, Mapping[Reader, models.Reader]]], *, at: datetime) -> None:
    """An envelope for each contact of each reader that has one; beside the portal, never instead of it."""
    if not any(settings.MAIL.values()):
        return
    mailed = [(draft, one, row) for draft, readers in told for one, row in readers.items() if goes_by_mail(one)]
    organisations = {OrganisationId(one.organisation) for _, one, _ in mailed if one.organisation}
    ways = constituency_queries.list_ways(actor, organisations=organisations, at=at)
    posted = [
        pair
        for draft, one, row in mailed
        if one.organisation
        for pair in _envelopes(
            row, ways_at(ways.get(OrganisationId(one.organisation), ()), at), belongs_to(draft, one), at=at
        )
    ]
    posted += [
        _to_reporter(row, draft.thread, at=at)
        for draft, readers in told
        for one, row in readers.items()
        if draft.thread and is_written_to(one)
    ]
    models.Delivery.objects.bulk_create({delivery.id: delivery for delivery, _ in posted}.values())
    models.Envelope.objects.bulk_create(envelope for _, envelope in posted)


def _to_reporter(reader: models.Reader, thread: Thread, *, at: datetime) -> tuple[models.Delivery, models.Envelope]:
    """Whether there is a key is known when it goes: whose address it is, is sealed for who decides."""
    delivery = _delivery(reader, Channel.REPORTER_MAIL)
    envelope = models.Envelope(
        delivery=delivery,
        disclosure_id=reader.disclosure_id,
        report=thread.report,
        is_own=True,
        answers=thread.answers,
        state=EnvelopeState.WAITING.value,
        next_attempt_at=at,
        message_id=new_message_id(settings.MAIL["bounce_domain"].lower()),
        return_code=new_return_code(),
    )
    return delivery, envelope


def _envelopes(
    reader: models.Reader, ways: Sequence[Way], belongs: tuple[UUID | None, bool], *, at: datetime
) -> Iterator[tuple[models.Delivery, models.Envelope]]:
    domain = settings.MAIL["bounce_domain"].lower()
    deliveries: dict[Channel, models.Delivery] = {}
    for way in ways:
        channel = channel_of(way)
        delivery = deliveries.setdefault(channel, _delivery(reader, channel))
        is_closed = way.state is KeyState.USABLE
        yield (
            delivery,
            models.Envelope(
                delivery=delivery,
                disclosure_id=reader.disclosure_id,
                organisation=way.organisation,
                contact=way.contact,
                report=belongs[0],
                is_own=belongs[1],
                state=EnvelopeState.WAITING.value,
                next_attempt_at=at,
                message_id=new_message_id(domain),
                return_code=new_return_code(),
                # Nobody waits for a server to say so: that a key is missing is known when it is sealed.
                trouble="" if is_closed else TROUBLE_OF[way.state].value,
                raised_at=None if is_closed else at,
            ),
        )


def _delivery(reader: models.Reader, channel: Channel) -> models.Delivery:
    return models.Delivery(
        reader=reader,
        disclosure_id=reader.disclosure_id,
        channel=channel.value,
        state=DeliveryState.WAITING.value,
        sent_at=None,
    )
