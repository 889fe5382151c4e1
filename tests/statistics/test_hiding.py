"""What readers can work out of a table that was made safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.engines.suppression import TOTAL as TOTAL_OF_ENGINE
from meldpunt.engines.suppression import CellId, Rules, Table, Zeros, protect
from meldpunt.statistics.rules.counting import count_reports
from meldpunt.statistics.rules.hiding import Safe, make_safe
from meldpunt.statistics.rules.sceptical import given_away
from meldpunt.statistics.values import TOTAL, FigureRules, HiddenBy

from .cast import Seen, possible_values

SPACE = UUID(int=8)
RULES = FigureRules()

reports = st.lists(
    st.builds(
        Seen,
        sector=st.sampled_from(["energy", "banking", "health", "telecom"]),
        rsit_class=st.sampled_from(["fraud", "intrusions", "availability"]),
        organisation=st.integers(0, 5).map(lambda number: uuid5(SPACE, str(number))),
    ),
    max_size=40,
)


def of(sector: str, kind: str, *organisations: str) -> list[Seen]:
    return [Seen(sector, kind, uuid5(SPACE, one)) for one in organisations]


def safe(found: Sequence[Seen], rules: FigureRules = RULES) -> Safe:
    return make_safe(count_reports(found), rules)


def truth(found: Sequence[Seen]) -> Counter[tuple[str, str]]:
    places = Counter[tuple[str, str]]()
    for one in found:
        for row in (one.sector, TOTAL):
            places.update([(row, one.rsit_class), (row, TOTAL)])
    return places


@settings(max_examples=8)
@given(reports)
def test_what_is_shown_is_true(found: Sequence[Seen]) -> None:
    figures = safe(found).figures
    assert figures is not None
    assert all(figure in (None, truth(found)[place]) for place, figure in figures.items())


@settings(max_examples=8)
@given(reports)
def test_no_hidden_figure_of_few_organisations_can_be_worked_out(found: Sequence[Seen]) -> None:
    made = safe(found)
    assert made.figures is not None
    for one in made.hidden:
        if HiddenBy.FEW_ORGANISATIONS in one.reasons:
            lowest, highest = possible_values(made.figures, (one.row, one.column))
            assert lowest < truth(found)[one.row, one.column]
            assert highest is None or highest >= RULES.minimum_organisations


@settings(max_examples=8)
@given(reports)
def test_a_cell_of_few_organisations_is_never_shown(found: Sequence[Seen]) -> None:
    made = safe(found)
    assert made.figures is not None
    counted = count_reports(found).counts
    assert [
        place
        for place, organisations in counted.items()
        if len(organisations) < RULES.minimum_organisations and made.figures[place] is not None
    ] == []


def test_an_empty_sector_is_shown_as_zero() -> None:
    figures = safe(of("energy", "fraud", "a")).figures
    assert figures is not None
    assert figures["nuclear", "fraud"] == figures["nuclear", TOTAL] == 0


def test_three_ones_under_a_total_of_three_do_not_give_themselves_away() -> None:
    found = [one for kind in ("fraud", "intrusions", "availability") for one in of("energy", kind, kind)]
    found += [one for kind in ("fraud", "intrusions", "availability") for one in of("banking", kind, *"bcdef")]
    made = safe(found)
    assert made.figures is not None
    assert made.figures["energy", "fraud"] is None
    lowest, highest = possible_values(made.figures, ("energy", "fraud"), at_least=1)
    assert highest is None or lowest < highest


def test_the_engine_alone_would_have_shown_the_total_that_gives_them_away() -> None:
    kinds = ("fraud", "intrusions", "availability")
    counts = {("energy", one): {one: 1} for one in kinds} | {
        ("banking", one): dict.fromkeys("bcdef", 1) for one in kinds
    }
    table = Table.from_counts(["energy", "banking"], kinds, counts)
    protection = protect(table, Rules(zeros=Zeros.SUPPRESSIBLE))
    assert protection.published[CellId(("energy", TOTAL))] == 3
    assert given_away(table, protection) == ("energy", TOTAL)


def test_one_organisation_that_dominates_is_hidden_for_that_reason() -> None:
    made = safe(of("energy", "fraud", *["large"] * 20, "b", "c", "d"))
    reasons = {(one.row, one.column): one.reasons for one in made.hidden}
    assert reasons["energy", "fraud"] == (HiddenBy.ONE_DOMINATES,)


def test_whom_a_figure_protects_is_told() -> None:
    found = of("energy", "fraud", "a") + of("energy", "intrusions", *"abcd") + of("banking", "fraud", *"efgh")
    found += of("banking", "intrusions", *"ijkl") + of("energy", "availability", *"mnop")
    made = safe(found)
    assert ("energy", "fraud") in {place for one in made.hidden for place in one.protects}


def test_rules_without_meaning_leave_an_overview_without_figures() -> None:
    made = safe(of("energy", "fraud", "a"), FigureRules(largest_share=7.0))
    assert made.figures is None
    assert not made.audit.passed
    assert "dominance" in made.audit.problem


def test_the_margin_bears_one_name() -> None:
    assert TOTAL == TOTAL_OF_ENGINE
