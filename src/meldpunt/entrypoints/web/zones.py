"""Moments are typed by the clock of the country whose law is in force, and a label says which that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldpunt.law import IN_FORCE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CITY: Final = IN_FORCE.zone.key.rpartition("/")[2].replace("_", " ")
"""What the zone of the law is called after."""


def on_the_clock(label: _StrPromise) -> _StrPromise:
    """The label with whose time it asks."""
    return format_lazy(_("{label} ({city} time)"), label=label, city=CITY)
