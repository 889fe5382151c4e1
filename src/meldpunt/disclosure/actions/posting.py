"""What goes by mail is put in the outbox, within the transaction that seals it: either both are there or neither."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import KeyState, Way

from .. import models
from ..mail.office import Office, new_message_id, new_return_code, office_from
from ..rules.posting import TROUBLE_OF, channel_of, goes_by_mail, ways_at
from ..values import Channel, DeliveryState, EnvelopeState, Reader


def office() -> Office | None:
    """The office of this installation; None where it sends no mail. Raises MailHalfConfigured."""
    return office_from(settings.MAIL, name=settings.MELDPUNT_CSIRT, site=settings.SITE)


def post_each(actor: Actor, told: Sequence[Mapping[Reader, models.Reader]], *, at: datetime) -> None:
    """An envelope for each contact of each reader that has one; beside the portal, never instead of it."""
    if not any(settings.MAIL.values()):
        return
    rows = [row for readers in told for reader, row in readers.items() if goes_by_mail(reader)]
    organisations = {OrganisationId(row.organisation) for row in rows if row.organisation}
    ways = constituency_queries.list_ways(actor, organisations=organisations, at=at)
    posted = [
        pair
        for row in rows
        if row.organisation
        for pair in _envelopes(row, ways_at(ways.get(OrganisationId(row.organisation), ()), at), at=at)
    ]
    models.Delivery.objects.bulk_create({delivery.id: delivery for delivery, _ in posted}.values())
    models.Envelope.objects.bulk_create(envelope for _, envelope in posted)


def _envelopes(
    reader: models.Reader, ways: Sequence[Way], *, at: datetime
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
