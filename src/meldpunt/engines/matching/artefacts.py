"""Compiled tables in one file that workers map into memory and share.

The file is named by the SHA-256 of its bytes, so that a worker that was handed a name reads exactly those tables or
none. Layout: a magic line, eight bytes with the length of a JSON header, the header, each array at a multiple of 64.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.answers import AnswerTable, Words
from meldpunt.engines.matching.compiling import CompiledRegistry
from meldpunt.engines.matching.errors import ArtefactBroken
from meldpunt.engines.matching.kernel.tables import Tables

_MAGIC: Final = b"meldpunt registry 1\n"
_ALIGNMENT: Final = 64
_PIECE: Final = 1 << 20


def write_registry(registry: CompiledRegistry, folder: Path) -> Path:
    """Write the tables under the digest of their bytes; gives the path. Whole or not at all."""
    arrays = {f"tables.{name}": array for name, array in registry.tables._asdict().items()}
    for name, held in registry.answers._asdict().items():
        if isinstance(held, Words):
            arrays |= {f"answers.{name}.{part}": array for part, array in held._asdict().items()}
        else:
            arrays[f"answers.{name}"] = held
    return _write(arrays, {"version": registry.version}, folder)


def read_registry(path: Path) -> CompiledRegistry:
    """Map the tables; nothing is copied. Raises `ArtefactBroken` for a file that is not what its name says."""
    arrays, held = _read(path)
    found: dict[str, Any] = {
        name: arrays[f"answers.{name}"] for name in AnswerTable._fields if f"answers.{name}" in arrays
    }
    found |= {
        name: Words(arrays[f"answers.{name}.offsets"], arrays[f"answers.{name}.held"])
        for name in AnswerTable._fields
        if name not in found
    }
    tables = Tables(**{name: arrays[f"tables.{name}"] for name in Tables._fields})
    return CompiledRegistry(version=str(held["version"]), tables=tables, answers=AnswerTable(**found))


def _write(arrays: Mapping[str, npt.NDArray[np.generic]], held: Mapping[str, object], folder: Path) -> Path:
    places: dict[str, tuple[str, tuple[int, ...], int]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, array.shape, offset)
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    header = json.dumps({"arrays": places, **held}, separators=(",", ":"), sort_keys=True).encode()
    header += b" " * (-(len(_MAGIC) + 8 + len(header)) % _ALIGNMENT)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
        written = Path(file.name)
        try:
            for piece in (_MAGIC, len(header).to_bytes(8, "little"), header, *map(_padded, arrays.values())):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            path = folder / f"{digest.hexdigest()}.registry"
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
    return path


def _padded(array: npt.NDArray[np.generic]) -> bytes:
    held = np.ascontiguousarray(array).tobytes()
    return held + b"\0" * (-len(held) % _ALIGNMENT)


def _read(path: Path) -> tuple[dict[str, Any], dict[str, object]]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    if digest.hexdigest() != path.name.partition(".")[0]:
        raise ArtefactBroken(path, "its bytes have another digest than its name says")
    held = np.memmap(path, np.uint8, "r")
    if bytes(held[: len(_MAGIC)]) != _MAGIC:
        raise ArtefactBroken(path, "it is no compiled registry, or one of another release")
    first = len(_MAGIC) + 8
    length = int.from_bytes(bytes(held[len(_MAGIC) : first]), "little")
    header = json.loads(bytes(held[first : first + length]))
    arrays = {
        name: _placed(held, np.dtype(kind), tuple(shape), first + length + offset)
        for name, (kind, shape, offset) in header.pop("arrays").items()
    }
    return arrays, header


def _placed(
    held: npt.NDArray[np.uint8], kind: np.dtype[np.generic], shape: tuple[int, ...], offset: int
) -> npt.NDArray[np.generic]:
    size = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
    return held[offset : offset + size].view(kind).reshape(shape)
