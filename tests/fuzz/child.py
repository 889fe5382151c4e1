"""The process that runs the inputs of one target until its time is over, or until one of them breaks something."""

from __future__ import annotations

import importlib.util
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzz.board import Board
from tests.fuzz.mutating import LONGEST, Mutator
from tests.fuzz.targets import Target, load

_MOST_MEMORY = 6 << 30
"""Bytes of data, those of the compiler among them; beyond it an allocation fails, and that is a finding."""
_MATCHING = "meldpunt.engines.matching"


def run(name: str, seconds: float, board: Board, corpus: Path) -> None:
    """Every seed first. Then by what they cover (atheris), where it is there; otherwise blindly."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
    if importlib.util.find_spec("atheris") is None:
        target = load(name)
        _run_blindly(target, seconds, _watched(target, board))
    else:
        _run_by_cover(name, seconds, board, corpus)


def _watched(target: Target, board: Board) -> Callable[[bytes], None]:
    def examine(data: bytes) -> None:
        board.begin(data)
        target.examine(data)

    for seed in target.seeds:
        examine(seed)
    return examine


def _run_blindly(target: Target, seconds: float, examine: Callable[[bytes], None]) -> None:
    mutator = Mutator(target.seeds, target.words, Random(os.urandom(16)))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        examine(mutator.next())


def _run_by_cover(name: str, seconds: float, board: Board, corpus: Path) -> None:
    """Python is counted line by line; but for what `_not_counted` names."""
    import atheris

    with atheris.instrument_imports(include=["meldpunt", "stix2patterns"], exclude=_not_counted()):
        target = load(name)
    examine = _watched(target, board)
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST])

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return Mutator(target.seeds, target.words, random).mutated(data)[:most]

    said = [sys.argv[0], str(corpus), f"-max_total_time={int(seconds)}", f"-max_len={LONGEST}", "-rss_limit_mb=0"]
    said += ["-timeout=3600", "-print_final_stats=1", f"-exact_artifact_path={os.devnull}"]
    atheris.Setup(said, examine, custom_mutator=mutated)
    atheris.Fuzz()


def _not_counted() -> list[str]:
    """The kernel, which is compiled from its sources as they are, and what works on arrays without reading anything:
    atheris keeps the outcome of each comparison of arrays that it counts, and fills the memory with them."""
    spec = importlib.util.find_spec("meldpunt")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    found = [f"{_MATCHING}.kernel"]
    for path in (folder / "engines" / "matching").rglob("*.py"):
        module = path.relative_to(folder.parent).with_suffix("").parts
        if "kernel" in module or ("reading" not in module and "import numpy" in path.read_text(encoding="utf-8")):
            found.append(".".join(module))
    return found


if __name__ == "__main__":
    if sys.argv[2] == "--again":
        load(sys.argv[1]).examine(Path(sys.argv[3]).read_bytes())
    else:
        try:
            run(sys.argv[1], float(sys.argv[2]), Board(Path(sys.argv[3])), Path(sys.argv[4]))
        finally:
            from tests.fuzz.of_feeds import FOLDER

            shutil.rmtree(FOLDER, ignore_errors=True)
