"""Zeek logs in text: the header says what the columns are, wherever it stands, and lines follow it until the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.tokens import NO_QUOTE, take_column, tokenise
from meldpunt.engines.matching.passwords import is_secret
from meldpunt.engines.matching.reading.logs.columns import Column, zeek_column
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE, Counted, ended, refuse_long
from meldpunt.engines.matching.values import FieldKind
from meldpunt.engines.matching.watching import LogBlock, Watched

_MOST_RECORDS: Final = 1 << 16
_AT_ONCE: Final = 1 << 20
"""Bytes: what is found in them stays near the processor, and no memory has to be asked for anew."""
_IS_WHOLE: Final = True
_ESCAPED: Final = re.compile(r"\\x([0-9a-fA-F]{2})")
_SAID: Final = {"#set_separator": "set_separator", "#empty_field": "empty", "#unset_field": "unset", "#path": "path"}


_NONE: Final = Fields(np.zeros(1, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines before the records say; `fields` is empty until they are named."""

    separator: str = "\t"
    set_separator: str = ","
    empty: str = "(empty)"
    unset: str = "-"
    path: str = ""
    fields: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def after(self, line: str, *, name: str) -> Header:
        """What holds behind a line of a header. Raises `InputBroken` for one that makes no sense."""
        word, _, rest = line.strip().partition(" ")
        if word == "#separator":
            separator = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), rest)
            if len(separator) != 1 or not separator.isascii() or separator in "\r\n":
                raise InputBroken(name, "its separator is not one character")
            return Header(separator=separator)
        word, _, rest = line.strip("\r\n ").lstrip("\t").partition(self.separator)
        if word == "#set_separator" and (len(rest) != 1 or not rest.isascii()):
            raise InputBroken(name, "the separator of its lists is not one character")
        if word in _SAID:
            said: dict[str, Any] = {_SAID[word]: rest}
            return replace(self, **said)
        if word == "#fields":
            return replace(self, fields=tuple(rest.split(self.separator)), types=())
        return replace(self, types=tuple(rest.split(self.separator))) if word == "#types" else self


def is_zeek(start: bytes) -> bool:
    """Whether a log begins as those of Zeek do."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"#separator", b"#fields"))


def read_zeek(
    pieces: Iterable[bytes], *, name: str, counted: Counted, header: Header | None = None, begins_at: int = 0
) -> Iterator[LogBlock]:
    """Blocks of records; `counted` grows with them. `header`: what held before the first piece, at `begins_at`.

    Raises `InputBroken` for records before any `#fields`, and for a line longer than `LONGEST_LINE`.
    """
    held, left, passed = header or Header(), b"", begins_at
    for portion in _portions(ended(pieces)):
        text = left + portion
        until = text.rfind(b"\n") + 1
        if len(text) - until > LONGEST_LINE:
            raise InputBroken(name, f"a line that begins near byte {passed + until} does not end")
        data = np.frombuffer(text, np.uint8)
        place = 0
        while place < until:
            edge = next_header(text, place, until)
            if edge > place:
                yield from _records(data, place, edge, held, passed, name=name, counted=counted)
            place = edge
            if place < until:
                end = text.index(b"\n", place) + 1
                held = held.after(text[place:end].decode("utf-8", "replace"), name=name)
                place = end
        left, passed = text[until:], passed + until


def _portions(pieces: Iterable[bytes]) -> Iterator[memoryview]:
    for piece in pieces:
        held = memoryview(piece)
        for place in range(0, len(piece), _AT_ONCE):
            yield held[place : place + _AT_ONCE]


def header_after(header: Header, text: bytes, *, name: str) -> Header:
    """What holds behind whole lines. Raises `InputBroken` for a line of a header that makes no sense."""
    place = next_header(text, 0, len(text))
    while place < len(text):
        end = text.index(b"\n", place) + 1
        header = header.after(text[place:end].decode("utf-8", "replace"), name=name)
        place = next_header(text, end, len(text))
    return header


def next_header(text: bytes, place: int, until: int) -> int:
    """Where the next line of a header begins, or `until`. Some logs in the wild have a blank before its sign."""
    found = text.find(b"#", place, until)
    while found >= 0:
        first = found - 1 if found > place and text[found - 1 : found] in (b"\t", b" ") else found
        if first == place or text[first - 1 : first] == b"\n":
            return first
        found = text.find(b"#", found + 1, until)
    return until


def _records(
    data: Bytes, start: int, end: int, header: Header, passed: int, *, name: str, counted: Counted
) -> Iterator[LogBlock]:
    if not header.fields:
        if not bytes(data[start:end]).strip():
            return
        raise InputBroken(name, "records stand before any #fields that could name their columns")
    plan = _plan(header)
    wanted = sorted({place for place, _ in plan} | ({header.fields.index("ts")} if "ts" in header.fields else set()))
    secret = [place for place, name in enumerate(header.fields) if is_secret(name)]
    wanted = sorted({*wanted, *secret, *(header.fields.index(one.host) for _, one in plan if one.host)})
    slots = np.full(max(wanted, default=-1) + 1, -1, np.int32)
    slots[wanted] = np.arange(len(wanted), dtype=np.int32)
    nothing = [np.frombuffer(word.encode() or b"\0", np.uint8) for word in (header.unset, header.empty)]
    while start < end:
        records = np.empty(_MOST_RECORDS + 1, np.int32)
        starts, ends = (np.empty((_MOST_RECORDS, len(wanted)), np.int32) for _ in range(2))
        widths = np.empty(_MOST_RECORDS, np.int32)
        count, start = tokenise(
            data, start, end, _IS_WHOLE, ord(header.separator), NO_QUOTE, slots, records, starts, ends, widths
        )
        if not count:
            return
        refuse_long(records[: count + 1], passed, name=name)
        is_odd = widths[:count] != len(header.fields)
        counted.records += count - int(is_odd.sum())
        counted.unread += int(is_odd.sum())
        columns = {
            place: Fields(data, *take_column(data, starts, ends, slot, widths[:count], len(header.fields), *nothing))
            for slot, place in enumerate(wanted)
        }
        hidden = tuple(columns[place] for place in secret)
        yield _block(header, plan, columns, LogBlock("", data, records[: count + 1], passed, _NONE, (), hidden=hidden))


def _plan(header: Header) -> list[tuple[int, Column]]:
    """The columns in which something is looked for: their places, and what stands there."""
    types = dict(zip(header.fields, header.types, strict=False))
    found = [(place, zeek_column(name, types.get(name, ""))) for place, name in enumerate(header.fields)]
    return [(place, one) for place, one in found if one is not None and (not one.host or one.host in header.fields)]


def _block(header: Header, plan: list[tuple[int, Column]], columns: dict[int, Fields], held: LogBlock) -> LogBlock:
    fields = header.fields
    watched = tuple(
        Watched(
            fields[place],
            one.kind,
            columns[fields.index(one.host)] if one.host else columns[place],
            target=columns[place] if one.host else None,
            separator=header.set_separator if one.is_list else "",
            is_escaped=one.kind is not FieldKind.ADDRESS,
            names_client=one.names_client,
        )
        for place, one in plan
    )
    time = columns[fields.index("ts")] if "ts" in fields else _NONE
    return replace(held, log=header.path or "zeek", time=time, watched=watched)
