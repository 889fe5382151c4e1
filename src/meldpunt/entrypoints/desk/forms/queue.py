"""What the queue is narrowed to and how it is sorted. The address keeps it, so a bookmark is a view, as is a tab."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from meldpunt.intake.values import Channel, ReportId, ReportKind, State
from meldpunt.triage.values import Attention, Holder, Order, QueueFilters

from ..choices import Choice, sectors
from ..labels import choices_of

UNDECIDED = "undecided"
ALL = "all"
OF_A_VIEW = ("state", "holder", "sector", "channel", "kind", "only", "text", "order")
"""What a list is narrowed to and how it is sorted, in the order of its address."""
_WITHOUT = {"state": UNDECIDED, "order": Order.DUE.value}
_STATES = {UNDECIDED: QueueFilters().states, ALL: tuple(State)}


def _states() -> list[Choice]:
    return [(UNDECIDED, gettext("undecided")), (ALL, gettext("all")), *choices_of(State)]


def _channels() -> list[Choice]:
    return [("", "—"), *choices_of(Channel)]


def _kinds() -> list[Choice]:
    return [("", "—"), *choices_of(ReportKind)]


def _holders() -> list[Choice]:
    return [("", pgettext("holder", "anybody's")), *choices_of(Holder)]


def _attention() -> list[Choice]:
    return [("", gettext("everything")), *choices_of(Attention)]


def _orders() -> list[Choice]:
    return choices_of(Order)


class QueueForm(forms.Form):
    """The filters of the queue; every field may be left out."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=_states, initial=UNDECIDED)
    holder = forms.ChoiceField(label=_("Whose"), required=False, choices=_holders)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=sectors)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=_channels)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_kinds)
    only = forms.ChoiceField(label=_("Only"), required=False, choices=_attention)
    text = forms.CharField(label=_("Text"), required=False, max_length=100)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=_orders, initial=Order.DUE)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    wave = forms.UUIDField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

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
            attention=Attention(said["only"]) if said.get("only") else None,
            wave=ReportId(said["wave"]) if said.get("wave") else None,
        )

    def asked(self) -> dict[str, str]:
        """What the address has to say for this list: no field that says what holds without it, and no page."""
        said = {name: str(self.cleaned_data.get(name) or "") for name in OF_A_VIEW}
        return {name: word for name, word in said.items() if word and word != _WITHOUT.get(name)}

    def sorting(self) -> Order:
        """How it is sorted."""
        return Order(self.cleaned_data.get("order") or Order.DUE)
