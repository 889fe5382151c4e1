"""Writing an indicator down, and telling the network about some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.cases.values import Case, Observable
from meldpunt.constituency.values import Organisation
from meldpunt.detection.values import IndicatorForm, IndicatorKind, NetworkPart
from meldpunt.engines.matching.defanging import defang
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.entrypoints.web.zones import on_the_clock
from meldpunt.vocabulary.markings import PAP, TLP
from meldpunt.vocabulary.sectors import sector

from ..choices import Choice
from ..outward_labels import outward_choices, outward_label
from .confirming import Confirming
from .disclosures import LONGEST_REASON
from .widening import widening_field


def _kinds() -> list[Choice]:
    return outward_choices(IndicatorKind)


def _tlps() -> list[Choice]:
    return [(one.value, one.value) for one in TLP]


def _paps() -> list[Choice]:
    return [(one.value, one.value) for one in PAP]


class Marking(forms.Form):
    """How far an indicator may travel and what may be done with it."""

    description = forms.CharField(label=_("What it is a sign of"), required=False, max_length=500)
    tlp = forms.ChoiceField(label="TLP", choices=_tlps, initial=TLP.AMBER_STRICT)
    pap = forms.ChoiceField(
        label="PAP",
        choices=_paps,
        initial=PAP.AMBER,
        help_text=_("Sensors may block: the network is told what is PAP:GREEN or wider, and nothing stricter."),
    )
    valid_until = forms.DateTimeField(
        label=on_the_clock(_("Valid until")),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def marking(self) -> tuple[TLP, PAP]:
        """The two markings of a valid form."""
        return TLP(self.cleaned_data["tlp"]), PAP(self.cleaned_data["pap"])


class NewIndicator(Marking):
    """An indicator that somebody types."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_kinds)
    value = forms.CharField(label=_("Value"), help_text=_("It may be defanged."), max_length=2_000)
    field_order = ("kind", "value")

    def indicator(self) -> IndicatorForm:
        """The indicator as detection takes it."""
        said, (tlp, pap) = self.cleaned_data, self.marking()
        return IndicatorForm(
            kind=IndicatorKind(said["kind"]),
            value=said["value"],
            tlp=tlp,
            pap=pap,
            description=said["description"],
            valid_until=said["valid_until"],
        )


class FromCase(Marking):
    """Indicators that stand in the reports of a case."""

    observables = forms.MultipleChoiceField(
        label=_("Observables of the case"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    field_order = ("observables",)

    def __init__(self, data: Mapping[str, object] | None = None, *, case: Case) -> None:
        super().__init__(data)
        self.case = case
        known = [one for one in case.observables if one.kind in set(IndicatorKind)]
        self.found = {str(number): one for number, one in enumerate(known)}
        choices = [
            (number, f"{defang(one.value)} ({outward_label(IndicatorKind(one.kind))})")
            for number, one in self.found.items()
        ]
        self.fields["observables"].choices = choices  # type: ignore[attr-defined]

    def indicators(self) -> Sequence[IndicatorForm]:
        """The chosen observables as detection takes them; they stem from every report of the case."""
        return [self._indicator(self.found[number]) for number in self.cleaned_data["observables"]]

    def _indicator(self, observable: Observable) -> IndicatorForm:
        said, (tlp, pap) = self.cleaned_data, self.marking()
        return IndicatorForm(
            kind=IndicatorKind(observable.kind),
            value=observable.value,
            tlp=tlp,
            pap=pap,
            description=said["description"],
            valid_until=said["valid_until"],
            case=self.case.id,
            reports=tuple(report.id for report in self.case.reports),
        )


class Tell(Confirming):
    """Whom of the network is told, and why."""

    sectors = forms.MultipleChoiceField(
        label=_("Only participants in these sectors"),
        help_text=_("Where nothing is ticked here and below, the whole network is told."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=(),
    )
    participants = forms.MultipleChoiceField(
        label=_("Only these participants"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    widening = widening_field()
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_REASON)

    def __init__(self, data: Mapping[str, object] | None = None, *, network: Sequence[Organisation]) -> None:
        super().__init__(data)
        sectors = dict.fromkeys(one.sector for one in network)
        self.fields["sectors"].choices = [  # type: ignore[attr-defined]
            (one, in_language(sector(one).name)) for one in sectors
        ]
        self.fields["participants"].choices = [(str(one.id), one.label) for one in network]  # type: ignore[attr-defined]

    def part(self) -> NetworkPart:
        """Whom of the network, of a valid form."""
        said = self.cleaned_data
        return NetworkPart(tuple(said.get("sectors", ())), tuple(UUID(one) for one in said.get("participants", ())))
