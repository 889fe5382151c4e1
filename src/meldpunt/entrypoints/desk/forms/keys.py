"""Keys for mail, and alarms that somebody saw to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.constituency.certificates import LONGEST


class KeyForm(forms.Form):
    """A public key for a contact, and why another's will do where it names another address."""

    key = forms.CharField(
        label=_("Public key"),
        help_text=_("An OpenPGP key (ASCII-armoured) or an S/MIME certificate (PEM). Never the secret half."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
    lent = forms.CharField(label=_("It names another address. Why will it do?"), max_length=500, required=False)


class Verification(forms.Form):
    """What the owner read out, and how they were reached."""

    fingerprint = forms.CharField(
        label=_("Fingerprint as the owner read it out"),
        help_text=_("The whole of it, by telephone or in person, on a number that you knew before the key came."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    how = forms.CharField(label=_("With whom did you speak, and over which channel?"), max_length=500)


class Reason(forms.Form):
    """Why a key is no longer to be used."""

    reason = forms.CharField(label=_("Why is it no longer used?"), max_length=500)


class Settlement(forms.Form):
    """What was done about a delivery that did not arrive."""

    note = forms.CharField(label=_("What did you do?"), max_length=500)
