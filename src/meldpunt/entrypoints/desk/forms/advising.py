"""The same advice to others whom a report concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import OrganisationId
from meldpunt.advice.values import AdviceForm, Chosen, Concerned
from meldpunt.constituency.values import Organisation
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.intake.values import Report
from meldpunt.vocabulary.sectors import all_sectors

from ..choices import Choice
from .advice import WriteAdvice
from .confirming import Confirming
from .disclosures import LONGEST_REASON
from .widening import widening_field


def _sectors() -> list[Choice]:
    return [("", "—"), *((one.id, in_language(one.name)) for one in all_sectors())]


class Telling(TypedDict):
    """What is told of a report to others, as the room asks for it."""

    organisations: tuple[OrganisationId, ...]
    form: AdviceForm
    widening: str


class WhomItConcerns(forms.Form):
    """Who registered this product, or who is in this sector; of both the product."""

    product = forms.CharField(
        label=_("Who registered this product"),
        help_text=_("Exactly as they registered it; several with a comma between."),
        required=False,
        max_length=500,
    )
    sector = forms.ChoiceField(label=_("Who is in this sector"), required=False, choices=_sectors)

    def concerned(self) -> Concerned | None:
        """Whom a valid form means; None where it says nobody."""
        products = tuple(filter(None, (one.strip() for one in self.cleaned_data["product"].split(","))))
        if products:
            return Concerned(Chosen.PRODUCT, products)
        sector = self.cleaned_data["sector"]
        return Concerned(Chosen.SECTOR, (sector,)) if sector else None


class AdviseOthers(Confirming, WriteAdvice):
    """To which of them, what is advised, and why they are told. Everybody is ticked when it is opened."""

    organisations = forms.MultipleChoiceField(label=_("For whom"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Why they are told"),
        help_text=_("It stays at the desk."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )
    widening = widening_field()

    def __init__(
        self, data: Mapping[str, object] | None = None, *, concerned: Sequence[Organisation], about: Report
    ) -> None:
        super().__init__(data, organisations=(), about=about)
        for name in ("organisation", "requested_by"):
            del self.fields[name]
        whom = self.fields["organisations"]
        whom.choices = [(str(one.id), one.label) for one in concerned]  # type: ignore[attr-defined]
        whom.initial = [str(one.id) for one in concerned]
        self.order_fields(["organisations", "title", "introduction", "due_on"])

    def said(self, concerned: Sequence[Organisation]) -> Telling:
        """Whom of them a valid form advises, in the order of the page, and of what."""
        ticked, said = set(self.cleaned_data["organisations"]), self.cleaned_data
        return {
            "organisations": tuple(one.id for one in concerned if str(one.id) in ticked),
            "form": AdviceForm(said["title"], said["introduction"], tuple(self.measures()), said["due_on"]),
            "widening": said.get("widening", ""),
        }
