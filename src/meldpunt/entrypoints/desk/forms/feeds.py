"""A file handed to the desk, and what the columns of a source's CSV are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, cast

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.intake.feed_values import ColumnMapping, ColumnUse, TimeForm
from meldpunt.intake.formats.sample import Sample, sample_of
from meldpunt.intake.values import ReporterDetails
from meldpunt.vocabulary.rsit import all_types

from ..choices import incident_types
from ..labels import choices_of

_DELIMITERS: Final = ((",", _("comma")), (";", _("semicolon")), ("\t", _("tab")), ("|", _("vertical bar")))
_NOT_MAPPED: Final = "other/undetermined"
_MOST_WORDS: Final = 30


class HandIn(forms.Form):
    """A file, and who it came from."""

    file = forms.FileField(label=_("File"), help_text=_("What is in it says which format it is."))
    organisation_named = forms.CharField(label=_("Who it came from"), required=False, max_length=200)
    name = forms.CharField(label=_("Name of who gave it"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def reporter(self) -> ReporterDetails:
        """Who gave it, as intake takes it."""
        return ReporterDetails(name=self.cleaned_data["name"], email=self.cleaned_data["email"])


class SampleFile(forms.Form):
    """A file of the source whose columns are to be mapped. Nothing of it is kept."""

    file = forms.FileField(
        label=_("A file of this source"), help_text=_("Only its first lines are looked at, and kept nowhere.")
    )


def _uses() -> list[tuple[str, str]]:
    return choices_of(ColumnUse)


def _times() -> list[tuple[str, str]]:
    return choices_of(TimeForm)


def _types() -> list[tuple[str, list[tuple[str, str]]]]:
    """Types only: a row of a feed has one."""
    known = {kind.id for kind in all_types()}
    return [(name, [one for one in some if one[0] in known]) for name, some in incident_types() if name]


class MapColumns(forms.Form):
    """What each column of a sample is. The sample travels in the form, so that nothing of it is kept."""

    sample = forms.CharField(widget=forms.Textarea(attrs={"hidden": True}), max_length=100_000, strip=False)
    file_name = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    columns_before = forms.CharField(widget=forms.HiddenInput, max_length=100_000, required=False)
    name = forms.CharField(label=_("Name of the source"), max_length=100, required=False)
    delimiter = forms.ChoiceField(label=_("Between the columns"), choices=_DELIMITERS)
    has_header = forms.BooleanField(label=_("The first line names the columns"), required=False)
    time_form = forms.ChoiceField(label=_("How times are written"), choices=_times)
    zone = forms.CharField(
        label=_("Time zone of times that do not say theirs"),
        max_length=60,
        help_text=_("Such as UTC or Europe/Amsterdam."),
    )
    rsit = forms.ChoiceField(
        label=_("What each row tells (RSIT)"),
        choices=_types,
        help_text=_("Unless a column says so, in words that you map below."),
    )

    def __init__(self, said: QueryDict) -> None:
        data = said.copy()
        self.taken = sample_of(
            data.get("sample", ""), delimiter=data.get("delimiter", ""), has_header="has_header" in data
        )
        self._fill(data)
        super().__init__(data)
        for place, _column in enumerate(self.taken.columns):
            self.fields[f"use_{place}"] = forms.ChoiceField(choices=_uses)
        for place, word in enumerate(self.words()):
            self.fields[f"word_{place}"] = forms.ChoiceField(label=word, choices=_types)

    @classmethod
    def of(cls, sample: Sample, *, file_name: str) -> MapColumns:
        """The form as it begins: everything guessed."""
        begun = QueryDict(mutable=True)
        begun.update(
            {
                "sample": sample.text,
                "file_name": file_name[:200],
                "delimiter": sample.delimiter,
                "time_form": TimeForm.YEAR_FIRST.value,
                "zone": settings.TIME_ZONE,
                "rsit": _NOT_MAPPED,
                **({"has_header": "on"} if sample.has_header else {}),
            }
        )
        return cls(begun)

    def words(self) -> Sequence[str]:
        """The words of the column that says the class, as far as the sample has them."""
        places = [place for place, use in enumerate(self._said) if use == ColumnUse.CLASS]
        return self.taken.words_in(places[0])[:_MOST_WORDS] if places else ()

    def rows(self) -> Iterator[tuple[str, Sequence[str], BoundField]]:
        """Each column with its first cells and the field that says what it is."""
        for place, column in enumerate(self.taken.columns):
            yield column, [row[place] for row in self.taken.rows[:3] if place < len(row)], self[f"use_{place}"]

    def word_fields(self) -> list[BoundField]:
        """The fields in which a word gets its type."""
        return [self[f"word_{place}"] for place, _word in enumerate(self.words())]

    def mapping(self) -> ColumnMapping:
        """What was said, as intake takes it."""
        said = cast("Mapping[str, str]", self.cleaned_data)
        classes = {word: said[f"word_{place}"] for place, word in enumerate(self.words())}
        return ColumnMapping(
            columns=self.taken.columns,
            uses=tuple(ColumnUse(said[f"use_{place}"]) for place, _column in enumerate(self.taken.columns)),
            delimiter=said["delimiter"],
            zone=said["zone"],
            time_form=TimeForm(said["time_form"]),
            rsit=said["rsit"],
            classes={word: kind for word, kind in classes.items() if kind != _NOT_MAPPED},
            has_header=bool(said["has_header"]),
        )

    def clean_sample(self) -> str:
        """A sample of which something can be read."""
        if not self.taken.columns or not self.taken.rows:
            raise forms.ValidationError(
                gettext("There is no row in this file, or it has more columns than can be mapped.")
            )
        return str(self.cleaned_data["sample"])

    def _fill(self, data: QueryDict) -> None:
        """Columns that are new, because another delimiter was chosen, get a guess; so do words without a type."""
        columns = "\x1f".join(self.taken.columns)
        same = data.get("columns_before") == columns
        data["columns_before"] = columns
        for place, _column in enumerate(self.taken.columns):
            if not same or f"use_{place}" not in data:
                data[f"use_{place}"] = self.taken.guess_use(place).value
        self._said = [data[f"use_{place}"] for place, _column in enumerate(self.taken.columns)]
        for place, _word in enumerate(self.words()):
            data.setdefault(f"word_{place}", _NOT_MAPPED)
