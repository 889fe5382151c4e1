"""The form for a report, one question a screen: which screens there are, and what each asks.

All screens are parts of the one form, so that what may be asked and answered is the same on one page and on many.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.intake.values import ReportKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title",),
    "kind": ("kind",),
    "text": ("text", "occurred_on"),
    "organisation": ("organisation_named", "sector"),
    "law": ("entity_kind", "aware_at"),
    "grave": (),
    "asked": (),
    "contact": ("name", "email", "phone"),
    "spread": ("tlp",),
}
HEADINGS: Final[Mapping[str, _StrPromise]] = {
    "title": _("What is going on?"),
    "kind": _("What kind of report is it?"),
    "text": _("What do you see?"),
    "organisation": _("Which organisation is it about?"),
    "law": _("What the law may ask of you"),
    "grave": _("How grave is it?"),
    "asked": _("What is asked about it"),
    "contact": _("How can we reach you?"),
    "spread": _("How far may it go, at most?"),
}
FIRST: Final = "title"
_INCIDENT: Final = ("", ReportKind.STATUTORY.value, ReportKind.VOLUNTARY.value)


def fields_of(form: IncidentForm, step: str) -> list[BoundField]:
    """What this screen asks, by what was answered on those before it; nothing where it has nothing to ask."""
    kind = form.told("kind")
    is_incident, has_capacity = kind in _INCIDENT, bool(form.told("entity_kind"))
    if step == "law" and not is_incident:
        return []
    if step == "grave":
        return form.asked_in("criteria") if is_incident and has_capacity else []
    if step == "asked":
        wanted = kind if not is_incident else ReportKind.STATUTORY.value
        return form.asked_in(wanted) if not is_incident or has_capacity else []
    return [form[name] for name in _OWN[step]]


def steps_of(form: IncidentForm) -> tuple[str, ...]:
    """The screens that have something to ask, in their order."""
    return tuple(step for step in _OWN if fields_of(form, step))


def after(form: IncidentForm, step: str) -> str:
    """The screen after this one; empty after the last."""
    names = list(_OWN)
    return next((one for one in names[names.index(step) + 1 :] if fields_of(form, one)), "")


def before(form: IncidentForm, step: str) -> str:
    """The screen before this one; empty before the first."""
    names = list(_OWN)
    return next((one for one in reversed(names[: names.index(step)]) if fields_of(form, one)), "")
