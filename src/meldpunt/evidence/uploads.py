"""Rows of what is coming in, read by who holds the code."""

from __future__ import annotations

from . import models, rules
from .claiming import held_key, open_facts
from .values import Upload, UploadId


def opened_key(row: models.Upload, *, code: str) -> bytes:
    """The key of its parts. Raises SealBroken."""
    return held_key(bytes(row.held), code=code, upload=row.id)


def upload_from(row: models.Upload, *, code: str) -> Upload:
    """The row as a value. Raises SealBroken where it was begun under another code."""
    facts = open_facts(bytes(row.facts), key=opened_key(row, code=code), upload=row.id)
    name, metadata = str(facts["name"]), str(facts["metadata"])
    return Upload(UploadId(row.id), rules.display_name(name), metadata, row.length, row.offset, row.expires_at)
