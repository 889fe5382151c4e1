"""A sample of somebody's CSV: its columns, its first rows, and how they would be read by a mapping. Keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_url
from meldpunt.vocabulary.texts import keepable

from ..feed_values import ColumnMapping, ColumnUse, TimeForm
from ..rules import MOST_COLUMNS
from .delimited import open_text
from .local_times import read_local_time
from .mapped import guess_delimiter, read_columns, read_lines, read_mapped
from .rows import FeedRow

SAMPLE_BYTES: Final = 64_000
FIRST_ROWS: Final = 10
_MOST_LINES: Final = 200
_NAMED: Final[Mapping[ColumnUse, frozenset[str]]] = {
    ColumnUse.ADDRESS: frozenset({"ip", "ip address", "ip_address", "src_ip", "source.ip", "address", "ip-adres"}),
    ColumnUse.PORT: frozenset({"port", "src_port", "source.port", "poort"}),
    ColumnUse.HOST: frozenset({"host", "hostname", "domain", "fqdn", "domein", "hostnaam"}),
    ColumnUse.URL: frozenset({"url", "uri", "link"}),
    ColumnUse.TIME: frozenset({"time", "timestamp", "date", "datetime", "first_seen", "tijd", "tijdstip", "datum"}),
    ColumnUse.CLASS: frozenset({"type", "kind", "class", "category", "classification", "soort", "categorie"}),
    ColumnUse.MAIL: frozenset({"mail", "email", "e-mail"}),
    ColumnUse.HASH: frozenset({"hash", "md5", "sha1", "sha256"}),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """The first lines of a file as text, taken apart by one delimiter."""

    text: str
    delimiter: str
    has_header: bool
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def words_in(self, place: int) -> tuple[str, ...]:
        """The different words in a column, in lower case."""
        found = dict.fromkeys(row[place].strip().lower() for row in self.rows if place < len(row))
        return tuple(word for word in found if word)

    def guess_use(self, place: int) -> ColumnUse:
        """What the column most likely is, by its name or else by what stands in it."""
        by_name = next((use for use, names in _NAMED.items() if self.columns[place] in names), None)
        written = [row[place] for row in self.rows if place < len(row) and row[place]]
        return by_name or _guess_by_cells(written)


def take_sample(raw: bytes, *, delimiter: str = "", has_header: bool | None = None) -> Sample:
    """The beginning of a file, up to whole lines. Without a delimiter or a word on the header they are guessed."""
    beginning = raw[:SAMPLE_BYTES]
    if len(raw) > SAMPLE_BYTES:
        # Before anything is decoded: half a character at the end would make Latin-1 of all that stands before it.
        beginning = beginning[: beginning.rfind(b"\n") + 1] or beginning
    lines = open_text(beginning).read().splitlines(keepends=True)
    return sample_of(keepable("".join(lines[:_MOST_LINES])), delimiter=delimiter, has_header=has_header)


def sample_of(text: str, *, delimiter: str = "", has_header: bool | None = None) -> Sample:
    """The same of lines that were taken before; one with more columns than a mapping holds has none."""
    raw = text.encode("utf-8", "replace")
    delimiter = delimiter or guess_delimiter(raw)
    cells = [one.cells for one in read_lines(raw, delimiter) if one.cells]
    with_header = _is_header(cells[0]) if has_header is None and cells else bool(has_header or has_header is None)
    columns = read_columns(raw, delimiter, has_header=with_header)
    if len(columns) > MOST_COLUMNS:
        return Sample(text, delimiter, with_header, (), ())
    return Sample(text, delimiter, with_header, columns, tuple(cells[1:] if with_header else cells))


def preview(sample: Sample, mapping: ColumnMapping) -> tuple[FeedRow, ...]:
    """The first rows as they would be read."""
    return tuple(islice(_rows(sample, mapping), FIRST_ROWS))


def _rows(sample: Sample, mapping: ColumnMapping) -> Iterator[FeedRow]:
    return read_mapped(sample.text.encode("utf-8", "replace"), mapping)


def _is_header(cells: tuple[str, ...]) -> bool:
    """A first line with an address, a URL or a time in it is a row already."""
    return all(_guess_by_cells([cell]) is ColumnUse.KEPT for cell in cells)


def _guess_by_cells(written: list[str]) -> ColumnUse:
    for use, is_one in ((ColumnUse.ADDRESS, _is_address), (ColumnUse.URL, _is_url), (ColumnUse.TIME, _is_time)):
        if written and all(map(is_one, written[:FIRST_ROWS])):
            return use
    return ColumnUse.KEPT


def _is_address(written: str) -> bool:
    try:
        parse_address(written)
    except Unreadable:
        return False
    return True


def _is_url(written: str) -> bool:
    try:
        parse_url(written)
    except Unreadable:
        return False
    return True


def _is_time(written: str) -> bool:
    return any(read_local_time(written, form=form, zone="UTC") for form in TimeForm if form is not TimeForm.EPOCH)
