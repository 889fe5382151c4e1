"""Keys of items are put under the wrapping key in use, without touching what they open."""

from __future__ import annotations

from typing import Final

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import KeyUnusable
from ..key_in_use import key_stores
from ..keystore import KeyStore
from ..transit import TransitKeyStore

_AT_ONCE: Final = 500


@deed(Permission.EVIDENCE_SHRED)
def rewrap_keys(actor: Actor, /) -> int:
    """Wrap up to 500 keys anew that another store, or an older version of this one, wrapped; how many. 0: all are.

    Raises KeyUnusable, SealBroken: then none of these is changed.
    """
    stores = key_stores()
    current = stores.current
    rows = models.Key.objects.select_for_update().order_by("item_id")
    old = list(rows.exclude(store=current.name)[:_AT_ONCE])
    for row in old:
        row.wrapped = _wrapped_anew(stores.named(row.store).unwrap(bytes(row.wrapped)), current)
        row.store = current.name
    if isinstance(current, TransitKeyStore) and not old:
        version = current.wrap(bytes(32)).rpartition(b":")[0] + b":"
        old = [row for row in rows.filter(store=current.name) if not bytes(row.wrapped).startswith(version)][:_AT_ONCE]
        for row in old:
            row.wrapped = current.rewrap(bytes(row.wrapped))
    models.Key.objects.bulk_update(old, ["store", "wrapped"])
    if old:
        ledger.record(actor, kind=Kind.KEY_ROTATED, details={"keys": len(old), "store": current.name})
    return len(old)


def _wrapped_anew(key: bytes, store: KeyStore) -> bytes:
    """The key under the other store, which gave it back: what it takes the place of is gone then."""
    wrapped = store.wrap(key)
    if store.unwrap(wrapped) != key:
        raise KeyUnusable(f"{store.name} gives back another key than it was given")
    return wrapped
