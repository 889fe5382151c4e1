"""A contender in a process of its own, and what it took."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

CONTENDERS: Final = Path(__file__).parent / "contenders"
OURS: Final = Path(sys.executable)
PEERS: Final = Path(sys.prefix) / "peers" / "bin" / "python"
"""Programs of others live in an environment of their own, which `./dev bench matching` makes."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A file of `contenders/` with its options. `rows`: it is given so many only, because it is slow."""

    name: str
    file: str
    options: Mapping[str, str] = field(default_factory=dict)
    python: Path = OURS
    rows: int | None = None
    rounds: int | None = None
    does_less: str = ""
    """What it leaves out of the job; empty for nothing, and then its answer must be that of the others."""
    demanded: float | None = None
    """How many times our processor time it is to take at least, and what we aim at."""
    aimed: float | None = None
    is_by_clock: bool = False
    """Demand and aim are of time, not of the processor."""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds by the clock and of the processor for the job alone; MiB and seconds of the whole process."""

    wall: float
    cpu: float
    mib: float
    whole_wall: float
    whole_cpu: float
    load: float
    digest: str
    total: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Every run of a contender; `rows` is how many it was given. No runs: `absent` says why."""

    contender: Contender
    rows: int
    runs: Sequence[Run] = ()
    absent: str = ""

    def median(self, what: str) -> float:
        """Of one of the numbers of `Run`."""
        return float(statistics.median(getattr(run, what) for run in self.runs))

    @property
    def cpu_a_row(self) -> float:
        """Nanoseconds of the processor."""
        return self.median("cpu") / self.rows * 1e9


def interleaved(contenders: Sequence[Contender], folder: Path, *, rows: int, rounds: int) -> list[Measured]:
    """Each contender once a round, so that what else the machine does falls on all of them."""
    runs: dict[str, list[Run]] = {one.name: [] for one in contenders}
    absent: dict[str, str] = {}
    for number in range(rounds):
        for one in contenders:
            if one.name in absent or number >= (one.rounds or rounds):
                continue
            try:
                runs[one.name].append(run_once(one, folder))
            except subprocess.CalledProcessError as ended:
                absent[one.name] = ended.cmd
            except OSError as missing:
                absent[one.name] = str(missing)
    return [Measured(one, min(one.rows or rows, rows), runs[one.name], absent.get(one.name, "")) for one in contenders]


def run_once(contender: Contender, folder: Path) -> Run:
    """Raises `CalledProcessError` with the last line of what it said where it did not come to an end."""
    command = [str(contender.python), str(CONTENDERS / "measured.py"), str(CONTENDERS / contender.file), str(folder)]
    options = dict(contender.options) | ({"rows": str(contender.rows)} if contender.rows else {})
    command += [f"{name}={value}" for name, value in options.items()]
    load = os.getloadavg()[0]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=complained)
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        complained.seek(0)
        if process.returncode:
            last = complained.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise subprocess.CalledProcessError(process.returncode, f"{contender.file}: {last}")
        said.seek(0)
        told = json.loads(said.read().decode().strip().rpartition("\n")[2])
    return Run(
        wall=told["wall"],
        cpu=told["cpu"],
        mib=told["mib"],
        whole_wall=took,
        whole_cpu=used.ru_utime + used.ru_stime,
        load=load,
        digest=told["digest"],
        total=told["total"],
    )
