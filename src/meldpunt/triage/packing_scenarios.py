"""What a scenario supposes otherwise, as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from meldpunt.engines.cascade import Band

from .values import Change


def pack_changes(changes: Sequence[Change]) -> list[dict[str, object]]:
    """The changes for a JSON column."""
    return [
        {
            "of": one.of,
            "on": one.on,
            "strength": _pack(one.strength),
            "buffer_hours": _pack(one.buffer_hours) if one.buffer_hours else None,
        }
        for one in changes
    ]


def unpack_changes(packed: object) -> tuple[Change, ...]:
    """The changes of `pack_changes`."""
    return tuple(
        Change(
            str(one["of"]),
            str(one["on"]),
            _band(one["strength"]),
            _band(one["buffer_hours"]) if one["buffer_hours"] else None,
        )
        for one in cast("Sequence[Mapping[str, object]]", packed)
    )


def _pack(band: Band) -> list[float]:
    return [band.low, band.likely, band.high]


def _band(packed: object) -> Band:
    return Band(*cast("tuple[float, float, float]", packed))
