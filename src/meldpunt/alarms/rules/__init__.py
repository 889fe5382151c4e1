"""Who fell silent. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from ..values import SILENCES, SILENT_AFTER, Process, Standing


def silences(beats: Mapping[Process, datetime], *, now: datetime) -> Iterator[Standing]:
    """The processes that beat before and do not any more; `beats` has the last beat of each."""
    for process, beat_at in beats.items():
        if now - beat_at > SILENT_AFTER:
            yield Standing(SILENCES[process], beat_at)
