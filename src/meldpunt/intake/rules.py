"""What may come in: sizes, times, and text that a database can hold. No clock, no I/O."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import available_timezones

from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.rsit import all_types
from meldpunt.vocabulary.sectors import all_sectors
from meldpunt.vocabulary.texts import is_keepable, keepable

from .errors import (
    MappingUnfit,
    NothingPutRight,
    ReportEmpty,
    ReportTooLarge,
    SightingImpossible,
    StageUnasked,
    TimeImpossible,
    TooManyItems,
)
from .feed_values import LARGEST_FEED, ColumnMapping, ColumnUse
from .values import Channel, KeptReason, Match, ReporterDetails, ReportForm, Stage, State

LONGEST_TEXT = 200_000
"""Bytes of a report's text (UTF-8). What is longer belongs in an attachment."""
LONGEST_TITLE = 300
"""Characters; a longer title is cut, with the whole of it on top of the text."""
LARGEST_ITEM = 1_000_000
MOST_ITEMS = 5_000
MOST_ATTACHMENTS = 100
MOST_SEEN = 1_000_000_000_000
LONGEST_FEED_NAME = 200
LONGEST_MAPPING_NAME = 100
MOST_COLUMNS = 200
LONGEST_OBSERVABLE = 2_000
"""Bytes. Longer ones (data URLs, mostly) stay in the text: an index entry has to fit a page."""

_FINDS_A_VICTIM = frozenset({ColumnUse.ADDRESS, ColumnUse.HOST, ColumnUse.URL})
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCK_SKEW = timedelta(hours=1)


def clean_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """Answers that a JSON column can hold."""
    return {keepable(key): keepable(value) for key, value in answers.items()}


def clean_form(form: ReportForm) -> ReportForm:
    """The form with every text in it cleaned, and the title cut to what fits a line.

    A sector or entity kind outside the vocabulary moves to the answers, in the reporter's own words.
    """
    title, text = _split_title(keepable(form.title), keepable(form.text))
    who, answers = form.reporter, clean_answers(form.answers)
    sector, entity_kind = keepable(form.sector), keepable(form.entity_kind)
    if sector and sector not in {known.id for known in all_sectors()}:
        sector, answers["sector"] = "", sector
    if entity_kind and entity_kind not in list(EntityKind):
        entity_kind, answers["entity_kind"] = "", entity_kind
    return replace(
        form,
        title=title,
        text=text,
        sector=sector,
        entity_kind=entity_kind,
        answers=answers,
        reporter=ReporterDetails(keepable(who.name), keepable(who.email), keepable(who.phone)),
        organisation_named=keepable(form.organisation_named),
    )


def is_storable(form: ReportForm) -> bool:
    """Can the columns hold the form as it was typed?"""
    return is_keepable("".join(_texts(form)))


def check_form(form: ReportForm, *, now: datetime) -> None:
    """Raise ReportEmpty, ReportTooLarge or TimeImpossible for a form that cannot be received."""
    if not any(said.strip() for said in (form.title, form.text, *form.answers.values())):
        raise ReportEmpty
    if byte_length(form.text) + byte_length(form.title) > LONGEST_TEXT:
        raise ReportTooLarge("text", LONGEST_TEXT)
    if sum(map(byte_length, _texts(form))) > LARGEST_ITEM:
        raise ReportTooLarge("form", LARGEST_ITEM)
    check_instant("aware_at", form.aware_at, now=now)
    check_instant("ended_at", form.ended_at, now=now)
    check_day("occurred_on", form.occurred_on, now=now)


def fitting_text(text: str) -> str:
    """As much of the text as a report may have."""
    return text.encode("utf-8", "replace")[:LONGEST_TEXT].decode("utf-8", "ignore")


def check_instant(name: str, instant: datetime | None, *, now: datetime) -> None:
    """Raise TimeImpossible for an instant without a zone, before 1990, or beyond an hour of clock skew."""
    if instant is None:
        return
    if instant.tzinfo is None or not _EARLIEST <= instant <= now + _CLOCK_SKEW:
        raise TimeImpossible(name)


def check_day(name: str, day: date | None, *, now: datetime) -> None:
    """Raise TimeImpossible for a day before 1990 or after tomorrow (it may be tomorrow where somebody reports)."""
    if day is not None and not _EARLIEST.date() <= day <= (now + timedelta(days=1)).date():
        raise TimeImpossible(name)


def check_size(what: str, size: int, *, limit: int) -> None:
    """Raise ReportTooLarge when `size` bytes are more than the limit."""
    if size > limit:
        raise ReportTooLarge(what, limit)


def check_batch(count: int) -> None:
    """Raise TooManyItems for a batch that one transaction should not carry."""
    if count > MOST_ITEMS:
        raise TooManyItems(MOST_ITEMS)


def check_attachments(sizes: Sequence[int]) -> None:
    """Raise TooManyItems or ReportTooLarge for more than one transaction should carry."""
    if len(sizes) > MOST_ATTACHMENTS:
        raise TooManyItems(MOST_ATTACHMENTS)
    check_size("attachments", sum(sizes), limit=LARGEST_FEED)


def check_stage(stage: Stage, asked: Collection[str]) -> None:
    """Raise StageUnasked unless it is an addition, or a stage that the law asks (values of `law.Stage`)."""
    if stage is not Stage.ADDITION and stage.value not in asked:
        raise StageUnasked


def count_fitting(sizes: Sequence[int]) -> int:
    """How many of these attachments, from the first on, one transaction should carry."""
    totals = accumulate(sizes[:MOST_ATTACHMENTS])
    return sum(total <= LARGEST_FEED for total in totals)


def check_sighting(indicator: str, *, count: int) -> None:
    """Raise SightingImpossible for no indicator, one that is too long, or a count below one."""
    if (
        not indicator.strip()
        or not is_keepable(indicator)
        or byte_length(indicator) > LONGEST_OBSERVABLE
        or not 1 <= count <= MOST_SEEN
    ):
        raise SightingImpossible


def feed_column(name: str) -> str:
    """The name of a feed as its column holds it."""
    return keepable(name)[:LONGEST_FEED_NAME]


def file_shape(name: str) -> str:
    """What the file names of one source have in common: the words in it, without day, number and ending.

    `2026-11-20-noordzee_honeypot (2).csv` is `noordzee honeypot`. Empty where a name has no words.
    """
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    return " ".join(re.findall(r"[^\W\d_]+", stem.lower()))[:LONGEST_FEED_NAME]


def check_putting_right(before: Mapping[str, str], now: Mapping[str, str], *, reason: str) -> None:
    """Raise NothingPutRight unless something changes, to what the vocabulary knows, with a reason."""
    if not reason.strip():
        raise NothingPutRight("Say why it is put right: both sides read it.")
    if dict(before) == dict(now):
        raise NothingPutRight("Nothing changes. Choose another kind, sector or capacity.")
    if now["sector"] not in ("", *(known.id for known in all_sectors())):
        raise NothingPutRight("There is no such sector.")
    if now["entity_kind"] not in ("", *EntityKind):
        raise NothingPutRight("There is no such capacity.")


def check_mapping(name: str, mapping: ColumnMapping) -> None:
    """Raise MappingUnfit for a mapping without a name, without anything to find a victim by, or with a use twice."""
    if not name.strip() or len(name) > LONGEST_MAPPING_NAME or not is_keepable(name):
        raise MappingUnfit("Give the source a name of at most %(limit)s characters.", limit=LONGEST_MAPPING_NAME)
    if not set(mapping.uses) & _FINDS_A_VICTIM:
        raise MappingUnfit("Say which column has the address, the host name or the URL.")
    once = [use for use in mapping.uses if use not in (ColumnUse.KEPT, ColumnUse.IGNORED)]
    if len(once) != len(set(once)):
        raise MappingUnfit("Two columns have the same use. Choose one of them.")
    if len(mapping.uses) != len(mapping.columns) or len(mapping.columns) > MOST_COLUMNS:
        raise MappingUnfit("A mapping says of each column what it is, and of at most %(limit)s.", limit=MOST_COLUMNS)
    if len(set(mapping.columns)) != len(mapping.columns):
        raise MappingUnfit("Two columns have the same name. Ask the source for a header with different names.")
    for kind in (mapping.rsit, *mapping.classes.values()):
        if kind not in _incident_types():
            raise MappingUnfit("RSIT has no class or type “%(rsit)s”.", rsit=kind)
    if mapping.zone not in available_timezones():
        raise MappingUnfit("There is no time zone “%(zone)s”. One is written as Europe/Amsterdam.", zone=mapping.zone)


def _incident_types() -> frozenset[str]:
    return frozenset(kind.id for kind in all_types())


def byte_length(text: str) -> int:
    """Bytes of the text in UTF-8, lone surrogates included."""
    return len(text.encode("utf-8", "surrogatepass"))


def form_as_bytes(form: ReportForm) -> bytes:
    """The form exactly as it was typed, in ASCII JSON (NUL and lone surrogates as escapes)."""
    typed = asdict(replace(form, answers={}))
    typed["answers"] = dict(form.answers)
    return json.dumps(typed, default=str, indent=1).encode("ascii")


def way_of_name(channel: Channel) -> Match:
    """How far a name in a report proves whose it is: a system with a key is believed, a stranger is not."""
    return Match.NAME if channel is Channel.API else Match.NAME_UNPROVEN


def state_at_arrival(kept: KeptReason | None, *, is_set_aside: bool = False) -> State:
    """Where a new report stands."""
    if is_set_aside:
        return State.SET_ASIDE
    return State.KEPT if kept else State.RECEIVED


def _texts(form: ReportForm) -> Iterable[str]:
    who = form.reporter
    yield from (form.title, form.text, form.sector, form.entity_kind, form.organisation_named)
    yield from (who.name, who.email, who.phone)
    for key, value in form.answers.items():
        yield from (key, value)


def _split_title(title: str, text: str) -> tuple[str, str]:
    line = " ".join(title.split())
    if len(line) <= LONGEST_TITLE:
        return line, text
    return f"{line[: LONGEST_TITLE - 1]}…", f"{title}\n\n{text}"
