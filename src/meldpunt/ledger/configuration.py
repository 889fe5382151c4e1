"""Under which law, which permissions and which settings the house runs, in a form that can be compared with before.

The law is read as the bytes of its data files, where the law in force lies: no database, no Django. What differs is
named, so that a reader of the ledger sees which file, which permission of which role, or which setting changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Final, TypeAlias
from uuid import UUID

from meldpunt.access.rules import PERMISSIONS
from meldpunt.law import FOLDER, IN_FORCE

from .leaves import canonical_json
from .values import Json

Parts: TypeAlias = Mapping[str, Mapping[str, Json]]
"""For each of law, access and settings: what it consists of, by name."""

CONFIGURATION: Final = UUID("00000000-0000-4000-8000-00000000000c")
"""What a change of configuration is a change of, in the ledger."""

SETTINGS: Final = (
    "ALARM_ADDRESS",
    "ALLOWED_HOSTS",
    "AUTHORITY",
    "AUTH_PASSWORD_VALIDATORS",
    "CSIRT_CONTACT",
    "DEMO",
    "DRAFTS_LIMIT",
    "DRAFTS_LIMIT_IN_ALL",
    "EVIDENCE_KEYS",
    "EVIDENCE_LIMIT",
    "EVIDENCE_RETENTION",
    "EVIDENCE_SCANNER",
    "ISAC_FEWEST_AUTHORS",
    "ISAC_ROUNDS",
    "LEDGER_ORIGIN",
    "MACHINE_KEY_DAYS",
    "MIDDLEWARE",
    "MOST_ANSWERS_AN_HOUR",
    "NCISS_THRESHOLDS",
    "PASSWORD_HASHERS",
    "PROXIES",
    "QUEUE_HOURS",
    "RECEIPT_SECONDS",
    "REMINDER_HOURS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "TIME_ZONE",
    "UPLOADS_LIMIT",
    "UPLOADS_LIMIT_IN_ALL",
    "UPLOAD_LIMIT",
)
"""The settings that decide who comes in, how long a receipt stands open, in what company somebody speaks unattributed,
when who is warned, and in whose name is signed. Of each only a digest is kept."""


def parts_of(settings: object) -> Parts:
    """What holds in this process."""
    law = _data_files(FOLDER, f"{IN_FORCE.country}/")
    return {
        "law": {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in law},
        "access": {role.value: sorted(each.value for each in allowed) for role, allowed in PERMISSIONS.items()},
        "settings": {name: _digest(getattr(settings, name, None)) for name in SETTINGS},
    }


def changes_between(before: Parts, after: Parts) -> dict[str, Json]:
    """Per part that differs: the digest of the whole then and now, and the names of what changed; empty if none did."""
    return {
        part: {
            "before": _digest(before[part]) if part in before else None,
            "after": _digest(now),
            "changed": list(_changed(before.get(part, {}), now)),
        }
        for part, now in after.items()
        if before.get(part) != now
    }


def _changed(before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if isinstance(old, list) and isinstance(new, list):
            yield from (f"{name} +{each}" for each in new if each not in old)
            yield from (f"{name} -{each}" for each in old if each not in new)
        elif old != new:
            yield name if old and new else f"{'+' if new else '-'}{name}"


def _data_files(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{path}{each.name}"
        if each.is_dir():
            yield from _data_files(each, f"{name}/")
        elif name.endswith(".toml"):
            yield name, each


def _digest(value: object) -> str:
    # Translated words and paths are written as they read; nothing here has to be read back.
    plain: Json = json.loads(json.dumps(value, default=str, sort_keys=True))
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()
