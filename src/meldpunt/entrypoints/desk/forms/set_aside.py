"""What becomes of what was set aside."""

from __future__ import annotations

from django import forms

from meldpunt.triage.values import Decision

from .decision import Reason


class SetAside(Reason):
    """In after all, or aside, and why."""

    becomes = forms.ChoiceField(
        choices=[(one.value, one.value) for one in (Decision.TAKE_IN, Decision.SET_ASIDE)], widget=forms.HiddenInput
    )
