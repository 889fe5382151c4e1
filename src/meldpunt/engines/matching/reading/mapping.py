"""Which column says what: by its name where the name is known, by what stands in it where that leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from meldpunt.engines.matching.attribution import Columns
from meldpunt.engines.matching.errors import ColumnsUnclear, Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_host, parse_url
from meldpunt.engines.matching.instants import parse_time
from meldpunt.engines.matching.passwords import is_secret
from meldpunt.engines.matching.suffixes import has_known_suffix

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "address": (
        "ip",
        "source.ip",
        "src_ip",
        "source_ip",
        "ip_address",
        "ipaddress",
        "ipaddr",
        "ipv4",
        "address",
        "addr",
        "http_referer_ip",
    ),
    "host": ("hostname", "source.fqdn", "fqdn", "host", "domain", "source.reverse_dns", "host_name", "domain_name"),
    "url": ("url", "source.url", "link", "uri"),
    "asn": ("asn", "source.asn", "src_asn", "as_number", "as", "http_referer_asn"),
    "time": (
        "timestamp",
        "time.source",
        "time",
        "datetime",
        "date_time",
        "observed_at",
        "detected",
        "last_seen",
        "tijd",
    ),
}
"""In order of preference. Shadowserver and IntelMQ name theirs so; the source of an event comes before its target."""


def _known(text: str) -> str:
    host = parse_host(text)
    if not has_known_suffix(host):
        raise Unreadable("host", "no suffix that anybody registers under", text)
    return host


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "address": parse_address,
    "url": parse_url,
    "time": parse_time,
    "host": _known,
}
"""A number alone is no AS number: only a name says that it is one."""
_LESSER: Final = ("http_referer_ip",)
"""Names that count where no other does."""
_SURE: Final = 0.9
_FEWEST: Final = 5


def map_columns(columns: Sequence[str], sample: Sequence[Sequence[str]], *, given: Mapping[str, str]) -> Columns:
    """Where each kind of field stands. `given` goes before everything: kind (a name of `Columns`) to column.

    Raises `ColumnsUnclear` for a given column that is not there, for two columns that could be the address or the time
    with nothing to tell which, and where no column says whose a row is.
    """
    for kind, column in given.items():
        if kind not in Columns.__slots__ or column not in columns:
            raise ColumnsUnclear(f"there is no column {column!r} for {kind!r}", tuple(columns))
    if "address" not in given:
        _refuse_two_addresses(columns, sample)
    found = {kind: _by_name(columns, names) for kind, names in _NAMES.items()} | dict(given)
    for kind, reader in _READERS.items():
        if found.get(kind) is None:
            taken = set(found.values())
            free = [place for place, column in enumerate(columns) if column not in taken]
            like = [
                columns[place] for place in free if _reads(reader, [row[place] for row in sample if place < len(row)])
            ]
            if len(like) > 1 and kind in ("address", "time"):
                raise ColumnsUnclear(f"more than one column could be the {kind}", tuple(like))
            found[kind] = like[0] if len(like) == 1 else None
    if not any(found[kind] for kind in ("address", "host", "url", "asn")):
        raise ColumnsUnclear("no column says whose a row is", tuple(columns))
    return Columns(**found)


def _refuse_two_addresses(columns: Sequence[str], sample: Sequence[Sequence[str]]) -> None:
    """Two columns that are both named as the address would be, and do not say the same."""
    names = {_plain(column): place for place, column in reversed(list(enumerate(columns)))}
    both = [names[name] for name in _NAMES["address"] if name in names and name not in _LESSER]
    for row in sample:
        said = {row[place].strip() for place in both if place < len(row)} - {"", "-"}
        if len(said) > 1:
            raise ColumnsUnclear("more than one column could be the address", tuple(columns[place] for place in both))


def secret_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """Columns that hold passwords by their name."""
    return tuple(column for column in columns if is_secret(column))


def looks_like_a_record(first: Sequence[str]) -> bool:
    """Whether a first line is no header: it holds an address, a URL or an instant itself."""
    return any(_reads(_READERS[kind], [cell], fewest=1) for kind in ("address", "url", "time") for cell in first)


def _plain(column: str) -> str:
    return re.sub(r"[\s-]+", "_", column.strip().casefold())


def _by_name(columns: Sequence[str], names: Sequence[str]) -> str | None:
    plain = {_plain(column): column for column in reversed(columns)}
    return next((plain[name] for name in names if name in plain), None)


def _reads(reader: Callable[[str], object], cells: Sequence[str], *, fewest: int = _FEWEST) -> bool:
    filled = [cell for cell in cells if cell.strip() not in ("", "-")]
    return len(filled) >= fewest and sum(_is_read(reader, cell) for cell in filled) >= _SURE * len(filled)


def _is_read(reader: Callable[[str], object], cell: str) -> bool:
    try:
        reader(cell)
    except Unreadable:
        return False
    return True
