"""On the workers of a cluster, under TLS, the answer is that of one machine; one that dies changes nothing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import distributed
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import meldpunt
from meldpunt.engines.matching.artefacts import write_indicators
from meldpunt.engines.matching.clusters import Cluster, executor_of
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import ClusterUnusable
from meldpunt.engines.matching.sightings.running import AskedLogs, sight
from meldpunt.entrypoints.cli.match import run

from .test_logs import FIELDS, HEADER, ROW, indicators

ANSWER = ("manifest.json", "sightings.csv", "records.jsonl")


def write_certificate(folder: Path) -> Path:
    """A certificate that signs itself, with its key, in one file: both sides show it and trust it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "both.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class Running:
    """A scheduler and workers, each a process."""

    def __init__(self, folder: Path, *, environment: dict[str, str] | None = None) -> None:
        self._environment = environment
        self.pem = write_certificate(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._folder = folder
        address = f"tls://127.0.0.1:{self.port}"
        self.cluster = Cluster(address, self.pem, self.pem, self.pem)
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"
        )
        self.workers = [self.worker(number) for number in range(2)]

    def worker(self, number: int) -> subprocess.Popen[bytes]:
        return self._start(
            "dask_worker", f"tls://127.0.0.1:{self.port}", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
            "--no-dashboard", "--local-directory", str(self._folder / f"w{number}"), "--death-timeout", "30",
        )  # fmt: skip

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        tls = [f"--tls-{name}={self.pem}" for name in ("ca-file", "cert", "key")]
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, *tls, "--protocol", "tls"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self._environment)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    held = Running(tmp_path)
    yield held
    held.stop()


@pytest.fixture
def asked(tmp_path: Path) -> tuple[Path, list[Path]]:
    compiled = write_indicators(compile_indicators(indicators()), tmp_path / "compiled")
    logs = []
    for number in range(12):
        path = tmp_path / f"dns.{number}.log"
        path.write_text(HEADER + FIELDS + ROW.replace("C1", f"C{number}") * 2_000)
        logs.append(path)
    return compiled, logs


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    tmp_path: Path, running: Running, asked: tuple[Path, list[Path]]
) -> None:
    compiled, logs = asked
    sight(logs, AskedLogs(compiled, tmp_path / "here"))
    killed: list[int] = []

    def kill(_progress: object) -> None:
        if not killed:
            killed.append(running.workers[0].pid)
            os.kill(running.workers[0].pid, signal.SIGKILL)

    with executor_of(running.cluster, [compiled, *logs]) as executor:
        sight(logs, AskedLogs(compiled, tmp_path / "there"), executor=executor, progress=kill)
    assert killed
    assert running.workers[0].wait() == -signal.SIGKILL
    pem = str(running.pem)
    flags = ["--cluster", running.cluster.address, "--tls-ca", pem, "--tls-cert", pem, "--tls-key", pem]
    assert run(["logs", str(compiled), *map(str, logs), "--out", str(tmp_path / "said"), *flags]) == 0
    for name in ANSWER:
        here = (tmp_path / "here" / name).read_bytes()
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "said" / name).read_bytes() == here


def test_without_any_worker_left_there_is_no_answer_and_a_reason(
    tmp_path: Path, running: Running, asked: tuple[Path, list[Path]]
) -> None:
    compiled, logs = asked

    def kill(_progress: object) -> None:
        for worker in running.workers:
            worker.kill()

    with (
        pytest.raises(ClusterUnusable, match="all its workers are gone"),
        executor_of(replace(running.cluster, patience=5), [compiled, *logs]) as executor,
    ):
        sight(logs, AskedLogs(compiled, tmp_path / "there"), executor=executor, progress=kill)
    assert not (tmp_path / "there" / "manifest.json").exists()


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "tcp://scheduler.example:8786", "http://127.0.0.1"])
def test_rows_cross_no_network_in_the_clear(address: str) -> None:
    with pytest.raises(ClusterUnusable, match="under TLS alone"), executor_of(Cluster(address), []):
        pass


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path) -> None:
    pem = write_certificate(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert distributed.__version__
    with (
        pytest.raises(ClusterUnusable, match="cannot be used"),
        executor_of(Cluster(f"tls://127.0.0.1:{port}", pem, pem, pem, patience=2), []),
    ):
        pass


def test_a_worker_that_runs_other_code_is_refused(tmp_path: Path) -> None:
    """It would answer otherwise, under the name that the answer of this code has."""
    package = Path(meldpunt.__file__).parent
    shutil.copytree(package, tmp_path / "other" / "meldpunt", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other" / "meldpunt" / "engines" / "matching" / "said.py").open("a") as file:
        file.write("# another release\n")
    held = Running(tmp_path, environment={**os.environ, "PYTHONPATH": str(tmp_path / "other")})
    try:
        with pytest.raises(ClusterUnusable, match="another release"), executor_of(held.cluster, []):
            pass
    finally:
        held.stop()
