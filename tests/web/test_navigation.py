"""The menu shows where a page belongs, and stays on one line."""

from __future__ import annotations

import re

import pytest
from tests.desk.cast import page_of
from tests.desk_outward.cast import colleague

from meldpunt.access.values import Role

pytestmark = pytest.mark.django_db


def current_of(page: str) -> list[tuple[str, str]]:
    return re.findall(r'aria-current="(\w+)">([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/desk/", ("page", "Queue")),
        ("/desk/cases", ("page", "Cases")),
        ("/desk/inquiries/new", ("true", "Inquiries")),
        ("/desk/reports/new", ("page", "Telephone report")),
        ("/desk/law/verdict", ("true", "Law")),
    ],
)
def test_menu_marks_one_entry_also_on_the_pages_below_it(address: str, current: tuple[str, str]) -> None:
    assert current_of(page_of(colleague(Role.DUTY_OFFICER), address)) == [current]


def test_long_menu_folds_away_what_is_seldom_asked_for_but_not_where_one_is() -> None:
    officer = colleague(Role.DUTY_OFFICER)
    folded = page_of(officer, "/desk/ledger").split("<summary>")[1].split("</details>")[0]
    assert "Law" in folded
    assert "Ledger" not in folded


def test_short_menu_folds_nothing_away() -> None:
    assert "<summary>More" not in page_of(colleague(Role.WOO_OFFICER), "/desk/law")
