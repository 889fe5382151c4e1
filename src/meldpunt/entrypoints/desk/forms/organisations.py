"""Finding organisations, and saying why one has to be known by name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..choices import sectors


class OrganisationFilters(forms.Form):
    """What the list is narrowed to."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all")), ("constituent", _("constituents")), ("party", _("government parties"))],
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=sectors)
    text = forms.CharField(label=_("Code or name"), required=False, max_length=100)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)


class Purpose(forms.Form):
    """Why an identity has to be known. The words go into the ledger."""

    purpose = forms.CharField(
        label=_("What do you need the identity for?"),
        help_text=_("Your purpose is recorded in the ledger, and the organisation can read it."),
        max_length=500,
    )


class MachineName(forms.Form):
    """Which machine a key is for."""

    name = forms.CharField(
        label=_("Which machine is it for?"),
        help_text=_("Words by which the organisation knows it: it reads them in the portal."),
        max_length=200,
    )
    role = forms.ChoiceField(
        label=_("What does it do?"),
        choices=[("reader", _("It reads what is told to the organisation")), ("forwarder", _("It forwards reports"))],
        required=False,
    )

    def clean_role(self) -> str:
        """What it does; to read, where nobody says."""
        said: str = self.cleaned_data["role"]
        return said or "reader"


class MachineCertificate(forms.Form):
    """The certificate with which a machine begins a connection."""

    key = forms.CharField(
        label=_("Certificate of the machine"),
        help_text=_("One certificate in PEM, for clients of TLS. Never its secret key."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
