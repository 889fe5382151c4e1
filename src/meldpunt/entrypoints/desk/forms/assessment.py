"""What a report is, how grave, and what it may do to society."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.services.values import Service
from meldpunt.triage.values import Assessment, Disruption, Outage
from meldpunt.vocabulary.nciss import score_categories
from meldpunt.vocabulary.vital import VitalProcess, all_vital_processes

from ..choices import Choice, incident_types

_SHARES = ("1", "0.75", "0.5", "0.25", "0.1")
_LEAST_ROWS = 3
_MOST_SUGGESTED = 20


def _disruptions() -> list[Choice]:
    return [(word.value, in_language(word.label)) for word in Disruption]


def _nodes(services: Sequence[Service]) -> list[Choice]:
    return [
        ("", "—"),
        *((one.node, one.label) for one in services),
        *((process.id, f"{process.id} {in_language(process.name)}") for process in all_vital_processes()),
    ]


class Assess(forms.Form):
    """Class or type of RSIT with a reason, and the eight choices of NCISS: all of them or none."""

    rsit = forms.ChoiceField(label=_("Class or type (RSIT)"), choices=incident_types)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for category in score_categories():
            options = [(option.id, f"{in_language(option.name)} ({option.value})") for option in category.options]
            self.fields[f"nciss_{category.id}"] = forms.ChoiceField(
                label=in_language(category.name), required=False, choices=[("", "—"), *options]
            )

    @classmethod
    def of(cls, assessment: Assessment | None, *, version: int) -> Assess:
        """The form as the last assessment left it; `version` is the last there is, undone or not."""
        if assessment is None:
            return cls(initial={"seen": version})
        chosen = {f"nciss_{category}": option for category, option in assessment.nciss.items()}
        return cls(initial={"rsit": assessment.rsit, "seen": version, **chosen})

    def score_fields(self) -> Iterator[forms.BoundField]:
        """The eight selects."""
        return (self[name] for name in self.fields if name.startswith("nciss_"))

    def nciss(self) -> dict[str, str]:
        """The choices by category; empty where none was made."""
        chosen = {category.id: self.cleaned_data.get(f"nciss_{category.id}", "") for category in score_categories()}
        return {category: option for category, option in chosen.items() if option}

    def clean(self) -> None:
        """Eight choices or none: a score of seven is no score."""
        super().clean()
        if not self.nciss():
            return
        for category in score_categories():
            name = f"nciss_{category.id}"
            if not self.cleaned_data.get(name):
                self.add_error(name, gettext("Choose one: the score takes all eight."))


class Estimate(forms.Form):
    """Which vital processes and services stand still, for how large a part and until when.

    Without `outage` these processes and services are suggested, each with this share. `services` can be chosen,
    and `others` too. It has
    a row for each that `typed` has, which is what somebody did not send. `version` is the last assessment there is.
    """

    until_hour = forms.IntegerField(
        label=_("Ends after how many hours (empty: it lasts)"), required=False, min_value=1, max_value=720
    )
    recovers_in_hours = forms.IntegerField(
        label=_("Recovers then in how many hours (empty: at once)"), required=False, min_value=1, max_value=720
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"id": "estimate_seen"}))

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        processes: Sequence[VitalProcess] = (),
        services: Sequence[Service] = (),
        others: Sequence[Service] = (),
        outage: Outage | None = None,
        share: str = "",
        typed: Mapping[str, str] | None = None,
        version: int | None = None,
    ) -> None:
        ends = {"until_hour": outage.until_hour, "recovers_in_hours": outage.recovers_in_hours} if outage else {}
        super().__init__(data, initial={"seen": version, **ends})
        shares = outage.shares if outage else {}
        known: list[tuple[str, str]] = [(one, f"{share:g}") for one, share in shares.items()]
        suggested = [*(one.node for one in services), *(process.id for process in processes)][:_MOST_SUGGESTED]
        known = known or [(node, share) for node in suggested]
        self.rows = max(_LEAST_ROWS, len(known) + 1, self._posted(data), self._posted(typed))
        for row in range(self.rows):
            process, part = known[row] if row < len(known) else ("", "")
            self.fields[f"process_{row}"] = forms.ChoiceField(
                label=gettext("Process or service"),
                required=False,
                choices=_nodes((*services, *others)),
                initial=process,
            )
            self.fields[f"share_{row}"] = forms.ChoiceField(
                label=gettext("Stands still"), required=False, choices=_share_choices(part), initial=part
            )

    @staticmethod
    def _posted(data: Mapping[str, str] | None) -> int:
        return sum(1 for name in data or () if name.startswith("process_") and name[8:].isdecimal() and len(name) < 11)

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Each process with its share."""
        return ((self[f"process_{row}"], self[f"share_{row}"]) for row in range(self.rows))

    def outage(self) -> Outage:
        """The share (0 to 1) that is out, by process, until when, and how it comes back."""
        said = self.cleaned_data
        rows = ((said.get(f"process_{row}"), said.get(f"share_{row}")) for row in range(self.rows))
        return Outage(
            {process: float(share) for process, share in rows if process and share},
            said.get("until_hour"),
            said.get("recovers_in_hours"),
        )

    def without_share(self) -> list[str]:
        """What was chosen and got no share, as the form calls it: it is not out."""
        field, out = cast(forms.ChoiceField, self.fields["process_0"]), self.outage().shares
        names = dict(cast("list[Choice]", field.choices))
        chosen = (self.cleaned_data.get(f"process_{row}") for row in range(self.rows))
        return list(dict.fromkeys(names[one] for one in chosen if one and one not in out))

    def _clean_rows(self) -> None:
        """No share without its process, and each process once; what got no share is not out (`without_share`)."""
        known = set[str]()
        for row in range(self.rows):
            process, share = self.cleaned_data.get(f"process_{row}"), self.cleaned_data.get(f"share_{row}")
            if share and not process:
                self.add_error(f"process_{row}", gettext("Say which process or service this is."))
            if share and process in known:
                self.add_error(f"process_{row}", gettext("This stands in another line as well."))
            if share and process:
                known.add(process)

    def clean(self) -> None:
        """At least one process with a share; what recovers has an end."""
        super().clean()
        if self.errors:
            return
        self._clean_rows()
        outage = self.outage()
        if not outage.shares:
            raise forms.ValidationError(gettext("Choose at least one process and how much of it stands still."))
        if outage.recovers_in_hours and not outage.until_hour:
            self.add_error("until_hour", gettext("Say after how many hours it ends: from then on it recovers."))


class Override(forms.Form):
    """A person's word over the model's, with a reason that stays beside it."""

    disruption = forms.ChoiceField(label=_("May society be disrupted?"), choices=_disruptions)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def _share_choices(kept: str) -> list[Choice]:
    """The usual shares, and the one that was kept where it is another."""
    shares = dict.fromkeys([*_SHARES, *([kept] if kept else [])])
    return [("", "—"), *((share, f"{float(share):.0%}") for share in shares)]
