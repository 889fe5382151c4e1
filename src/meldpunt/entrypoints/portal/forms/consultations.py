"""The view of a government party."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.triage.values import Objection, Severity
from meldpunt.triage.values import ViewForm as View

_LONGEST = 5_000


class ViewForm(forms.Form):
    """What the party makes of it. An objection needs words, so that the desk can weigh it."""

    nature = forms.CharField(
        label=_("What do you think it is?"), max_length=_LONGEST, required=False, widget=forms.Textarea
    )
    severity = forms.ChoiceField(label=_("How grave is it?"))
    own_interest = forms.CharField(
        label=_("What does it mean for your own task?"), max_length=_LONGEST, required=False, widget=forms.Textarea
    )
    objection = forms.ChoiceField(label=_("May we go on?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Why, and what else we should know"), max_length=_LONGEST, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["severity"].choices = [  # type: ignore[attr-defined]
            (one.value, in_language(one.label)) for one in Severity
        ]
        self.fields["objection"].choices = [  # type: ignore[attr-defined]
            (one.value, in_language(one.label)) for one in Objection
        ]
        self.fields["objection"].initial = Objection.NONE.value

    def clean(self) -> dict[str, object]:
        """Raises ValidationError for an objection without words, or a view that says nothing."""
        given = self.cleaned_data
        if given.get("objection") not in {None, Objection.NONE.value} and not given.get("text", "").strip():
            self.add_error("text", gettext("Write why: the desk weighs your objection by its reason."))
        elif not self.errors and not any(given[name].strip() for name in ("nature", "own_interest", "text")):
            raise ValidationError(gettext("Answer at least one of the questions in words."))
        return given

    def view(self) -> View:
        """The view in a valid form."""
        given = self.cleaned_data
        return View(
            nature=given["nature"],
            severity=Severity(given["severity"]),
            own_interest=given["own_interest"],
            objection=Objection(given["objection"]),
            text=given["text"],
        )
