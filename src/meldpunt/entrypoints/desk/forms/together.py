"""One decision about the reports that were ticked in the queue, and what is otherwise for some of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from meldpunt.cases.values import CaseId, CaseLine
from meldpunt.intake.values import ReportId, ReportLine
from meldpunt.triage.values import Decision, Stood

from ..choices import Choice
from ..together import Planned

NEW = "new"
DECLINE = "decline"
SET_ASIDE = "set-aside"
LEAVE = "leave"
MOST = 200
"""More would keep the page waiting: each has its own decision, mark and ledger entry, and takes some 20 ms."""
_COUNTS = r"\A\d{1,6}-\d{1,6}-\d{1,6}\Z"
_DECISIONS = {DECLINE: Decision.DECLINE, SET_ASIDE: Decision.SET_ASIDE}


@dataclass(frozen=True, slots=True)
class Row:
    """One report on the page, with the fields of its own."""

    line: ReportLine
    is_ticked: bool
    becomes: BoundField
    why: BoundField
    seen: BoundField


class Together(forms.Form):
    """Which reports, what becomes of them, and why; a row may say otherwise for itself."""

    report = forms.TypedMultipleChoiceField(label=_("Reports"), coerce=UUID)
    becomes = forms.ChoiceField(label=_("What becomes of them"), required=False)
    title = forms.CharField(label=_("Title of a new case"), required=False, max_length=300)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "It is kept with each that has no reason of its own, so it has to be true of each. Whoever reported does"
            " not read it."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        required=False,
    )

    def __init__(
        self,
        *args: object,
        lines: Sequence[ReportLine],
        cases: Sequence[CaseLine],
        seen: Mapping[ReportId, Stood],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._lines = tuple(lines)
        self.fields["report"].choices = [(str(one.id), one.reference) for one in lines]  # type: ignore[attr-defined]
        into = (gettext("into a case that is open"), [(str(one.id), f"{one.reference} {one.title}") for one in cases])
        of_all = [
            ("", "—"),
            (NEW, gettext("into a new case, together")),
            (DECLINE, gettext("declined, each of them")),
            (SET_ASIDE, gettext("set aside, each of them")),
            into,
        ]
        self.fields["becomes"].choices = of_all  # type: ignore[attr-defined]
        for one in lines:
            self.fields[f"row_{one.id}"] = forms.ChoiceField(required=False, choices=[*_of_a_row(), into])
            self.fields[f"why_{one.id}"] = forms.CharField(required=False, max_length=5000)
            self.fields[f"seen_{one.id}"] = forms.RegexField(
                _COUNTS, required=False, widget=forms.HiddenInput, initial=in_figures(seen.get(one.id))
            )

    def rows(self) -> Iterator[Row]:
        """Every report on the page."""
        ticked = {str(one) for one in self["report"].value() or ()}
        for one in self._lines:
            row = Row(one, str(one.id) in ticked, self[f"row_{one.id}"], self[f"why_{one.id}"], self[f"seen_{one.id}"])
            row.becomes.field.widget.attrs["aria-label"] = f"{gettext('What becomes of it')} {one.reference}"
            row.why.field.widget.attrs["aria-label"] = f"{gettext('Reason of its own')} {one.reference}"
            yield row

    def planned(self) -> list[Planned]:
        """What becomes of each that is ticked and not left as it is."""
        said = self.cleaned_data
        chosen = [one for one in self._lines if one.id in self._chosen()]
        found = [self._plan(one, said[f"row_{one.id}"] or said["becomes"]) for one in chosen]
        return [one for one in found if one is not None]

    def clean(self) -> None:
        """What is ticked has something that becomes of it, and a reason; a new case has a title."""
        super().clean()
        said = self.cleaned_data
        chosen = self._chosen()
        rest = [one for one in chosen if not said.get(f"row_{one}")]
        without = [one for one in chosen if not said.get(f"why_{one}") and said.get(f"row_{one}") != LEAVE]
        if rest and not said.get("becomes"):
            self.add_error("becomes", gettext("Choose what becomes of them."))
        if without and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", gettext("Write the reason."))
        if rest and said.get("becomes") == NEW and not said.get("title"):
            self.add_error("title", gettext("Give the new case a title."))

    def _chosen(self) -> frozenset[ReportId]:
        return frozenset(ReportId(one) for one in self.cleaned_data.get("report", ()))

    def _plan(self, line: ReportLine, becomes: str) -> Planned | None:
        if becomes == LEAVE:
            return None
        reason = self.cleaned_data[f"why_{line.id}"] or self.cleaned_data["reason"]
        stood = _read(self.cleaned_data[f"seen_{line.id}"])
        if becomes in _DECISIONS:
            return Planned(line, _DECISIONS[becomes], reason, stood=stood)
        return Planned(line, Decision.ACCEPT, reason, None if becomes == NEW else CaseId(UUID(becomes)), stood)


def in_figures(seen: Stood | None) -> str:
    """As a hidden field keeps it."""
    return f"{seen.decisions}-{seen.stages}-{seen.views}" if seen else ""


def _read(written: str) -> Stood | None:
    return Stood(*map(int, written.split("-"))) if written else None


def _of_a_row() -> list[Choice]:
    return [
        ("", gettext("as the rest")),
        (LEAVE, gettext("left as it is")),
        (DECLINE, pgettext("report", "declined")),
        (SET_ASIDE, pgettext("report", "set aside")),
    ]
