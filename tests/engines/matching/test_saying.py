"""What the kernel says of a field, for rollups, is what the specification says of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.values import FieldKind

from .sights import column, request
from .test_sighting import LINKS, NAMES, PORTS, TARGETS, TEXTS
from .twins import same_said


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(FieldKind), data=st.data(), separator=st.sampled_from(["", ","]), is_escaped=st.booleans())
def test_the_kernel_says_what_the_specification_says(
    *, kind: FieldKind, data: st.DataObject, separator: str, is_escaped: bool
) -> None:
    texts = data.draw(st.lists(st.lists(TEXTS[kind], min_size=1, max_size=3).map((separator or " ").join), max_size=6))
    same_said(column(kind, texts, separator=separator, is_escaped=is_escaped), len(texts))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.tuples(NAMES, PORTS).map("".join), st.one_of(TARGETS, LINKS)), max_size=6))
def test_a_request_says_what_the_specification_says(said: list[tuple[str, str]]) -> None:
    same_said(request([host for host, _ in said], [target for _, target in said]), len(said))
