"""The key store of this process, held to the key that the house seals with."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import connection

from .keystore import FileKeyStore, KeyStore

KEY_FILE: Final = "evidence.key"


def key_store() -> KeyStore:
    """Where the key lives, for whoever is bound. Raises KeyUnusable."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_key_in_use()")
        (in_use,) = cursor.fetchone()
    return FileKeyStore(settings.DATA / KEY_FILE, in_use=in_use)
