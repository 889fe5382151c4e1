"""A form of which the law decides a part: which items it asks depends on what was filled in already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorDict

from meldpunt.law import UNKNOWN, Criterion, FormItem

from .statutory import answers_in, criterion_field, item_field


class AskingForm(forms.Form):
    """Fields of the law beside its own; each key once, however many stages ask it."""

    def ask(self, group: str, items: Iterable[FormItem]) -> None:
        """Add a field for each item that is not on the form yet."""
        new = {item.key: item for item in items if item.key not in self.fields}
        self.fields.update({key: item_field(item) for key, item in new.items()})
        # One article for all of them stands under the first: under the name of the finder it says nothing.
        for key in list(new)[1:] if len({item.article for item in new.values()}) == 1 else ():
            self.fields[key].help_text = ""
        self._note(group, new)

    def ask_criteria(self, criteria: Iterable[Criterion]) -> None:
        """Add a field for each criterion of significance."""
        new = {one.key: one for one in criteria if one.key not in self.fields}
        self.fields.update({key: criterion_field(one) for key, one in new.items()})
        self._note("criteria", new)

    def asked_in(self, group: str) -> list[BoundField]:
        """The fields of one group."""
        return [self[key] for key in self._groups().get(group, ())]

    def answers(self, *about: str) -> dict[str, str]:
        """What a valid form answers to the law; with groups given, of the others only what somebody did answer."""
        found, groups = answers_in(self.cleaned_data, self.answer_keys), self._groups()
        asked = {key for group in about or groups for key in groups.get(group, ())}
        return {key: said for key, said in found.items() if key in asked or said != UNKNOWN}

    @property
    def answer_keys(self) -> tuple[str, ...]:
        """Under which keys the answers to the law are."""
        return tuple(key for keys in self._groups().values() for key in keys)

    def unchecked(self) -> Self:
        """The form as it was filled in so far: shown again, and nothing said about it yet."""
        self._errors = ErrorDict()
        return self

    def told(self, name: str) -> str:
        """What was typed in a field, before it is known to be valid."""
        value = self.data.get(self.add_prefix(name)) if self.is_bound else None
        return value if isinstance(value, str) else ""

    def told_instant(self, name: str) -> datetime | None:
        """The moment in a field; None where it holds none that can be."""
        try:
            found = self.fields[name].clean(self.told(name))
        except forms.ValidationError:
            return None
        return found if isinstance(found, datetime) else None

    def _groups(self) -> dict[str, tuple[str, ...]]:
        # Which fields stand together: the keys by the name of their group.
        groups: dict[str, tuple[str, ...]] = self.__dict__.setdefault("asked", {})
        return groups

    def _note(self, group: str, new: Iterable[str]) -> None:
        self._groups()[group] = (*self._groups().get(group, ()), *new)
