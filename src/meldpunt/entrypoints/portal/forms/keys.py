"""Keys for mail, brought by who owns them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.constituency.certificates import LONGEST


class KeyForm(forms.Form):
    """A public key for one of one's own contacts."""

    contact = forms.TypedChoiceField(label=_("For whom"), widget=forms.Select)
    key = forms.CharField(
        label=_("Public key"),
        help_text=_("An OpenPGP key (ASCII-armoured) or an S/MIME certificate (PEM). Never the secret half."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )


class RevocationForm(forms.Form):
    """Why a key is no longer to be used."""

    reason = forms.CharField(label=_("Why is it no longer used?"), max_length=500)
