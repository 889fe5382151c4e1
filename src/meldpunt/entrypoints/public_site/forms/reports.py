"""A report by somebody without an account: few questions, and hardly any that must be answered."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.labels import KINDS
from meldpunt.entrypoints.web.reporting import LONGEST_TEXT, LONGEST_TITLE, day_field, instant_field, tlp_field, tlp_in
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.uploads import FilesField
from meldpunt.intake.values import ReporterDetails, ReportForm, ReportKind, Stage
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.sectors import all_sectors

_WITH_A_DUTY = (
    EntityKind.ESSENTIAL,
    EntityKind.IMPORTANT,
    EntityKind.TRUST_SERVICE_PROVIDER,
    EntityKind.TELECOM_PROVIDER,
)
_YES_NO = (("", _("I do not know")), ("yes", _("Yes")), ("no", _("No")))
_STATUTORY_ONLY = ("entity_kind", "aware_at", "malicious", "cross_border")
_CONTACT = ("name", "email", "phone")


class IncidentForm(forms.Form):
    """What happened, and whatever else somebody can say in a hurry."""

    title = forms.CharField(
        label=_("What is going on?"), help_text=_("One sentence is enough."), max_length=LONGEST_TITLE
    )
    text = forms.CharField(
        label=_("What do you see?"),
        help_text=_("What happened, what does not work, what you already did. Leave out passwords."),
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
    entity_kind = forms.ChoiceField(label=_("What the law calls your organisation"), required=False)
    aware_at = instant_field(
        label=_("When did you become aware of it?"),
        help_text=_("The clocks of the law run from this moment. Time in the Netherlands."),
    )
    malicious = forms.ChoiceField(label=_("Do you think it was done on purpose?"), choices=_YES_NO, required=False)
    cross_border = forms.ChoiceField(
        label=_("Does it have consequences in other countries?"), choices=_YES_NO, required=False
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

    def _choose(self, name: str, choices: list[tuple[str, object]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def first_fields(self) -> Iterator[BoundField]:
        """What everybody is asked."""
        apart = {*_STATUTORY_ONLY, *_CONTACT}
        return (self[name] for name in self.fields if name not in apart)

    def statutory_fields(self) -> Iterator[BoundField]:
        """What only a statutory early warning asks."""
        return (self[name] for name in _STATUTORY_ONLY)

    def contact_fields(self) -> Iterator[BoundField]:
        """How to reach the reporter, who need not say."""
        return (self[name] for name in _CONTACT)

    @property
    def shows_statutory(self) -> bool:
        """Whether the part for statutory reports stands open: it was filled in, or something in it is wrong."""
        return any(self[name].errors or self[name].value() for name in _STATUTORY_ONLY)

    def report(self) -> ReportForm:
        """The report in a valid form."""
        given = self.cleaned_data
        kind = ReportKind(given["kind"])
        is_statutory = kind is ReportKind.STATUTORY
        asked = {name: given[name] for name in ("malicious", "cross_border") if given[name]}
        return ReportForm(
            title=given["title"],
            text=given["text"],
            kind=kind,
            entity_kind=given["entity_kind"],
            sector=given["sector"],
            aware_at=given["aware_at"],
            occurred_on=given["occurred_on"],
            stage=Stage.EARLY_WARNING if is_statutory else None,
            answers=asked,
            reporter=ReporterDetails(given["name"], given["email"], given["phone"]),
            organisation_named=given["organisation_named"],
            tlp=tlp_in(given),
        )
