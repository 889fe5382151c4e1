"""Going on, with its code, with a report that was saved elsewhere."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Actor
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReceiptMalformed
from meldpunt.intake.receipts import read_code

from .drafts import remember


class DraftCodeForm(forms.Form):
    """The code of what somebody saved, as people type it over."""

    code = forms.CharField(
        label=_("The code of what you saved"),
        help_text=_("Five groups of four letters and digits. Capitals and hyphens do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code in its one spelling. Raises ValidationError."""
        try:
            return read_code(self.cleaned_data["code"])
        except ReceiptMalformed as error:
            raise ValidationError(in_words(error)) from error


def go_on(request: HttpRequest, viewer: Actor, *, page: str, to: str) -> HttpResponse:
    """Ask for the code on `page`; where it opens something at this door, on to the view `to`, which shows it."""
    form = DraftCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code: str = form.cleaned_data["code"]
        if intake_queries.find_draft(viewer, code=code):
            return remember(redirect(to), request, code)
        form.add_error("code", gettext("Nothing is kept under this code: it was sent, or it is too long ago."))
    return render(request, page, {"form": form}, status=422 if form.errors else 200)
