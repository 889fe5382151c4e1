"""Writing to whoever reported."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.intake.reply_values import REPLY_PURPOSES, ReplyForm
from meldpunt.law import DataKind, Purpose, label_of
from meldpunt.vocabulary.markings import TLP

from ..choices import Choice
from .confirming import Confirming
from .widening import widening_field

_HOLDS = (
    DataKind.INCIDENT_NATURE,
    DataKind.IMPACT,
    DataKind.SYSTEMS,
    DataKind.INDICATORS,
    DataKind.ADVICE,
    DataKind.MEASURES,
    DataKind.CONFIDENTIAL_BUSINESS_DATA,
    DataKind.PERSONAL_DATA,
    DataKind.SPECIAL_PERSONAL_DATA,
)


def _purposes() -> list[Choice]:
    return [(one.value, in_language(label_of(one))) for one in REPLY_PURPOSES]


def _kinds() -> list[Choice]:
    return [(one.value, in_language(label_of(one))) for one in _HOLDS]


class Reply(Confirming):
    """What it is for, the words, and how far they may go."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=_purposes)
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 8}), max_length=40_000)
    kind = forms.ChoiceField(
        label=_("The most telling kind of data in it"),
        help_text=_("The law says for each kind whether it may go."),
        choices=_kinds,
    )
    tlp = forms.ChoiceField(
        label="TLP", choices=lambda: [(one.value, one.value) for one in TLP], initial=TLP.AMBER_STRICT.value
    )
    widening = widening_field()

    def reply(self) -> ReplyForm:
        """The reply that was written."""
        said = self.cleaned_data
        return ReplyForm(
            title=said["title"],
            text=said["text"],
            purpose=Purpose(said["purpose"]),
            kind=DataKind(said["kind"]),
            tlp=TLP(said["tlp"]),
            widening=said.get("widening", ""),
        )
