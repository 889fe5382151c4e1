"""Joint response: starting it, dividing the work, telling how it stands, handing over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypedDict
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import OrganisationId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Part
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.law import Condition, DataKind, label_of
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from ..choices import Choice
from .confirming import Confirming
from .disclosures import LONGEST_REASON
from .vouching import check_vouching, vouching_field
from .widening import widening_field

_PARTS: Final = {
    "nature": (DataKind.INCIDENT_NATURE, Bilingual("Wat er speelt", "What is going on")),
    "impact": (DataKind.IMPACT, Bilingual("Gevolgen", "Consequences")),
    "measures": (DataKind.MEASURES, Bilingual("Wat er gebeurt", "What is being done")),
    "systems": (DataKind.SYSTEMS, Bilingual("Om welke systemen het gaat", "Which systems are involved")),
}
_VOUCHED: Final = (
    Condition.REPORTER_CONSENT,
    Condition.RECIPIENT_TASK,
    Condition.CRIMINAL_OFFENCE_SUSPECTED,
    Condition.NATIONAL_SECURITY,
)


def _conditions() -> list[Choice]:
    return [(one.value, in_language(label_of(one))) for one in _VOUCHED]


def _tlps() -> list[Choice]:
    return [(one.value, one.value) for one in TLP]


def _words(label: str, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), max_length=40_000)


class _Members(forms.Form):
    """Organisations to choose from."""

    members = forms.MultipleChoiceField(label=_("Who stands together"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Mapping[str, object] | None = None, *, organisations: Sequence[Organisation]) -> None:
        super().__init__(data)
        self.fields["members"].choices = choices_of(organisations)  # type: ignore[attr-defined]

    def chosen(self) -> list[OrganisationId]:
        """The members of a valid form."""
        return [OrganisationId(UUID(one)) for one in self.cleaned_data["members"]]


class Activate(_Members):
    """Starting a joint response."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_REASON)
    override_reason = forms.CharField(
        label=_("Why all the same, where triage sees no risk to society"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )


class Assign(forms.Form):
    """Who does what by when."""

    organisation = forms.ChoiceField(label=_("Who"))
    text = forms.CharField(label=_("Does what"), max_length=2_000)
    due_at = forms.DateTimeField(
        label=on_the_clock(_("By")),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, organisations: Sequence[Organisation]) -> None:
        super().__init__(data, auto_id="assign_%s")
        self.fields["organisation"].choices = choices_of(organisations)  # type: ignore[attr-defined]

    def chosen(self) -> OrganisationId:
        """Who, of a valid form."""
        return OrganisationId(UUID(self.cleaned_data["organisation"]))


class Said(TypedDict):
    """What a situation report tells."""

    title: str
    parts: tuple[Part, ...]
    conditions: frozenset[Condition]
    vouching: str
    tlp: TLP
    widening: str


class Situation(Confirming):
    """How it stands. Each field is one kind of data, so that each member gets what its ground covers."""

    title = forms.CharField(label=_("Title"), max_length=200)
    nature = _words(_PARTS["nature"][1].en)
    impact = _words(_PARTS["impact"][1].en)
    measures = _words(_PARTS["measures"][1].en)
    systems = _words(_PARTS["systems"][1].en)
    conditions = forms.MultipleChoiceField(
        label=_("What you vouch for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=_conditions,
    )
    vouching = vouching_field()
    tlp = forms.ChoiceField(label="TLP", choices=_tlps, initial=TLP.AMBER_STRICT)
    widening = widening_field()
    reason = forms.CharField(
        label=_("Reason to tell it"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_REASON
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data, auto_id="situation_%s")
        for name, (_kind, heading) in _PARTS.items():
            self.fields[name].label = in_language(heading)

    def parts(self) -> tuple[Part, ...]:
        """The parts that have words."""
        said = self.cleaned_data
        return tuple(Part(kind, heading, said[name]) for name, (kind, heading) in _PARTS.items() if said[name])

    def said(self) -> Said:
        """What a valid form tells: the same for the preview and for the telling."""
        said = self.cleaned_data
        return {
            "title": said["title"],
            "parts": self.parts(),
            "conditions": frozenset(Condition(one) for one in said["conditions"]),
            "vouching": said["vouching"],
            "tlp": TLP(said["tlp"]),
            "widening": said.get("widening", ""),
        }

    def clean_vouching(self) -> str:
        """The words, which some of the conditions ask for."""
        said: str = self.cleaned_data["vouching"]
        check_vouching(self.cleaned_data.get("conditions", ()), said)
        return said

    def clean(self) -> None:
        """At least one part."""
        super().clean()
        if not self.errors and not self.parts():
            raise ValidationError(gettext("Write at least one part."))


class HandOver(forms.Form):
    """What the next shift has to know."""

    open_points = forms.CharField(
        label=_("What is open"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_REASON
    )


def choices_of(organisations: Sequence[Organisation]) -> list[Choice]:
    """Organisations for a select: by name where this viewer may know it, else by code."""
    return [(str(one.id), one.label) for one in organisations]
