"""A report of one's own organisation: the law and the kind of entity decide what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.portal.significance import QUESTIONS, Significance, weigh
from meldpunt.entrypoints.web.labels import STAGES
from meldpunt.entrypoints.web.reporting import LONGEST_TEXT, LONGEST_TITLE, day_field, instant_field, tlp_field, tlp_in
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.uploads import FilesField
from meldpunt.intake.values import ReportForm, ReportKind, Stage

_ANSWERS = (("unknown", _("Not known yet")), ("yes", _("Yes")), ("no", _("No")))
_OF_THE_EARLY_WARNING = ("malicious", "cross_border")
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


class OwnReportForm(forms.Form):
    """What happened at the reporter's own organisation. Without `stages` no statutory duty rests on it."""

    what = forms.ChoiceField(
        label=_("What do you report?"), choices=_WHAT, widget=forms.RadioSelect, initial="incident"
    )
    title = forms.CharField(
        label=_("What is going on?"), help_text=_("One sentence is enough."), max_length=LONGEST_TITLE
    )
    text = forms.CharField(
        label=_("What do you know now?"),
        help_text=_("What happened, what does not work, what you already did. Leave out passwords."),
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
    malicious = forms.ChoiceField(
        label=_("Do you think it was done on purpose?"), choices=_ANSWERS, required=False, widget=forms.RadioSelect
    )
    cross_border = forms.ChoiceField(
        label=_("Does it have consequences in other countries?"),
        choices=_ANSWERS,
        required=False,
        widget=forms.RadioSelect,
    )
    tlp = tlp_field()
    attachments = FilesField(
        label=_("Files"), help_text=_("Logs, mails, screenshots. They are encrypted on arrival."), required=False
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        stages: Iterable[Stage],
    ) -> None:
        super().__init__(data, files)
        first = [stage for stage in _FIRST_STAGES if stage in set(stages)]
        self.has_duty = bool(first)
        if not first:
            del self.fields["stage"]
            return
        self.fields["stage"].choices = [(one.value, STAGES[one]) for one in first]  # type: ignore[attr-defined]
        for question in QUESTIONS:
            self.fields[question.key] = forms.ChoiceField(
                label=in_language(question.text),
                choices=_ANSWERS,
                required=False,
                initial="unknown",
                widget=forms.RadioSelect,
            )

    def first_fields(self) -> Iterator[BoundField]:
        """What everybody is asked."""
        apart = {*_OF_THE_EARLY_WARNING, "stage", *(one.key for one in QUESTIONS)}
        return (self[name] for name in self.fields if name not in apart)

    def significance_fields(self) -> list[BoundField]:
        """From which it follows whether the law asks for the report."""
        return [self[one.key] for one in QUESTIONS if one.key in self.fields]

    def warning_fields(self) -> Iterator[BoundField]:
        """What an early warning says besides."""
        return (self[name] for name in ("stage", *_OF_THE_EARLY_WARNING) if name in self.fields)

    def report(self) -> ReportForm:
        """The report in a valid form; its kind is computed, see `kind`."""
        given = self.cleaned_data
        names = (*_OF_THE_EARLY_WARNING, *(one.key for one in QUESTIONS if one.key in self.fields))
        kind = self.kind()
        stage = Stage(given.get("stage") or Stage.EARLY_WARNING) if kind is ReportKind.STATUTORY else None
        return ReportForm(
            title=given["title"],
            text=given["text"],
            kind=kind,
            aware_at=given["aware_at"],
            occurred_on=given["occurred_on"],
            stage=stage,
            answers={name: given[name] or "unknown" for name in names},
            tlp=tlp_in(given),
        )

    def kind(self) -> ReportKind:
        """Statutory where a duty rests on the organisation and the incident is, or may be, significant."""
        what = What(self.cleaned_data["what"])
        if what is not What.INCIDENT:
            return ReportKind(what.value)
        if self.has_duty and weigh(self.cleaned_data).significance is not Significance.NO:
            return ReportKind.STATUTORY
        return ReportKind.VOLUNTARY
