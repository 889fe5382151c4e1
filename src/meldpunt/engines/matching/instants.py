"""The strict grammar of instants in feeds and logs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from meldpunt.engines.matching.errors import Unreadable

_INSTANT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?"
    r" ?(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2}))?",
    re.ASCII | re.IGNORECASE,
)
_EPOCH = re.compile(r"(\d{1,10})(?:\.(\d{1,9}))?", re.ASCII)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_AFTER_LAST = datetime(2200, 1, 1, tzinfo=UTC)
_FIRST_YEAR = 1970
_LAST_YEAR = 2199
_MINUTES_A_DAY = 24 * 60


def parse_time(text: str, *, zone: tzinfo | None = None) -> datetime:
    """An instant, as an aware datetime in UTC: ISO 8601 / RFC 3339 date and time to the second.

    Without a zone it is UTC, as Shadowserver writes it, or of `zone` where whoever knows the source declares one: then
    a time that the clocks there show twice (the hour that is repeated in autumn) or never (the one that is left out in
    spring) is refused. Digits beyond the microsecond are cut off, not rounded, so that an instant never moves past the
    end of a validity. Refused with `Unreadable`: a date alone (it is no instant), years before 1970 or after 2199
    (sentinels such as 9999-12-31), leap seconds, offsets of a day or more.
    """
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise Unreadable("time", "not YYYY-MM-DD HH:MM:SS with an optional zone", text)
    year = int(match[1])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable("time", f"year outside {_FIRST_YEAR} to {_LAST_YEAR}", text)
    said = _zone_of(match, text)
    micros = int((match[7] or "")[:6].ljust(6, "0"))
    try:
        month, day, hour, minute, second = (int(match[part]) for part in range(2, 7))
        instant = datetime(year, month, day, hour, minute, second, micros, tzinfo=said or zone or UTC)
    except ValueError:
        raise Unreadable("time", "no such date or time of day", text) from None
    if instant.utcoffset() != instant.replace(fold=1).utcoffset():
        raise Unreadable("time", "its clocks showed that time twice or never", text)
    return instant.astimezone(UTC)


def read_log_time(text: str) -> datetime:
    """When a record was: seconds since 1970 with up to nine decimals, as Zeek writes it, or what `parse_time` takes.

    Digits beyond the microsecond are cut off. Raises `Unreadable`.
    """
    match = _EPOCH.fullmatch(text.strip())
    if match is None:
        return parse_time(text)
    micros = int((match[2] or "")[:6].ljust(6, "0"))
    instant = _BEGINNING + timedelta(seconds=int(match[1]), microseconds=micros)
    if instant >= _AFTER_LAST:
        raise Unreadable("time", "year after 2199", text)
    return instant


def _zone_of(match: re.Match[str], text: str) -> timezone | None:
    if match[9] is None:
        return UTC if match[8] else None
    minutes = int(match[10]) * 60 + int(match[11])
    if minutes >= _MINUTES_A_DAY or int(match[11]) >= 60:
        raise Unreadable("time", "no such offset", text)
    return timezone(timedelta(minutes=-minutes if match[9] == "-" else minutes))
