"""What somebody may type, or put into an address, is refused in words or found nowhere; the database never errs."""

from __future__ import annotations

import pytest
from tests.cases.cast import accepted
from tests.triage.cast import desk

from meldpunt.cases import actions, queries
from meldpunt.cases.values import CaseFilters
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import QueueFilters

pytestmark = pytest.mark.django_db

NASTY = ["\x00", "\ud800", "%_\\", "'; --", "<script>", "=cmd()", "a" * 10_000]


@pytest.mark.parametrize("text", NASTY)
def test_any_text_can_be_looked_for(text: str) -> None:
    house = desk()
    assert triage_queries.list_queue(house.analyst, filters=QueueFilters(text=text, sector=text)).total == 0
    assert queries.list_cases(house.analyst, filters=CaseFilters(text=text, sector=text)).total == 0


@pytest.mark.parametrize("text", NASTY)
def test_any_text_can_be_written(text: str) -> None:
    house = desk()
    triage_actions.assess_report(house.analyst, report=house.receipt.report, rsit="other", reason=f"x{text}")
    case = accepted(house, title=f"x{text}")
    actions.add_entry(house.analyst, case=case, text=f"x{text}")
    actions.add_document(house.analyst, case=case, title=f"x{text}", text=f"x{text}")
    assert len(queries.get_case(house.analyst, case=case).title) <= 300


@pytest.mark.parametrize("page", [-1, 0, 10**9, 10**30])
def test_a_page_that_is_not_there_is_empty_or_the_first(page: int) -> None:
    house = desk()
    accepted(house)
    assert triage_queries.list_queue(house.analyst, page=page).lines == ()
    assert len(queries.list_cases(house.analyst, page=page).lines) == (1 if page < 1 else 0)
    assert triage_queries.list_asked(house.police, page=page) == ()
