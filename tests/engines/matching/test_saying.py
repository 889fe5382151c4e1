"""What the kernel says of a field, for rollups, is what the specification says of it."""

from __future__ import annotations

from ipaddress import ip_address

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.saying import Said, say_values
from meldpunt.engines.matching.kernel.sighting import NO_SEPARATOR
from meldpunt.engines.matching.sighting import values_of
from meldpunt.engines.matching.values import FieldKind, IndicatorKind
from meldpunt.engines.matching.watching import Watched

from .sights import column, request
from .test_sighting import LINKS, NAMES, PORTS, TARGETS, TEXTS

NONE = Fields(np.zeros(1, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.int32))


def check(watched: Watched, rows: int) -> None:
    """The same values; where the kernel is not sure, it says nothing."""
    said = Said(np.empty(500, np.int32), np.empty(500, np.uint8), np.empty(500, np.int64), np.empty(50_000, np.uint8))
    unsure = np.zeros(rows, np.bool_)
    separator = ord(watched.separator) if watched.separator else NO_SEPARATOR
    kind = tuple(FieldKind).index(watched.kind)
    target = NONE if watched.target is None else watched.target
    after, count = say_values(kind, watched.fields, target, separator, watched.is_escaped, 0, said, unsure)
    assert after == rows
    ends = [0, *said.ends[:count].tolist()]
    found: list[set[tuple[str, bytes]]] = [set() for _ in range(rows)]
    for number in range(count):
        kinds = tuple(IndicatorKind)
        text = bytes(said.text[ends[number] : ends[number + 1]])
        found[said.rows[number]].add((kinds[said.kinds[number]], text))
    for row in range(rows):
        expected = {(one.kind, packed(one.kind, one.text)) for one in values_of(watched, row)}
        assert found[row] == (set() if unsure[row] else expected)


def packed(kind: IndicatorKind, text: str) -> bytes:
    if kind is not IndicatorKind.ADDRESS:
        return text.encode()
    address = ip_address(text)
    return (b"\0" * 10 + b"\xff\xff" if address.version == 4 else b"") + address.packed


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(FieldKind), data=st.data(), separator=st.sampled_from(["", ","]), is_escaped=st.booleans())
def test_the_kernel_says_what_the_specification_says(
    *, kind: FieldKind, data: st.DataObject, separator: str, is_escaped: bool
) -> None:
    texts = data.draw(st.lists(st.lists(TEXTS[kind], min_size=1, max_size=3).map((separator or " ").join), max_size=6))
    check(column(kind, texts, separator=separator, is_escaped=is_escaped), len(texts))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.tuples(NAMES, PORTS).map("".join), st.one_of(TARGETS, LINKS)), max_size=6))
def test_a_request_says_what_the_specification_says(said: list[tuple[str, str]]) -> None:
    check(request([host for host, _ in said], [target for _, target in said]), len(said))
