"""Hiding somebody in a text: everything that points at them becomes a mark."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.text import withhold
from meldpunt.engines.redaction.values import Passage, Withheld


def hide(text: str, identities: Iterable[Identity], *, ground: str, keep: Collection[str] = ()) -> Withheld:
    """The text with a mark, on this ground, wherever it points at any of these, or holds contact data of anybody.

    `keep` is contact data of who writes, which stays: a decision says where to object. Of nobody nothing is hidden,
    contact data neither. Raises `GroundUnfit`.
    """
    found = [
        span
        for identity in identities
        for span in find_identifying(text, identity)
        if text[span.start : span.end] not in keep
    ]
    return withhold(text, [Passage(span.start, span.end, ground) for span in found])
