"""`./dev fuzz [TARGET…]`: each reader, and the kernel with its bounds checked, fed with what nobody meant to write.

A finding is an exception that is no refusal, an answer other than the specification's, a crash of the process, an
input that takes longer than `HANGS`, and memory beyond measure. The input is kept, and the status is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.board import Board
from tests.fuzz.targets import MODULES

from meldpunt.engines.matching.kernel import FOLDER

HANGS = 20.0
"""Seconds for one input."""
_A_PROCESS = 120.0
"""Seconds that one runs: counting what is covered keeps memory for ever."""
_COMPILING = 900.0
"""Seconds until the first input is begun, and until the compiled code for all seeds is there."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./dev fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(MODULES)}; without one, all")
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target (10)")
    parser.add_argument("--again", type=Path, metavar="FILE", help="run this one input through the target")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.targets if name not in MODULES]:
        parser.error(f"no such target: {', '.join(unknown)}")
    folder = Path(sys.prefix) / "fuzz"
    folder.mkdir(exist_ok=True)
    if asked.again:
        return subprocess.run(
            _command(*asked.targets, "--again", str(asked.again)), env=_environment(folder), check=False
        ).returncode
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not there for this Python and machine: inputs are made blindly, without counting lines")
    found = [fuzz(name, asked.minutes * 60, folder) for name in asked.targets or MODULES]
    return int(not all(found))


def fuzz(name: str, seconds: float, folder: Path) -> bool:
    """Whether nothing was found; prints a line."""
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as held:
        board = Board(Path(held) / "board")
        while (left := until - time.monotonic()) > 0:
            why, said = _one_process(name, min(left, _A_PROCESS), Path(held), board, folder)
            if why:
                kept = folder / f"found-{name}-{hashlib.sha256(board.data).hexdigest()[:12]}"
                kept.write_bytes(board.data)
                print(f"{name:<16} {why}, at input {board.count:,}: {kept}\n{said[-4000:]}", flush=True)
                print(f"again: ./dev fuzz {name} --again {kept}", flush=True)
                return False
    print(f"{name:<16} {seconds / 60:5.1f} min {board.count:>12,} inputs  nothing found", flush=True)
    return True


def _one_process(name: str, seconds: float, held: Path, board: Board, folder: Path) -> tuple[str, str]:
    """(why something was found, or nothing; what the process said)."""
    with (held / "said").open("w+b") as said:
        command = _command(name, str(seconds), str(held / "board"), str(folder / "corpus" / name))
        child = subprocess.Popen(command, env=_environment(folder), stdout=said, stderr=said)
        is_hanging = watch(child, board)
        said.seek(0)
        lines = (line.decode("utf-8", "replace") for line in said)
        text = "".join(line for line in lines if not line.startswith("INFO: Instrumenting"))
    if is_hanging:
        return f"an input took more than {HANGS:.0f} s", text
    return (f"status {child.returncode}" if child.returncode else ""), text


def watch(child: subprocess.Popen[bytes], board: Board, *, hangs: float = HANGS, compiling: float = _COMPILING) -> bool:
    """Wait for its end; whether it had to be killed because nothing went on."""
    begun = since = time.monotonic()
    count = 0
    while True:
        try:
            child.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            pass
        else:
            return False
        now = time.monotonic()
        if board.count != count:
            count, since = board.count, now
        if now - since > hangs and now - begun > compiling:
            child.kill()
            child.wait()
            return True


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.fuzz.child", *words]


def _environment(folder: Path) -> dict[str, str]:
    """Compiled with its bounds checked, and kept apart from what is compiled without; anew where any source changed,
    because Numba looks at the file of a function alone."""
    sources = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.py")))).hexdigest()
    return {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(folder / f"kernel-{sources[:16]}")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
