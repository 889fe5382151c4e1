"""A new table, who sits at one, and on what ground a post is taken away from it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import label
from meldpunt.isacs.words import RemovalGround

from ..choices import sectors
from .disclosures import Reason


class Removal(Reason):
    """The ground, which its readers read, and the reason, which its author reads."""

    ground = forms.ChoiceField(label=_("On what ground"))

    field_order = ("ground", "reason")

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.fields["ground"].choices = [(one.value, label(one)) for one in RemovalGround]  # type: ignore[attr-defined]


class NewTable(forms.Form):
    """A table for the organisations of a sector; nobody sits there yet."""

    name = forms.CharField(label=_("Name"), max_length=100)
    sector = forms.ChoiceField(label=_("Sector"), choices=sectors)


class NewSeat(forms.Form):
    """Who gets a seat, by code: the page shows no name that is sealed."""

    code = forms.CharField(label=_("Code of the organisation"), max_length=20)
    is_hidden = forms.BooleanField(label=_("Hidden from the other members"), required=False)
