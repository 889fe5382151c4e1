"""Taking passages out of a text for good."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from meldpunt.engines.redaction.errors import GroundUnfit, PassageOutsideText
from meldpunt.engines.redaction.values import Mark, Passage, Withheld

_BAR = "\N{FULL BLOCK}" * 5
_LONGEST_GROUND = 40


def withhold(text: str, passages: Sequence[Passage]) -> Withheld:
    """The text with a mark in place of every passage.

    A mark is a bar of five blocks and the grounds: it says why, never how much. Passages that overlap,
    or touch on the same ground, become one mark that names each ground once, in order of first
    appearance. The result is made of what lies outside the passages and of the grounds, and of nothing
    else, so two texts that differ only inside equal passages give equal results. An accent that belongs
    to the last letter of a passage goes with it.

    Raises `PassageOutsideText` for an empty or outlying passage, `GroundUnfit` for a ground that is
    blank, longer than 40 characters or not printable.
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    written = done = 0
    for start, end, grounds in _merge(_checked(passage, text) for passage in passages):
        kept, mark = text[done:start], mark_text(grounds)
        pieces += (kept, mark)
        begin = written + len(kept)
        written = begin + len(mark)
        marks.append(Mark(begin, written, grounds))
        done = end
    pieces.append(text[done:])
    return Withheld("".join(pieces), tuple(marks))


def mark_text(grounds: tuple[str, ...]) -> str:
    """What stands in place of a passage: a bar of fixed width and its grounds."""
    return f"[{_BAR} {'; '.join(grounds)}]"


def _checked(passage: Passage, text: str) -> Passage:
    if not 0 <= passage.start < passage.end <= len(text):
        raise PassageOutsideText(f"{passage.start}:{passage.end} in a text of {len(text)} characters")
    ground = passage.ground
    if not ground.strip() or len(ground) > _LONGEST_GROUND or not ground.isprintable():
        raise GroundUnfit("a ground is one printable line of at most 40 characters")
    end = passage.end
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return Passage(passage.start, end, ground)


def _merge(passages: Iterable[Passage]) -> list[tuple[int, int, tuple[str, ...]]]:
    merged: list[tuple[int, int, tuple[str, ...]]] = []
    for passage in sorted(passages, key=lambda p: (p.start, p.end, p.ground)):
        if merged:
            start, end, grounds = merged[-1]
            touches_same = passage.start == end and grounds == (passage.ground,)
            if passage.start < end or touches_same:
                named = tuple(dict.fromkeys((*grounds, passage.ground)))
                merged[-1] = (start, max(end, passage.end), named)
                continue
        merged.append((passage.start, passage.end, (passage.ground,)))
    return merged
