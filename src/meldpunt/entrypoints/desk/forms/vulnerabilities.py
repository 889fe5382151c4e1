"""What a person says of a vulnerability: vectors, answers of the matrix, points of SSVC; and the files to load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.engines.vulnerability.choices import Question
from meldpunt.engines.vulnerability.cve import find_cve_id
from meldpunt.engines.vulnerability.hints import Hint
from meldpunt.engines.vulnerability.matrix import Rating, ncsc_matrix
from meldpunt.engines.vulnerability.ssvc import TableId, decision_table
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.triage.values import ExploitationSource, Vulnerability, VulnerabilityForm, VulnerabilityPage

from ..choices import Choice

_LONGEST: Final = 5000
_NONE: Final = ("", "—")


def _ratings() -> list[Choice]:
    return [("", gettext("as computed")), *((rating.value, in_language(rating.label)) for rating in Rating)]


def _outcomes() -> list[Choice]:
    answers = decision_table(TableId.COORDINATOR).outcome.answers
    return [("", gettext("as the table gives")), *((one.id, in_language(one.name)) for one in answers)]


class Judge(forms.Form):
    """Everything that can be said of one vulnerability; what is left open stays open."""

    vectors = forms.CharField(
        label=_("CVSS vectors"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line, of version 3.0, 3.1 or 4.0. The newest version counts."),
    )
    products = forms.CharField(
        label=_("Products"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line: a name, a CPE or a package URL. Who registered that name stands on this page."),
    )
    probability = forms.ChoiceField(label=_("Chance"), required=False, choices=_ratings)
    damage = forms.ChoiceField(label=_("Damage"), required=False, choices=_ratings)
    deviation = forms.CharField(
        label=_("Why another chance or damage than computed"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    outcome = forms.ChoiceField(label=_("Decision"), required=False, choices=_outcomes)
    outcome_reason = forms.CharField(
        label=_("Why another decision than the table gives"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        hints: Iterable[Hint] = (),
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="judge_%s")
        offered = {hint.point: hint for hint in hints}
        for question in ncsc_matrix().questions:
            self.fields[f"matrix_{question.id}"] = _choice(question)
        for table in TableId:
            for point in decision_table(table).points:
                hint = offered.get(point.id)
                self.fields.setdefault(f"ssvc_{point.id}", _choice(point, hint=hint))

    @classmethod
    def of(cls, page: VulnerabilityPage) -> Judge:
        """The form as it was left; a point that is open is filled in where data says something of it."""
        latest = page.latest
        offered = {f"ssvc_{hint.point}": hint.value for hint in page.hints}
        said: dict[str, object] = {"seen": page.version}
        if latest is not None:
            said |= _as_left(latest)
        return cls(hints=page.hints, initial={**offered, **said})

    def chance_fields(self) -> Iterator[forms.BoundField]:
        """The ten questions of the chance."""
        return (self[f"matrix_{question.id}"] for question in ncsc_matrix().probability)

    def damage_fields(self) -> Iterator[forms.BoundField]:
        """The five of the damage."""
        return (self[f"matrix_{question.id}"] for question in ncsc_matrix().damage)

    def tables(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each decision table with the points that no table above it asks."""
        seen: set[str] = set()
        for table in map(decision_table, TableId):
            own = [point.id for point in table.points if point.id not in seen]
            seen.update(own)
            yield in_language(table.name), [self[f"ssvc_{point}"] for point in own]

    def said(self) -> VulnerabilityForm:
        """What was filled in, as triage takes it."""
        given = self.cleaned_data
        return VulnerabilityForm(
            vectors=tuple(given["vectors"].split()),
            products=tuple(line.strip()[:200] for line in given["products"].splitlines() if line.strip()),
            answers=self._under("matrix_"),
            probability=Rating(given["probability"]) if given["probability"] else None,
            damage=Rating(given["damage"]) if given["damage"] else None,
            deviation=given["deviation"],
            points=self._under("ssvc_"),
            outcome=given["outcome"],
            outcome_reason=given["outcome_reason"],
        )

    def _under(self, prefix: str) -> dict[str, str]:
        names = [name for name in self.fields if name.startswith(prefix) and self.cleaned_data.get(name)]
        return {name.removeprefix(prefix): self.cleaned_data[name] for name in names}


class NameCve(forms.Form):
    """A vulnerability that the report does not name."""

    cve = forms.CharField(label=_("Vulnerability (CVE)"), max_length=30, widget=forms.TextInput(attrs={"size": 18}))

    def clean_cve(self) -> str:
        """An id of the programme."""
        found = find_cve_id(str(self.cleaned_data["cve"]))
        if found is None:
            raise forms.ValidationError(gettext("Write the id of the vulnerability as in CVE-2999-0001."))
        return found


class LoadFile(forms.Form):
    """A file of EPSS or KEV, and whether an older one than stands is meant."""

    source = forms.ChoiceField(
        label=_("Which file"),
        choices=[
            (ExploitationSource.EPSS.value, _("EPSS: how likely exploitation is")),
            (ExploitationSource.KEV.value, _("KEV: what is known to be exploited")),
        ],
    )
    file = forms.FileField(label=_("File"), help_text=_("CSV of EPSS or JSON of KEV, packed with gzip or not."))
    is_older_meant = forms.BooleanField(label=_("Load it also where it is older than what stands"), required=False)


def _choice(question: Question, *, hint: Hint | None = None) -> forms.ChoiceField:
    help_text = gettext("Data says: %(value)s (%(reason)s)") % _words(question, hint) if hint else ""
    choices = [_NONE, *((answer.id, in_language(answer.name)) for answer in question.answers)]
    return forms.ChoiceField(label=in_language(question.name), required=False, choices=choices, help_text=help_text)


def _words(question: Question, hint: Hint) -> dict[str, str]:
    return {"value": in_language(question.answer(hint.value).name), "reason": in_language(hint.reason)}


def _as_left(latest: Vulnerability) -> dict[str, object]:
    return {
        "vectors": "\n".join(scored.vector for scored in latest.scored),
        "products": "\n".join(latest.products),
        "probability": latest.probability.chosen or "",
        "damage": latest.damage.chosen or "",
        "deviation": latest.deviation,
        "outcome": latest.outcome.id if latest.outcome and latest.is_deviating else "",
        "outcome_reason": latest.outcome_reason,
        **{f"matrix_{question}": answer for question, answer in latest.answers.items()},
        **{f"ssvc_{point}": value for point, value in latest.points.items()},
    }
