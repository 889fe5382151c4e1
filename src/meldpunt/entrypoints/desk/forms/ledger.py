"""Finding entries of the ledger."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.ledger.values import Kind

from ..choices import Choice
from ..outward_labels import outward_choices


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
