"""Documents are read where it does no harm: in a process that holds little, knows nothing and may be ended.

A PDF of a kilobyte can ask for gigabytes or for minutes, and the library that reads it is written in C. One process
reads the files of one report, one after another; the one it does not survive is left, and the next gets another.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic
from types import TracebackType
from typing import IO, Final, Self

_PROCESS: Final = "meldpunt.intake.formats.documents_apart"
LENGTH: Final = 8
END: Final = b"\xff" * LENGTH
"""After the last piece of a file, in the place of a length."""
_MOST: Final = 4_000_000
_AT_ONCE: Final = 65_536
# The address of the database and the keys of the house are none of its business.
_TOLD: Final = ("PATH", "LANG", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")


class Apart:
    """Reads the documents of one report as far as its seconds go; to be used in a `with`."""

    def __init__(self, seconds: float) -> None:
        self._until = monotonic() + seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def may_go_on(self) -> bool:
        """Whether there is time left."""
        return monotonic() < self._until

    def pieces_of(self, data: bytes) -> Iterator[str]:
        """The texts in a PDF or a document of an office program, page by page; none where it cannot be read.

        What was read until time was over, or until the process died of it, counts.
        """
        if not self.may_go_on():
            return
        try:
            source, sink = self._pipes()
            sink.write(len(data).to_bytes(LENGTH, "big") + data)
            sink.flush()
            while (size := self._read(source, LENGTH)) != END:
                yield self._read(source, min(int.from_bytes(size, "big"), _MOST)).decode("utf-8", "replace")
        except (OSError, EOFError):
            self._end()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            told = {name: os.environ[name] for name in _TOLD if name in os.environ}
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", _PROCESS],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=told,
                bufsize=0,
            )
        assert self._process.stdout
        assert self._process.stdin
        return self._process.stdout, self._process.stdin

    def _read(self, source: IO[bytes], size: int) -> bytes:
        """Exactly so many bytes. Raises EOFError where the process ended, TimeoutError where time is over."""
        found = bytearray()
        while len(found) < size:
            ready, _, _ = select.select([source], [], [], max(0.0, self._until - monotonic()))
            if not ready:
                raise TimeoutError
            part = source.read(min(size - len(found), _AT_ONCE))
            if not part:
                raise EOFError
            found += part
        return bytes(found)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()
