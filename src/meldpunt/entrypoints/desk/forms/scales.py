"""Where a report stands on the scales of others: what is asked, and what a person says instead of what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.triage.scaling import known_scales
from meldpunt.triage.values import Reach, ScaleForm, ScaleWord, ScalingReading

from ..choices import Choice

_STEPS = ("category", "cause", "threat", "impact")


def _after(first: str, words: Iterable[ScaleWord | Reach]) -> list[Choice]:
    return [("", first), *((one.id, in_language(one.name)) for one in words)]


def _categories() -> list[Choice]:
    named = [(one.id, f"{one.id} {in_language(one.name)}") for one in known_scales().categories]
    return [("", gettext("as it follows")), *named]


class Place(forms.Form):
    """Two answers, four steps that may be another than follows, and one reason for those."""

    reach = forms.ChoiceField(
        label=_("Whom it concerns"),
        required=False,
        choices=lambda: _after(gettext("as it follows"), known_scales().reaches),
    )
    outlook = forms.ChoiceField(
        label=_("Outlook for the next six hours"), required=False, choices=lambda: _after("—", known_scales().outlooks)
    )
    category = forms.ChoiceField(label=_("Category (UK)"), required=False, choices=_categories)
    cause = forms.ChoiceField(
        label=_("Root cause"), required=False, choices=lambda: _after(gettext("as it follows"), known_scales().causes)
    )
    threat = forms.ChoiceField(
        label=_("Severity of the threat"),
        required=False,
        choices=lambda: _after(gettext("as it follows"), known_scales().threats),
    )
    impact = forms.ChoiceField(
        label=_("Severity of the impact"),
        required=False,
        choices=lambda: _after(gettext("as it follows"), known_scales().impacts),
    )
    reason = forms.CharField(
        label=_("Why another step than follows"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str] | None = None, *, initial: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="place_%s")

    @classmethod
    def of(cls, reading: ScalingReading) -> Place:
        """The form as it was left."""
        kept = reading.kept
        if kept is None:
            return cls(initial={"seen": reading.version})
        form = kept.form
        computed = {step: getattr(kept, f"computed_{step}") for step in _STEPS}
        said = {step: getattr(form, step) for step in _STEPS}
        other = {step: word for step, word in said.items() if computed[step] is None or computed[step].id != word}
        return cls(
            initial={
                "seen": reading.version,
                "reach": form.reach,
                "outlook": form.outlook,
                "reason": form.reason,
                **other,
            }
        )

    def said(self) -> ScaleForm:
        """What was filled in, as triage takes it."""
        given = self.cleaned_data
        names = ("reach", "outlook", *_STEPS, "reason")
        return ScaleForm(**{name: given[name] for name in names})
