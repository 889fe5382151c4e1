"""The view of a government party, and what it asks us back."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.triage.values import Objection, Question, Severity, View
from meldpunt.triage.values import ViewForm as Answers
from meldpunt.vocabulary.markings import TLP
from meldpunt.vocabulary.rsit import all_classes

_LONGEST = 5_000
_MARKINGS = tuple(tlp for tlp in TLP if tlp is not TLP.RED)


class ViewForm(forms.Form):
    """What the party makes of it. An objection needs words, so that the desk can weigh it.

    After each question it says whether we may repeat the answer to others, which we may not unless it does.
    """

    rsit = forms.ChoiceField(label=_("What kind of incident do you think it is?"), required=False)
    nature = forms.CharField(
        label=_("What do you think it is?"), max_length=_LONGEST, required=False, widget=forms.Textarea
    )
    severity = forms.ChoiceField(label=_("How grave is it?"))
    has_interest = forms.BooleanField(label=_("It touches our own task"), required=False)
    own_interest = forms.CharField(
        label=_("What does it mean for your own task?"), max_length=_LONGEST, required=False, widget=forms.Textarea
    )
    objection = forms.ChoiceField(label=_("May we go on?"), widget=forms.RadioSelect)
    hold_until = forms.DateTimeField(
        label=on_the_clock(_("Wait until")),
        help_text=_("Only where you ask us to wait. Leave it empty where you do not know until when."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    text = forms.CharField(
        label=_("Why, and what else we should know"), max_length=_LONGEST, required=False, widget=forms.Textarea
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = {
            "rsit": [("", "—"), *((one.id, in_language(one.name)) for one in all_classes())],
            "severity": [(one.value, in_language(one.label)) for one in Severity],
            "objection": [(one.value, in_language(one.label)) for one in Objection],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["objection"].initial = Objection.NONE.value
        for question in Question:
            self.fields[_may_repeat(question)] = forms.ChoiceField(
                label=gettext("May we repeat to others: %(what)s?") % {"what": in_language(question.label)},
                required=False,
                choices=[
                    ("", gettext("no")),
                    *((tlp.value, gettext("yes, as %(tlp)s") % {"tlp": tlp}) for tlp in _MARKINGS),
                ],
            )

    @classmethod
    def of(cls, view: View | None) -> ViewForm:
        """The form as the last answer left it."""
        if view is None:
            return cls(initial={"seen": 0})
        repeats = {_may_repeat(question): tlp.value for question, tlp in view.repeatable.items()}
        return cls(
            initial={
                "rsit": view.rsit_class.id if view.rsit_class else "",
                "nature": view.nature,
                "severity": view.severity.value,
                "has_interest": view.has_interest,
                "own_interest": view.own_interest,
                "objection": view.objection.value,
                "hold_until": view.hold_until,
                "text": view.text,
                "seen": view.version,
                **repeats,
            }
        )

    def answers(self) -> list[forms.BoundField]:
        """The questions themselves."""
        return [field for field in self.visible_fields() if not field.name.startswith("repeat_")]

    def repeats(self) -> list[forms.BoundField]:
        """What we may repeat to others, answer by answer."""
        return [field for field in self.visible_fields() if field.name.startswith("repeat_")]

    def clean(self) -> dict[str, object]:
        """Raises ValidationError for an objection without words, a hold of nothing, or a view that says nothing."""
        given = self.cleaned_data
        if given.get("objection") not in {None, Objection.NONE.value} and not given.get("text", "").strip():
            self.add_error("text", gettext("Write why: the desk weighs your objection by its reason."))
        elif given.get("hold_until") and given.get("objection") != Objection.HOLD.value:
            self.add_error("hold_until", gettext("Say above that you ask us to wait, or leave this empty."))
        elif not self.errors and not any(given[name].strip() for name in ("rsit", "nature", "own_interest", "text")):
            raise ValidationError(gettext("Answer at least one of the questions in words."))
        return given

    def view(self) -> Answers:
        """The view in a valid form."""
        given = self.cleaned_data
        marked = {question: given[_may_repeat(question)] for question in Question}
        return Answers(
            nature=given["nature"],
            severity=Severity(given["severity"]),
            own_interest=given["own_interest"],
            objection=Objection(given["objection"]),
            text=given["text"],
            rsit=given["rsit"],
            has_interest=given["has_interest"],
            hold_until=given["hold_until"],
            repeatable={question: TLP(tlp) for question, tlp in marked.items() if tlp},
            seen=given["seen"] or 0,
        )


class CounterQuestionForm(forms.Form):
    """What the party wants to know before it answers."""

    question = forms.CharField(
        label=_("Your question to the desk"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


def _may_repeat(question: Question) -> str:
    return f"repeat_{question.value.replace('-', '_')}"
