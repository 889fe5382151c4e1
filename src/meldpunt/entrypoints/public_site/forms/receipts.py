"""Coming back with a receipt."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.draft_codes import DraftCodeForm


class CodeForm(DraftCodeForm):
    """The code of a receipt, as people type it over."""

    code = forms.CharField(
        label=_("Your receipt code"),
        help_text=_("Five groups of four letters and digits. Capitals and hyphens do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NoteForm(forms.Form):
    """A word back, if they want."""

    note = forms.CharField(
        label=_("Your answer"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
