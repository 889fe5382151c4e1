"""Writing a letter, or a new version of what was told: to whom, on what ground, how wide, and from when the reporter
knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Draft, Part
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.law import Condition, DataKind, Purpose, label_of
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from ..choices import Choice
from .confirming import Confirming
from .consultation import CONDITIONS
from .deferring import Deferring
from .disclosures import LONGEST_REASON
from .vouching import check_vouching, vouching_field
from .widening import widening_field

ALL: Final = "all"
PURPOSES: Final = (Purpose.ADVISE, Purpose.WARN, Purpose.COORDINATE, Purpose.CONSULT, Purpose.ASK)
VOUCHED: Final = (*CONDITIONS, Condition.ABOUT_RECIPIENT)
PARTS: Final[Mapping[DataKind, Bilingual]] = {
    DataKind.INCIDENT_NATURE: Bilingual("Wat er speelt", "What is going on"),
    DataKind.IMPACT: Bilingual("Wat er kan gebeuren", "What may happen"),
    DataKind.ADVICE: Bilingual("Wat wij adviseren", "What we advise"),
    DataKind.MEASURES: Bilingual("Maatregelen", "Measures"),
    DataKind.SYSTEMS: Bilingual("Systemen", "Systems"),
    DataKind.INDICATORS: Bilingual("Waar u op kunt letten", "What to look for"),
    DataKind.REPORTER_IDENTITY: Bilingual("Wie het betreft", "Whom it concerns"),
}


def _words(label: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=40_000)


class Telling(Deferring, Confirming):
    """What both have in common."""

    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.ChoiceField(
        label=_("Purpose"), choices=lambda: [(one.value, in_language(label_of(one))) for one in PURPOSES]
    )
    conditions = forms.MultipleChoiceField(
        label=_("What you vouch for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(one.value, in_language(label_of(one))) for one in VOUCHED],
    )
    vouching = vouching_field()
    tlp = forms.ChoiceField(label="TLP", choices=lambda: [(one.value, one.value) for one in TLP])
    pap = forms.ChoiceField(label="PAP", choices=lambda: [(one.value, one.value) for one in PAP])
    widening = widening_field()

    def clean_vouching(self) -> str:
        """The words, which some of the conditions ask for."""
        said: str = self.cleaned_data["vouching"]
        check_vouching(self.cleaned_data.get("conditions", ()), said)
        return said

    def fill(self, draft: Draft, *, parts: tuple[Part, ...], audience: tuple[Audience, ...]) -> Draft:
        """The draft with what this form says."""
        said = self.cleaned_data
        return replace(
            draft,
            title=said["title"],
            parts=parts,
            audience=audience,
            purpose=Purpose(said["purpose"]),
            tlp=TLP(said["tlp"]),
            pap=PAP(said["pap"]),
            conditions=frozenset(Condition(one) for one in said["conditions"]),
            vouching=said["vouching"],
            widening=said.get("widening", ""),
            deferred=self.deferred(),
        )


class Letter(Telling):
    """A letter from a case, to anybody it may be addressed to."""

    people = forms.MultipleChoiceField(
        label=_("To one person alone"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    organisations = forms.MultipleChoiceField(
        label=_("To an organisation of this case, or a government party"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=(),
    )
    isacs = forms.MultipleChoiceField(
        label=_("To an ISAC"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    network = forms.MultipleChoiceField(
        label=_("To the detection network, or to these sectors of it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=(),
    )
    is_public = forms.BooleanField(label=_("To everybody"), required=False)
    field_order = ("people", "organisations", "isacs", "network", "is_public", "title")

    def __init__(self, data: Mapping[str, object] | None = None, *, readers: Mapping[str, Sequence[Choice]]) -> None:
        super().__init__(data, initial={"tlp": TLP.RED, "pap": PAP.AMBER})
        for name, choices in readers.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for kind, heading in PARTS.items():
            self.fields[kind.value] = _words(in_language(heading))

    def clean(self) -> None:
        """Something is told to somebody."""
        super().clean()
        if not self.errors and not self.audience():
            raise ValidationError(gettext("Choose at least one reader."))
        if not self.errors and not self.parts():
            raise ValidationError(gettext("Write at least one part."))

    def audience(self) -> tuple[Audience, ...]:
        """Every circle that was ticked."""
        said = self.cleaned_data
        circles = [Audience(AudienceKind.PERSON, UUID(one)) for one in said["people"]]
        circles += [Audience(AudienceKind.ORGANISATION, UUID(one)) for one in said["organisations"]]
        circles += [Audience(AudienceKind.ISAC, UUID(one)) for one in said["isacs"]]
        if said["network"]:
            sectors = () if ALL in said["network"] else tuple(said["network"])
            circles.append(Audience(AudienceKind.DETECTION_NETWORK, sectors=sectors))
        return (*circles, Audience(AudienceKind.PUBLIC)) if said["is_public"] else tuple(circles)

    def parts(self) -> tuple[Part, ...]:
        """The parts that have words."""
        said = self.cleaned_data
        return tuple(Part(kind, heading, said[kind.value]) for kind, heading in PARTS.items() if said[kind.value])


class Anew(Telling):
    """A new version in the place of one that was delivered, for the same readers or fewer."""

    readers = forms.MultipleChoiceField(label=_("For whom"), widget=forms.CheckboxSelectMultiple, choices=())
    attached = forms.MultipleChoiceField(
        label=_("Files that go along again"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    superseding = forms.CharField(
        label=_("Why it replaces the version before it"),
        help_text=_("Its readers read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )
    field_order = ("superseding", "readers", "title")

    def __init__(self, data: Mapping[str, object] | None = None, *, draft: Draft, circles: Sequence[Bilingual]) -> None:
        every = {"readers": [str(one) for one in range(len(circles))]}
        every["attached"] = [str(one) for one in range(len(draft.attachments))]
        start = {name: getattr(draft, name) for name in ("title", "purpose", "tlp", "pap", "vouching")}
        super().__init__(data, initial={**start, **every, "conditions": sorted(draft.conditions)})
        self.draft = draft
        self._choose("readers", [in_language(one) for one in circles])
        self._choose("attached", [one.name for one in draft.attachments])
        self._choose("purpose", [], [(draft.purpose.value, in_language(label_of(draft.purpose)))])
        if not draft.attachments:
            del self.fields["attached"]
        for number, part in enumerate(draft.parts):
            self.fields[f"part{number}"] = _words(in_language(part.heading))
            self.initial[f"part{number}"] = part.text

    def _choose(self, name: str, labels: Sequence[str], choices: Sequence[Choice] = ()) -> None:
        numbered = [(str(number), label) for number, label in enumerate(labels)]
        self.fields[name].choices = choices or numbered  # type: ignore[attr-defined]

    def audience(self) -> tuple[Audience, ...]:
        """The circles that stay."""
        return tuple(self.draft.audience[int(one)] for one in self.cleaned_data["readers"])

    def parts(self) -> tuple[Part, ...]:
        """Each part with its new words; one without words goes."""
        words = [self.cleaned_data[f"part{number}"] for number in range(len(self.draft.parts))]
        return tuple(replace(part, text=text) for part, text in zip(self.draft.parts, words, strict=True) if text)

    def attachments(self) -> tuple[Attachment, ...]:
        """The files that go along again."""
        return tuple(self.draft.attachments[int(one)] for one in self.cleaned_data.get("attached", ()))
