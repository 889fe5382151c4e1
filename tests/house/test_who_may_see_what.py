"""Access is a page that anybody can read, and that cannot be out of date."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.house.who_may_see_what import document, views

PAGE = Path(__file__).resolve().parents[2] / "docs" / "who-may-see-what.md"


@pytest.mark.django_db
def test_the_page_about_access_says_what_is_so() -> None:
    now = document()
    if os.environ.get("MELDPUNT_UPDATE") == "1":
        PAGE.write_text(now)
    assert PAGE.read_text() == now, "access changed: look at the difference, then run with MELDPUNT_UPDATE=1"


def test_every_view_declares_who_may_come() -> None:
    assert [path for _, path, declaration in views() if declaration is None] == []
