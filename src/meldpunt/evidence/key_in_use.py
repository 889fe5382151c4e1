"""The key stores of this process, held to the keys that the house sealed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import connection

from .errors import KeyUnusable
from .keystore import FileKeyStore, KeyStore
from .transit import TransitKeyStore

KEY_FILE: Final = "evidence.key"
OLDER_FILES: Final = "evidence-*.key"


@dataclass(frozen=True)
class KeyStores:
    """`current` wraps what is sealed from now on; each opens what it wrapped."""

    current: KeyStore
    by_name: Mapping[str, KeyStore]

    def named(self, name: str) -> KeyStore:
        """The store that wrapped a key. Raises KeyUnusable."""
        if name not in self.by_name:
            raise KeyUnusable(f"items were sealed under {name}, which is not here")
        return self.by_name[name]


def key_store() -> KeyStore:
    """Where keys are wrapped from now on, for whoever is bound. Raises KeyUnusable."""
    return key_stores().current


def key_stores() -> KeyStores:
    """`EVIDENCE_KEYS`: the first is current. Raises KeyUnusable.

    The file of the wrapping key is replaced by giving it a name of its own (`evidence-2026.key`): a new one is made
    only where every key that items were sealed under is still there.
    """
    older = [FileKeyStore(path, in_use=None) for path in sorted(settings.DATA.glob(OLDER_FILES))]
    sealed_under = [
        one for one in _names_in_use() if one.startswith("file:") and one not in {store.name for store in older}
    ]
    stores: list[KeyStore] = []
    for address in settings.EVIDENCE_KEYS:
        if address == "file":
            stores.append(FileKeyStore(settings.DATA / KEY_FILE, in_use=sealed_under[0] if sealed_under else None))
        else:
            stores.append(TransitKeyStore(address))
    found = {store.name: store for store in (*older, *stores)}
    missing = [one for one in sealed_under if one not in found]
    if missing:
        raise KeyUnusable(f"items were sealed under {missing[0]}, which is not here")
    return KeyStores(stores[0], found)


def _names_in_use() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_keys_in_use()")
        (names,) = cursor.fetchone()
    return list(names)
