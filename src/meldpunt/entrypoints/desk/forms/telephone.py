"""A report by telephone: one hand, one screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.asking import AskingForm
from meldpunt.entrypoints.web.reporting import check_instant, tlp_field, tlp_in
from meldpunt.entrypoints.web.statutory import Questions
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.intake.values import ReporterDetails, ReportForm, ReportKind
from meldpunt.law import local_day
from meldpunt.vocabulary.entities import EntityKind

from ..choices import entity_kinds, sectors
from ..labels import choices_of

_BESIDE_INCIDENTS: Final = (ReportKind.NEAR_MISS, ReportKind.THREAT, ReportKind.VULNERABILITY)


def _kinds() -> list[tuple[str, str]]:
    return choices_of(ReportKind)


class Call(AskingForm):
    """What somebody tells on the telephone: first where to call back, then in the order in which a caller says it.

    After it comes what the law asks, as at the other doors: by what was told, or of who does not say what they are what
    it asks of most. None of it must be answered.
    """

    phone = forms.CharField(
        label=_("Number to call back"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "tel", "autofocus": True, "data-key": "q"}),
    )
    name = forms.CharField(
        label=_("Name of the caller"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"data-key": "w"}),
    )
    organisation_named = forms.CharField(
        label=_("Organisation, as the caller names it"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"data-key": "r"}),
    )
    title = forms.CharField(
        label=_("What is going on, in one line"), max_length=300, widget=forms.TextInput(attrs={"data-key": "a"})
    )
    text = forms.CharField(
        label=_("What the caller says"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-key": "s"}),
        max_length=200_000,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=_kinds,
        initial=ReportKind.VOLUNTARY,
        widget=forms.Select(attrs={"data-key": "x"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=sectors)
    entity_kind = forms.ChoiceField(
        label=_("Capacity"),
        help_text=_("With a statutory report it decides which clocks run."),
        required=False,
        choices=entity_kinds,
        widget=forms.Select(attrs={"data-key": "c"}),
    )
    aware_at = forms.DateTimeField(
        label=on_the_clock(_("Noticed at")),
        required=False,
        validators=[check_instant],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    tlp = tlp_field(help_text=_("What the caller asks. Whoever goes further writes why, and the caller reads that."))

    @classmethod
    def keys(cls) -> list[tuple[str, object]]:
        """The keys for the left hand, with the field each goes to; the last goes to the button."""
        fields = [(str(one.widget.attrs.get("data-key", "")), one.label) for one in cls.base_fields.values()]
        return [*(pair for pair in fields if pair[0]), ("g", _("Receive"))]

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        on = local_day(self.told_instant("aware_at") or timezone.now())
        told = self.told("entity_kind")
        incident = Questions(ReportKind.STATUTORY, told or EntityKind.ESSENTIAL.value, on)
        self.ask_criteria(incident.criteria)
        self.ask(ReportKind.STATUTORY.value, incident.items_at(incident.first_stage))
        for kind in _BESIDE_INCIDENTS:
            self.ask(kind.value, Questions(kind, told, on).items_at(None))

    def own_fields(self) -> Iterator[BoundField]:
        """What is asked of every caller."""
        return (self[name] for name in self.base_fields)

    def parts(self) -> list[tuple[str, bool, list[BoundField]]]:
        """What the law asks, by what is reported: what it is called, whether it stands open, and what is asked."""
        chosen, labels = self.told("kind"), dict(_kinds())
        grave = (gettext("How grave is it?"), chosen == ReportKind.STATUTORY.value, self.asked_in("criteria"))
        kinds = (ReportKind.STATUTORY, *_BESIDE_INCIDENTS)
        parts = [grave, *((labels[one.value], chosen == one.value, self.asked_in(one.value)) for one in kinds)]
        return [part for part in parts if part[2]]

    def report(self) -> ReportForm:
        """The form as intake takes it. A statutory call is the first stage that the law of its day asks.

        Whether the law asks for it is computed, see `Questions.computed`.
        """
        said, on = self.cleaned_data, local_day(self.cleaned_data["aware_at"] or timezone.now())
        kind = Questions(ReportKind(said["kind"]), said["entity_kind"], on).computed(self.answers())
        asked = Questions(kind, said["entity_kind"], on)
        about = ("criteria", ReportKind.STATUTORY.value) if asked.is_incident else (kind.value,)
        answers = {key: value for key, value in self.answers(*about).items() if self.told(key)}
        return ReportForm(
            title=said["title"],
            text=said["text"],
            kind=kind,
            entity_kind=said["entity_kind"],
            sector=said["sector"],
            aware_at=said["aware_at"],
            stage=asked.first_stage if kind is ReportKind.STATUTORY else None,
            answers=answers,
            reporter=ReporterDetails(said["name"], said["email"], said["phone"]),
            organisation_named=said["organisation_named"],
            tlp=tlp_in(said),
        )
