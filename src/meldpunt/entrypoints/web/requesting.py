"""What is asked alike of who asks for information and of who enters their letter: over which period."""

from __future__ import annotations

from typing import Literal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.openness.values import RequesterDetails, RequestForm

from .reporting import day_field

LONGEST_SUBJECT = 5_000


class RequestFields(forms.Form):
    """The period; `subject`, `name`, `email` and `address` are for each door to ask in its own words."""

    period_from = day_field(label=_("From which day"))
    period_until = day_field(label=_("Until which day"))

    def clean(self) -> dict[str, object]:
        """Raises ValidationError for a period that ends before it begins."""
        given = self.cleaned_data
        first, last = given.get("period_from"), given.get("period_until")
        if first and last and first > last:
            self.add_error("period_until", gettext("The period ends before it begins."))
        return given

    def request_in(self, language: Literal["nl", "en"]) -> RequestForm:
        """The request in a valid form, to be answered in this language."""
        given = self.cleaned_data
        return RequestForm(
            subject=given["subject"],
            requester=RequesterDetails(given["name"], given["email"], given["address"]),
            period_from=given["period_from"],
            period_until=given["period_until"],
            language=language,
        )
