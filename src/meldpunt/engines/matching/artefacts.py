"""Compiled tables in one file that workers map into memory and share.

The file is named by the SHA-256 of its bytes, so that a worker that was handed a name reads exactly those tables or
none. Layout: a magic line, eight bytes with the length of a JSON header, the header, each array at a multiple of 64.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.answers import AnswerTable, Words
from meldpunt.engines.matching.compiling import CompiledRegistry
from meldpunt.engines.matching.compiling_indicators import CompiledIndicators, IndicatorTable
from meldpunt.engines.matching.errors import ArtefactBroken
from meldpunt.engines.matching.kernel.looking import IndicatorTables
from meldpunt.engines.matching.kernel.tables import Tables

_REGISTRY: Final = b"meldpunt registry 1\n"
_INDICATORS: Final = b"meldpunt indicators 2\n"
_ALIGNMENT: Final = 64
_PIECE: Final = 1 << 20


def write_registry(registry: CompiledRegistry, folder: Path) -> Path:
    """Write the tables under the digest of their bytes; gives the path. Whole or not at all."""
    arrays = _flat("tables", registry.tables._asdict()) | _flat("answers", registry.answers._asdict())
    return write_arrays(arrays, {"version": registry.version}, folder, magic=_REGISTRY)


def read_registry(path: Path) -> CompiledRegistry:
    """Map the tables; nothing is copied. Raises `ArtefactBroken` for a file that is not what its name says."""
    arrays, held = read_arrays(path, magic=_REGISTRY)
    with refusing_nonsense(path):
        tables = Tables(**_unflat("tables", Tables._fields, arrays))
        answers = AnswerTable(**_unflat("answers", AnswerTable._fields, arrays))
        return CompiledRegistry(version=str(held["version"]), tables=tables, answers=answers)


def write_indicators(indicators: CompiledIndicators, folder: Path) -> Path:
    """The same for indicators."""
    arrays = _flat("tables", indicators.tables._asdict()) | _flat("indicators", indicators.indicators._asdict())
    return write_arrays(arrays, {"version": indicators.version}, folder, magic=_INDICATORS)


def read_indicators(path: Path) -> CompiledIndicators:
    """The same for indicators."""
    arrays, held = read_arrays(path, magic=_INDICATORS)
    with refusing_nonsense(path):
        tables = IndicatorTables(**_unflat("tables", IndicatorTables._fields, arrays))
        table = IndicatorTable(**_unflat("indicators", IndicatorTable._fields, arrays))
        return CompiledIndicators(version=str(held["version"]), tables=tables, indicators=table)


def _flat(name: str, held: Mapping[str, Any]) -> dict[str, npt.NDArray[Any]]:
    """Arrays as they are, and words as their parts."""
    found: dict[str, npt.NDArray[Any]] = {}
    for field, one in held.items():
        parts = {f".{part}": array for part, array in one._asdict().items()} if isinstance(one, Words) else {"": one}
        found |= {f"{name}.{field}{part}": array for part, array in parts.items()}
    return found


def _unflat(name: str, fields: Iterable[str], arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, Any]:
    return {
        field: arrays[f"{name}.{field}"]
        if f"{name}.{field}" in arrays
        else Words(arrays[f"{name}.{field}.offsets"], arrays[f"{name}.{field}.held"])
        for field in fields
    }


def write_arrays(
    arrays: Mapping[str, npt.NDArray[Any]], held: Mapping[str, object], folder: Path, *, magic: bytes
) -> Path:
    """Arrays and a JSON object in one file, named by its digest and by the second word of `magic`, which is one line.

    Gives the path; whole or not at all. Raises OSError.
    """
    places: dict[str, tuple[str, tuple[int, ...], int]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, array.shape, offset)
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    header = json.dumps({"arrays": places, **held}, separators=(",", ":"), sort_keys=True).encode()
    header += b" " * (-(len(magic) + 8 + len(header)) % _ALIGNMENT)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
        written = Path(file.name)
        try:
            for piece in (magic, len(header).to_bytes(8, "little"), header, *map(_padded, arrays.values())):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            path = folder / f"{digest.hexdigest()}.{magic.split()[1].decode()}"
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
    return path


def _padded(array: npt.NDArray[np.generic]) -> bytes:
    held = np.ascontiguousarray(array).tobytes()
    return held + b"\0" * (-len(held) % _ALIGNMENT)


def read_arrays(path: Path, *, magic: bytes, is_checked: bool = True) -> tuple[dict[str, Any], dict[str, object]]:
    """(the arrays, mapped; the JSON object). Raises `ArtefactBroken` for a file that is not what its name says.

    Where it is not to be checked, its digest is not taken, which reads all of it. The digest keeps damage out and no
    malice: who can write in the folder of compiled files decides what is matched.
    """
    if is_checked and _digest(path) != path.name.partition(".")[0]:
        raise ArtefactBroken(path, "its bytes have another digest than its name says")
    with path.open("rb") as file:
        if file.read(len(magic)) != magic:
            raise ArtefactBroken(path, f"it holds no compiled {magic.split()[1].decode()}, or those of another release")
    with refusing_nonsense(path):
        held = np.memmap(path, np.uint8, "r").view(np.ndarray)
        first = len(magic) + 8
        length = int.from_bytes(bytes(held[len(magic) : first]), "little")
        header = json.loads(bytes(held[first : first + length]))
        arrays = {
            name: _placed(held, np.dtype(kind), tuple(shape), first + length + offset)
            for name, (kind, shape, offset) in header.pop("arrays").items()
        }
        return arrays, header


@contextmanager
def refusing_nonsense(path: Path) -> Iterator[None]:
    """Raises `ArtefactBroken` where what stands in the file cannot be laid out, or leads outside it."""
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, SyntaxError) as broken:
        raise ArtefactBroken(path, f"it is damaged: {broken}") from broken


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _placed(
    held: npt.NDArray[np.uint8], kind: np.dtype[np.generic], shape: tuple[int, ...], offset: int
) -> npt.NDArray[np.generic]:
    if min((offset, *shape)) < 0:
        raise ValueError("an array has no room")
    size = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
    return held[offset : offset + size].view(kind).reshape(shape)
