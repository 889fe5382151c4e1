"""The verb `attribute` on two workers of Dask under TLS on loopback, or with two threads: the same answer."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.clusters import Cluster, executor_of
from meldpunt.engines.matching.packing.running import Asked, attribute

_WARMING: Final = 20_000
_RUNNING: Final[list[subprocess.Popen[bytes]]] = []


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is asked, and the cluster that does it; None for threads."""

    feed: Path
    asked: Asked
    cluster: Cluster | None


def prepare(folder: Path, *, workers: str = "") -> Prepared:
    """Start scheduler and workers, and let each compile the kernel over the beginning of the feed."""
    registry, feed = next((folder / "registry").glob("*.registry")), folder / "feed.csv"
    out = folder / f"answer-{'cluster' if workers else 'threads'}"
    prepared = Prepared(feed, Asked(registry=registry, out=out), _started(folder, int(workers)) if workers else None)
    with feed.open("rb") as file:
        lines = file.readlines(1 << 22)[:_WARMING]
    warming = []
    for number in range(int(workers or 1) * 2):
        warming.append(folder / f"warming-{number}.csv")
        warming[-1].write_bytes(b"".join((lines[0], *lines[1 + number :])))
    _attribute(replace(prepared, asked=replace(prepared.asked, out=folder / f"{out.name}-warming")), warming)
    shutil.rmtree(out, ignore_errors=True)
    return prepared


def run(prepared: Prepared) -> Iterable[tuple[str, int]]:
    """The digest of each table of the answer, which name every package with its digest."""
    _attribute(prepared, [prepared.feed])
    for path in sorted(prepared.asked.out.glob("*.csv")):
        yield hashlib.sha256(path.read_bytes()).hexdigest(), path.read_bytes().count(b"\n")


def elsewhere() -> float:
    """Seconds of the processor that scheduler and workers have used."""
    ticks = 0
    for process in _RUNNING:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _attribute(prepared: Prepared, feeds: Sequence[Path]) -> None:
    shutil.rmtree(prepared.asked.out, ignore_errors=True)
    prepared.asked.out.mkdir()
    if prepared.cluster is None:
        attribute(feeds, prepared.asked, workers=2)
        return
    with executor_of(prepared.cluster, [*feeds, prepared.asked.registry]) as executor:
        attribute(feeds, prepared.asked, executor=executor)


def _started(folder: Path, workers: int) -> Cluster:
    pem = folder / "both.pem"
    openssl = shutil.which("openssl") or "openssl"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    pem.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tls://127.0.0.1:{free.getsockname()[1]}"
    atexit.register(_stop)
    _start(pem, "dask_scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard")
    for number in range(workers):
        _start(
            pem, "dask_worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(folder / f"worker-{number}"), "--death-timeout", "30",
        )  # fmt: skip
    return Cluster(address, pem, pem, pem, patience=60)


def _start(pem: Path, program: str, *arguments: str) -> None:
    tls = [f"--tls-{name}={pem}" for name in ("ca-file", "cert", "key")]
    command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, *tls, "--protocol", "tls"]
    _RUNNING.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def _stop() -> None:
    for process in reversed(_RUNNING):
        process.kill()
        process.wait()
