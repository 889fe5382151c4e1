"""Answering an inquiry of the desk, and putting one to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.disclosure.values import Part
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.uploads import FilesField
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.inquiries.values import AnswerForm, IncomingForm, Outcome
from meldpunt.law import DataKind, label_of

_LONGEST: Final = 20_000
_NOT_ASKED: Final = frozenset({DataKind.SPECIAL_PERSONAL_DATA, DataKind.DELIBERATION, DataKind.AGGREGATE_FIGURES})


def _kinds() -> list[tuple[str, str]]:
    return [(one.value, in_language(label_of(one))) for one in DataKind if one not in _NOT_ASKED]


class AnswerInquiry(forms.Form):
    """An answer to each question, whole, in part, or a refusal; with its ground and the kinds of data in it."""

    outcome = forms.ChoiceField(label=_("What you answer"), widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("The ground on which you give it"),
        help_text=_("Your own task or the article that lets you give it. Not needed when you refuse."),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of data in your answer"), required=False, widget=forms.CheckboxSelectMultiple, choices=_kinds
    )
    explanation = forms.CharField(
        label=_("What is missing and whether it follows, or why you refuse"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    attachments = FilesField(label=_("Files"), required=False)

    def __init__(self, *args: object, questions: Sequence[Part], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (one.value, in_language(one.label)) for one in Outcome
        ]
        self._names = [f"text{number}" for number in range(len(questions))]
        for name, part in zip(self._names, questions, strict=True):
            self.fields[name] = forms.CharField(
                label=in_language(part.heading), max_length=_LONGEST, required=False, widget=forms.Textarea
            )
        self.order_fields(["outcome", *self._names])

    def clean(self) -> dict[str, object]:
        """Raises ValidationError for an answer that says nothing, names no ground or no kinds, or gives no reason."""
        given = self.cleaned_data
        outcome = given.get("outcome")
        if outcome != Outcome.WHOLE.value and not given.get("explanation", "").strip():
            self.add_error("explanation", gettext("Write what is missing, or why you refuse."))
        if outcome == Outcome.REFUSAL.value:
            return given
        if not any(given.get(name, "").strip() for name in self._names):
            raise ValidationError(gettext("Answer at least one of the questions, or refuse and write why."))
        if not given.get("ground", "").strip():
            self.add_error("ground", gettext("Name the ground on which you give it."))
        if not given.get("kinds"):
            self.add_error("kinds", gettext("Tick the kinds of data that your answer holds."))
        return given

    def answer(self) -> AnswerForm:
        """The answer in a valid form."""
        said = self.cleaned_data
        return AnswerForm(
            outcome=Outcome(said["outcome"]),
            texts=tuple(said[name] for name in self._names),
            kinds=frozenset(DataKind(one) for one in said["kinds"]),
            ground=said["ground"],
            explanation=said["explanation"],
        )


class PutInquiry(forms.Form):
    """What a body asks the desk. It looks the same and answers the same whatever is asked."""

    subject = forms.CharField(label=_("What it is about"), max_length=200)
    question = forms.CharField(label=_("What you ask"), max_length=_LONGEST, widget=forms.Textarea)
    kinds = forms.MultipleChoiceField(
        label=_("Which kinds of data"), widget=forms.CheckboxSelectMultiple, choices=_kinds
    )
    necessity = forms.CharField(
        label=_("Why you need it for your task"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    ground = forms.CharField(
        label=_("The ground on which you ask, and your task in it"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wanted_at = forms.DateTimeField(
        label=on_the_clock(_("Needed before")),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def inquiry(self) -> IncomingForm:
        """The inquiry in a valid form."""
        said = self.cleaned_data
        return IncomingForm(
            subject=said["subject"],
            question=said["question"],
            kinds=frozenset(DataKind(one) for one in said["kinds"]),
            necessity=said["necessity"],
            ground=said["ground"],
            wanted_at=said["wanted_at"],
        )
