"""Asking for information (Open Government Act, Woo article 4.1): nobody has to say why they ask."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.requesting import LONGEST_SUBJECT, RequestFields
from meldpunt.entrypoints.web.templatetags.words import active_language
from meldpunt.openness.values import RequestForm


class InformationForm(RequestFields):
    """What about, over which period, and where the answer can go."""

    subject = forms.CharField(
        label=_("What would you like to know?"),
        help_text=_("Describe the matter or the documents. You need not say why you ask."),
        max_length=LONGEST_SUBJECT,
        widget=forms.Textarea,
    )
    name = forms.CharField(
        label=_("Your name"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=_("Your postal address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    field_order = ("subject", "period_from", "period_until", "name", "email", "address")

    def request(self) -> RequestForm:
        """The request in a valid form; the answer comes in the language of the page."""
        return self.request_in(active_language())
