"""What the store says of itself: which rollups and logs it has, what is one's own, and the key of its fingerprints.

Both carry a digest: a day that is written wrong, or another key, would let a hunt find nothing and say nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.compiling import drawn_seed
from meldpunt.engines.matching.errors import ArtefactBroken
from meldpunt.engines.matching.rollups.leaving_out import Own

MANIFEST: Final = "rollups.json"
KEY: Final = "key"


@dataclass(frozen=True, slots=True)
class Held:
    """A rollup of the store. `file` is its name in the folder."""

    source: str
    day: date
    file: str
    records: int
    values: int


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, or an empty one. Raises `ArtefactBroken`, OSError."""
    path = folder / MANIFEST
    if not path.exists():
        return {"rollups": [], "logs": {}, "own": [], "key": ""}
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        digest = manifest.pop("digest")
        held_in(manifest)
        own_in(manifest)
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        raise ArtefactBroken(path, "it is no manifest of rollups") from broken
    if digest != _digest(manifest):
        raise ArtefactBroken(path, "it was changed, or is damaged")
    return manifest


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """At once: what was there before is there until all of this is."""
    unfinished = folder / f".{MANIFEST}"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump({**manifest, "digest": _digest(manifest)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / MANIFEST)


def _digest(manifest: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


def held_in(manifest: Mapping[str, Any]) -> list[Held]:
    """The rollups it names."""
    return [
        Held(one["source"], date.fromisoformat(one["day"]), one["file"], one["records"], one["values"])
        for one in manifest["rollups"]
    ]


def own_in(manifest: Mapping[str, Any]) -> Own:
    """What was said to be one's own when logs were added before."""
    networks = tuple(ip_network(one) for one in manifest["own"] if "/" in one)
    return Own(networks, tuple(one for one in manifest["own"] if "/" not in one))


def digest_of_key(folder: Path) -> str:
    """By which the manifest knows its key. Raises OSError."""
    return hashlib.sha256((folder / KEY).read_bytes()).hexdigest()


def read_key(folder: Path, manifest: Mapping[str, Any]) -> npt.NDArray[np.uint64]:
    """The key of the fingerprints. Raises `ArtefactBroken` for one that is not that of the rollups, OSError."""
    path = folder / KEY
    if manifest["key"] not in ("", digest_of_key(folder)):
        raise ArtefactBroken(path, "it is not the key that these rollups were made with")
    return np.frombuffer(path.read_bytes(), np.uint64)


def draw_key(folder: Path) -> None:
    """A key of its own for a new store, which nobody else may read. Raises OSError."""
    unfinished = folder / f".{KEY}"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(drawn_seed().tobytes())
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / KEY)
