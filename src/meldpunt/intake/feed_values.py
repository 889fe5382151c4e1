"""What crosses the wall of intake of a feed: its format and flags, its rows, and how the CSV of a source is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from meldpunt.access.values import OrganisationId

from .values import Match, ReportId

MappingId = NewType("MappingId", UUID)

LARGEST_FEED: Final = 100_000_000
"""Bytes of a feed that is received in one go; a larger file comes in by parts."""


class FeedFormat(StrEnum):
    """In which format a feed is written."""

    SHADOWSERVER = "shadowserver"
    INTELMQ = "intelmq"
    N6 = "n6"
    XARF = "xarf"
    MISP = "misp"
    STIX = "stix"
    MAPPED = "mapped"
    UNKNOWN = "unknown"


class FeedFlag(StrEnum):
    """What somebody should know who works with a feed that was read."""

    UNKNOWN_REPORT = "unknown-report"
    UNKNOWN_CLASS = "unknown-class"
    UNKNOWN_MARKING = "unknown-marking"
    PATTERN_KEPT = "pattern-kept"
    DELETED_LEFT_OUT = "deleted-left-out"
    NAMES_CUT = "names-cut"
    ROWS_CUT = "rows-cut"


class RowKind(StrEnum):
    """What a row of a feed tells: that something happened, what to look for, or what belongs to it."""

    EVENT = "event"
    INDICATOR = "indicator"
    OBSERVED = "observed"
    SIGHTING = "sighting"
    VULNERABILITY = "vulnerability"
    CONTEXT = "context"


class ColumnUse(StrEnum):
    """What a column of somebody's CSV is read as."""

    ADDRESS = "address"
    PORT = "port"
    HOST = "host"
    URL = "url"
    TIME = "time"
    CLASS = "class"
    MAIL = "mail"
    HASH = "hash"
    KEPT = "kept"
    IGNORED = "ignored"


class TimeForm(StrEnum):
    """How a column writes instants: year first, day first, month first, or seconds since 1970."""

    YEAR_FIRST = "year-first"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    EPOCH = "epoch"


@dataclass(frozen=True, slots=True)
class Named:
    """What a row of a feed names beside its address and host, in normal form (`engines.matching.ObservableKind`)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How the CSV of one source is read: a use for each of its columns, in their order.

    `zone` (IANA) is that of times without one. `rsit` is the type of every row, unless the column with the use CLASS
    says a word that `classes` knows. Without a header the columns are `1`, `2` and so on, and a file is of the source
    by its name and by what stands in its first row.
    """

    columns: tuple[str, ...]
    uses: tuple[ColumnUse, ...]
    delimiter: str = ","
    zone: str = "UTC"
    time_form: TimeForm = TimeForm.YEAR_FIRST
    rsit: str = "other/undetermined"
    classes: Mapping[str, str] = field(default_factory=dict)
    has_header: bool = True


@dataclass(frozen=True, slots=True)
class FeedMapping:
    """A mapping under the name of its source. `file_shape`: what its file names have in common (`rules.file_shape`)."""

    id: MappingId
    name: str
    file_shape: str
    mapping: ColumnMapping
    made_at: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedRowLine:
    """One row of a feed: what was read of it, or why it could not be read (then `raw` holds it whole)."""

    id: UUID
    report: ReportId
    number: int
    raw: str
    fields: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    port: int | None = None
    host: str = ""
    at: datetime | None = None
    rsit: str = ""
    organisation: OrganisationId | None = None
    attributed_by: Match | None = None
    is_readable: bool = True
    reason: str = ""
    kind: RowKind = RowKind.EVENT
    named: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """Where one value stands, as far as it shows: the newest reports, how many there are (to a thousand), feed rows."""

    reports: tuple[ReportId, ...]
    count: int
    rows: tuple[FeedRowLine, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a large feed was read: rows, those of constituents, those that cannot be read; `is_whole` at its end."""

    rows: int = 0
    of_constituents: int = 0
    not_readable: int = 0
    is_whole: bool = False
