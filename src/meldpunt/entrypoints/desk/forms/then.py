"""At which moment something is looked at."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.zones import on_the_clock


class _ToTheThousandth(forms.DateTimeInput):
    """As browsers take it: on the clock here, to the millisecond, and never before what the moment is of."""

    def format_value(self, value: object) -> str | None:
        """The moment of a link or of the clock; what is no moment stays as it was typed."""
        try:
            moment = parse_datetime(value) if isinstance(value, str) else value
            if not isinstance(moment, datetime):
                return super().format_value(value)
            here = timezone.make_naive(moment) if timezone.is_aware(moment) else moment
            return (here + timedelta(microseconds=-here.microsecond % 1000)).isoformat(timespec="milliseconds")
        except (ValueError, OverflowError):
            return super().format_value(value)


class Moment(forms.Form):
    """A moment; a link gives it to the microsecond, and a person types it to the minute."""

    at = forms.DateTimeField(
        label=on_the_clock(_("As it was known on")),
        widget=_ToTheThousandth(attrs={"type": "datetime-local", "step": "any"}),
    )
