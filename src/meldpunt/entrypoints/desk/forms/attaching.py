"""Which organisation made a report that came without an account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.constituency.values import Organisation


class Attach(forms.Form):
    """By its code, because names are sealed; with what the desk goes by, which the ledger keeps."""

    code = forms.CharField(
        label=_("Code of the organisation"),
        help_text=_(
            "Only where the organisation itself reported: from then on it reads this report in its portal, under the "
            "same reference, and its words are sealed."
        ),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(label=_("How you know"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))

    @classmethod
    def to(cls, organisation: Organisation | None) -> Attach:
        """The form, with the organisation that was found for it."""
        return cls(initial={"code": organisation.code} if organisation else {}, auto_id="attach_%s")
