"""From rows to packages: whose row goes where, and which cells must not leave as they are."""

from __future__ import annotations

import csv
import hashlib
import io
import ipaddress
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from meldpunt.access.values import OrganisationId
from meldpunt.engines.matching.cells import harmless
from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake.feed_values import FeedRowLine
from meldpunt.vocabulary.texts import clean_text

from .errors import PackageDamaged, WordingMissing
from .values import Unattributed

LEFT_OUT: Final = "[weggelaten / left out]"
_READ: Final = ("at", "address", "port", "host", "rsit")
_NOBODY: Final = Identity()


@dataclass(frozen=True, slots=True)
class Packed:
    """One organisation's rows as CSV."""

    organisation: OrganisationId
    rows: int
    data: bytes


def without_contacts(cell: str) -> str:
    """The cell without mail addresses, telephone numbers and the like, found by their form."""
    kept, end = [], 0
    for span in find_identifying(cell, _NOBODY):
        kept += [cell[end : span.start], LEFT_OUT]
        end = span.end
    return "".join([*kept, cell[end:]]) if kept else cell


def pack(rows: Iterable[FeedRowLine]) -> tuple[Packed, ...]:
    """One package per organisation, largest first; rows of nobody are in none."""
    by_owner: dict[OrganisationId, list[FeedRowLine]] = {}
    for row in rows:
        if row.organisation:
            by_owner.setdefault(row.organisation, []).append(row)
    packed = (Packed(owner, len(own), csv_of(own)) for owner, own in by_owner.items())
    return tuple(sorted(packed, key=lambda one: (-one.rows, str(one.organisation))))


def csv_of(rows: Sequence[FeedRowLine]) -> bytes:
    """The rows as CSV (RFC 4180, UTF-8): what was read of them first, then the feed's own columns. Deterministic."""
    columns = list(dict.fromkeys(name for row in rows for name in row.fields))
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*_READ, *map(_safe, columns)])
    for row in rows:
        read = (row.at.isoformat() if row.at else "", row.address, str(row.port or ""), row.host, row.rsit)
        writer.writerow(map(_safe, (*read, *(row.fields.get(name, "") for name in columns))))
    return text.getvalue().encode()


def digest_of(data: bytes) -> bytes:
    """SHA-256 of a package."""
    return hashlib.sha256(data).digest()


def check_whole(data: bytes, *, digest: bytes) -> bytes:
    """The bytes, if they are those that were packed. Raises PackageDamaged."""
    if digest_of(data) != digest:
        raise PackageDamaged("A package is not what was packed; nothing was sent.")
    return data


def count_unattributed(rows: Iterable[FeedRowLine]) -> tuple[Unattributed, ...]:
    """Rows of nobody, counted by /24 or /48, most first."""
    counted = Counter(network_of(row.address) for row in rows if row.organisation is None)
    return tuple(Unattributed(*one) for one in sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def network_of(address: str) -> str:
    """The /24 or /48 around an address; empty for none."""
    if not address:
        return ""
    length = 24 if ipaddress.ip_address(address).version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False))


def commonest_type(rows: Iterable[FeedRowLine]) -> str:
    """The RSIT type that most rows carry; the first in the alphabet of several."""
    counted: Mapping[str, int] = Counter(row.rsit for row in rows if row.rsit)
    return min(counted, key=lambda rsit: (-counted[rsit], rsit), default="")


def check_words(said: str, *, what: str) -> str:
    """The words as PostgreSQL can keep them, without blanks around them. Raises WordingMissing."""
    said = clean_text(said)
    if not said:
        raise WordingMissing(what)
    return said


def _safe(cell: str) -> str:
    return harmless(without_contacts(cell))
