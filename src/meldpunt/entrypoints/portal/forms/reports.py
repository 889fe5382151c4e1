"""A report of one's own organisation: the law and the kind of entity decide what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.asking import AskingForm
from meldpunt.entrypoints.web.labels import STAGES
from meldpunt.entrypoints.web.reporting import LONGEST_TEXT, LONGEST_TITLE, day_field, instant_field, tlp_field, tlp_in
from meldpunt.entrypoints.web.statutory import Questions
from meldpunt.entrypoints.web.uploads import FilesField
from meldpunt.intake.values import ReportForm, ReportKind, Stage
from meldpunt.law import Significance, local_day

_FIRST_STAGES = (Stage.EARLY_WARNING, Stage.NOTIFICATION)


class What(StrEnum):
    """What somebody reports; whether the law asks for it follows from the answers."""

    INCIDENT = "incident"
    NEAR_MISS = "near-miss"
    THREAT = "threat"
    VULNERABILITY = "vulnerability"


_WHAT = (
    (What.INCIDENT.value, _("Incident")),
    (What.NEAR_MISS.value, _("Near miss: it almost went wrong")),
    (What.THREAT.value, _("Threat")),
    (What.VULNERABILITY.value, _("Vulnerability")),
)
_ABOUT_INCIDENTS = ("criteria", What.INCIDENT.value)
_BESIDE_INCIDENTS = (What.NEAR_MISS, What.THREAT, What.VULNERABILITY)


class OwnReportForm(AskingForm):
    """What happened at the reporter's own organisation. Where no duty rests on it, nothing of the law is asked."""

    what = forms.ChoiceField(
        label=_("What do you report?"), choices=_WHAT, widget=forms.RadioSelect, initial="incident"
    )
    title = forms.CharField(
        label=_("What is going on?"), help_text=_("One sentence is enough."), max_length=LONGEST_TITLE
    )
    text = forms.CharField(
        label=_("What do you know now?"),
        help_text=_(
            "What happened, what does not work, what you already did. Leave out passwords, citizen service numbers, "
            "and whatever says something about people's health."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    aware_at = instant_field(
        label=_("When did you become aware of it?"),
        help_text=_("The clocks of the law run from this moment. Left empty: from now. Time in the Netherlands."),
    )
    occurred_on = day_field(label=_("On which day did it begin?"))
    stage = forms.ChoiceField(label=_("What you send now"), required=False)
    tlp = tlp_field()
    attachments = FilesField(
        label=_("Files"), help_text=_("Logs, mails, screenshots. They are encrypted on arrival."), required=False
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        entity_kind: str,
    ) -> None:
        super().__init__(data, files)
        aware_at = self.told_instant("aware_at") or timezone.now()
        self.questions = Questions(ReportKind.STATUTORY, entity_kind, local_day(aware_at))
        self.has_duty = self.questions.has_duty
        if self.has_duty:
            self._ask_of_incidents()
        else:
            del self.fields["stage"]
        # After what an incident asks: indicators are asked of a threat as well, and stand on the form once.
        for what in _BESIDE_INCIDENTS:
            self.ask(what.value, Questions(ReportKind(what.value), entity_kind, self.questions.on).items_at(None))

    def _ask_of_incidents(self) -> None:
        first = [one for one in _FIRST_STAGES if self.questions.items_at(one)] or [self.questions.first_stage]
        self.fields["stage"].choices = [(one.value, STAGES[one]) for one in first]  # type: ignore[attr-defined]
        self.ask_criteria(self.questions.criteria)
        for stage in first:
            self.ask(What.INCIDENT.value, self.questions.items_at(stage))

    def first_fields(self) -> Iterator[BoundField]:
        """What everybody is asked."""
        return (self[name] for name in self.base_fields if name not in ("stage", "attachments", "tlp"))

    def last_fields(self) -> Iterator[BoundField]:
        """How far it may go, and what comes along."""
        return (self[name] for name in ("tlp", "attachments"))

    def significance_fields(self) -> list[BoundField]:
        """From which it follows whether the law asks for the report."""
        return self.asked_in("criteria")

    def warning_fields(self) -> list[BoundField]:
        """What the law asks of the first report of an incident."""
        return [self["stage"], *self.asked_in(What.INCIDENT.value)] if self.has_duty else []

    def parts_beside(self) -> list[tuple[str, bool, list[BoundField]]]:
        """For each other thing to report: what it is called, whether it is chosen, and what is asked of it."""
        labels = dict(_WHAT)
        chosen = self.told("what")
        return [(str(labels[one.value]), chosen == one.value, self.asked_in(one.value)) for one in _BESIDE_INCIDENTS]

    def report(self) -> ReportForm:
        """The report in a valid form; its kind is computed, see `kind`."""
        given = self.cleaned_data
        kind = self.kind()
        stage = Stage(given.get("stage") or self.questions.first_stage) if kind is ReportKind.STATUTORY else None
        return ReportForm(
            title=given["title"],
            text=given["text"],
            kind=kind,
            aware_at=given["aware_at"],
            occurred_on=given["occurred_on"],
            stage=stage,
            answers=self.answers(*(_ABOUT_INCIDENTS if given["what"] == What.INCIDENT else (given["what"],))),
            tlp=tlp_in(given),
        )

    def kind(self) -> ReportKind:
        """Statutory where a duty rests on the organisation and the incident is, or may be, significant."""
        what = What(self.cleaned_data["what"])
        if what is not What.INCIDENT:
            return ReportKind(what.value)
        if self.has_duty and self.questions.weigh(self.answers()).significance is not Significance.NO:
            return ReportKind.STATUTORY
        return ReportKind.VOLUNTARY
