"""What an organisation says about a measure it was advised."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.advice.values import AnswerKind, Measure

_ANSWERS = (
    ("", _("Choose an answer")),
    (AnswerKind.ACKNOWLEDGE.value, _("We will do this")),
    (AnswerKind.DONE.value, _("This is done")),
    (AnswerKind.REFUSE.value, _("We will not do this")),
)


class MeasureForm(forms.Form):
    """One answer to one measure; a refusal needs its reason. Fields carry the number of the measure."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=_ANSWERS)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed when you will not do it."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, measure: Measure, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data, prefix=f"measure-{measure.number}")
        self.measure = measure

    def clean(self) -> dict[str, object]:
        """Raises ValidationError for a refusal without a reason."""
        given = self.cleaned_data
        if given.get("answer") == AnswerKind.REFUSE.value and not given.get("reason", "").strip():
            self.add_error("reason", gettext("Write why you will not do this."))
        return given
