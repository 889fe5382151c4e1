"""Finding entries of the ledger, and letting go of what one says."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.ledger.values import Kind

from ..choices import Choice
from ..outward_labels import outward_choices

LONGEST = 500


def _kinds() -> list[Choice]:
    return outward_choices(Kind)


class EntryFilters(forms.Form):
    """What the list is narrowed to; what was not understood narrows nothing."""

    kind = forms.ChoiceField(label=_("Deed"), required=False, choices=_kinds)
    subject = forms.UUIDField(label=_("Id of the thing"), required=False)
    about = forms.UUIDField(label=_("Id of the organisation"), required=False)

    def chosen_kind(self) -> Kind | None:
        """The kind asked for."""
        said = self.cleaned_data.get("kind")
        return Kind(said) if said else None


class Erasure(forms.Form):
    """On what ground and why what an entry says is destroyed; both stay, and whoever it is about reads them."""

    ground = forms.CharField(
        label=_("Ground"), max_length=LONGEST, help_text=_("The article by which it has to go, such as GDPR 17(1)(d).")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the ledger: write nothing here of what is erased."),
    )
