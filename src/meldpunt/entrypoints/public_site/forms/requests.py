"""Asking for information (Open Government Act, Woo article 4.1): nobody has to say why they ask."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.reporting import day_field
from meldpunt.entrypoints.web.templatetags.words import active_language
from meldpunt.openness.values import RequesterDetails, RequestForm


class InformationForm(forms.Form):
    """What about, over which period, and where the answer can go."""

    subject = forms.CharField(
        label=_("What would you like to know?"),
        help_text=_("Describe the matter or the documents. You need not say why you ask."),
        max_length=5_000,
        widget=forms.Textarea,
    )
    period_from = day_field(label=_("From which day"))
    period_until = day_field(label=_("Until which day"))
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

    def clean(self) -> dict[str, object]:
        """Raises ValidationError for a period that ends before it begins."""
        given = self.cleaned_data
        first, last = given.get("period_from"), given.get("period_until")
        if first and last and first > last:
            self.add_error("period_until", gettext("The period ends before it begins."))
        return given

    def request(self) -> RequestForm:
        """The request in a valid form; the answer comes in the language of the page."""
        given = self.cleaned_data
        return RequestForm(
            subject=given["subject"],
            requester=RequesterDetails(given["name"], given["email"], given["address"]),
            period_from=given["period_from"],
            period_until=given["period_until"],
            language=active_language(),
        )
