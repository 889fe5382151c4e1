"""At which moment something is looked at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.zones import on_the_clock


class Moment(forms.Form):
    """A moment; a link gives it to the microsecond, and a person types it to the minute."""

    at = forms.DateTimeField(
        label=on_the_clock(_("As it was known on")),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "any"}, format="%Y-%m-%dT%H:%M:%S.%f"),
    )
