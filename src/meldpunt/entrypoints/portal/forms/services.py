"""Services of one's own organisation, and what they lean on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.services.values import OwnLeanForm, OwnServiceForm, Service, ServiceId, Sureness
from meldpunt.vocabulary.sectors import all_sectors
from meldpunt.vocabulary.vital import all_vital_processes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_LONGEST = 200
_MOST_HOURS = 8784
_MOST_PEOPLE = 2_000_000_000
_SOMEBODY = "somebody"


def _sectors() -> list[tuple[str, str]]:
    return [("", "—"), *((one.id, in_language(one.name)) for one in all_sectors())]


def _percent(label: _StrPromise, *, required: bool = False) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0, max_value=100, required=required)


def _hours(label: _StrPromise, *, required: bool = False) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0, max_value=_MOST_HOURS, required=required)


class PeopleForm(forms.Form):
    """How many people a service serves."""

    people = forms.IntegerField(label=_("How many people use it?"), min_value=0, max_value=_MOST_PEOPLE, required=False)


class AddForm(PeopleForm):
    """A service of one's own."""

    name = forms.CharField(
        label=_("Which service is it?"), help_text=_("For instance: payments at the till."), max_length=_LONGEST
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        help_text=_("Only where it is another than that of your organisation."),
        required=False,
        choices=_sectors,
    )
    field_order = ("name", "people", "sector")

    def told(self) -> OwnServiceForm:
        """The form as the room takes it."""
        said = self.cleaned_data
        return OwnServiceForm(said["name"], said["sector"], said["people"])


class LeanForm(forms.Form):
    """What a service leans on, how much, and for how long it can do without."""

    on = forms.ChoiceField(label=_("What does it lean on?"))
    provider = forms.CharField(
        label=_("Name of the provider"),
        help_text=_("Only where you chose \u201csomebody else\u201d."),
        max_length=_LONGEST,
        required=False,
    )
    sector = forms.ChoiceField(label=_("Sector of the provider"), required=False, choices=_sectors)
    likely = _percent(_("Likely, %"), required=True)
    low = _percent(_("At least, %"))
    high = _percent(_("At most, %"))
    buffer_likely = _hours(_("Usually, hours"), required=True)
    buffer_low = _hours(_("At the soonest, hours"))
    buffer_high = _hours(_("At the latest, hours"))
    sure = forms.ChoiceField(
        label=_("How do you know?"),
        choices=(("told", _("We think so")), ("measured", _("It was seen: an exercise, or an outage"))),
        widget=forms.RadioSelect,
        initial="told",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, others: Iterable[Service], **given: str) -> None:
        super().__init__(data, **given)  # type: ignore[arg-type]
        self.fields["on"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            (_SOMEBODY, gettext("Somebody else, by name")),
            (gettext("Services of your own"), [(one.node, one.label) for one in others]),
            (
                gettext("Vital processes"),
                [(one.id, f"{one.id} {in_language(one.name)}") for one in all_vital_processes()],
            ),
        ]

    def whom(self) -> list[forms.BoundField]:
        """What it leans on."""
        return [self["on"], self["provider"], self["sector"]]

    def strengths(self) -> list[forms.BoundField]:
        """The three fields of the strength."""
        return [self["likely"], self["low"], self["high"]]

    def sureness(self) -> list[forms.BoundField]:
        """How it is known."""
        return [self["sure"]]

    def buffers(self) -> list[forms.BoundField]:
        """The three fields of the buffer."""
        return [self["buffer_likely"], self["buffer_low"], self["buffer_high"]]

    def told(self, of: ServiceId) -> OwnLeanForm:
        """The form as the room takes it."""
        said = self.cleaned_data
        is_named = said["on"] == _SOMEBODY
        return OwnLeanForm(
            of=of,
            on="" if is_named else said["on"],
            strength=self._band(""),
            buffer_hours=self._band("buffer_"),
            provider=said["provider"] if is_named else "",
            sector=said["sector"] if is_named else "",
            sure=Sureness(said["sure"]),
        )

    def clean(self) -> None:
        """Somebody else has a name and a sector."""
        super().clean()
        if self.cleaned_data.get("on") != _SOMEBODY:
            return
        if not self.cleaned_data.get("provider"):
            self.add_error("provider", gettext("Give the name of the provider."))
        if not self.cleaned_data.get("sector"):
            self.add_error("sector", gettext("Choose the sector of the provider."))

    def _band(self, name: str) -> tuple[float, float, float]:
        likely = cast(float, self.cleaned_data[f"{name}likely"])
        low, high = (self.cleaned_data[f"{name}{one}"] for one in ("low", "high"))
        return likely if low is None else low, likely, likely if high is None else high


class FileForm(forms.Form):
    """A file of services of one's own."""

    file = forms.FileField(label=_("File"), help_text=_("CSV in UTF-8 with a header, 1 MB at most."))
