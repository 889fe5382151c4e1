"""What a case takes over, and what its reference tells."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.cases.errors import CaseNotOpen, TextMissing
from meldpunt.cases.rules.working import (
    check_open,
    check_title,
    gravest,
    leading_rsit,
    reference_from,
    stage_as_document,
)
from meldpunt.cases.values import CaseState
from meldpunt.intake.values import Stage, StageId, StageLine
from meldpunt.triage.values import AssessmentBrief, Disruption


def brief(rsit: str = "", disruption: Disruption | None = None) -> AssessmentBrief:
    return AssessmentBrief(rsit, None, None, None, disruption)


@given(st.binary(min_size=16, max_size=16))
def test_a_reference_fits_its_column_and_spells_no_word(random: bytes) -> None:
    assert re.fullmatch(r"Z-[2-9BCDFGHJKMNPQRSTVWXYZ]{9}", reference_from(random))


def test_the_gravest_word_of_all_reports_counts() -> None:
    briefs = [brief(disruption=Disruption.NO), brief(disruption=Disruption.LIKELY), brief()]
    assert gravest(briefs) is Disruption.LIKELY
    assert gravest([brief()]) is None


def test_the_first_classified_report_names_the_case() -> None:
    assert leading_rsit([brief(), brief("fraud/phishing"), brief("other")]) == "fraud/phishing"


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.MERGED])
def test_only_an_open_case_is_worked_on(state: CaseState) -> None:
    with pytest.raises(CaseNotOpen):
        check_open(state)


@given(st.text(max_size=700))
def test_a_title_is_one_line_that_fits_or_refused(title: str) -> None:
    try:
        kept = check_title(title)
    except TextMissing:
        return
    assert 0 < len(kept) <= 300
    assert "\n" not in kept
    assert "\x00" not in kept


def test_a_document_says_question_and_answer_and_not_their_names() -> None:
    stage = StageLine(
        StageId(uuid4()),
        Stage.EARLY_WARNING,
        datetime(2026, 9, 1, tzinfo=UTC),
        "Alles ligt stil.",
        {"cross_border": "unknown", "List-Id": "x"},
    )
    assert stage_as_document(stage) == "Alles ligt stil.\nGevolgen in andere landen: nog niet bekend\nList-Id: x"
