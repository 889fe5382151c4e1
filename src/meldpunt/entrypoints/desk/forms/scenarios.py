"""An outage as somebody supposes it, and which scenarios are laid beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.engines.cascade import Band
from meldpunt.triage.values import Change, Outage

_ROWS = 5
_CHANGES = 3
_MOST_HOURS = 720
_STRENGTH = ("low", "likely", "high")
_BUFFER = ("shortest", "usual", "longest")


def _percent(label: str) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, min_value=0, max_value=100)


class Suppose(forms.Form):
    """What is out and for how large a part, until when, and which dependencies are thought to be otherwise.

    `nodes` finds the node behind what somebody typed: the code of a service, or a vital process.
    """

    name = forms.CharField(label=_("Name of the scenario"), max_length=200)
    until_hour = forms.IntegerField(
        label=_("After how many hours does it end? Empty: it lasts."),
        required=False,
        min_value=1,
        max_value=_MOST_HOURS,
    )
    recovers_in_hours = forms.IntegerField(
        label=_("In how many hours does it recover then? Empty: at once."),
        required=False,
        min_value=1,
        max_value=_MOST_HOURS,
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, outage: Sequence[tuple[str, float]] = ()) -> None:
        super().__init__(data)
        for row in range(_ROWS):
            said, share = outage[row] if row < len(outage) else ("", None)
            self.fields[f"node_{row}"] = forms.CharField(
                label=gettext("Service or process"), required=False, max_length=60, initial=said
            )
            self.fields[f"share_{row}"] = _percent(gettext("Stands still, %"))
            self.fields[f"share_{row}"].initial = round(100 * share) if share else None
        for row in range(_CHANGES):
            self.fields[f"of_{row}"] = forms.CharField(label=gettext("This leans"), required=False, max_length=60)
            self.fields[f"on_{row}"] = forms.CharField(label=gettext("on this"), required=False, max_length=60)
            for name, label in (("low", _("At least, %")), ("likely", _("Likely, %")), ("high", _("At most, %"))):
                self.fields[f"{name}_{row}"] = _percent(str(label))
            for name, label in (
                ("shortest", _("Buffer at least, hours")),
                ("usual", _("Buffer likely, hours")),
                ("longest", _("Buffer at most, hours")),
            ):
                self.fields[f"{name}_{row}"] = forms.FloatField(
                    label=label, required=False, min_value=0, max_value=_MOST_HOURS
                )

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """What is out, with its share."""
        return ((self[f"node_{row}"], self[f"share_{row}"]) for row in range(_ROWS))

    def changes(self) -> Iterator[tuple[list[forms.BoundField], list[forms.BoundField]]]:
        """The dependencies that are thought to be otherwise: ends with strength, and the buffer."""
        return (
            ([self[f"{name}_{row}"] for name in ("of", "on", *_STRENGTH)], [self[f"{name}_{row}"] for name in _BUFFER])
            for row in range(_CHANGES)
        )

    def said(self) -> set[str]:
        """Every end that somebody typed."""
        names = ("node", "of", "on")
        return {said for name, said in self.cleaned_data.items() if name.partition("_")[0] in names and said}

    def outage(self, nodes: Mapping[str, str]) -> Outage:
        """What is out, by node."""
        said = self.cleaned_data
        rows = ((said[f"node_{row}"], said[f"share_{row}"]) for row in range(_ROWS))
        shares = {nodes[node]: share / 100 for node, share in rows if node and share}
        return Outage(shares, said["until_hour"], said["recovers_in_hours"])

    def supposed(self, nodes: Mapping[str, str]) -> tuple[Change, ...]:
        """The dependencies that are thought to be otherwise, by node."""
        said = self.cleaned_data
        rows = [row for row in range(_CHANGES) if said[f"of_{row}"] and said[f"on_{row}"]]
        return tuple(
            Change(nodes[said[f"of_{row}"]], nodes[said[f"on_{row}"]], self._strength(row), self._buffer(row))
            for row in rows
        )

    def _strength(self, row: int) -> Band:
        low, likely, high = (cast(float, one) for one in self._said(_STRENGTH, row))
        return Band(low / 100, likely / 100, high / 100)

    def _buffer(self, row: int) -> Band | None:
        """None where nothing was said of it: it stays as it is."""
        said = [one for one in self._said(_BUFFER, row) if one is not None]
        return Band(*said) if said else None

    def _said(self, names: Sequence[str], row: int) -> list[float | None]:
        return [self.cleaned_data[f"{name}_{row}"] for name in names]

    def _clean_rows(self) -> None:
        """Nothing that somebody typed is passed over: both or neither, above nothing, and each thing once."""
        known = set[str]()
        said = dict(self.cleaned_data)
        for row in range(_ROWS):
            node, share = said[f"node_{row}"], said[f"share_{row}"]
            if bool(node) != bool(share):
                self.add_error(f"share_{row}", gettext("Say both what stands still and how much of it, above 0."))
            if node and node.upper() in known:
                self.add_error(f"node_{row}", gettext("This stands in another line as well."))
            known.add(node.upper())

    def clean(self) -> None:
        """At least one thing is out; a change is told whole, from low to high."""
        super().clean()
        if self.errors:
            return
        said = self.cleaned_data
        is_anything_out = any(said[f"node_{row}"] or said[f"share_{row}"] for row in range(_ROWS))
        self._clean_rows()
        if not is_anything_out:
            raise forms.ValidationError(gettext("Say what stands still, and how much of it."))
        if said["recovers_in_hours"] and not said["until_hour"]:
            self.add_error("until_hour", gettext("Say when it ends: from then on it recovers."))
        for row in range(_CHANGES):
            self._clean_change(row)

    def _clean_change(self, row: int) -> None:
        """Nothing of a change is passed over: both ends, its strength whole, and its buffer whole or not at all."""
        ends = [self.cleaned_data[f"{end}_{row}"] for end in ("of", "on")]
        strength, buffer = self._said(_STRENGTH, row), self._said(_BUFFER, row)
        if not any(ends) and all(one is None for one in (*strength, *buffer)):
            return
        if not all(ends):
            self.add_error(f"of_{row}", gettext("Say both what leans and on what."))
        if not _is_band(strength):
            self.add_error(f"likely_{row}", gettext("Give these from low to high."))
        if any(one is not None for one in buffer) and not _is_band(buffer):
            self.add_error(f"usual_{row}", gettext("Give these from low to high."))


def _is_band(values: Sequence[float | None]) -> bool:
    known = [one for one in values if one is not None]
    return len(known) == len(values) and known == sorted(known)
