"""Apache Parquet as rows of a table: each column as text, structures by dotted names, lists as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.mapping import secret_columns

MAGIC: Final = b"PAR1"
_ROWS: Final = 1 << 15
_DAMAGED: Final = (
    pa.ArrowInvalid,
    pa.ArrowNotImplementedError,
    pa.ArrowTypeError,
    NotImplementedError,
    OSError,
    UnicodeDecodeError,
)


def columns_in(path: Path) -> tuple[tuple[str, ...], frozenset[str], tuple[int, ...]]:
    """(the names of the columns, those with lists in which passwords stand, the bytes of each row group).

    Raises `InputBroken`, OSError.
    """
    with _translated(path), pq.ParquetFile(path) as file:
        sizes = tuple(file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups))
        schema = _flat(file.schema_arrow.empty_table()).schema
    return tuple(schema.names), frozenset(one.name for one in schema if _may_hide(one.type)), sizes


def _may_hide(kind: pa.DataType) -> bool:
    """Whether names within it are those of passwords; those of a map stand in its rows and may be any."""
    kinds = list(_kinds(kind))
    return any(map(pa.types.is_map, kinds)) or bool(secret_columns(list(_within(kind))))


def _kinds(kind: pa.DataType) -> Iterator[pa.DataType]:
    yield kind
    for number in range(kind.num_fields):
        yield from _kinds(kind.field(number).type)


def _within(kind: pa.DataType) -> Iterator[str]:
    """The names of everything in a nested type."""
    for number in range(kind.num_fields):
        yield kind.field(number).name
        yield from _within(kind.field(number).type)


def as_delimited(path: Path, columns: Sequence[str], *, first: int, until: int) -> Iterator[bytes]:
    """The rows of these row groups as records of CSV without a header. Raises `InputBroken`, OSError."""
    options = pacsv.WriteOptions(include_header=False, quoting_style="all_valid")
    with _translated(path), pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS, row_groups=range(first, until)):
            table = _flat(pa.Table.from_batches([batch]))
            if tuple(table.column_names) != tuple(columns):
                raise InputBroken(path.name, "it changed since it was looked through")
            held = io.BytesIO()
            pacsv.write_csv(pa.table([_as_text(column) for column in table.columns], list(columns)), held, options)
            yield held.getvalue()


def _flat(table: pa.Table) -> pa.Table:
    while any(pa.types.is_struct(kind) for kind in table.schema.types):
        table = table.flatten()
    return table


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """What is not there is empty; an instant says that it is UTC where the column says so."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.cast(kind.value_type))
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.chunked_array([pa.array([_said(one) for one in column.to_pylist()], pa.string())])
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", tz=None if kind.tz is None else "UTC"), safe=False)
    return pc.fill_null(column.cast(pa.string()), "")


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGED as broken:
        # An error of the machine has a number; what the library says of bytes that are damaged has none.
        if isinstance(broken, OSError) and broken.errno is not None:
            raise
        raise InputBroken(path.name, f"it cannot be read as Parquet: {broken}") from broken
