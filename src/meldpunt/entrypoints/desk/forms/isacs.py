"""On what ground a post is taken away from a table."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import label
from meldpunt.isacs.words import RemovalGround

from .disclosures import Reason


class Removal(Reason):
    """The ground, which its readers read, and the reason, which its author reads."""

    ground = forms.ChoiceField(label=_("On what ground"))

    field_order = ("ground", "reason")

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.fields["ground"].choices = [(one.value, label(one)) for one in RemovalGround]  # type: ignore[attr-defined]
