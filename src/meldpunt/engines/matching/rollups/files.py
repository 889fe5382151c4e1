"""A rollup: what was gathered of one day, laid out so that a hunt touches few pages of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.artefacts import read_arrays, refusing_nonsense, write_arrays
from meldpunt.engines.matching.kernel.saying import ADDRESS, PACKED
from meldpunt.engines.matching.kernel.suffixing import count_fingerprints, fill_fingerprints
from meldpunt.engines.matching.rollups.gathering import Gathering

_MAGIC: Final = b"meldpunt rollup 2\n"


class Rollup(NamedTuple):
    """Arrays that are mapped. Value v is `text[offsets[v]:offsets[v + 1]]` of a kind in a column.

    `prints` are sorted: keyed fingerprints of every value that is no address, of a name also of each name above it;
    `print_values` says of which value each is. `address_highs` and `address_lows` are sorted as pairs.
    """

    kinds: npt.NDArray[np.uint8]
    columns: npt.NDArray[np.uint16]
    offsets: npt.NDArray[np.int64]
    text: npt.NDArray[np.uint8]
    counts: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]
    lasts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    prints: npt.NDArray[np.uint64]
    print_values: npt.NDArray[np.int32]
    address_highs: npt.NDArray[np.uint64]
    address_lows: npt.NDArray[np.uint64]
    address_values: npt.NDArray[np.int32]


_OF_VALUES: Final = ("columns", "counts", "firsts", "lasts", "places")
_KINDS: Final = {
    **{name: np.dtype(np.int64) for name in ("offsets", "counts", "firsts", "lasts", "places")},
    **{name: np.dtype(np.uint64) for name in ("prints", "address_highs", "address_lows")},
    **{name: np.dtype(np.int32) for name in ("print_values", "address_values")},
    **{name: np.dtype(np.uint8) for name in ("kinds", "text")},
    "columns": np.dtype(np.uint16),
}


class Read(NamedTuple):
    """A rollup, and what the numbers in it stand for: `files` the logs, `columns` kind of log, name, and whether its
    fields are lists."""

    rollup: Rollup
    files: tuple[str, ...]
    columns: tuple[tuple[str, str, bool], ...]


def write_rollup(gathering: Gathering, seed: npt.NDArray[np.uint64], folder: Path) -> Path:
    """Write what was gathered; gives the path. Whole or not at all. Raises OSError."""
    held = gathering.gathered()
    offsets = np.concatenate([[0], held.ends]).astype(np.int64)
    made = np.empty(count_fingerprints(held.kinds, offsets, held.text), np.uint64)
    of = np.empty(made.size, np.int32)
    fill_fingerprints(seed, held.kinds, offsets, held.text, made, of)
    order = np.argsort(made, kind="stable")
    numbers = np.flatnonzero(held.kinds == ADDRESS).astype(np.int32)
    packed = held.text[offsets[numbers][:, None] + np.arange(PACKED)].reshape(-1, PACKED)
    halves = np.ascontiguousarray(packed).view(">u8").astype(np.uint64).reshape(-1, 2)
    sorted_ = np.lexsort((halves[:, 1], halves[:, 0]))
    rollup = Rollup(
        held.kinds,
        held.columns,
        offsets,
        held.text,
        held.counts,
        held.firsts,
        held.lasts,
        held.places,
        made[order],
        of[order],
        halves[sorted_, 0],
        halves[sorted_, 1],
        numbers[sorted_],
    )
    said: dict[str, object] = {"files": gathering.files, "columns": gathering.columns}
    return write_arrays(rollup._asdict(), said, folder, magic=_MAGIC)


def read_rollup(path: Path, *, is_checked: bool = True) -> Read:
    """Map it. Raises `ArtefactBroken`, OSError. Not `is_checked`: its digest is not taken."""
    arrays, said = read_arrays(path, magic=_MAGIC, is_checked=is_checked)
    held: Any = said
    with refusing_nonsense(path):
        columns = tuple((log, name, is_list) for log, name, is_list in held["columns"])
        rollup = Rollup(**{name: arrays[name] for name in Rollup._fields})
        _refuse_misshapen(rollup)
        return Read(rollup, tuple(held["files"]), columns)


def _refuse_misshapen(rollup: Rollup) -> None:
    """Raises ValueError where arrays are not of the kinds and lengths that the kernel is compiled for."""
    for name, array in rollup._asdict().items():
        if array.dtype != _KINDS[name] or array.ndim != (2 if name == "places" else 1):
            raise ValueError(f"{name} is another array")
    lengths = [len(getattr(rollup, name)) for name in _OF_VALUES]
    pairs = (
        (len(rollup.offsets), len(rollup.kinds) + 1),
        (len(rollup.print_values), len(rollup.prints)),
        (len(rollup.address_lows), len(rollup.address_highs)),
        (len(rollup.address_values), len(rollup.address_highs)),
    )
    if any(one != len(rollup.kinds) for one in lengths) or any(one != other for one, other in pairs):
        raise ValueError("its arrays do not fit each other")
