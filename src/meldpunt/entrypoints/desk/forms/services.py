"""A service that is told of, what it leans on, and that either ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import OrganisationId
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.services.values import DependencyForm, ServiceForm, Sureness

from ..choices import Choice, sectors

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_LONGEST = 200
_MOST_HOURS = 8784


def _sureness() -> list[Choice]:
    return [(one.value, in_language(one.label)) for one in Sureness]


def _percent(label: _StrPromise) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0, max_value=100)


def _hours(label: _StrPromise) -> forms.FloatField:
    return forms.FloatField(label=label, min_value=0, max_value=_MOST_HOURS)


class ServiceFilters(forms.Form):
    """What the list is narrowed to."""

    text = forms.CharField(label=_("Code, name or provider"), required=False, max_length=100)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=sectors)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)


class Register(forms.Form):
    """What somebody delivers."""

    name = forms.CharField(
        label=_("What is it?"),
        help_text=_("For instance: payments at the till. What points at the organisation is masked."),
        max_length=_LONGEST,
    )
    organisation = forms.CharField(label=_("Code of the organisation that delivers it"), required=False, max_length=12)
    provider = forms.CharField(
        label=_("Or the name of a provider that is in no register of ours"), required=False, max_length=_LONGEST
    )
    sector = forms.ChoiceField(
        label=_("Sector"), help_text=_("Empty: that of the organisation."), required=False, choices=sectors
    )
    reason = forms.CharField(label=_("How do you know?"), max_length=1000)

    def told(self, organisation: OrganisationId | None) -> ServiceForm:
        """The form as the room takes it."""
        said = self.cleaned_data
        return ServiceForm(said["name"], organisation, said["provider"], said["sector"])


class Lean(forms.Form):
    """One leans on the other: how much, after how long, and who said so."""

    direction = forms.ChoiceField(
        label=_("Which leans on which?"),
        choices=[("it-on", _("this service leans on")), ("on-it", _("on this service leans"))],
    )
    other = forms.CharField(
        label=_("The other"), help_text=_("The code of a service, or a vital process such as F1."), max_length=24
    )
    strength_low = _percent(_("At least, %"))
    strength_likely = _percent(_("Likely, %"))
    strength_high = _percent(_("At most, %"))
    buffer_low = _hours(_("At the soonest, hours"))
    buffer_likely = _hours(_("Usually, hours"))
    buffer_high = _hours(_("At the latest, hours"))
    told_by = forms.CharField(label=_("Who told it?"), max_length=_LONGEST)
    told_on = forms.DateField(
        label=_("When?"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sure = forms.ChoiceField(label=_("How sure is it?"), choices=_sureness)
    reason = forms.CharField(label=_("Reason"), max_length=1000)

    def told(self, node: str, other: str) -> DependencyForm:
        """The form as the room takes it, `node` being this service."""
        said = self.cleaned_data
        of, on = (node, other) if said["direction"] == "it-on" else (other, node)
        return DependencyForm(
            of=of,
            on=on,
            strength=self._band("strength"),
            buffer_hours=self._band("buffer"),
            told_by=said["told_by"],
            told_on=said["told_on"],
            sure=Sureness(said["sure"]),
        )

    def strengths(self) -> list[forms.BoundField]:
        """The three fields of the strength."""
        return [self[f"strength_{one}"] for one in ("low", "likely", "high")]

    def buffers(self) -> list[forms.BoundField]:
        """The three fields of the buffer."""
        return [self[f"buffer_{one}"] for one in ("low", "likely", "high")]

    def _band(self, name: str) -> tuple[float, float, float]:
        low, likely, high = (cast(float, self.cleaned_data[f"{name}_{one}"]) for one in ("low", "likely", "high"))
        return low, likely, high

    def clean(self) -> None:
        """Bands run upwards."""
        super().clean()
        if self.errors:
            return
        for name in ("strength", "buffer"):
            if list(self._band(name)) != sorted(self._band(name)):
                self.add_error(f"{name}_likely", gettext("Give these from low to high."))


class End(forms.Form):
    """That it is so no more, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=1000)


class Place(forms.Form):
    """Whom an organisation meant by a name."""

    on = forms.CharField(
        label=_("Service or process"),
        help_text=_("The code of a service, or a vital process such as F1."),
        max_length=24,
        required=False,
    )


class BringFile(forms.Form):
    """A file of services and dependencies."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV with a header; its columns stand in docs/services.md. 32 MB at most.")
    )
    reason = forms.CharField(label=_("Where does it come from?"), max_length=1000)


class Suppose(forms.Form):
    """What is supposed to stop beside all that stands still."""

    UNKNOWN = _("No service has this code.")

    service = forms.CharField(label=_("And if this service stops too? (code)"), required=False, max_length=24)
