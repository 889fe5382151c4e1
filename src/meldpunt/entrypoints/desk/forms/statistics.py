"""Compiling an overview: the period, and the rules that make it safe."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.statistics.values import FigureRules, SectorGroup
from meldpunt.vocabulary.bilingual import Bilingual

from ..choices import Choice, sectors

GROUP = "together"
"""The row of the sectors that are taken together."""
_DEFAULTS = FigureRules()


def _sectors() -> list[Choice]:
    return sectors()[1:]


def _first_of_quarter() -> date:
    today = timezone.localdate()
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1)


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Compile(forms.Form):
    """The period and the rules. Rules are kept with the overview, and published with it."""

    first_day = forms.DateField(label=_("First day"), initial=_first_of_quarter, widget=_calendar())
    last_day = forms.DateField(label=_("Last day"), initial=timezone.localdate, widget=_calendar())
    minimum_organisations = forms.IntegerField(
        label=_("Fewest organisations in a cell"),
        help_text=_("A cell with fewer, but not none, is hidden."),
        min_value=2,
        max_value=50,
        initial=_DEFAULTS.minimum_organisations,
    )
    largest_share = forms.IntegerField(
        label=_("Largest share of one organisation, in percents"),
        help_text=_("A cell of which one organisation holds more is hidden."),
        min_value=1,
        max_value=100,
        initial=round(_DEFAULTS.largest_share * 100),
    )
    together = forms.MultipleChoiceField(
        label=_("Sectors to take together"),
        help_text=_("Sectors with few members, which say more as one row."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=_sectors,
    )
    name_nl = forms.CharField(label=_("Name of that row in Dutch"), required=False, max_length=80)
    name_en = forms.CharField(label=_("Name of that row in English"), required=False, max_length=80)

    def clean(self) -> None:
        """A row of sectors taken together has a name in both languages."""
        super().clean()
        said = self.cleaned_data
        if said.get("together") and not (said.get("name_nl", "").strip() and said.get("name_en", "").strip()):
            raise ValidationError(gettext("Give the row of sectors taken together a name in both languages."))

    def rules(self) -> FigureRules:
        """The rules of a valid form."""
        said = self.cleaned_data
        name = Bilingual(said["name_nl"], said["name_en"]) if said["together"] else None
        return FigureRules(
            minimum_organisations=said["minimum_organisations"],
            largest_share=said["largest_share"] / 100,
            groups=(SectorGroup(GROUP, name, tuple(said["together"])),) if name else (),
        )
