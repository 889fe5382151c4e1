"""Instants as people read them: where the law is in force, with the zone written out, or a clock beside a deadline."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from meldpunt.entrypoints.web.templatetags.words import active_language
from meldpunt.law import IN_FORCE

register = template.Library()

HERE = IN_FORCE.zone
_HOURS_UNTIL_DAYS = 72
"""Up to here a clock counts in hours, as the law does (72 hours, NIS2 article 23(4)(b))."""


@register.filter
def instant(at: datetime | None) -> SafeString | str:
    """`di 3 mrt 2026 14:05 CET`, as a `<time>` with the exact instant for machines; nothing for nothing."""
    if at is None:
        return ""
    local = at.astimezone(HERE)
    month = "M" if active_language() == "en" else "b"  # Dutch writes months in lower case
    shown = f"{date_format(local, f'D j {month} Y H:i')} {local.tzname()}"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)


@register.filter
def brief(at: datetime | None) -> SafeString | str:
    """`di 3 mrt 14:05` for lists; with the year when it is another, with the zone in the hour that comes twice."""
    if at is None:
        return ""
    local = at.astimezone(HERE)
    month = "M" if active_language() == "en" else "b"
    year = "" if local.year == timezone.now().astimezone(HERE).year else " Y"
    shown = date_format(local, f"D j {month}{year} H:i")
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        shown = f"{shown} {local.tzname()}"
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)


@register.filter
def day(on: date | datetime | None) -> SafeString | str:
    """A calendar day in words; of an instant, its day here."""
    if on is None:
        return ""
    local = on.astimezone(HERE).date() if isinstance(on, datetime) else on
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, "j F Y"))


@register.filter
def clock(deadline: datetime | None) -> str:
    """How long there is still, or to the second how long ago it passed: `nog 23 uur`, `1 dag 3:05:09 te laat`."""
    if deadline is None:
        return ""
    left = deadline - timezone.now()
    if left < timedelta(0):
        return gettext("%(span)s too late") % {"span": to_the_second(-left)}
    return gettext("%(span)s left") % {"span": span(left)}


def to_the_second(length: timedelta) -> str:
    """A length of time in days, hours, minutes and seconds: `1 dag 3:05:09`."""
    days, seconds = length.days, length.seconds
    rest = f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    return f"{ngettext('%(count)d day', '%(count)d days', days) % {'count': days}} {rest}" if days else rest


@register.filter
def is_past(deadline: datetime | None) -> bool:
    """Whether an instant lies behind us."""
    return deadline is not None and deadline < timezone.now()


@register.filter
def span(length: timedelta) -> str:
    """A length of time in its largest useful unit, rounded down so that nobody thinks there is more."""
    minutes = int(length.total_seconds() // 60)
    hours, days = minutes // 60, minutes // (60 * 24)
    if hours >= _HOURS_UNTIL_DAYS:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if hours >= 1:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
