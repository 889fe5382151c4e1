"""What the queue is narrowed to. The address keeps it, so a bookmark is a saved view."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from meldpunt.intake.values import Channel, ReportId, ReportKind, State
from meldpunt.triage.values import Holder, Order, QueueFilters

from ..choices import Choice, sectors
from ..labels import choices_of

UNDECIDED = "undecided"
ALL = "all"
_STATES = {UNDECIDED: QueueFilters().states, ALL: tuple(State)}


def _states() -> list[Choice]:
    return [(UNDECIDED, gettext("undecided")), (ALL, gettext("all")), *choices_of(State)]


def _channels() -> list[Choice]:
    return [("", "—"), *choices_of(Channel)]


def _kinds() -> list[Choice]:
    return [("", "—"), *choices_of(ReportKind)]


def _holders() -> list[Choice]:
    return [("", pgettext("holder", "anybody's")), *choices_of(Holder)]


def _orders() -> list[Choice]:
    return choices_of(Order)


class QueueForm(forms.Form):
    """The filters of the queue; every field may be left out."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=_states, initial=UNDECIDED)
    holder = forms.ChoiceField(label=_("Whose"), required=False, choices=_holders)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=sectors)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=_channels)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_kinds)
    text = forms.CharField(label=_("Text"), required=False, max_length=100)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=_orders, initial=Order.DUE)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    wave = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def filters(self) -> QueueFilters:
        """The filters as triage takes them; a field that was not understood narrows nothing."""
        said = self.cleaned_data
        return QueueFilters(
            states=_STATES.get(said.get("state") or UNDECIDED) or (State(said["state"]),),
            sector=said.get("sector") or "",
            channel=Channel(said["channel"]) if said.get("channel") else None,
            kind=ReportKind(said["kind"]) if said.get("kind") else None,
            holder=Holder(said["holder"]) if said.get("holder") else None,
            text=said.get("text") or "",
            wave=ReportId(said["wave"]) if said.get("wave") else None,
        )

    def sorting(self) -> Order:
        """How it is sorted."""
        return Order(self.cleaned_data.get("order") or Order.DUE)
