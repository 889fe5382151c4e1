"""Why something goes wider than it has to: asked only where it does."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.disclosure.values import Preview

from .disclosures import LONGEST_REASON


def widening_field() -> forms.CharField:
    """The reason, which stays at the desk and in its ledger."""
    return forms.CharField(
        label=_("Why it goes wider than it has to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )


def ask_why_wider(form: forms.Form, previews: Iterable[Preview] = ()) -> None:
    """Leave the field out where nothing goes wider than it has to, and nobody wrote why."""
    said = form.is_bound and str(form.data.get("widening", "")).strip()
    if not said and not any(one.widened for one in previews):
        form.fields.pop("widening", None)
