"""What is written of an item when it is sealed, whichever way its bytes came."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from meldpunt.access.values import Actor
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules, sealing
from ..examining import Seen
from ..values import EvidenceId


@dataclass(frozen=True)
class Arrived:
    """An item that came for `about`: name and type as the sender gave them, size in bytes."""

    item: EvidenceId
    name: str
    media_type: str
    size: int
    about: UUID
    purpose: str


def keep_item(actor: Actor, arrived: Arrived, seen: Seen) -> None:
    """Write its row, and in the ledger a commitment to its content. The caller is a deed, and writes the key."""
    salt, digest = secrets.token_bytes(sealing.SALT_BYTES), bytes.fromhex(seen.digest)
    models.Item(
        id=arrived.item,
        about=arrived.about,
        purpose=arrived.purpose,
        organisation=actor.organisation,
        name=rules.display_name(arrived.name),
        name_given=arrived.name.encode(errors="surrogatepass"),
        media_type=seen.media_type,
        media_type_declared=rules.display_type(arrived.media_type),
        size=arrived.size,
        marks=seen.marks,
        nested=seen.nested,
        verdict=seen.verdict,
        found=seen.found,
        engine=seen.engine,
        digest=digest,
        salt=salt,
        sealed_by=actor.id,
        sealed_at=timezone.now(),
    ).save(force_insert=True)
    ledger.record(
        actor,
        kind=Kind.SEALED,
        subject=arrived.item,
        about=actor.organisation,
        details={
            "report": str(arrived.about),
            "purpose": arrived.purpose,
            "commitment": sealing.commitment_to(digest, salt=salt).hex(),
        },
    )
