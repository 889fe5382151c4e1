"""What goes over the wire: names in camelCase, instants of RFC 3339 with their zone, dates without a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final

from django.utils import timezone
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from meldpunt.intake.values import Receipt, ReportKind
from meldpunt.vocabulary.markings import TLP

LONGEST_TEXT: Final = 200_000
"""Bytes of title and description together."""
MOST_TIMES: Final = 1_000_000_000

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCK_SKEW = timedelta(hours=1)


def _instant_written_out(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("not an instant of RFC 3339 with its zone")
    return value


def _day_written_out(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("not a date YYYY-MM-DD")
    return value


def _happened(instant: datetime) -> datetime:
    if not _EARLIEST <= instant <= timezone.now() + _CLOCK_SKEW:
        raise ValueError("before 1990 or in the future")
    return instant


def _has_come(day: date) -> date:
    if not _EARLIEST.date() <= day <= (timezone.now() + timedelta(days=1)).date():
        raise ValueError("before 1990 or in the future")
    return day


Instant = Annotated[AwareDatetime, AfterValidator(_happened), BeforeValidator(_instant_written_out)]
Day = Annotated[date, AfterValidator(_has_come), BeforeValidator(_day_written_out)]


class Message(BaseModel):
    """Something that goes over the wire. Not ninja's own `Schema`, which reads texts as if they were objects."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class ForwardedReport(Message):
    """One report that another system forwards. Members beside these are kept with it, as they came.

    The same words under the same `sourceReference` from the same key are received once; other words under it are a
    report of their own.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=False)

    title: str = Field("", description="One line.")
    description: str = Field("", description=f"With the title at most {LONGEST_TEXT:,} bytes in UTF-8.")
    kind: ReportKind = Field(ReportKind.VOLUNTARY, description="A statutory one has clocks.")
    organisation: str | None = Field(None, description="Whom it befell, by name. Sealed on receipt.")
    sector: str | None = Field(None, description="A sector of the platform, such as drinking-water.")
    entity_kind: str | None = Field(None, description="A kind of entity of the platform, such as essential.")
    type: str | None = Field(None, description="What happened, in the words of who sends it.")
    occurred_on: Day | None = None
    aware_at: Instant | None = None
    persons_affected: int | None = Field(None, ge=0, le=20_000_000_000, strict=True)
    tlp: TLP | None = Field(None, description="How far it may go at most; left out: as narrow as it can be.")
    source_reference: str | None = Field(None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _says_something(self) -> ForwardedReport:
        if not self.title.strip() and not self.description.strip():
            raise ValueError("neither a title nor a description")
        if len(f"{self.title}{self.description}".encode()) > LONGEST_TEXT:
            raise ValueError(f"title and description are longer than {LONGEST_TEXT:,} bytes")
        return self


class ReportBatch(Message):
    """Reports to be received one by one. One that does not fit is kept whole, with its own receipt and problem."""

    items: Annotated[list[object], Field(min_length=1, json_schema_extra={"items": {"type": "object"}})]


class Sighting(Message):
    """An indicator that was disclosed to this sensor's participant was seen."""

    indicator: str = Field(min_length=1, max_length=100, description="Its id in the bundle: indicator--…, or the UUID.")
    seen_at: Instant = Field(description="When last.")
    first_seen_at: Instant | None = Field(None, description="When first; left out, at the same moment.")
    count: int = Field(1, ge=1, le=MOST_TIMES, strict=True)


class ReceiptGiven(Message):
    """The report is durable. `code` follows it on the public site; it is shown this once.

    It is null where the same report had been received before: the first code still works.
    """

    reference: str
    code: str | None
    received_at: AwareDatetime


class FaultShown(Message):
    """One thing that has to change: where it stands, and why."""

    place: str = Field(alias="in")
    location: dict[str, str]
    code: str
    detail: str


class Problem(Message):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[FaultShown] | None = None


class ItemReceived(ReceiptGiven):
    """The receipt of one item; `errors` says why it was kept whole instead of read, with pointers into the item."""

    errors: list[FaultShown] = []


class BatchReceived(Message):
    """A receipt an item, in the order of the items."""

    items: list[ItemReceived]


def receipt_given(receipt: Receipt) -> ReceiptGiven:
    """The receipt as it goes over the wire."""
    return ReceiptGiven(reference=receipt.reference, code=receipt.code or None, received_at=receipt.received_at)
