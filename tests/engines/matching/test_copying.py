"""What is written for an owner holds nothing that runs and no password, whatever the row held."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching.twins import copied

from meldpunt.engines.matching.cells import harmless, masked

_CELLS = st.text(alphabet='=+-@ \t\r\n\u00a0＝＋－＠0123,."a€', max_size=8)


@settings(max_examples=300, deadline=None)
@given(st.lists(_CELLS, min_size=2, max_size=4), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_every_cell_is_copied_as_the_specification_says(cells: list[str], quoting: int) -> None:
    expected = [*(harmless(cell) for cell in cells[:-1]), masked(cells[-1]), "T"]
    assert copied(cells, quoting=quoting, secret=len(cells) - 1) == expected


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+31 6", "-2+3", " =x", "\u00a0=x", "＝1", "\t=1", "-", "-1.2.3"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert copied([cell, "x"], quoting=csv.QUOTE_ALL, secret=1)[0] == f"'{cell}"


def test_where_no_spreadsheet_opens_it_a_cell_stays_as_it_was() -> None:
    assert copied(["=1+1", "x"], quoting=csv.QUOTE_ALL, secret=1, is_harmless=False)[0] == "=1+1"


@pytest.mark.parametrize("cell", ["-5", "+5,25", "-0.5", "12", "a=b", "192.0.2.1"])
def test_numbers_and_words_are_left_alone(cell: str) -> None:
    assert copied([cell, "x"], quoting=csv.QUOTE_ALL, secret=1)[0] == cell


@pytest.mark.parametrize(
    ("password", "shown"),
    [("", ""), ("abc", "… (3)"), ("geheim12", "g…2 (8)"), ('€uro"', '€…" (5)'), ('"a"b', '"…b (4)')],
)
def test_of_a_password_travels_the_first_and_last_character_and_the_length(password: str, shown: str) -> None:
    assert copied(["x", password], quoting=csv.QUOTE_MINIMAL, secret=1)[1] == shown
