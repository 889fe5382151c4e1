"""What becomes of a report, always with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.cases.values import CaseId, Suggestion


class Reason(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)


class Accept(Reason):
    """Into a new case, or into one that is about the same incident."""

    title = forms.CharField(label=_("Title of a new case"), required=False, max_length=300)
    case = forms.ChoiceField(label=_("Into"), required=False, widget=forms.RadioSelect)
    field_order = ("case", "title", "reason")

    def __init__(self, *args: object, suggestions: Sequence[Suggestion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = [(str(one.case.id), f"{one.case.reference} {one.case.title}") for one in suggestions]
        self.fields["case"].choices = [("", gettext("a new case")), *known]  # type: ignore[attr-defined]

    def chosen(self) -> CaseId | None:
        """The existing case, if any."""
        return CaseId(UUID(self.cleaned_data["case"])) if self.cleaned_data["case"] else None

    def clean(self) -> None:
        """A new case has a title."""
        super().clean()
        if not self.cleaned_data.get("case") and not self.cleaned_data.get("title"):
            self.add_error("title", gettext("Give the new case a title."))
