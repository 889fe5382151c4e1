"""A report by somebody without an account: few questions, and hardly any that must be answered."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.asking import AskingForm
from meldpunt.entrypoints.web.labels import KINDS
from meldpunt.entrypoints.web.reporting import LONGEST_TEXT, LONGEST_TITLE, day_field, instant_field, tlp_field, tlp_in
from meldpunt.entrypoints.web.statutory import Questions
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.uploads import FilesField
from meldpunt.intake.values import ReporterDetails, ReportForm, ReportKind
from meldpunt.law import local_day
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.sectors import all_sectors

_WITH_A_DUTY = (
    EntityKind.ESSENTIAL,
    EntityKind.IMPORTANT,
    EntityKind.TRUST_SERVICE_PROVIDER,
    EntityKind.TELECOM_PROVIDER,
)
_STATUTORY_ONLY = ("entity_kind", "aware_at")
_SHOWN_AS_ESSENTIAL = EntityKind.ESSENTIAL.value
_CONTACT = ("name", "email", "phone")
_LAST = ("tlp", "attachments")
_BESIDE_INCIDENTS = (ReportKind.NEAR_MISS, ReportKind.THREAT, ReportKind.VULNERABILITY)


class IncidentForm(AskingForm):
    """What happened, and whatever else somebody can say in a hurry."""

    title = forms.CharField(
        label=_("What is going on?"), help_text=_("One sentence is enough."), max_length=LONGEST_TITLE
    )
    text = forms.CharField(
        label=_("What do you see?"),
        help_text=_(
            "What happened, what does not work, what you already did. Leave out passwords, citizen service numbers, "
            "and whatever says something about people's health."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    kind = forms.ChoiceField(label=_("What kind of report is it?"), widget=forms.RadioSelect)
    organisation_named = forms.CharField(label=_("Which organisation is it about?"), max_length=300, required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    occurred_on = day_field(label=_("On which day did it happen?"))
    tlp = tlp_field()
    attachments = FilesField(
        label=_("Files"), help_text=_("A screenshot, a log, a mail. They are encrypted on arrival."), required=False
    )
    entity_kind = forms.ChoiceField(
        label=_("What the law calls your organisation"),
        help_text=_("It stands in its registration. Left open, no term is computed here; we look it up, and may call."),
        required=False,
    )
    aware_at = instant_field(
        label=_("When did you become aware of it?"),
        help_text=_("The clocks of the law run from this moment. Time in the Netherlands."),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = [ReportKind.VOLUNTARY, *(kind for kind in ReportKind if kind is not ReportKind.VOLUNTARY)]
        sectors = [(one.id, in_language(one.name)) for one in all_sectors()]
        duties = [(kind.value, in_language(kind.label)) for kind in _WITH_A_DUTY]
        self._choose("kind", [(kind.value, KINDS[kind]) for kind in kinds])
        self._choose("sector", [("", _("I do not know")), *sectors])
        self._choose("entity_kind", [("", _("I do not know")), *duties])
        self.fields["kind"].initial = ReportKind.VOLUNTARY.value
        self._ask()

    def _choose(self, name: str, choices: list[tuple[str, object]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _ask(self) -> None:
        # Who does not say what they are is shown what the law asks of most: nothing of it must be answered.
        on = local_day(self.told_instant("aware_at") or timezone.now())
        typed = self.told("entity_kind")
        shown = Questions(ReportKind.STATUTORY, typed or _SHOWN_AS_ESSENTIAL, on)
        self.ask_criteria(shown.criteria)
        self.ask(ReportKind.STATUTORY.value, shown.items_at(shown.first_stage))
        for kind in _BESIDE_INCIDENTS:
            self.ask(kind.value, Questions(kind, typed, on).items_at(None))

    def first_fields(self) -> Iterator[BoundField]:
        """What everybody is asked."""
        apart = {*_STATUTORY_ONLY, *_CONTACT, *_LAST}
        return (self[name] for name in self.base_fields if name not in apart)

    def statutory_fields(self) -> list[BoundField]:
        """What only a report that the law asks for says."""
        own = [self[name] for name in _STATUTORY_ONLY]
        return [*own, *self.asked_in("criteria"), *self.asked_in(ReportKind.STATUTORY.value)]

    def parts_beside(self) -> list[tuple[str, bool, list[BoundField]]]:
        """For each other kind of report: what it is called, whether it is chosen, and what is asked of it."""
        chosen = self.told("kind")
        return [(str(KINDS[one]), chosen == one.value, self.asked_in(one.value)) for one in _BESIDE_INCIDENTS]

    def last_fields(self) -> Iterator[BoundField]:
        """How far it may go, and what comes along."""
        return (self[name] for name in _LAST)

    def contact_fields(self) -> Iterator[BoundField]:
        """How to reach the reporter, who need not say."""
        return (self[name] for name in _CONTACT)

    @property
    def shows_statutory(self) -> bool:
        """Whether the part for statutory reports stands open: it was chosen or filled in, or something is wrong."""
        chosen = self.told("kind") == ReportKind.STATUTORY.value
        return chosen or any(field.errors or self.told(field.name) for field in self.statutory_fields())

    def report(self) -> ReportForm:
        """The report in a valid form; whether the law asks for it is computed (`Questions.computed`)."""
        given = self.cleaned_data
        aware_on = local_day(given["aware_at"] or timezone.now())
        said = Questions(ReportKind(given["kind"]), given["entity_kind"], aware_on)
        kind = said.computed(self.answers())
        asked = Questions(kind, given["entity_kind"], aware_on)
        about = ("criteria", ReportKind.STATUTORY.value) if asked.is_incident else (kind.value,)
        answers = {key: value for key, value in self.answers(*about).items() if self.told(key)}
        return ReportForm(
            title=given["title"],
            text=given["text"],
            kind=kind,
            entity_kind=given["entity_kind"],
            sector=given["sector"],
            aware_at=given["aware_at"],
            occurred_on=given["occurred_on"],
            stage=asked.first_stage if kind is ReportKind.STATUTORY else None,
            answers=answers,
            reporter=ReporterDetails(given["name"], given["email"], given["phone"]),
            organisation_named=given["organisation_named"],
            tlp=tlp_in(given),
        )
