"""One entry per deed, written inside the transaction of the deed itself: either both happened or neither."""

from __future__ import annotations

import functools
import secrets
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from meldpunt.access.binding import bound
from meldpunt.access.values import Actor

from . import models
from .errors import LedgerBusy
from .leaves import SALT_BYTES, commitment_to, encode_content
from .values import Deed, Entry, EntryId, Json, Kind

PATIENCE_MS: Final = 5_000
_BRIEFLY_MS: Final = 200
_AT_ONCE: Final = 500


def record(
    actor: Actor,
    /,
    *,
    kind: Kind,
    subject: uuid.UUID | None = None,
    about: uuid.UUID | None = None,
    details: Mapping[str, Json] | None = None,
    receipt_digest: bytes | None = None,
    readable_from: datetime | None = None,
) -> EntryId:
    """Write what `actor` did into the ledger, within the running deed of the same actor.

    `subject` is the thing it was done to, `about` the organisation that may read the entry and ask a proof of it,
    `receipt_digest` (`access.rules.digest_of`) lets the holder of that receipt do the same. Where the law forbids
    telling them for a time, `readable_from` is the end of that time: until then they learn that there is such an
    entry and nothing of it (`queries.count_closed`). Once the deed commits, the entry gets its place in the tree.
    Raises django.db.DatabaseError (row policy `record`) where `actor` is not the one bound, and TypeError or
    ValueError for details that JSON cannot say.
    """
    deed = Deed(kind, subject, about, details or {}, receipt_digest, readable_from)
    return record_many(actor, deeds=[deed])[0]


def record_many(actor: Actor, /, *, deeds: Iterable[Deed]) -> tuple[EntryId, ...]:
    """One entry per deed, in their order, in few journeys; otherwise as `record`."""
    rows = [_row(actor, deed) for deed in deeds]
    models.Entry.objects.bulk_create(rows, batch_size=_AT_ONCE)
    if rows:
        _sequence_after_commit(actor)
    return tuple(EntryId(row.id) for row in rows)


def _row(actor: Actor, deed: Deed) -> models.Entry:
    entry = Entry(
        id=EntryId(uuid.uuid4()),
        at=timezone.now(),
        kind=deed.kind,
        actor=actor.id,
        subject=deed.subject,
        about=deed.about,
        details=deed.details,
        readable_from=deed.readable_from,
    )
    content = encode_content(entry)
    salt = secrets.token_bytes(SALT_BYTES)
    return models.Entry(
        id=entry.id,
        at=entry.at,
        kind=entry.kind.value,
        actor=entry.actor,
        subject=entry.subject,
        about=entry.about,
        receipt_digest=deed.receipt_digest,
        readable_from=entry.readable_from,
        content=content,
        salt=salt,
        commitment=commitment_to(content, salt=salt),
    )


def sequence_entries(*, patience_ms: int = PATIENCE_MS) -> int:
    """Give every waiting entry its place in the tree; the size of the tree. Call it with an actor bound.

    Raises LedgerBusy where somebody keeps the turn for longer than that.
    """
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT ledger_sequence(%s)", [patience_ms])
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise LedgerBusy from error
            raise
        (size,) = cursor.fetchone()
    return int(size)


def _sequence_as(actor: Actor) -> None:
    # After commit nobody is bound any more and the login role itself may call nothing. Where somebody keeps the turn,
    # the deed stands and its entry gets its place with the next one, or within the minute.
    with suppress(LedgerBusy), bound(actor):
        sequence_entries(patience_ms=_BRIEFLY_MS)


def _sequence_after_commit(actor: Actor) -> None:
    """Once per transaction. Robust: the deed is committed, so a failure here must not make it look undone."""
    for waiting in connection.run_on_commit:
        if isinstance(waiting[1], functools.partial) and waiting[1].func is _sequence_as:
            return
    # Named after what it calls: Django says the name of what failed, and fails itself where there is none.
    later = functools.update_wrapper(functools.partial(_sequence_as, actor), _sequence_as)
    transaction.on_commit(later, robust=True)
