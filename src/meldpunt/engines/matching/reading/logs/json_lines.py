"""Logs of one JSON object a line: those of Zeek, and the EVE log of Suricata. DuckDB parses them into Arrow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from meldpunt.engines.matching.attribution import fields_of
from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.reading.logs.columns import EVE, ZEEK, Column, column_in
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE, Counted, ended, refuse_long
from meldpunt.engines.matching.watching import LogBlock, Watched

Rows = npt.NDArray[np.intp]
_BETWEEN: Final = "\x1f"
"""Between the values of a list. No value of any kind has one inside."""
_NEWLINE: Final = ord("\n")
_TIMES: Final = {"eve": "timestamp", "zeek": "ts"}
_NEEDED: Final = {"eve": "event_type", "zeek": "ts"}


_QUERY: Final = r"""
    WITH valid AS (
        SELECT line, regexp_matches(line, '^\s*$') AS is_blank,
            json_valid(line) AND regexp_matches(line, '^\s*\{') AS is_object
        FROM lines
    ), parsed AS (
        SELECT is_object, is_blank, json_transform(CASE WHEN is_object THEN line END, 'SHAPE') AS j FROM valid
    )
    SELECT is_object, is_blank, TAKEN FROM parsed
"""


def kind_of(start: bytes) -> str | None:
    """`eve` or `zeek`, by the first lines that are JSON objects; None where it is neither."""
    for line in start.splitlines()[:100]:
        try:
            held = json.loads(line)
        except ValueError:
            continue
        kind = next((kind for kind, key in _NEEDED.items() if key in held), None) if isinstance(held, dict) else None
        if kind is not None:
            return kind
    return None


def read_json_lines(
    pieces: Iterable[bytes], *, kind: str, name: str, log: str, counted: Counted, begins_at: int = 0
) -> Iterator[LogBlock]:
    """Blocks of records; `counted` grows with them, lines that are no JSON object among them.

    `log` is what kind of log it is where the records do not say so; the first piece is at `begins_at`. Raises
    `InputBroken` for a line that is longer than `LONGEST_LINE`.
    """
    reader = _Reader(kind)
    left, passed = b"", begins_at
    for piece in ended(pieces):
        text = left + piece
        until = text.rfind(b"\n") + 1
        if until:
            yield from reader.blocks(text[:until], passed, name=name, log=log, counted=counted)
        left, passed = text[until:], passed + until
        if len(left) > LONGEST_LINE:
            raise InputBroken(name, f"a line that begins near byte {passed} does not end")


class _Reader:
    """One query for all blocks of a log."""

    def __init__(self, kind: str) -> None:
        self._columns: Mapping[str, Column] = EVE if kind == "eve" else ZEEK
        self._kind = kind
        paths = [*self._columns, _TIMES[kind], "_path"]
        shape = json.dumps(_shape_of(paths, self._columns, is_flat=kind == "zeek"))
        taken = ", ".join(
            f"{_expression(path, self._columns.get(path), is_flat=kind == 'zeek')} AS c{number}"
            for number, path in enumerate(paths)
        )
        self._names = {path: f"c{number}" for number, path in enumerate(paths)}
        self._query = _QUERY.replace("SHAPE", shape).replace("TAKEN", taken)
        self._duck = duckdb.connect(config={"threads": 1, "autoload_known_extensions": False})

    def blocks(self, text: bytes, passed: int, *, name: str, log: str, counted: Counted) -> Iterator[LogBlock]:
        """The lines of a text, of each kind of log apart. Blank ones are passed over."""
        data = np.frombuffer(text, np.uint8)
        records = _lines(data)
        refuse_long(records, passed, name=name)
        batch = self._parsed(pa.table({"line": _as_text(text, data, records)}), name=name)
        is_object, is_blank = (batch.column(name).to_numpy(zero_copy_only=False) for name in ("is_object", "is_blank"))
        counted.records += int(is_object.sum())
        counted.unread += int((~is_object & ~is_blank).sum())
        counted.blank += int(is_blank.sum())
        whole = LogBlock(log, data, records, passed, self._fields(batch, _TIMES[self._kind]), (), is_json=True)
        for kind, rows in self._kinds(batch, log):
            watched = self._watched(batch, kind)
            held = replace(whole, log=kind, watched=tuple(one for one in watched if _says_anything(one)))
            yield held if rows is None else _only(held, rows)

    def _parsed(self, lines: pa.Table, *, name: str) -> pa.RecordBatch:
        self._duck.register("lines", lines)
        found: pa.Table = self._duck.sql(self._query).to_arrow_table()
        self._duck.unregister("lines")
        if found.num_rows != lines.num_rows:
            raise InputBroken(name, f"of {lines.num_rows} lines the parser gave {found.num_rows} back")
        (batch,) = found.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema=found.schema)]
        return batch

    def _fields(self, batch: pa.RecordBatch, path: str) -> Fields:
        return fields_of(batch, self._names[path])

    def _kinds(self, batch: pa.RecordBatch, log: str) -> list[tuple[str, Rows | None]]:
        """(kind of log, its rows or None for all). A line that does not say is of the kind that the file is."""
        if self._kind == "eve":
            return [("eve", None)]
        said = batch.column(self._names["_path"]).fill_null("").dictionary_encode()
        kinds = [one or log for one in said.dictionary.to_pylist()]
        if len(kinds) == 1:
            return [(kinds[0], None)]
        which = said.indices.to_numpy()
        return [(kind, np.flatnonzero(which == number)) for number, kind in enumerate(kinds)]

    def _watched(self, batch: pa.RecordBatch, log: str) -> Iterator[Watched]:
        for path, named in self._columns.items():
            one = named if self._kind == "eve" else column_in(log, path, named)
            yield Watched(
                path,
                one.kind,
                self._fields(batch, one.host or path),
                target=self._fields(batch, path) if one.host else None,
                separator=_BETWEEN if one.is_list else "",
                names_client=one.names_client,
            )


def _says_anything(watched: Watched) -> bool:
    return any(
        bool((fields.ends > fields.starts).any()) for fields in (watched.fields, watched.target) if fields is not None
    )


def _only(block: LogBlock, rows: Rows) -> LogBlock:
    """These records of a block; others may stand between them."""
    return replace(
        block,
        records=np.append(block.records[rows], block.records[rows[-1] + 1]),
        ends=block.records[rows + 1],
        time=_taken(block.time, rows),
        watched=tuple(
            replace(
                one,
                fields=_taken(one.fields, rows),
                target=None if one.target is None else _taken(one.target, rows),
            )
            for one in block.watched
        ),
    )


def _taken(fields: Fields, rows: Rows) -> Fields:
    return Fields(fields.data, fields.starts[rows], fields.ends[rows])


def _lines(data: Bytes) -> npt.NDArray[np.int32]:
    """Where each line begins, and where the last ends."""
    ends = np.flatnonzero(data == _NEWLINE) + 1
    if not ends.size or ends[-1] != data.size:
        ends = np.append(ends, data.size)
    return np.concatenate([[0], ends]).astype(np.int32)


def _as_text(text: bytes, data: Bytes, records: npt.NDArray[np.int32]) -> pa.Array:
    """The lines as Arrow has them, without a copy; what is no UTF-8 in a line is replaced there."""
    try:
        text.decode()
    except UnicodeDecodeError:
        pairs = zip(records[:-1].tolist(), records[1:].tolist(), strict=True)
        return pa.array([text[first:until].decode("utf-8", "replace").strip() for first, until in pairs], pa.string())
    buffers = [None, pa.py_buffer(records), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), records.size - 1, buffers)


def _shape_of(paths: Iterable[str], columns: Mapping[str, Column], *, is_flat: bool) -> dict[str, Any]:
    """The structure that `json_transform` is to read: text at the end of each path."""
    root: dict[str, Any] = {}
    for path in paths:
        one = columns.get(path)
        if is_flat:
            root[path] = ["VARCHAR"] if one is not None and one.is_list else "VARCHAR"
            continue
        _put(root, path.split("."))
    return root


def _put(node: dict[str, Any], steps: list[str]) -> None:
    step, rest = steps[0], steps[1:]
    key = step.removesuffix("[]")
    is_list = key != step
    if not rest:
        node[key] = ["VARCHAR"] if is_list else "VARCHAR"
        return
    held = node.setdefault(key, [{}] if is_list else {})
    _put(held[0] if is_list else held, rest)


def _expression(path: str, column: Column | None, *, is_flat: bool) -> str:
    """SQL for the text at a path of `j`; the values of a list stand behind each other."""
    if is_flat:
        taken = f'j."{path}"'
        return f"array_to_string({taken}, chr(31))" if column is not None and column.is_list else taken
    before, mark, behind = path.partition("[]")
    taken = "j." + ".".join(f'"{step}"' for step in before.split("."))
    if not mark:
        return taken
    if behind:
        inner = "x." + ".".join(f'"{step}"' for step in behind.lstrip(".").split("."))
        taken = f"list_transform({taken}, lambda x: {inner})"
    return f"array_to_string({taken}, chr(31))"
