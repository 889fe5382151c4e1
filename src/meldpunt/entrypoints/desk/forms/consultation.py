"""Asking a government party to look along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import OrganisationId
from meldpunt.constituency.values import Organisation
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.intake.values import ReportId
from meldpunt.law import Condition, DataKind
from meldpunt.law import label_of as law_label_of
from meldpunt.triage.values import Asking

from ..choices import Choice
from .confirming import Confirming
from .deferring import Deferring
from .vouching import check_vouching, vouching_field

DATA = (
    DataKind.INCIDENT_NATURE,
    DataKind.ORGANISATION_TRAITS,
    DataKind.IMPACT,
    DataKind.INDICATORS,
    DataKind.REPORTER_IDENTITY,
    DataKind.CONTACT_PERSON,
    DataKind.CONFIDENTIAL_BUSINESS_DATA,
)
CONDITIONS = (
    Condition.RECIPIENT_TASK,
    Condition.CRIMINAL_OFFENCE_SUSPECTED,
    Condition.NATIONAL_SECURITY,
    Condition.RISK_OF_SOCIETAL_DISRUPTION,
    Condition.REPORTER_CONSENT,
)


def _data() -> list[Choice]:
    return [(kind.value, in_language(law_label_of(kind))) for kind in DATA]


def _conditions() -> list[Choice]:
    return [(condition.value, in_language(law_label_of(condition))) for condition in CONDITIONS]


def _tomorrow() -> datetime:
    return timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=1)


class Consult(Deferring, Confirming):
    """One question set for one or more parties, with which data, and which facts the analyst vouches for."""

    parties = forms.TypedMultipleChoiceField(label=_("Parties"), coerce=UUID, widget=forms.CheckboxSelectMultiple)
    questions = forms.CharField(label=_("Questions"), widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000)
    kinds = forms.MultipleChoiceField(
        label=_("What they are told"),
        choices=_data,
        widget=forms.CheckboxSelectMultiple,
        initial=[DataKind.INCIDENT_NATURE.value],
    )
    conditions = forms.MultipleChoiceField(
        label=_("What you vouch for"), required=False, choices=_conditions, widget=forms.CheckboxSelectMultiple
    )
    vouching = vouching_field()
    due_at = forms.DateTimeField(
        label=on_the_clock(_("Answer before")),
        initial=_tomorrow,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    shares_views = forms.BooleanField(label=_("Tell each what the others let us repeat"), required=False)

    field_order = (
        "parties",
        "questions",
        "kinds",
        "shares_views",
        "conditions",
        "vouching",
        "due_at",
        "deferral",
        "deferred_until",
    )

    def __init__(self, *args: object, parties: Sequence[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["parties"].choices = [(str(party.id), party.label) for party in parties]  # type: ignore[attr-defined]

    def clean_vouching(self) -> str:
        """The words, which some of the conditions ask for."""
        said: str = self.cleaned_data["vouching"]
        check_vouching(self.cleaned_data.get("conditions", ()), said)
        return said

    def asking(self, report: ReportId) -> Asking:
        """What a valid form asks."""
        said = self.cleaned_data
        return Asking(
            report=report,
            parties=tuple(OrganisationId(party) for party in said["parties"]),
            questions=said["questions"],
            due_at=said["due_at"],
            data=frozenset(DataKind(kind) for kind in said["kinds"]),
            conditions=frozenset(Condition(condition) for condition in said["conditions"]),
            deferred=self.deferred(),
            shares_views=said["shares_views"],
        )


class Tell(Confirming):
    """What a party is told further: an answer to its question, or what was decided."""

    text = forms.CharField(
        label=_("What you tell the party"), widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000
    )
