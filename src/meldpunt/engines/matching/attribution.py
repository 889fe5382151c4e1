"""From an Arrow batch to answers: one pure function, the same in a notebook, a worker of Dask or of Spark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from ipaddress import IPv4Network, IPv6Network
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from meldpunt.engines.matching.compiling import CompiledRegistry, micros
from meldpunt.engines.matching.errors import TimeWithoutZone
from meldpunt.engines.matching.kernel.attributing import COLUMNS, IS_V4, IS_V6, WAYS, Fields, attribute_rows
from meldpunt.engines.matching.kernel.characters import UNSURE
from meldpunt.engines.matching.rows import ReadRow, Row, read_row
from meldpunt.engines.matching.values import Attribution, ClaimKind
from meldpunt.engines.matching.zones import UTC_CLOCK, clock_of

_NEVER: Final = np.iinfo(np.int64).min
_NO_COLUMN: Final = Fields(np.zeros(1, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.int32))
_ORDER: Final = {ClaimKind.PREFIX: 0, ClaimKind.ASN: 1, ClaimKind.DOMAIN: 2}


@dataclass(frozen=True, slots=True)
class Columns:
    """In which column of a batch each kind of field stands; None where the batch has none."""

    address: str | None = None
    host: str | None = None
    url: str | None = None
    asn: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """For each row: `answers` (rows, 3) by network, AS number and name, `verdicts` (rows, 5) in the order of `Row`, and
    `networks` (rows,), the /24 or /48 round its address as `network_of` reads it."""

    answers: npt.NDArray[np.int32]
    verdicts: npt.NDArray[np.uint8]
    networks: npt.NDArray[np.uint64]


def attribute_batch(
    batch: pa.RecordBatch,
    registry: CompiledRegistry,
    columns: Columns,
    *,
    otherwise_at: datetime | None = None,
    zone: tzinfo | None = None,
) -> Answers:
    """Who answers for each row as of its own time; see `rows.read_row` for what counts. Times without a zone are of
    `zone`, UTC without it.

    The columns hold text (string, large_string or binary). Raises KeyError for a column that is not there and
    `TimeWithoutZone` for a naive `otherwise_at`.
    """
    fields = {name: fields_of(batch, getattr(columns, name)) for name in Columns.__slots__}
    return attribute_fields(fields, batch.num_rows, registry, otherwise_at=otherwise_at, zone=zone)


def attribute_fields(
    fields: Mapping[str, Fields],
    rows: int,
    registry: CompiledRegistry,
    *,
    otherwise_at: datetime | None = None,
    zone: tzinfo | None = None,
) -> Answers:
    """The same for fields that lie in any bytes, by the names of `Columns`."""
    if otherwise_at is not None and otherwise_at.tzinfo is None:
        raise TimeWithoutZone("an instant needs a zone; a naive datetime has none")
    otherwise = _NEVER if otherwise_at is None else micros(otherwise_at)
    given = [fields.get(name, _NO_COLUMN) for name in Columns.__slots__]
    found = Answers(np.zeros((rows, WAYS), np.int32), np.zeros((rows, COLUMNS), np.uint8), np.zeros(rows, np.uint64))
    address, host, url, asn, time = given
    attribute_rows(
        registry.tables,
        address,
        host,
        url,
        asn,
        time,
        UTC_CLOCK if zone is None else clock_of(zone),
        otherwise,
        found.answers,
        found.verdicts,
        found.networks,
    )
    is_unsure = found.verdicts == UNSURE
    if is_unsure.any():
        unsure = np.flatnonzero(is_unsure.any(axis=1))
        written = [Row(*(_text(column, int(row)) for column in given)) for row in unsure]
        read = [read_row(row, otherwise_at=otherwise_at, zone=zone) for row in written]
        _ask_again(unsure, read, registry, found)
    return found


def attributions_of(
    registry: CompiledRegistry, by_network: int, by_number: int, by_name: int
) -> tuple[Attribution, ...]:
    """Who answers for a row with these three answers, as `Registry.attribute` says it."""
    network = registry.answers.get(by_network)
    roles = {one.role for one in network}
    number = tuple(one for one in registry.answers.get(by_number) if one.role not in roles)
    each: dict[tuple[str, str], Attribution] = {}
    for one in (*network, *number, *registry.answers.get(by_name)):
        each.setdefault((one.owner, one.role), one)
    return tuple(sorted(each.values(), key=lambda one: (_ORDER[one.by], one.role, one.owner)))


def network_of(key: int) -> IPv4Network | IPv6Network | None:
    """The network that a key of `Answers.networks` stands for; None for 0."""
    if key >> 60 == int(IS_V4) >> 60:
        return IPv4Network(((key & 0xFF_FFFF) << 8, 24))
    if key >> 60 == int(IS_V6) >> 60:
        return IPv6Network(((key & 0xFFFF_FFFF_FFFF) << 80, 48))
    return None


def fields_of(batch: pa.RecordBatch, name: str | None) -> Fields:
    """A column of text as fields; one of no rows where there is no name."""
    if name is None:
        return _NO_COLUMN
    column = batch.column(name)
    if column.null_count:
        column = column.fill_null(b"" if pa.types.is_binary(column.type) else "")
    _, offsets, data = column.cast(pa.binary()).buffers()
    places = np.frombuffer(offsets, np.int32, len(column) + 1, column.offset * 4)
    held = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    return Fields(held, places[:-1], places[1:])


def _ask_again(unsure: npt.NDArray[np.intp], read: list[ReadRow], registry: CompiledRegistry, found: Answers) -> None:
    """Ask the kernel about the normal form of rows that the specification read."""
    normal = pa.RecordBatch.from_pydict(
        {
            "address": ["" if one.address is None else str(one.address) for one in read],
            "host": [one.host or "" for one in read],
            "asn": ["" if one.asn is None else str(one.asn) for one in read],
            "time": ["" if one.at is None else one.at.isoformat() for one in read],
        }
    )
    again = attribute_batch(normal, registry, Columns(address="address", host="host", asn="asn", time="time"))
    found.answers[unsure] = again.answers
    found.networks[unsure] = again.networks
    found.verdicts[unsure] = np.array([one.verdicts for one in read], np.uint8)


def _text(column: Fields, row: int) -> str:
    """The field as text. Bytes that are no UTF-8 become characters that no grammar takes."""
    if not column.starts.size:
        return ""
    return bytes(column.data[column.starts[row] : column.ends[row]]).decode("utf-8", "replace")
