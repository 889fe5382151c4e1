"""A feed that is too large to be held: a file of lines, read as it is asked for, one row in memory at a time."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.compiling import CompiledRegistry

from ..errors import ReportTooLarge
from ..feed_values import LARGEST_FEED, FeedFormat, FeedMapping
from . import mapped, shadowserver
from .recognition import Recognised, recognise
from .rows import FeedRow
from .sieving import Sieve, Sifted, whole_lines

_HEAD: Final = 1_000_000
_BLOCK: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class LargeFeed:
    """A file that was recognised by its first lines. `digest` is the SHA-256 of its bytes."""

    path: Path
    name: str
    size: int
    digest: str
    encoding: str
    found: Recognised

    @property
    def title(self) -> str:
        """As a smaller feed is called."""
        source = "Shadowserver" if self.found.format is FeedFormat.SHADOWSERVER else "Feed"
        return f"{source}: {self.found.report}"

    def rows(self) -> Iterator[FeedRow]:
        """Its rows, one by one."""
        with self.path.open(encoding=self.encoding, newline="") as text:
            if self.found.mapping:
                yield from mapped.read_text(text, self.found.mapping.mapping)
            else:
                columns, report = self.found.columns, self.found.report
                yield from shadowserver.read_text(text, columns=columns, report=report)

    def sifted(self, registry: CompiledRegistry, *, skip: int, most: int) -> Iterator[Sifted]:
        """The rows that may be of somebody in the registry or may not be readable, and how many there are in all.

        Without the first `skip`; `most` are read at a time. What no sieve knows how to read is read row by row.
        """
        columns = self.found.columns
        if self.found.mapping or self.encoding != "utf-8-sig" or len(set(columns)) < len(columns):
            rows = islice(self.rows(), skip, None)
            while batch := tuple(islice(rows, most)):
                yield Sifted(len(batch), batch)
            return
        with self.path.open("rb") as file:
            sieve = Sieve(columns, report=self.found.report, registry=registry, most=most)
            yield from sieve.sift(whole_lines(file), skip=skip)

    def parts(self, size: int) -> Iterator[bytes]:
        """Its bytes, in parts of this size."""
        with self.path.open("rb") as file:
            while part := file.read(size):
                yield part


def open_large(path: Path, *, name: str, mappings: Sequence[FeedMapping] = ()) -> LargeFeed:
    """Look at a file. Raises ReportTooLarge where it is no CSV that can be read line by line, OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    found = recognise(head[: head.rfind(b"\n") + 1], name=name, mappings=mappings)
    if found.kept or found.documents or not (found.columns or found.mapping):
        raise ReportTooLarge("feed", LARGEST_FEED)
    digest, encoding = _look_through(path)
    return LargeFeed(path, name, path.stat().st_size, digest, encoding, found)


def _look_through(path: Path) -> tuple[str, str]:
    """The digest and the encoding: UTF-8 where all of it is, or else Latin-1, which has a character for every byte."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(block, final=len(block) < _BLOCK)
                except UnicodeDecodeError:
                    encoding = "latin-1"
    return digest.hexdigest(), encoding
