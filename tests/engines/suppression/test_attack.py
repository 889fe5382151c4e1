"""The attacker finds exactly what can be found, no less and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.suppression.random_tables import small_tables
from tests.engines.suppression.worked_examples import cells, fischetti_salazar, table_of_units

from meldpunt.engines.suppression import (
    Cell,
    CellId,
    Equation,
    Insiders,
    Interval,
    OrganisationId,
    ProtectionLevel,
    Rule,
    Sensitivity,
    Table,
    audit,
)

ANY_WIDTH = ProtectionLevel(lower=1, upper=1)


def possible_values(table: Table, hidden: Sequence[CellId]) -> Iterator[tuple[int, ...]]:
    """Every way to fill the hidden cells with counts so that all sums hold: the slow truth."""
    largest = max(cell.value for cell in table.cells.values())
    for guess in product(range(largest + 1), repeat=len(hidden)):
        values = {id_: cell.value for id_, cell in table.cells.items()} | dict(zip(hidden, guess, strict=True))
        if all(values[sum_.total] == sum(values[part] for part in sum_.parts) for sum_ in table.equations):
            yield guess


@settings(max_examples=20)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.sets(st.integers(0, 5), min_size=1, max_size=4))
def test_intervals_are_exactly_those_of_trying_every_table(counts: list[int], hidden_places: set[int]) -> None:
    table = table_of_units(("r", "s"), ("x", "y", "z"), (counts[:3], counts[3:]))
    hidden = [list(table.cells)[place] for place in sorted(hidden_places)]

    intervals = audit(table, hidden, sensitive={}).intervals

    tried = list(zip(*possible_values(table, hidden), strict=True))
    assert [intervals[id_] for id_ in hidden] == [Interval(min(values), max(values)) for values in tried]


def odd_circle(name: str) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """Three cells of which any two may hold at most one unit together: in fractions a half each, in counts one."""
    a, b, c = (f"{name}{letter}" for letter in "abc")
    rests = (f"{name}1", f"{name}2", f"{name}3")
    values = {a: 1, b: 0, c: 0, rests[0]: 0, rests[1]: 1, rests[2]: 0}
    sums: dict[str, tuple[str, ...]] = {
        f"{name}{x}{y}": pair for x, y, pair in (("a", "b", (a, b, rests[0])), ("b", "c", (b, c, rests[1])))
    }
    return values, {**sums, f"{name}ac": (a, c, rests[2])}


def test_attacker_knows_that_counts_are_whole_also_where_no_network_says_so() -> None:
    (values, sums), (more, other_sums) = odd_circle("left"), odd_circle("right")
    values, sums = values | more, sums | other_sums
    sums["both"] = tuple(f"{name}{letter}" for name in ("left", "right") for letter in "abc")
    values |= {total: sum(values[part] for part in parts) for total, parts in sums.items()}
    table = Table(
        {CellId((id_,)): Cell(CellId((id_,)), n, {OrganisationId("a"): n} if n else {}) for id_, n in values.items()},
        tuple(Equation(CellId((total,)), tuple(CellId((part,)) for part in parts)) for total, parts in sums.items()),
    )
    shown = {CellId((total,)) for total in sums} - {CellId(("both",))}

    intervals = audit(table, table.cells.keys() - shown, sensitive={}).intervals

    # In fractions it would be three: a half for each of six cells.
    assert intervals[CellId(("both",))] == Interval(0, 2)


@settings(max_examples=20)
@given(small_tables(), st.data())
def test_every_interval_holds_the_truth(table: Table, data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.sampled_from(list(table.cells))))

    intervals = audit(table, hidden, sensitive={}).intervals

    assert set(intervals) == hidden
    assert all(interval.holds(table.cells[id_].value) for id_, interval in intervals.items())


@settings(max_examples=20)
@given(small_tables(), st.data())
def test_hiding_more_never_tells_more(table: Table, data: st.DataObject) -> None:
    more = data.draw(st.sets(st.sampled_from(list(table.cells)), min_size=1))
    fewer = data.draw(st.sets(st.sampled_from(sorted(more)), min_size=1))

    wide = audit(table, more, sensitive={}).intervals
    narrow = audit(table, fewer, sensitive={}).intervals

    for id_, interval in narrow.items():
        assert wide[id_].lower <= interval.lower
        upper = wide[id_].upper
        assert upper is None or (interval.upper is not None and upper >= interval.upper)


def test_sensitive_cell_that_is_shown_is_exposed() -> None:
    table = fischetti_salazar()
    sensitive = {CellId(("II", "C")): Sensitivity(frozenset({Rule.MARKED}), ANY_WIDTH)}

    found = audit(table, frozenset(), sensitive=sensitive)

    assert [exposure.interval for exposure in found.exposures] == [Interval(22, 22)]


def test_cell_published_earlier_undoes_the_hiding_of_others() -> None:
    table = fischetti_salazar()
    square = cells(("II", "A"), ("II", "C"), ("III", "A"), ("III", "C"))
    sensitive = {CellId(("II", "C")): Sensitivity(frozenset({Rule.MARKED}), ANY_WIDTH)}

    assert audit(table, square, sensitive=sensitive).passed
    found = audit(table, square, sensitive=sensitive, already_public=cells(("III", "A")))

    assert found.intervals[CellId(("II", "C"))] == Interval(22, 22)
    assert not found.passed


def test_everything_hidden_leaves_no_upper_end() -> None:
    table = table_of_units(("r", "s"), ("x", "y"), ((1, 2), (3, 4)))

    intervals = audit(table, table.cells, sensitive={}).intervals

    assert set(intervals.values()) == {Interval(0, None)}


def test_sole_contributor_learns_its_neighbour_where_an_outsider_does_not() -> None:
    """Two cells with one organisation each, alone in their row and column square: each knows its own."""
    many = {f"o{number}": 3 for number in range(9)}
    table = Table.from_counts(
        ("r", "s"),
        ("x", "y"),
        {("r", "x"): {"alice": 2}, ("r", "y"): {"bob": 2}, ("s", "x"): many, ("s", "y"): many},
    )
    hidden = cells(("r", "x"), ("r", "y"), ("s", "x"), ("s", "y"))
    sensitive = {CellId(("r", "y")): Sensitivity(frozenset({Rule.MARKED}), ANY_WIDTH)}

    assert audit(table, hidden, sensitive=sensitive).passed
    exposures = audit(table, hidden, sensitive=sensitive, insiders=Insiders.LARGEST).exposures

    assert [(exposure.threat.attacker.organisation, exposure.interval) for exposure in exposures] == [
        ("alice", Interval(2, 2))
    ]


def test_own_contribution_raises_the_lower_end_for_an_insider() -> None:
    table = Table.from_counts(
        ("r", "s"),
        ("x", "y"),
        {("r", "x"): {"alice": 4, "bob": 1}, ("r", "y"): {"c": 5}, ("s", "x"): {"d": 5}, ("s", "y"): {"e": 5}},
    )
    hidden = cells(("r", "x"), ("r", "y"), ("s", "x"), ("s", "y"))
    sensitive = {CellId(("r", "x")): Sensitivity(frozenset({Rule.MARKED}), ProtectionLevel(lower=0, upper=6))}

    exposures = audit(table, hidden, sensitive=sensitive, insiders=Insiders.EVERYBODY).exposures

    by_attacker = {exposure.threat.attacker.organisation: exposure.interval for exposure in exposures}
    assert by_attacker[OrganisationId("alice")] == Interval(4, 10)
    assert by_attacker[OrganisationId("bob")] == Interval(1, 10)
