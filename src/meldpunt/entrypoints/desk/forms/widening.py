"""Why something goes wider than it has to: asked only where it does."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.disclosure.values import Preview

from .disclosures import LONGEST_REASON


def widening_field() -> forms.CharField:
    """The reason, which stays at the desk and in its ledger, unless whoever reported asked for less."""
    return forms.CharField(
        label=_("Why it goes wider than it has to"),
        help_text=_("It stays at the desk, unless it goes further than who reported asked: then they read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )


def ask_why_wider(form: forms.Form, previews: Iterable[Preview] = ()) -> None:
    """Leave the field out where nothing goes wider than it has to or might, and nobody wrote why."""
    said = form.is_bound and str(form.data.get("widening", "")).strip()
    if not said and not any(one.widened or one.is_narrowed for one in previews):
        form.fields.pop("widening", None)
