"""A report by telephone: one hand, one screen."""

from __future__ import annotations

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.reporting import check_instant, tlp_field, tlp_in
from meldpunt.entrypoints.web.statutory import Questions
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.intake.values import ReporterDetails, ReportForm, ReportKind
from meldpunt.law import local_day

from ..choices import entity_kinds, sectors
from ..labels import choices_of


def _kinds() -> list[tuple[str, str]]:
    return choices_of(ReportKind)


class Call(forms.Form):
    """What somebody tells on the telephone: first where to call back, then in the order in which a caller says it."""

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

    def unchecked(self) -> Call:
        """The form as it was filled in so far, without saying what is wrong with it yet."""
        self._errors = ErrorDict()
        return self

    def report(self) -> ReportForm:
        """The form as intake takes it. A statutory call is the first stage that the law of its day asks."""
        said = self.cleaned_data
        kind = ReportKind(said["kind"])
        asked = Questions(kind, said["entity_kind"], local_day(said["aware_at"] or timezone.now()))
        return ReportForm(
            title=said["title"],
            text=said["text"],
            kind=kind,
            entity_kind=said["entity_kind"],
            sector=said["sector"],
            aware_at=said["aware_at"],
            stage=asked.first_stage if kind is ReportKind.STATUTORY else None,
            reporter=ReporterDetails(said["name"], said["email"], said["phone"]),
            organisation_named=said["organisation_named"],
            tlp=tlp_in(said),
        )
