"""Finding disclosures, and deciding about one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meldpunt.disclosure.values import ItemKind, State
from meldpunt.entrypoints.web.labels import DISCLOSURE_STATES, ITEMS
from meldpunt.entrypoints.web.templatetags.words import article_in_text, in_language
from meldpunt.law import IN_FORCE, GroundId, GroundKind

from ..choices import Choice

LONGEST_REASON = 5_000

WAITS_FOR_ME: Final = "me"
_ORIGINS: Final[Mapping[str, tuple[Promise, frozenset[ItemKind]]]] = {
    "intake": (
        pgettext_lazy("room", "Reports"),
        frozenset({ItemKind.ACKNOWLEDGEMENT, ItemKind.QUESTION, ItemKind.REPLY, ItemKind.REMINDER}),
    ),
    "triage": (pgettext_lazy("room", "Triage"), frozenset({ItemKind.CONSULTATION, ItemKind.CONSULTATION_SEQUEL})),
    "advice": (pgettext_lazy("room", "Advice"), frozenset({ItemKind.ADVICE, ItemKind.ESCALATION, ItemKind.ADVISORY})),
    "cases": (pgettext_lazy("room", "Cases"), frozenset({ItemKind.LETTER})),
    "response": (pgettext_lazy("room", "Response"), frozenset({ItemKind.SITUATION_REPORT})),
    "campaigns": (pgettext_lazy("room", "Campaigns"), frozenset({ItemKind.WARNING})),
    "detection": (pgettext_lazy("room", "Detection"), frozenset({ItemKind.INDICATORS})),
    "openness": (
        pgettext_lazy("room", "Information requests"),
        frozenset({ItemKind.INFORMATION_REQUEST_DECISION, ItemKind.HEARING}),
    ),
    "inquiries": (
        pgettext_lazy("room", "Inquiries"),
        frozenset({ItemKind.INQUIRY, ItemKind.INQUIRY_REMINDER, ItemKind.INQUIRY_ANSWER}),
    ),
    "statistics": (pgettext_lazy("room", "Figures"), frozenset({ItemKind.OVERVIEW})),
}
"""The rooms that hand something to the door, and what each hands over."""


def _items() -> list[Choice]:
    return [("", "—"), *((item.value, str(ITEMS[item])) for item in ItemKind)]


def _states() -> list[Choice]:
    return [("", "—"), *((state.value, str(DISCLOSURE_STATES[state])) for state in State)]


def _origins() -> list[Choice]:
    return [("", "—"), *((room, str(name)) for room, (name, _items_of_it) in _ORIGINS.items())]


def _grounds() -> list[tuple[str, list[Choice]]]:
    """Every ground on which something may have been told, the law of today first."""
    groups: list[tuple[str, list[Choice]]] = [("", [("", "—")])]
    for regime in sorted(IN_FORCE.regimes, key=lambda one: one.valid_from, reverse=True):
        own = [one for one in IN_FORCE.grounds if one.regime == regime.id and one.kind is not GroundKind.PROCESS]
        choices: list[Choice] = [(one.id, f"{article_in_text(one)}: {in_language(one.task)}") for one in own]
        if choices:
            groups.append((in_language(regime.name), choices))
    return groups


class DisclosureFilters(forms.Form):
    """What the list is narrowed to; what was not understood narrows nothing.

    `case` comes from the page of a case, and the list says so.
    """

    waiting = forms.ChoiceField(
        label=_("Waits for"), required=False, choices=[("", "—"), (WAITS_FOR_ME, _("my approval"))]
    )
    origin = forms.ChoiceField(label=_("Comes from"), required=False, choices=_origins)
    item = forms.ChoiceField(label=_("What is told"), required=False, choices=_items)
    state = forms.ChoiceField(label=_("State"), required=False, choices=_states)
    ground = forms.ChoiceField(label=_("Ground"), required=False, choices=_grounds)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def chosen_items(self) -> frozenset[ItemKind]:
        """The kinds of item of the room asked for; none where no room was."""
        said = self.cleaned_data.get("origin")
        return _ORIGINS[said][1] if said else frozenset()

    def chosen_ground(self) -> GroundId | None:
        """The ground asked for."""
        said = self.cleaned_data.get("ground")
        return GroundId(said) if said else None

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
