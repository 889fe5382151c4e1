"""Our own template of a select says what the library's says."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting


class Choosing(forms.Form):
    one = forms.ChoiceField(
        choices=[("", '<nothing> "yet"'), ("Group", [("1", "één"), (2, "twee")])],
        widget=forms.Select(attrs={"class": "utrecht-select", "disabled": True, "hidden": False}),
    )
    several = forms.MultipleChoiceField(choices=[("a", "A & B"), ("b", "'C'")], widget=forms.SelectMultiple)


def without_blanks(markup: str) -> str:
    return re.sub(r"\s*\n\s*", "", markup)


@pytest.mark.parametrize("said", [None, {}, {"one": "", "several": ["b"]}, {"one": "2", "several": ["a", "b"]}])
def test_a_select_is_the_same_for_less(said: dict[str, object] | None) -> None:
    ours, theirs = Choosing(said, renderer=TemplatesSetting()), Choosing(said, renderer=DjangoTemplates())
    for name in ("one", "several"):
        assert without_blanks(str(ours[name])) == without_blanks(str(theirs[name]))
