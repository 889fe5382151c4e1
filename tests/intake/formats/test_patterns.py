"""A STIX pattern is lifted where it is simple, and kept where it says more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.intake.formats.patterns import Comparison, lift


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        ("[ipv4-addr:value = '192.0.2.9']", [[("ipv4-addr:value", "192.0.2.9")]]),
        ("[a:b = 'x' AND c:d = 'y' OR e:f = 1]", [[("a:b", "x"), ("c:d", "y")], [("e:f", "1")]]),
        ("[a:b = 'x' AND (c:d = 'y' OR e:f = 1)]", [[("a:b", "x"), ("c:d", "y")], [("a:b", "x"), ("e:f", "1")]]),
        ("[a:b IN ('x', 'y')]", [[("a:b", "x")], [("a:b", "y")]]),
        ("[a:b = 'x'] OR [c:d = 'y']", [[("a:b", "x")], [("c:d", "y")]]),
        (r"[a:b = 'x\'y\\z']", [[("a:b", r"x'y\z")]]),
        ("[file:hashes.'SHA-256' = 'ab']", [[("file:hashes.'SHA-256'", "ab")]]),
        ("[a:b[*].c.d = true]", [[("a:b[*].c.d", "true")]]),
    ],
)
def test_equalities_are_lifted(pattern: str, groups: list[list[tuple[str, str]]]) -> None:
    assert lift(pattern) == tuple(tuple(Comparison(*one) for one in group) for group in groups)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "rule x { condition: true }",
        "[a:b != 'x']",
        "[NOT a:b = 'x']",
        "[a:b LIKE 'x%']",
        "[a:b MATCHES '^x']",
        "[a:b = 'x'] FOLLOWEDBY [c:d = 'y']",
        "[a:b = 'x'] WITHIN 5 SECONDS",
        "[a:b = 'x' AND]",
        "[a:b = 'x'",
        "[a:b = 'x']]",
        "[a = 'x']",
        "[a:b = 'x' OR (" + "(" * 20 + "c:d = 'y'" + ")" * 20 + ")]",
        "[" + "a:b = 'x' OR " * 9_000 + "a:b = 'x']",
        "[" + " AND ".join("(a:b = 'x' OR a:b = 'y')" for _ in range(30)) + "]",
    ],
)
def test_whatever_says_more_is_kept(pattern: str) -> None:
    assert lift(pattern) is None


def test_short_lists_that_multiply_to_thousands_are_kept() -> None:
    lists = " AND ".join("file:name IN ('a', 'b')" for _ in range(9))
    rest = " AND ".join("file:name = 'c'" for _ in range(90))
    assert lift(f"[{lists}]") is None
    assert lift(f"[{lists} AND {rest}]") is None
    addresses = ", ".join(f"'192.0.2.{one}'" for one in range(200))
    assert len(lift(f"[ipv4-addr:value IN ({addresses}) AND network-traffic:dst_port = 443]") or ()) == 200


@given(st.text(alphabet="[]()'\\=!,: abAND OR IN.*0", max_size=80))
def test_any_text_is_lifted_or_kept(pattern: str) -> None:
    found = lift(pattern)
    assert found is None or all(group for group in found)


@given(st.text(max_size=40))
def test_a_value_comes_back_as_it_was_written(value: str) -> None:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    assert lift(f"[url:value = '{escaped}']") == ((Comparison("url:value", value),),)
