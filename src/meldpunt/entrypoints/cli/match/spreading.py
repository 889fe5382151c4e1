"""Where the work is done: on this machine, or on the workers of a cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from meldpunt.engines.matching.clusters import Cluster, executor_of


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Let the verb say where."""
    parser.add_argument("--workers", type=_some, default=2, help="threads on this machine")
    parser.add_argument("--cluster", metavar="ADDRESS", help="scheduler of Dask: tls://HOST:PORT")
    for name in ("ca", "cert", "key"):
        parser.add_argument(f"--tls-{name}", type=Path, metavar="FILE", help="PEM, for the cluster")


def _some(text: str) -> int:
    if (count := int(text)) < 1:
        raise ValueError
    return count


@contextmanager
def spread(said: argparse.Namespace, files: Sequence[Path]) -> Iterator[Executor | None]:
    """The executor that was asked for; None for threads on this machine."""
    if not said.cluster:
        yield None
        return
    with executor_of(Cluster(said.cluster, said.tls_ca, said.tls_cert, said.tls_key), files) as executor:
        yield executor
