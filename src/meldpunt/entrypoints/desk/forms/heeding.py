"""What a decision does with what the parties think."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils import timezone
from django.utils.translation import gettext

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.triage.values import Consultation, ConsultationId, Heed, Heeding, View

from ..choices import Choice

_SAID = (Heed.FOLLOWED, Heed.PASSED_OVER)


class Heeds(forms.Form):
    """Of each view whether the decision follows it, and why not; and that a hold which still runs is passed over.

    It has no field where nobody answered. What is missing, the deed says.
    """

    def __init__(self, data: object = None, *, asked: Sequence[Consultation], auto_id: str = "id_%s") -> None:
        super().__init__(data, auto_id=auto_id)  # type: ignore[arg-type]
        self.answered = [one for one in asked if one.is_told and one.view is not None]
        for one in self.answered:
            self.fields[f"heed_{one.id.hex}"] = forms.ChoiceField(
                label=_label(one), required=False, choices=_choices(one.view)
            )
            self.fields[f"why_{one.id.hex}"] = forms.CharField(
                label=gettext("Why, where you do not follow %(party)s") % {"party": one.party.label},
                required=False,
                max_length=5_000,
            )
        if any(one.view and one.view.holds_at(timezone.now()) for one in self.answered):
            self.fields["is_over_hold"] = forms.BooleanField(
                label=gettext("Decide now, although a party asks to wait"), required=False
            )

    def followed(self) -> dict[ConsultationId, Heeding]:
        """What is said of each in a valid form; of whom nothing is said, is left out."""
        said = self.cleaned_data
        return {
            one.id: Heeding(Heed(said[f"heed_{one.id.hex}"]), said[f"why_{one.id.hex}"])
            for one in self.answered
            if said[f"heed_{one.id.hex}"]
        }

    @property
    def is_over_hold(self) -> bool:
        """Whether it was confirmed that a hold which still runs is passed over."""
        return bool(self.cleaned_data.get("is_over_hold"))


def _label(one: Consultation) -> str:
    return f"{one.party.label}: {in_language(one.view.objection.label)}" if one.view else one.party.label


def _choices(view: View | None) -> list[Choice]:
    is_dissent = view is not None and view.is_dissent
    none = gettext("say whether you follow it") if is_dissent else in_language(Heed.NOTED.label)
    return [("", none), *((heed.value, in_language(heed.label)) for heed in _SAID)]
