"""Writing advice, and following it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import OrganisationId
from meldpunt.advice.values import AdviceState, MeasureForm, Outcome
from meldpunt.cases.values import Case, CaseLine
from meldpunt.constituency.values import Organisation
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.intake.values import Report

from ..choices import Choice
from .confirming import Confirm
from .disclosures import LONGEST_REASON
from .widening import widening_field

MEASURES = 5


def _states() -> list[Choice]:
    return [("", "—"), *((one.value, in_language(one.label)) for one in AdviceState)]


def _outcomes() -> list[Choice]:
    return [(one.value, in_language(one.label)) for one in Outcome]


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AdviceFilters(forms.Form):
    """What the list is narrowed to."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=_states)
    overdue = forms.ChoiceField(
        label=_("Overdue"),
        required=False,
        choices=[("", "—"), ("yes", _("overdue")), ("no", _("not overdue"))],
    )
    case = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def chosen_state(self) -> AdviceState | None:
        """The state asked for."""
        said = self.cleaned_data.get("state")
        return AdviceState(said) if said else None

    def chosen_overdue(self) -> bool | None:
        """Overdue or not; None where it was not asked."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("overdue") or "")


class ChooseCase(forms.Form):
    """Which case something starts from."""

    case = forms.UUIDField(label=_("Case"), required=False)
    report = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, object] | None = None, *, cases: Sequence[CaseLine]) -> None:
        super().__init__(data)
        choices = [(str(one.id), f"{one.reference} {one.title}") for one in cases]
        self.fields["case"].widget = forms.Select(choices=choices)


class WriteAdvice(forms.Form):
    """Advice with up to five measures, each with a day of its own if it has one."""

    organisation = forms.ChoiceField(label=_("For whom"))
    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(
        label=_("What is going on, and what we advise"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=40_000,
    )
    requested_by = forms.CharField(
        label=_("Who asked for it"),
        help_text=_("Leave it empty where nobody did: then it is given unasked. It stays at the desk."),
        required=False,
        max_length=300,
    )
    due_on = forms.DateField(label=_("To be followed by"), widget=_calendar())

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        organisations: Sequence[Organisation],
        about: Report | None = None,
    ) -> None:
        super().__init__(data, initial=_begun(about, organisations) if about else None)
        choices = [(str(one.id), one.label) for one in organisations]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        for number in range(1, MEASURES + 1):
            self.fields[f"measure_{number}"] = forms.CharField(
                label=gettext("Measure %(number)d") % {"number": number},
                required=number == 1,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=10_000,
            )
            self.fields[f"measure_{number}_due_on"] = forms.DateField(
                label=gettext("Measure %(number)d: its own day") % {"number": number},
                required=False,
                widget=_calendar(),
            )

    def chosen_organisation(self) -> OrganisationId:
        """For whom, of a valid form."""
        return OrganisationId(UUID(self.cleaned_data["organisation"]))

    def measures(self) -> list[MeasureForm]:
        """The measures that have words, in their order."""
        said = self.cleaned_data
        numbers = (number for number in range(1, MEASURES + 1) if said[f"measure_{number}"])
        return [MeasureForm(said[f"measure_{number}"], said[f"measure_{number}_due_on"]) for number in numbers]

    def clean_due_on(self) -> date:
        """Advice is followed after it is given."""
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise ValidationError(gettext("This day has passed."))
        return due_on


class Give(Confirm):
    """Why it is given, and why it goes further than others who reported asked, where it does."""

    widening = widening_field()


class PlanFollowUp(forms.Form):
    """When to ask again."""

    due_at = forms.DateTimeField(
        label=on_the_clock(_("Ask again at")),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class RecordFollowUp(forms.Form):
    """What asking again found."""

    outcome = forms.ChoiceField(label=_("What was found"), choices=_outcomes)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("It stays at the desk."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )

    def chosen_outcome(self) -> Outcome:
        """The outcome of a valid form."""
        return Outcome(self.cleaned_data["outcome"])


def _begun(about: Report, organisations: Sequence[Organisation]) -> dict[str, object]:
    """What the form holds when it is opened from a report: its title, and whose it is where that one can be advised."""
    known = {one.id for one in organisations}
    return {
        "title": about.masked_title[:200],
        "organisation": str(about.organisation) if about.organisation in known else "",
    }


def organisations_in(case: Case, known: Mapping[OrganisationId, Organisation]) -> list[Organisation]:
    """Constituents with a part in the case, whom it is mostly about first."""
    first = [case.organisation] if case.organisation else []
    named = [known[line.organisation] for line in case.reports if line.organisation and line.organisation in known]
    everyone = [*first, *(party.organisation for party in case.parties), *named]
    found = {one.id: one for one in everyone if one.kind == "constituent"}
    return list(found.values())
