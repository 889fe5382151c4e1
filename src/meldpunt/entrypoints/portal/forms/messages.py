"""Answers to what was told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """A word back, if they want."""

    note = forms.CharField(
        label=_("Your answer"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
