"""The workers of a Dask cluster as an executor, for the verbs `attribute` and `logs`. Needs the extra `cluster`."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from meldpunt.engines.matching.errors import ClusterUnusable


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a scheduler is, and with which certificate one shows oneself to it.

    `patience`: seconds in which it has to answer, and for which a run waits once there is no worker.
    """

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None
    patience: int = 15


@contextmanager
def executor_of(cluster: Cluster, files: Sequence[Path]) -> Iterator[Executor]:
    """Give the workers as an executor. They have to see the same files under the same names.

    Raises `ClusterUnusable`: no Dask here, rows that would cross a network in the clear, no scheduler that answers, no
    worker, other releases on them, a file that one of them does not see, or all of them lost on the way.
    """
    _refuse_in_the_clear(cluster.address)
    try:
        dask: Any = import_module("distributed")
    except ImportError as missing:
        raise ClusterUnusable("Dask is not installed here; install meldpunt[cluster]") from missing
    client = _client(dask, cluster)
    done = threading.Event()
    try:
        _look_at(client, files, cluster.patience)
        workers = _Workers(client.get_executor(retries=3))
        threading.Thread(target=_watch, args=(client, workers, done, cluster.patience), daemon=True).start()
        yield workers
    except dask.KilledWorker as killed:
        raise ClusterUnusable("worker after worker died of the same stretch") from killed
    finally:
        done.set()
        client.close(timeout=2)


def _refuse_in_the_clear(address: str) -> None:
    scheme, _, place = address.partition("://")
    if scheme == "tls":
        return
    host = place.rpartition(":")[0].strip("[]")
    try:
        is_here = ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost"
    if scheme != "tcp" or not is_here:
        raise ClusterUnusable(f"{address}: rows cross a network under TLS alone; say tls://")


def _client(dask: Any, cluster: Cluster) -> Any:
    given = {
        "tls_ca_file": cluster.ca,
        "tls_client_cert": cluster.cert,
        "tls_client_key": cluster.key,
    }
    said = {name: str(path) for name, path in given.items() if path is not None}
    security = dask.Security(require_encryption=cluster.address.startswith("tls"), **said)
    try:
        return dask.Client(cluster.address, security=security, timeout=cluster.patience, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as refused:
        raise ClusterUnusable(f"{cluster.address} cannot be used: {refused}") from refused


def _look_at(client: Any, files: Sequence[Path], patience: int) -> None:
    """Compare releases, and what each worker sees of the files."""
    try:
        client.wait_for_workers(1, timeout=patience)
        client.get_versions(check=True)
    except (OSError, TimeoutError, ValueError) as refused:
        raise ClusterUnusable(str(refused)) from refused
    mine_is = code_digest()
    for worker, digest in client.run(code_digest).items():
        if digest != mine_is:
            raise ClusterUnusable(f"{worker} runs another release of this than runs here")
    names = [str(path.resolve()) for path in files]
    mine = sizes_of(names)
    seen: Mapping[str, list[int]] = client.run(sizes_of, names)
    for worker, sizes in seen.items():
        for name, size, here in zip(names, sizes, mine, strict=True):
            if size != here:
                raise ClusterUnusable(f"{worker} does not see {name} as it is here")


def code_digest() -> str:
    """SHA-256 of the sources of matching. Runs on the workers: one that reads otherwise would answer otherwise."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def sizes_of(names: Sequence[str]) -> list[int]:
    """The size of each file; -1 where there is none. Runs on the workers."""
    return [Path(name).stat().st_size if Path(name).is_file() else -1 for name in names]


class _Workers(Executor):
    """The executor of Dask, whose work can be given up."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner
        self._work: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As any executor."""
        self._work.append(self._inner.submit(fn, *args, **kwargs))
        return self._work[-1]

    def give_up(self) -> None:
        """Whoever waits is told. A task that Dask alone would cancel is waited for by `as_completed` for ever."""
        for one in self._work:
            with suppress(InvalidStateError):
                one.set_exception(ClusterUnusable("all its workers are gone"))


def _watch(client: Any, workers: _Workers, done: threading.Event, patience: int) -> None:
    """Give up once there has been no worker for a while: the work would otherwise wait for ever."""
    alone = 0
    while not done.wait(1):
        alone = 0 if client.scheduler_info(n_workers=-1)["workers"] else alone + 1
        if alone >= patience:
            workers.give_up()
            return
