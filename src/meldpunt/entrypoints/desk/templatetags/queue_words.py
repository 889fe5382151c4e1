"""Tags and filters of the queue: columns that sort, and ages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.translation import gettext

from meldpunt.triage.values import Order

register = template.Library()

_MINUTES_OF_AN_HOUR, _MINUTES_OF_A_DAY = 60, 60 * 24
_GREATEST_FIRST: Final = frozenset({Order.NEWEST, Order.OLDEST, Order.GRAVEST, Order.SCORE, Order.CHANGED})
"""The orders in which a column shows its greatest first at a first press: the latest, the eldest, the gravest."""


@register.inclusion_tag("desk/queue/sorted_by.html", takes_context=True)
def sorted_by(context: Context, order: str, label: str, number: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002
    """The head of a column that sorts: a press sorts by it, the next one the other way round."""
    wanted, current = Order(order), context["order"]
    is_current = current in (wanted, wanted.reversed)
    direction = "descending" if (wanted in _GREATEST_FIRST) is (current is wanted) else "ascending"
    return {
        "request": context["request"],
        "label": label,
        "number": number,
        "order": current.reversed.value if is_current else wanted.value,
        "sort": direction if is_current else "",
    }


@register.filter
def age(at: datetime | None) -> str:
    """How long ago, in one word and rounded down: `5 min`, `1 h`, `3 d`."""
    if at is None:
        return ""
    minutes = max(int((timezone.now() - at).total_seconds() // 60), 0)
    if minutes < _MINUTES_OF_AN_HOUR:
        return gettext("%(count)d min") % {"count": minutes}
    if minutes < _MINUTES_OF_A_DAY:
        return gettext("%(count)d h") % {"count": minutes // _MINUTES_OF_AN_HOUR}
    return gettext("%(count)d d") % {"count": minutes // _MINUTES_OF_A_DAY}
