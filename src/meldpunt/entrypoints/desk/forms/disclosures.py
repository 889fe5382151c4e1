"""Finding disclosures, and deciding about one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.disclosure.values import ItemKind, State
from meldpunt.entrypoints.web.labels import DISCLOSURE_STATES, ITEMS

from ..choices import Choice

LONGEST_REASON = 5_000


def _items() -> list[Choice]:
    return [("", "—"), *((item.value, str(ITEMS[item])) for item in ItemKind)]


def _states() -> list[Choice]:
    return [("", "—"), *((state.value, str(DISCLOSURE_STATES[state])) for state in State)]


class DisclosureFilters(forms.Form):
    """What the list is narrowed to; what was not understood narrows nothing."""

    item = forms.ChoiceField(label=_("What is told"), required=False, choices=_items)
    state = forms.ChoiceField(label=_("State"), required=False, choices=_states)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def chosen_item(self) -> ItemKind | None:
        """The kind of item asked for."""
        said = self.cleaned_data.get("item")
        return ItemKind(said) if said else None

    def chosen_state(self) -> State | None:
        """The state asked for."""
        said = self.cleaned_data.get("state")
        return State(said) if said else None


class Reason(forms.Form):
    """Why. The words stay with the deed, and the ledger commits to them."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_REASON, strip=True
    )
