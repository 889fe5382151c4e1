"""A mail that came back is written to the delivery that it belongs to, and somebody is told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..mail.office import RETURN_PREFIX
from ..mail.returned import read_return
from ..rules.posting import without_address, without_hosts
from ..values import Bounced, DisclosureId, EnvelopeId, EnvelopeState, Outcome, Trouble
from .sending import destination_of, raise_trouble, settle_delivery

_READ: Final = 300_000
_RETURN: Final = re.compile(re.escape(RETURN_PREFIX) + r"([0-9a-f]{40})@", re.IGNORECASE)
_MESSAGE_ID: Final = re.compile(r"<[0-9a-f]{32}@[a-z0-9.-]{1,253}>", re.IGNORECASE)


@deed(Permission.DISCLOSURE_DELIVER)
def record_bounce(actor: Actor, /, *, raw: bytes, recipient: str = "") -> Bounced | None:
    """What came back, and of which delivery; None where it is a mail like any other.

    `recipient` is the address of the envelope, where whoever received the mail knows it. Found by the return address of
    the one mail, in the envelope or in the headers, or by the Message-ID in what was returned. Of a bounce nothing else
    is kept, so what a person may have written is none.
    """
    text = raw[:_READ].decode("latin-1")
    row = _envelope_of(text, recipient)
    if row is None:
        return None
    heads = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    returned = read_return(raw, is_addressed=bool(_RETURN.search(recipient) or _RETURN.search(heads)))
    if returned.outcome is Outcome.NONE:
        return None
    address = destination_of(actor, row, at=timezone.now()).mail if row.contact else ""
    is_permanent = returned.is_permanent_for(address)
    found = Bounced(EnvelopeId(row.id), DisclosureId(row.disclosure_id), is_permanent)
    bounce = models.Bounce(
        envelope=row,
        disclosure_id=row.disclosure_id,
        received_at=timezone.now(),
        is_permanent=is_permanent,
        status=returned.status,
        said=without_address(returned.said, address) if address else without_hosts(returned.said),
        digest=hashlib.sha256(raw).digest(),
    )
    try:
        with transaction.atomic():
            bounce.save(force_insert=True)
    except IntegrityError:
        return found
    _take(actor, row, bounce)
    return found


def _take(actor: Actor, row: models.Envelope, bounce: models.Bounce) -> None:
    if not bounce.is_permanent and row.state != EnvelopeState.SENT.value:
        return
    raise_trouble(row, Trouble.BOUNCED if bounce.is_permanent else Trouble.DELAYED, at=bounce.received_at)
    row.reply = f"{bounce.status} {bounce.said}".strip()
    if bounce.is_permanent:
        # It was taken, whatever our own books say: it could not have come back otherwise.
        row.state, row.sent_at = EnvelopeState.BOUNCED.value, row.sent_at or bounce.received_at
    row.save(
        update_fields=["state", "sent_at", "reply", "trouble", "raised_at", "settled_by", "settled_at", "settlement"]
    )
    settle_delivery(row)
    ledger.record(
        actor,
        kind=Kind.BOUNCED,
        subject=row.disclosure_id,
        about=OrganisationId(row.organisation) if row.organisation else None,
        details={"message_id": row.message_id, "permanent": bounce.is_permanent, "status": bounce.status},
    )


def _envelope_of(text: str, recipient: str) -> models.Envelope | None:
    if not settings.MAIL["bounce_domain"]:
        return None
    for code in _once(_RETURN.findall(recipient) + _RETURN.findall(text)):
        found = models.Envelope.objects.select_for_update().filter(return_code=code).first()
        if found is not None:
            return found
    ids = list(_once(_MESSAGE_ID.findall(text)))
    return models.Envelope.objects.select_for_update().filter(message_id__in=ids).first() if ids else None


def _once(found: list[str]) -> Iterator[str]:
    """Each once and in lower case, of as many as one mail may name."""
    yield from dict.fromkeys(one.lower() for one in found[:50])
