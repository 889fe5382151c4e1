"""The CSV of one source, read as somebody said once what its columns are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Final, TextIO

from meldpunt.vocabulary.texts import keepable

from ..feed_values import ColumnMapping, ColumnUse, Named, RowKind
from ..rules import LARGEST_ITEM
from .classes import Classed
from .delimited import Record, open_text, read_records
from .local_times import read_local_time
from .rows import (
    FeedRow,
    each_once,
    first_host,
    host_of_url,
    named_hash,
    named_mail,
    named_url,
    read_address,
    read_host,
    read_port,
    unread_row,
)

DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST_SAID: Final = 80


def columns_of(record: Record) -> tuple[str, ...]:
    """The names in a header, as they are compared: lower case, without blanks around them."""
    return tuple(keepable(cell.strip().lower()) for cell in record.cells or ())


def read_lines(raw: bytes, delimiter: str) -> Iterator[Record]:
    """The records of a CSV, without the lines that say of themselves that they are comments."""
    return _without_comments(open_text(raw), delimiter)


def _without_comments(text: TextIO, delimiter: str) -> Iterator[Record]:
    return (one for one in read_records(text, delimiter) if not one.raw.lstrip().startswith("#"))


def read_columns(raw: bytes, delimiter: str, *, has_header: bool = True) -> tuple[str, ...]:
    """The columns of a CSV: the names in its first line, or their numbers; none where it has no line to read."""
    first = next(read_lines(raw, delimiter), None)
    names = columns_of(first) if first else ()
    return names if has_header else tuple(str(place) for place, _ in enumerate(names, start=1))


def guess_delimiter(raw: bytes) -> str:
    """The delimiter that makes most columns of the first line."""
    return max(DELIMITERS, key=lambda one: len(read_columns(raw, one)))


def fits(raw: bytes, mapping: ColumnMapping) -> bool:
    """Whether the file has the columns of the mapping. Without a header its first row has to be readable by it."""
    if read_columns(raw, mapping.delimiter, has_header=mapping.has_header) != mapping.columns:
        return False
    return mapping.has_header or next((one.is_readable for one in read_mapped(raw, mapping)), False)


def read_mapped(raw: bytes, mapping: ColumnMapping) -> Iterator[FeedRow]:
    """The rows, below the header where there is one."""
    return read_text(open_text(raw), mapping)


def read_text(text: TextIO, mapping: ColumnMapping) -> Iterator[FeedRow]:
    """As `read_mapped`, of a text that is read as it is asked for."""
    records = _without_comments(text, mapping.delimiter)
    for number, record in enumerate(islice(records, 1 if mapping.has_header else 0, None), start=1):
        yield read_row(number, record, mapping)


def read_row(number: int, record: Record, mapping: ColumnMapping) -> FeedRow:
    """One row, by the use of each of its columns."""
    raw = keepable(record.raw[:LARGEST_ITEM])
    if record.cells is None:
        return unread_row(number, raw, record.reason)
    reasons: list[str] = []
    if len(record.cells) != len(mapping.columns):
        reasons.append(f"{len(record.cells)} cells under {len(mapping.columns)} columns")
    cells = [keepable(cell.strip()) for cell in record.cells]
    used = _by_use(cells, mapping)
    written = zip(mapping.columns, mapping.uses, cells, strict=False)
    fields = {name: cell for name, use, cell in written if cell and use is not ColumnUse.IGNORED}
    url_address, url_host = host_of_url(used.get(ColumnUse.URL, ""))
    host = used.get(ColumnUse.HOST, "")
    if host and not read_host(host) and not read_address(host, []):
        reasons.append("host: not a host name")
    classed = _classed(used.get(ColumnUse.CLASS, ""), mapping)
    return FeedRow(
        number=number,
        raw=raw,
        fields=fields,
        address=read_address(used.get(ColumnUse.ADDRESS, ""), reasons) or url_address,
        port=read_port(used.get(ColumnUse.PORT, ""), reasons),
        host=first_host([host, url_host]),
        at=_time(used, mapping, reasons),
        rsit=classed.rsit,
        reason="; ".join(reasons),
        kind=RowKind.EVENT,
        named=_named(used),
        unknown_class=classed.unknown,
    )


def _by_use(cells: list[str], mapping: ColumnMapping) -> Mapping[ColumnUse, str]:
    """The first cell with something in it, for each use."""
    found: dict[ColumnUse, str] = {}
    for use, cell in zip(mapping.uses, cells, strict=False):
        if cell and use not in found:
            found[use] = cell
    return found


def _time(used: Mapping[ColumnUse, str], mapping: ColumnMapping, reasons: list[str]) -> datetime | None:
    written = used.get(ColumnUse.TIME, "")
    instant = read_local_time(written, form=mapping.time_form, zone=mapping.zone) if written else None
    if written and instant is None:
        reasons.append("time: not as the mapping says it is written")
    return instant


def _classed(said: str, mapping: ColumnMapping) -> Classed:
    """What the column says, where the mapping knows it; a word that it does not know is told, and not guessed at."""
    if ColumnUse.CLASS not in mapping.uses:
        return Classed(mapping.rsit)
    known = mapping.classes.get(said.lower())
    return Classed(known) if known else Classed(mapping.rsit, said[:_LONGEST_SAID] or "–")


def _named(used: Mapping[ColumnUse, str]) -> tuple[Named, ...]:
    return each_once(
        named_url(used.get(ColumnUse.URL, "")),
        named_hash(used.get(ColumnUse.HASH, "")),
        named_mail(used.get(ColumnUse.MAIL, "")),
    )
