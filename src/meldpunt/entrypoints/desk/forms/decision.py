"""What becomes of a report, always with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.cases.values import CaseId, Suggestion
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.triage.values import Decision, Reasons, Stood

from ..choices import Choice
from ..labels import label_of


class Reason(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)


Offered: TypeAlias = Mapping[Decision, Reasons]


class Decide(forms.Form):
    """Why, written or chosen from what was offered. The hidden fields say what stood on the page.

    `over` is the number of a colleague's decision that is reopened first.
    """

    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )
    earlier = forms.ChoiceField(label=_("Or one given before"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_stages = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_views = forms.IntegerField(required=False, widget=forms.HiddenInput)
    over = forms.IntegerField(required=False, widget=forms.HiddenInput)
    decisions: tuple[Decision, ...] = (Decision.DECLINE, Decision.REDIRECT, Decision.SET_ASIDE)

    def __init__(self, *args: object, offered: Offered, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        earlier = self.fields["earlier"]
        earlier.choices = [("", "—"), *_groups(offered, self.decisions)]  # type: ignore[attr-defined]
        earlier.widget.attrs["data-earlier"] = ""

    @property
    def stood(self) -> Stood:
        """What stood on the page from which a valid form was sent, but for a decision that is decided over."""
        said = self.cleaned_data
        decisions = said["seen"] if said["over"] is None else None
        return Stood(decisions, said["seen_stages"], said["seen_views"])

    def clean(self) -> None:
        """What was written counts over what was chosen."""
        super().clean()
        said = self.cleaned_data
        said["reason"] = (said.get("reason") or "").strip() or said.get("earlier") or ""
        if not said["reason"] and "reason" not in self.errors:
            self.add_error("reason", gettext("Write the reason."))


def as_seen(seen: Stood) -> dict[str, int | None]:
    """What a form to decide begins with."""
    return {"seen": seen.decisions, "seen_stages": seen.stages, "seen_views": seen.views}


def _groups(offered: Offered, decisions: Sequence[Decision]) -> list[tuple[str, list[Choice]]]:
    """The reasons by decision, each once in its group."""
    groups = []
    for decision in decisions:
        found = offered.get(decision, Reasons((), ()))
        each = dict.fromkeys((*found.own, *(in_language(one) for one in found.house)))
        groups.append((label_of(decision), [(one, Truncator(one).chars(100)) for one in each]))
    return groups


class Accept(Decide):
    """Into a new case, or into one that is about the same incident."""

    decisions = (Decision.ACCEPT, Decision.MERGE)
    title = forms.CharField(label=_("Title of a new case"), required=False, max_length=300)
    case = forms.ChoiceField(label=_("Into"), required=False, widget=forms.RadioSelect)
    field_order = ("case", "title", "reason", "earlier", "seen", "seen_stages", "seen_views", "over")

    def __init__(self, *args: object, suggestions: Sequence[Suggestion], offered: Offered, **kwargs: object) -> None:
        super().__init__(*args, offered=offered, **kwargs)
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
