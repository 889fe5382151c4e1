"""Compiled files that somebody damaged: refused, or read as what they were."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.engines.matching.test_logs import FIELDS, HEADER, ROW, indicators
from tests.fuzz.of_feeds import FOLDER, a_registry
from tests.fuzz.targets import Target

from meldpunt.engines.matching.artefacts import read_indicators, read_registry, write_indicators
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import ArtefactBroken
from meldpunt.engines.matching.rollups.hunting import hunt
from meldpunt.engines.matching.rollups.store import Store

_HELD = indicators()


def _damaged(data: bytes, held: bytes) -> bytes:
    """The bytes, changed where and how the input says: whole files are too long to be inputs themselves."""
    random = Random(data)
    changed = bytearray(held)
    for number in range(1 + len(data) % 4):
        place = random.randrange(len(changed)) if random.random() < 0.5 else random.randrange(min(len(changed), 3000))
        changed[place] = data[number] if number < len(data) else random.randrange(256)
    return bytes(changed[: random.randrange(len(changed))] if random.random() < 0.2 else changed)


def _artefact(data: bytes) -> None:
    """Under the old name its digest tells; under the name that its bytes have, somebody meant it."""
    readers: tuple[tuple[Path, Callable[[Path], object]], ...] = (
        (a_registry(), read_registry),
        (write_indicators(compile_indicators(_HELD, seed=_SEED), FOLDER), read_indicators),
    )
    path, read = readers[len(data) % 2]
    held = path.read_bytes()
    changed = _damaged(data, held)
    folder = FOLDER / "damaged"
    folder.mkdir(exist_ok=True)
    old = folder / path.name
    old.write_bytes(changed)
    if changed != held:
        try:
            read(old)
        except ArtefactBroken:
            pass
        else:
            raise AssertionError("a damaged file was read")
    renamed = folder / f"{hashlib.sha256(changed).hexdigest()}.{path.suffix.removeprefix('.')}"
    renamed.write_bytes(changed)
    with suppress(ArtefactBroken):
        read(renamed)
    renamed.unlink()


def _rollup(data: bytes) -> None:
    """A hunt in a damaged store ends in an answer or a refusal; where digests are taken, in the answer as it was."""
    store = FOLDER / "damaged-store"
    shutil.rmtree(store, ignore_errors=True)
    shutil.copytree(_store(), store)
    path = sorted(store.iterdir())[len(data) % len(list(store.iterdir()))]
    path.write_bytes(_damaged(data, path.read_bytes() or b"x"))
    with suppress(ArtefactBroken):
        list(hunt(Store(store), _HELD, whenever=True))
    with suppress(ArtefactBroken):
        assert list(hunt(Store(store), _HELD, is_checked=True)) == list(hunt(Store(_store()), _HELD))


def _store() -> Path:
    store = FOLDER / "whole-store"
    if not store.exists():
        (FOLDER / "dns.log").write_text(HEADER + FIELDS + ROW * 3 + ROW.replace("1791288000", "1791374400"))
        Store(store).roll([FOLDER / "dns.log"])
    return store


_SEED = compile_indicators(_HELD).tables.seed
_SEEDS = [bytes([number, 255 - number, 0, 128]) * 2 for number in range(40)]
TARGETS = {
    "artefacts": Target(_SEEDS, [b"\xff\xff\xff\xff", b"\0"], _artefact),
    "damaged_rollups": Target(_SEEDS, [b"\xff\xff\xff\xff", b"\0"], _rollup),
}
