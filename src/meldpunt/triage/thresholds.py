"""The scores at which the levels of NCISS begin in this house: its own file, else those of the vocabulary."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from meldpunt.vocabulary.nciss import Thresholds, default_thresholds, read_thresholds


def house_thresholds() -> Thresholds:
    """Those that hold now."""
    return _read(settings.NCISS_THRESHOLDS)


@cache
def _read(text: str) -> Thresholds:
    return read_thresholds(text) if text else default_thresholds()
