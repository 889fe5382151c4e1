"""Handling a freedom-of-information request: documents, passages, decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final, Literal, TypedDict
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import OrganisationId
from meldpunt.cases.values import CaseLine
from meldpunt.constituency.values import Organisation
from meldpunt.entrypoints.web.reporting import day_field
from meldpunt.entrypoints.web.requesting import LONGEST_SUBJECT, RequestFields
from meldpunt.entrypoints.web.templatetags.words import article_in_text, in_language
from meldpunt.law import DataKind, WithholdingGround, label_of
from meldpunt.openness.values import AGED, Request, RequestForm, State

from ..choices import Choice
from ..marking import WordsNotFound, range_of
from .confirming import Confirming
from .disclosures import LONGEST_REASON
from .widening import widening_field

STATE_LABELS: Final = {
    State.OPEN: pgettext_lazy("request", "open"),
    State.DECIDED: pgettext_lazy("request", "decided"),
}


_ARGUED: Final = gettext_noop("It is in the decision, so name nobody; what is held back for a time is so until when.")


def _kinds() -> list[Choice]:
    return [(kind.value, in_language(label_of(kind))) for kind in DataKind]


class RequestFilters(forms.Form):
    """What the list is narrowed to."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", "—"), *((one.value, STATE_LABELS[one]) for one in State)],
    )


class Letter(RequestFields):
    """A request that came on paper or by mail. Nobody has to say why they ask, or who they are."""

    subject = forms.CharField(
        label=_("What is asked, in the words of the letter"),
        max_length=LONGEST_SUBJECT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    received_on = day_field(label=_("Received on"), help_text=_("The day on which it came in: the term runs from it."))
    name = forms.CharField(label=_("Who asks"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    address = forms.CharField(
        label=_("Postal address"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    as_of = day_field(
        label=_("Under the act of"),
        help_text=_(
            "Leave this empty: what is decided now is decided under the act of now, also what was asked before. Only a "
            "file of then that is made up again has a day here."
        ),
    )
    language = forms.ChoiceField(label=_("Answer in"), choices=[("nl", _("Dutch")), ("en", _("English"))])

    field_order = (
        "subject",
        "received_on",
        "period_from",
        "period_until",
        "name",
        "email",
        "address",
        "language",
        "as_of",
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial={"received_on": timezone.localdate()})
        self.fields["received_on"].required = True

    def request(self) -> RequestForm:
        """The letter as a request. What came today came now; of an earlier day the hour is not known, nor needed."""
        day = self.cleaned_data["received_on"]
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        received_at = timezone.now() if day == timezone.localdate() else noon
        language: Literal["nl", "en"] = "en" if self.cleaned_data["language"] == "en" else "nl"
        asked = self.request_in(language)
        return replace(asked, received_at=received_at, as_of=self.cleaned_data["as_of"])


class FindDocuments(forms.Form):
    """In which case, and with which words."""

    case = forms.UUIDField(label=_("Case"), required=False)
    text = forms.CharField(label=_("Words"), required=False, max_length=100)

    def __init__(self, data: Mapping[str, object] | None = None, *, cases: Sequence[CaseLine]) -> None:
        super().__init__(data)
        choices = [("", "—"), *((str(one.id), f"{one.reference} {one.title}") for one in cases)]
        self.fields["case"].widget = forms.Select(choices=choices)


class Take(forms.Form):
    """Take a document into the request."""

    document = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Most telling kind of data that stays"), choices=_kinds, initial=DataKind.INCIDENT_NATURE
    )

    def chosen_kind(self) -> DataKind:
        """The kind of data of a valid form."""
        return DataKind(self.cleaned_data["kind"])


class Withhold(forms.Form):
    """A passage by lines and words, or by the offsets that the script fills in from a selection."""

    first_line = forms.IntegerField(label=_("From line"), min_value=1)
    first_words = forms.CharField(
        label=_("from the words"),
        help_text=_("Empty: from the start of the line."),
        required=False,
        strip=False,
    )
    last_line = forms.IntegerField(label=_("To line"), min_value=1)
    last_words = forms.CharField(
        label=_("up to and including the words"),
        help_text=_("Empty: to the end of the line."),
        required=False,
        strip=False,
    )
    ground = forms.ChoiceField(label=_("Ground"))
    note = forms.CharField(
        label=_("Why here"),
        help_text=_("It stays at the desk."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )

    def __init__(
        self, data: Mapping[str, object] | None = None, *, text: str, grounds: Sequence[WithholdingGround]
    ) -> None:
        super().__init__(data)
        self.text = text
        self.fields["ground"].choices = ground_choices(grounds)  # type: ignore[attr-defined]
        self.range = (0, 0)

    def clean(self) -> None:
        """Find the passage back in the text."""
        super().clean()
        said = self.cleaned_data
        if self.errors:
            return
        try:
            self.range = range_of(
                self.text,
                first_line=said["first_line"],
                first_words=said["first_words"],
                last_line=said["last_line"],
                last_words=said["last_words"],
            )
        except WordsNotFound as lost:
            self.add_error(lost.field, gettext("This does not stand there."))
            return
        if self.range[0] >= self.range[1]:
            raise ValidationError(gettext("The passage ends before it starts."))


class Suggested(forms.Form):
    """A suggested passage, taken over on a ground."""

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    ground = forms.CharField(max_length=80)


class Hear(Confirming):
    """Whom to ask for a view, and until when."""

    organisation = forms.ChoiceField(label=_("Organisation concerned"))
    due_on = forms.DateField(
        label=_("Answer until and including"),
        help_text=_("Two weeks is usual. Meanwhile the term stands still."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    reason = forms.CharField(
        label=_("Why it is heard"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, to_hear: Sequence[Organisation]) -> None:
        in_two_weeks = timezone.localdate() + timedelta(weeks=2)
        super().__init__(data, auto_id="hear_%s", initial={"due_on": in_two_weeks})
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (str(one.id), one.label) for one in to_hear
        ]

    def chosen(self) -> OrganisationId:
        """Whom, in a valid form."""
        return OrganisationId(UUID(self.cleaned_data["organisation"]))

    def due_at(self) -> datetime:
        """The end of that day, in a valid form."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["due_on"], time(23, 59, 59)))


class Said(TypedDict):
    """What a decision tells."""

    text: str
    reasons: dict[str, str]
    waits: bool


class Decide(Confirming):
    """The words of the decision, and why each ground that is weighed outweighs openness."""

    text = forms.CharField(
        label=_("The decision"),
        help_text=_("The list of withheld passages with their articles is added, and how to object."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=40_000,
    )
    widening = widening_field()

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        asked: Request,
        is_anybody_unheard: bool,
    ) -> None:
        super().__init__(data, auto_id="decide_%s")
        self.asked = asked
        for ground in asked.grounds_to_argue:
            self.fields[f"why-{ground.id}"] = forms.CharField(
                label=gettext("Why %(article)s outweighs openness") % {"article": article_in_text(ground)},
                help_text=f"{in_language(ground.subject)}. {in_language(ground.weighing.label)}. {gettext(_ARGUED)}",
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=LONGEST_REASON,
            )
        if asked.has_aged:
            self.fields[f"why-{AGED}"] = forms.CharField(
                label=gettext("Why what is older than five years is still withheld"),
                help_text=gettext("Woo article 5.3. It is in the decision, so name nobody."),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=LONGEST_REASON,
            )
        if is_anybody_unheard:
            self.fields["unheard"] = forms.CharField(
                label=gettext("Why not everybody concerned was heard"),
                help_text=gettext(
                    "For example that nothing is released that anybody can object to. It stays at the desk."
                ),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=LONGEST_REASON,
            )
        self.fields["waits"] = forms.BooleanField(
            label=gettext("Somebody is expected to object"),
            help_text=gettext(
                "Then the documents follow two weeks after the decision; after an objection they always do."
            ),
            required=False,
        )

    def said(self) -> Said:
        """What a valid form tells: the same for the preview and for the deciding."""
        return {"text": self.cleaned_data["text"], "reasons": self.reasons(), "waits": self.cleaned_data["waits"]}

    def reasons(self) -> dict[str, str]:
        """The reason for each ground, by its id, in a valid form."""
        keys = (*(str(ground.id) for ground in self.asked.grounds_to_argue), *((AGED,) if self.asked.has_aged else ()))
        return {key: self.cleaned_data[f"why-{key}"] for key in keys}


def ground_choices(grounds: Sequence[WithholdingGround]) -> list[Choice]:
    """The grounds of an act, by article; those of the minister's letter first."""
    ordered = sorted(grounds, key=lambda one: not one.letter)
    return [(one.id, f"{article_in_text(one)}: {in_language(one.subject)}") for one in ordered]
