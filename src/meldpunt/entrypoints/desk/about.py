"""What a disclosure is about, as a page of the desk that the viewer may open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import reverse

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure.values import Disclosure, ItemKind

# The page of the subject of each kind of item, what its address calls it, and what it asks.
_PAGES: Final[Mapping[ItemKind, tuple[str, str, Permission]]] = {
    ItemKind.ADVICE: ("show_advice", "advice", Permission.ADVICE_READ),
    ItemKind.ESCALATION: ("show_advice", "advice", Permission.ADVICE_READ),
    ItemKind.WARNING: ("show_campaign", "campaign", Permission.CAMPAIGN_READ),
    ItemKind.SITUATION_REPORT: ("show_response", "response", Permission.RESPONSE_READ),
    ItemKind.INFORMATION_REQUEST_DECISION: ("show_request", "asked", Permission.INFORMATION_REQUEST_HANDLE),
    ItemKind.INQUIRY: ("show_inquiry", "inquiry", Permission.INQUIRY_HANDLE),
    ItemKind.INQUIRY_REMINDER: ("show_inquiry", "inquiry", Permission.INQUIRY_HANDLE),
    ItemKind.INQUIRY_ANSWER: ("show_incoming", "incoming", Permission.INQUIRY_HANDLE),
    ItemKind.OVERVIEW: ("show_overview", "overview", Permission.FIGURES_READ),
}
_ABOUT_A_REPORT: Final = frozenset(
    {
        ItemKind.ACKNOWLEDGEMENT,
        ItemKind.QUESTION,
        ItemKind.REPLY,
        ItemKind.REMINDER,
        ItemKind.CONSULTATION,
        ItemKind.CONSULTATION_SEQUEL,
    }
)


def address_of_subject(viewer: Actor, told: Disclosure) -> str:
    """Where its subject can be read; nothing where there is no page, or none for this viewer."""
    if told.item in _PAGES:
        name, parameter, permission = _PAGES[told.item]
        return reverse(name, kwargs={parameter: told.subject}) if may(viewer.roles, permission) else ""
    if told.item in _ABOUT_A_REPORT and told.reports and may(viewer.roles, Permission.TRIAGE_READ):
        return reverse("show_report", kwargs={"report": told.reports[0]})
    return ""
