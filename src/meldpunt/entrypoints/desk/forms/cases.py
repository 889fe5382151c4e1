"""Work on a case."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.cases.values import CaseFilters, CaseLine, CaseState, DocumentKind, PartyRole
from meldpunt.constituency.values import Organisation
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.triage.values import Disruption

from ..choices import Choice, sectors
from ..labels import choices_of

ALL = "all"
_WRITTEN = (DocumentKind.NOTE, DocumentKind.CORRESPONDENCE, DocumentKind.ANALYSIS)


def _states() -> list[Choice]:
    return [*choices_of(CaseState), (ALL, gettext("all"))]


def _disruptions() -> list[Choice]:
    return [("", "—"), *((word.value, in_language(word.label)) for word in Disruption)]


def _documents() -> list[Choice]:
    return [(kind.value, in_language(kind.label)) for kind in _WRITTEN]


def _roles() -> list[Choice]:
    return [(role.value, in_language(role.label)) for role in PartyRole]


class CaseForm(forms.Form):
    """What the list of cases is narrowed to."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=_states, initial=CaseState.OPEN)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=sectors)
    disruption = forms.ChoiceField(label=_("Disruption"), required=False, choices=_disruptions)
    mine = forms.BooleanField(label=_("With a task of mine"), required=False)
    text = forms.CharField(label=_("Text"), required=False, max_length=100)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def filters(self) -> CaseFilters:
        """The filters as cases takes them; a field that was not understood narrows nothing."""
        said = self.cleaned_data
        state = said.get("state") or CaseState.OPEN
        return CaseFilters(
            state=None if state == ALL else CaseState(state),
            sector=said.get("sector") or "",
            disruption=Disruption(said["disruption"]) if said.get("disruption") else None,
            is_mine=bool(said.get("mine")),
            text=said.get("text") or "",
        )


class Note(forms.Form):
    """A line for the timeline."""

    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), max_length=50_000)


class Task(forms.Form):
    """Something to do."""

    title = forms.CharField(label=_("Task"), max_length=300)
    due_at = forms.DateTimeField(
        label=on_the_clock(_("Due")),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    mine = forms.BooleanField(label=_("I do it"), required=False, initial=True)


class Document(forms.Form):
    """A document of the case. It is never changed: a new version is a new document."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_documents)
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 6}), max_length=200_000)


class AddParty(forms.Form):
    """An organisation with a role."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=UUID)
    role = forms.ChoiceField(label=_("Role"), choices=_roles)

    def __init__(self, *args: object, organisations: Sequence[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = [(str(one.id), one.label) for one in organisations]
        self.fields["organisation"].choices = known  # type: ignore[attr-defined]


class Merge(forms.Form):
    """The other case goes on in this one; undone it stands on its own again."""

    other = forms.TypedChoiceField(label=_("Take into this case"), coerce=UUID)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)

    def __init__(self, *args: object, cases: Sequence[CaseLine], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["other"].choices = [(str(one.id), f"{one.reference} {one.title}") for one in cases]  # type: ignore[attr-defined]
