"""Preparing a campaign, and sending a wave of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .confirming import Confirming
from .disclosures import LONGEST_REASON


class NewCampaign(forms.Form):
    """What those who are affected will read above their own rows."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("What they should know and do"),
        help_text=_("Everybody who is warned reads these words, so they name nobody."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=40_000,
    )


class SendWave(Confirming):
    """Whom to warn now; nobody chosen means everybody who has not acknowledged."""

    reason = forms.CharField(
        label=_("Reason for this wave"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_REASON
    )
