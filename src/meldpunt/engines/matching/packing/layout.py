"""What is known of an input before its rows are read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.attribution import Columns
from meldpunt.engines.matching.reading.delimited import Shape

Pairs = npt.NDArray[np.int64]

BUCKETS: Final = 64
"""Owners are dealt over so many files; each is gathered by itself."""
TAIL: Final = ("attributed_by", "attributed_value", "attributed_role")
"""What a package says behind the columns of the input."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the records are read: their shape, which columns say whose a row is and when, and which hold passwords.

    Rows without a time of their own are of `otherwise_at`, times without a zone of `zone` (its name; none is UTC).
    `is_plain`: packages for no spreadsheet are wanted too.
    """

    shape: Shape
    by: Columns
    secret: tuple[str, ...] = ()
    otherwise_at: datetime | None = None
    is_plain: bool = False
    zone: str | None = None

    @property
    def digest(self) -> str:
        """What decides the answer, in sixteen digits: parts made under another layout are not taken for one's own."""
        held = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(held.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a stretch of rows came to.

    `claims` (n, 2): place in the answer table, and rows. `networks` (n, 2): key of a /24 or /48, and rows of nobody.
    `unreadable`: rows whose field cannot be read, by kind. `short`: rows with fewer fields than the header; what is
    not there is absent. `misshapen`: rows with more, or with a quote that closes within a field, which are asked for
    nothing. `over_lines`: rows with a line break within quotes.
    """

    rows: int
    attributed: int
    short: int
    misshapen: int
    over_lines: int
    unreadable: Mapping[str, int]
    claims: Pairs
    networks: Pairs


def together(counted: Iterable[Counted]) -> Counted:
    """The sum."""
    each = list(counted)
    unreadable: Counter[str] = Counter()
    for one in each:
        unreadable.update(one.unreadable)
    return Counted(
        sum(one.rows for one in each),
        sum(one.attributed for one in each),
        sum(one.short for one in each),
        sum(one.misshapen for one in each),
        sum(one.over_lines for one in each),
        dict(unreadable),
        _summed([one.claims for one in each]),
        _summed([one.networks for one in each]),
    )


def _summed(pairs: list[Pairs]) -> Pairs:
    if not pairs:
        return np.zeros((0, 2), np.int64)
    each = np.concatenate(pairs)
    keys, places = np.unique(each[:, 0], return_inverse=True)
    counts = np.zeros(keys.size, np.int64)
    np.add.at(counts, places, each[:, 1])
    return np.stack([keys, counts], axis=1)
