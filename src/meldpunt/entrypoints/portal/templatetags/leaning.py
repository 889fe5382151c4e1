"""How much and for how long, in words of a page."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

from meldpunt.engines.cascade import Band
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.vocabulary.vital import vital_process

register = template.Library()


@register.filter
def process_named(process: str) -> str:
    """A vital process by its id and name: `E1 Landelijk transport en distributie elektriciteit`."""
    return f"{process} {in_language(vital_process(process).name)}"


@register.filter
def share_of(band: Band) -> str:
    """A band of shares in percent: `60 % (40–90)`, or `60 %` where it is one number."""
    low, likely, high = (_number(one * 100) for one in (band.low, band.likely, band.high))
    return f"{likely}\xa0%" if low == high else f"{likely}\xa0% ({low}–{high})"


@register.filter
def hours_of(band: Band) -> str:
    """A band of hours: `2 h (0–4)`, or `2 h` where it is one number."""
    low, likely, high = (_number(one) for one in (band.low, band.likely, band.high))
    said = gettext("%(hours)s h") % {"hours": likely}
    return said if low == high else f"{said} ({low}–{high})"


def _number(said: float) -> str:
    rounded = round(said, 1)
    return number_format(int(rounded) if rounded.is_integer() else rounded)
