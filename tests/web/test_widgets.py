"""The fields that we draw ourselves are those of the library, to the letter but for empty lines."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.entrypoints.web.widgets import DrawnFields

ODD = {"class": "utrecht-select", "disabled": True, "hidden": False, "data-a": '"<é>', "data-b": 0, "data-c": None}


_BLANK = re.compile(r"(?<=</option>)\n(?=\n)")
"""The library leaves a line empty after each option of a select."""


class Everything(forms.Form):
    one = forms.ChoiceField(
        choices=[("", '<nothing> "yet"'), ("A & B", [("1", "één"), (2, mark_safe("<b>twee</b>"))]), (3, _("Reason"))],
        widget=forms.Select(attrs=ODD),
    )
    several = forms.MultipleChoiceField(choices=[("a", "A & B"), ("b", "'C'")], widget=forms.SelectMultiple)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, **ODD}))
    line = forms.CharField(max_length=300, widget=forms.TextInput(attrs=ODD))
    mail = forms.EmailField()
    address = forms.URLField(assume_scheme="https")
    password = forms.CharField(widget=forms.PasswordInput)
    number = forms.IntegerField(min_value=0)
    share = forms.FloatField()
    said = forms.BooleanField()
    seen = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField()
    moment = forms.DateTimeField()
    hour = forms.TimeField()
    file = forms.FileField()
    which = forms.ChoiceField(choices=[("a", "<A>"), ("b", "B")], widget=forms.RadioSelect)
    those = forms.MultipleChoiceField(choices=[("a", "<A>"), ("b", "B")], widget=forms.CheckboxSelectMultiple)


def differences(said: dict[str, object] | None) -> list[str]:
    ours, theirs = (
        Everything(said, renderer=draws(), use_required_attribute=False) for draws in (DrawnFields, DjangoTemplates)
    )
    return [name for name in Everything.base_fields if str(ours[name]) != _BLANK.sub("", str(theirs[name]))]


@pytest.mark.parametrize(
    "said", [None, {}, {"one": "", "several": ["b"]}, {"one": "2", "several": ["a", "b"], "said": "on"}]
)
def test_each_field_is_the_librarys_fresh_and_filled_in(said: dict[str, object] | None) -> None:
    assert differences(said) == []


@given(st.dictionaries(st.sampled_from(sorted(Everything.base_fields)), st.text() | st.just('"><script>')))
def test_whatever_was_sent_comes_back_as_the_library_would_give_it(said: dict[str, object]) -> None:
    assert differences(said) == []
    drawn = str(Everything(said, renderer=DrawnFields())["words"])
    assert "<script" not in drawn
