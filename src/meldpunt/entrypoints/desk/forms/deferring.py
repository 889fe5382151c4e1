"""Why, and until when, the reporter hears later of what is told."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.disclosure.values import Deferred
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.law import IN_FORCE, DeferralId

from ..choices import Choice


def _deferrals() -> list[Choice]:
    today = timezone.localdate()
    open_ = [one for one in IN_FORCE.deferrals if one.is_valid_on(today)]
    return [("", "—"), *((one.id, f"{one.article}: {in_language(one.subject)}") for one in open_)]


class Deferring(forms.Form):
    """A ground with a term, or neither."""

    deferral = forms.ChoiceField(
        label=_("Why the reporter hears of it later"),
        help_text=_("Only where the law forbids telling. A second person always has to agree."),
        required=False,
        choices=_deferrals,
    )
    deferred_until = forms.DateTimeField(
        label=on_the_clock(_("At the latest on")),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> None:
        """A ground to tell the reporter later goes with a term."""
        super().clean()
        if bool(self.cleaned_data.get("deferral")) != bool(self.cleaned_data.get("deferred_until")):
            raise ValidationError(gettext("Choose both the ground and the day on which the reporter hears of it."))

    def deferred(self) -> Deferred | None:
        """Why and until when the reporter does not know."""
        ground, until = self.cleaned_data["deferral"], self.cleaned_data["deferred_until"]
        return Deferred(DeferralId(ground), until) if isinstance(until, datetime) else None
