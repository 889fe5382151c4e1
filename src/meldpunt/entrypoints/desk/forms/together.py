"""One decision about the reports that were ticked in the queue."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.cases.values import CaseId, CaseLine
from meldpunt.intake.values import ReportId, ReportLine

NEW = "new"
DECLINE = "decline"
MOST = 200
"""More would keep the page waiting: each has its own decision, mark and ledger entry."""


class Together(forms.Form):
    """Which reports, what becomes of them, and why."""

    report = forms.TypedMultipleChoiceField(label=_("Reports"), widget=forms.CheckboxSelectMultiple, coerce=UUID)
    becomes = forms.ChoiceField(label=_("What becomes of them"))
    title = forms.CharField(label=_("Title of a new case"), required=False, max_length=300)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is kept with each of them, so it has to be true of each. Whoever reported does not read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
    )

    def __init__(self, *args: object, lines: Sequence[ReportLine], cases: Sequence[CaseLine], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["report"].choices = [(str(one.id), f"{one.reference} {one.title}") for one in lines]  # type: ignore[attr-defined]
        into = [(str(one.id), f"{one.reference} {one.title}") for one in cases]
        self.fields["becomes"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            (NEW, gettext("into a new case, together")),
            (DECLINE, gettext("declined, each of them")),
            (gettext("into a case that is open"), into),
        ]

    def chosen(self) -> frozenset[ReportId]:
        """The reports that are still ticked."""
        return frozenset(ReportId(one) for one in self.cleaned_data["report"])

    def case(self) -> CaseId | None:
        """The open case they go into, if that was chosen."""
        becomes: str = self.cleaned_data["becomes"]
        return None if becomes in {NEW, DECLINE} else CaseId(UUID(becomes))

    def clean(self) -> None:
        """A new case has a title."""
        super().clean()
        if self.cleaned_data.get("becomes") == NEW and not self.cleaned_data.get("title"):
            self.add_error("title", gettext("Give the new case a title."))
