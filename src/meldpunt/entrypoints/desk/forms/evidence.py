"""Why attachments stay beyond their term, and which go."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.evidence.values import HoldGround

from ..labels import choices_of


class HoldForm(forms.Form):
    """For whose sake, and why."""

    ground = forms.ChoiceField(label=_("For what?"), choices=lambda: choices_of(HoldGround))
    reason = forms.CharField(label=_("Why do they have to stay?"), max_length=500)


class LiftForm(forms.Form):
    """Why nothing stops it any more."""

    reason = forms.CharField(max_length=500)


class ShredForm(forms.Form):
    """What was ticked on the page, and nothing else."""

    def __init__(self, posted: list[str]) -> None:
        super().__init__({str(number): value for number, value in enumerate(posted[:MOST_AT_ONCE])})
        for number in self.data:
            self.fields[number] = forms.UUIDField()


MOST_AT_ONCE = 200
