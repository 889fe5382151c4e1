"""Reading the law of a day, and putting a question to it. Both are asked with GET: the address keeps the question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import label
from meldpunt.law import Condition, DataKind, Facts, GroundKind, Purpose, RecipientKind

from ..choices import Choice


def _choices(words: Iterable[StrEnum], *, empty: bool = False) -> Callable[[], list[Choice]]:
    return lambda: [*([("", "—")] if empty else []), *((word.value, label(word)) for word in words)]


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LawFilters(forms.Form):
    """Of which day, and toward whom; what was not understood means today, and everybody."""

    on = forms.DateField(label=_("Law of the day"), required=False, widget=_calendar())
    recipient = forms.ChoiceField(label=_("Toward whom"), required=False, choices=_choices(RecipientKind, empty=True))

    def chosen_day(self) -> date:
        """The day asked for, or today."""
        said: date | None = self.cleaned_data.get("on")
        return said or timezone.localdate()

    def chosen_recipient(self) -> RecipientKind | None:
        """The recipient asked for."""
        said = self.cleaned_data.get("recipient")
        return RecipientKind(said) if said else None


class Question(forms.Form):
    """All facts that a verdict is given on."""

    on = forms.DateField(label=_("Law of the day"), initial=timezone.localdate, widget=_calendar())
    kind = forms.ChoiceField(label=_("Deed"), choices=_choices(GroundKind), initial=GroundKind.DISCLOSE.value)
    recipient = forms.ChoiceField(label=_("Toward whom"), choices=_choices(RecipientKind))
    purpose = forms.ChoiceField(label=_("To what end"), choices=_choices(Purpose))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of data"), required=False, widget=forms.CheckboxSelectMultiple, choices=_choices(DataKind)
    )
    conditions = forms.MultipleChoiceField(
        label=_("What is the case"), required=False, widget=forms.CheckboxSelectMultiple, choices=_choices(Condition)
    )

    def facts(self) -> Facts:
        """The question as the law reads it."""
        said = self.cleaned_data
        return Facts(
            on=said["on"],
            recipient=RecipientKind(said["recipient"]),
            purpose=Purpose(said["purpose"]),
            data=frozenset(DataKind(one) for one in said["kinds"]),
            conditions=frozenset(Condition(one) for one in said["conditions"]),
            kind=GroundKind(said["kind"]),
        )
