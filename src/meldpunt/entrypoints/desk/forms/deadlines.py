"""How far ahead the list of deadlines looks."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

USUAL_HOURS: Final = 72
MOST_HOURS: Final = 24 * 366


class DeadlineFilters(forms.Form):
    """So many hours from now; what is overdue always shows."""

    hours_ahead = forms.IntegerField(
        label=_("Due within so many hours"), min_value=0, max_value=MOST_HOURS, initial=USUAL_HOURS, required=False
    )

    def hours(self) -> int:
        """The hours asked for; the usual ones for anything that is none."""
        if not self.is_bound or not self.is_valid():
            return USUAL_HOURS
        said: int | None = self.cleaned_data["hours_ahead"]
        return USUAL_HOURS if said is None else said
