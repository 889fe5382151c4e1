"""By what the queue is sorted: for each column the keys in which an index holds it, and after which a list goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ..rules.wording import Key, read_place
from ..values import Order


@dataclass(frozen=True, slots=True)
class Sorting:
    """Expressions over a line `l` with the kinds of their values; all ascend, or all descend."""

    keys: tuple[str, ...]
    kinds: tuple[type, ...]
    is_descending: bool = False

    @property
    def directed(self) -> str:
        """How PostgreSQL is told to sort, by the keys as they are."""
        return ", ".join(f"{key} {self._direction}" for key in self.keys)

    @property
    def picked(self) -> str:
        """The keys of a line that was picked, the last of which is its report."""
        return ", ".join(f"picked.{name}" for name in self._names)

    @property
    def again(self) -> str:
        """How the lines that were picked are sorted."""
        return ", ".join(f"picked.{name} {self._direction}" for name in self._names)

    @property
    def named(self) -> str:
        """The keys with the names under which they are picked."""
        return ", ".join(f"{key} AS {name}" for key, name in zip(self.keys, self._names, strict=True))

    @property
    def beyond(self) -> str:
        """What lies after a place; its parameters are key0, key1 and so on."""
        kinds = zip(self.kinds, range(len(self.keys)), strict=True)
        after = ", ".join(f"%(key{number})s::{_TYPES[kind]}" for kind, number in kinds)
        return f"AND ({', '.join(self.keys)}) {'<' if self.is_descending else '>'} ({after})"

    def place(self, said: str) -> Mapping[str, Key]:
        """The parameters of `beyond`; none for what is no place in this order."""
        found = read_place(said, self.kinds) or ()
        return {f"key{number}": key for number, key in enumerate(found)}

    @property
    def _names(self) -> list[str]:
        return [*(f"key{number}" for number in range(len(self.keys) - 1)), "report"]

    @property
    def _direction(self) -> str:
        return "DESC" if self.is_descending else "ASC"


_TYPES: Final = {
    datetime: "timestamptz", str: "text", int: "smallint", float: "double precision", bool: "boolean", UUID: "uuid",
}  # fmt: skip
_BY_AGE: Final = Sorting(("l.received_at", "l.report_id"), (datetime, UUID))


def _column(*keys: str, kinds: tuple[type, ...]) -> Sorting:
    return Sorting((*keys, *_BY_AGE.keys), (*kinds, *_BY_AGE.kinds))


_COLUMNS: Final[Mapping[Order, Sorting]] = {
    Order.DUE: Sorting(("l.duty", "l.began_at", "l.report_id"), (int, datetime, UUID)),
    Order.GRAVEST: Sorting(
        ("l.gravity", "l.weight", "l.duty", "l.began_at", "l.report_id"), (int, float, int, datetime, UUID)
    ),
    Order.SCORE: _column("l.weight", kinds=(float,)),
    Order.OLDEST: _BY_AGE,
    Order.SECTOR: _column("(l.sector = '')", "l.sector", kinds=(bool, str)),
    Order.ORGANISATION: _column("(l.code = '')", "l.code", kinds=(bool, str)),
    Order.STATE: _column("l.state", kinds=(str,)),
    Order.HOLDER: _column("(l.holder_name = '')", "l.holder_name", kinds=(bool, str)),
    Order.UNCHANGED: Sorting(("l.changed_at", "l.report_id"), (datetime, UUID)),
}
_SORTINGS: Final[Mapping[Order, Sorting]] = {
    **_COLUMNS,
    **{order.reversed: Sorting(sorting.keys, sorting.kinds, is_descending=True) for order, sorting in _COLUMNS.items()},
}
_OF_REPORTS: Final[Mapping[Order, Sorting]] = {
    order: Sorting(("r.received_at", "r.id"), _BY_AGE.kinds, is_descending=order is Order.NEWEST)
    for order in (Order.OLDEST, Order.NEWEST)
}
"""Of what is decided too, there are indexes by age: those of intake."""


def sorting_of(order: Order, *, is_open: bool) -> Sorting:
    """How what is open is sorted, or whatever there is."""
    return _SORTINGS[order] if is_open else _OF_REPORTS.get(order, _SORTINGS[order])
