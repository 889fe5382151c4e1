"""Asking a body for data, and telling a body that asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import OrganisationId
from meldpunt.cases.values import CaseId, CaseLine
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Deferred
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.inquiries.values import InquiryForm, Question, ReplyForm
from meldpunt.law import IN_FORCE, Condition, DataKind, DeferralId, label_of
from meldpunt.vocabulary.markings import TLP

from ..choices import Choice
from .confirming import Confirming
from .consultation import CONDITIONS
from .disclosures import LONGEST_REASON
from .vouching import check_vouching, vouching_field
from .widening import widening_field

ASKABLE: Final = (
    DataKind.INCIDENT_NATURE,
    DataKind.IMPACT,
    DataKind.SYSTEMS,
    DataKind.INDICATORS,
    DataKind.MEASURES,
    DataKind.ORGANISATION_TRAITS,
    DataKind.PERSONAL_DATA,
)
"""Kinds of data that a ground to ask may name; the law says which, and leaves out the rest."""
TELLABLE: Final = (
    DataKind.INCIDENT_NATURE,
    DataKind.IMPACT,
    DataKind.SYSTEMS,
    DataKind.INDICATORS,
    DataKind.MEASURES,
    DataKind.ADVICE,
    DataKind.ORGANISATION_TRAITS,
    DataKind.REPORTER_IDENTITY,
    DataKind.CONTACT_PERSON,
    DataKind.CONFIDENTIAL_BUSINESS_DATA,
    DataKind.PERSONAL_DATA,
)
QUESTIONS: Final = range(1, 5)
"""Questions on one form; who has more asks again."""
_LONGEST: Final = 20_000
_MARKINGS: Final = (TLP.AMBER_STRICT, TLP.RED)


def _kinds() -> list[Choice]:
    return [(one.value, in_language(label_of(one))) for one in ASKABLE]


def _conditions() -> list[Choice]:
    return [(one.value, in_language(label_of(one))) for one in CONDITIONS]


def _deferrals() -> list[Choice]:
    today = timezone.localdate()
    open_ = [one for one in IN_FORCE.deferrals if one.is_valid_on(today)]
    return [("", "—"), *((one.id, f"{one.article}: {in_language(one.subject)}") for one in open_)]


def _instant() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class _Telling(Confirming):
    """What both ways have in common: the case it stems from, what is vouched for, the marking, a deferral."""

    case = forms.ChoiceField(
        label=_("Case it stems from"),
        help_text=_("Whoever reported then sees that this was told, and stays unnamed unless a ground gives the name."),
        required=False,
        choices=(),
    )
    conditions = forms.MultipleChoiceField(
        label=_("What you vouch for"), required=False, choices=_conditions, widget=forms.CheckboxSelectMultiple
    )
    vouching = vouching_field()
    tlp = forms.ChoiceField(label="TLP", choices=lambda: [(one.value, one.value) for one in _MARKINGS])
    widening = widening_field()
    deferral = forms.ChoiceField(
        label=_("Why the reporter hears of it later"),
        help_text=_("Only where the law forbids telling. A second person always has to agree."),
        required=False,
        choices=_deferrals,
    )
    deferred_until = forms.DateTimeField(label=on_the_clock(_("At the latest on")), required=False, widget=_instant())

    def __init__(self, *args: object, cases: Sequence[CaseLine], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        found = [(str(one.id), f"{one.reference} {one.title}") for one in cases]
        self.fields["case"].choices = [("", "—"), *found]  # type: ignore[attr-defined]

    def clean_vouching(self) -> str:
        """The words, which some of the conditions ask for."""
        said: str = self.cleaned_data["vouching"]
        check_vouching(self.cleaned_data.get("conditions", ()), said)
        return said

    def clean(self) -> None:
        """A ground to tell the reporter later goes with a term."""
        super().clean()
        if bool(self.cleaned_data.get("deferral")) != bool(self.cleaned_data.get("deferred_until")):
            raise ValidationError(gettext("Choose both the ground and the day on which the reporter hears of it."))

    def chosen_case(self) -> CaseId | None:
        """The case, if any."""
        said = self.cleaned_data["case"]
        return CaseId(UUID(said)) if said else None

    def vouched(self) -> frozenset[Condition]:
        """What was ticked."""
        return frozenset(Condition(one) for one in self.cleaned_data["conditions"])

    def deferred(self) -> Deferred | None:
        """Why and until when the reporter does not know."""
        ground, until = self.cleaned_data["deferral"], self.cleaned_data["deferred_until"]
        return Deferred(DeferralId(ground), until) if isinstance(until, datetime) else None


class AskBody(_Telling):
    """Whom, what of which kind of data, why, and by when."""

    body = forms.TypedChoiceField(label=_("Whom to ask"), coerce=UUID)
    subject = forms.CharField(label=_("What it is about, without naming anybody"), max_length=200)
    necessity = forms.CharField(
        label=_("Why you need it"),
        help_text=_("The body reads this, and it is the reason that is kept with the decision."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )
    due_at = forms.DateTimeField(label=on_the_clock(_("Answer before")), widget=_instant())
    field_order = ("body", "subject", *(f"{name}{one}" for one in QUESTIONS for name in ("kind", "question")))

    def __init__(self, *args: object, bodies: Sequence[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["body"].choices = [(str(one.id), one.label) for one in bodies]  # type: ignore[attr-defined]
        for number in QUESTIONS:
            self.fields[f"question{number}"] = forms.CharField(
                label=gettext("Question %(number)s") % {"number": number},
                required=number == 1,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=_LONGEST,
            )
            self.fields[f"kind{number}"] = forms.ChoiceField(
                label=gettext("Question %(number)s asks for") % {"number": number}, choices=_kinds
            )
        self.order_fields(self.field_order)

    def inquiry(self) -> InquiryForm:
        """What a valid form asks."""
        said = self.cleaned_data
        asked = [(said[f"kind{one}"], said[f"question{one}"]) for one in QUESTIONS]
        return InquiryForm(
            body=OrganisationId(said["body"]),
            subject=said["subject"],
            questions=tuple(Question(DataKind(kind), text) for kind, text in asked if text.strip()),
            necessity=said["necessity"],
            due_at=said["due_at"],
            case=self.chosen_case(),
            conditions=self.vouched(),
            vouching=said["vouching"],
            tlp=TLP(said["tlp"]),
            widening=said.get("widening", ""),
            deferred=self.deferred(),
        )


class ReplyToBody(_Telling):
    """Words for each kind of data, and why it is told."""

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("It stays at the desk."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for kind in TELLABLE:
            self.fields[kind.value] = forms.CharField(
                label=in_language(label_of(kind)).capitalize(),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=_LONGEST,
            )
        self.order_fields([kind.value for kind in TELLABLE])

    def reply(self) -> ReplyForm:
        """What a valid form tells."""
        said = self.cleaned_data
        return ReplyForm(
            texts={kind: said[kind.value] for kind in TELLABLE if said[kind.value].strip()},
            case=self.chosen_case(),
            conditions=self.vouched(),
            vouching=said["vouching"],
            tlp=TLP(said["tlp"]),
            widening=said.get("widening", ""),
            deferred=self.deferred(),
        )


class KeepInCase(forms.Form):
    """In which case an answer is kept as a document."""

    case = forms.TypedChoiceField(label=_("Case"), coerce=UUID)

    def __init__(self, *args: object, cases: Sequence[CaseLine], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["case"].choices = [(str(one.id), f"{one.reference} {one.title}") for one in cases]  # type: ignore[attr-defined]
