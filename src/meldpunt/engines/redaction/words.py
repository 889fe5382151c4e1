"""The words on a page, and whether anyone can see them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from meldpunt.engines.redaction.pdfium import Character, PageSeen, opened
from meldpunt.engines.redaction.values import Box

_DOTS_AN_INCH = 150
_LEAST_CONTRAST = 24
"""Steps of 256 between the darkest and lightest dot of a glyph's box; less, and no eye reads it."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without white space between them on one line, and the box round all of them."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class CoveredWord:
    """A word that a machine reads and an eye does not. `page` counts from 0."""

    page: int
    text: str
    box: Box


def find_covered_words(pdf: bytes) -> tuple[CoveredWord, ...]:
    """Words in the text of a PDF that its pages do not show: under a rectangle, white on white, unpainted.

    This is how most failed redactions fail. Runs without a letter or digit are left out. Raises
    `PdfUnreadable`, `PageTooLarge`.
    """
    covered: list[CoveredWord] = []
    with opened(pdf) as document:
        for index in range(document.page_count):
            page = document.see_page(index, dots_an_inch=_DOTS_AN_INCH)
            covered += (
                CoveredWord(index, word.text, word.box)
                for word in words_on(page, seen=False)
                if any(char.isalnum() for char in word.text) and word.box.touches(page.area)
            )
    return tuple(covered)


def words_on(page: PageSeen, *, seen: bool) -> Iterator[Word]:
    """The words of the page that an eye sees, or those that it does not, in reading order.

    A glyph is seen when it shows ink against its ground in the picture of the page. A word ends at
    white space, where the line changes, and where glyphs pass from seen to unseen.
    """
    pending: list[tuple[str, Box]] = []
    for character in (*page.characters, Character(" ", None)):
        box = character.box
        belongs = box is not None and _shows_ink(box, page) is seen
        if pending and (box is None or not belongs or not _on_one_line(pending[-1][1], box)):
            yield _word_of(pending)
            pending = []
        if box is not None and belongs:
            pending.append((character.text, box))


def _on_one_line(before: Box, after: Box) -> bool:
    return before.bottom < after.top and after.bottom < before.top


def _word_of(characters: list[tuple[str, Box]]) -> Word:
    return Word("".join(text for text, _ in characters), reduce(_round_both, (box for _, box in characters)))


def _round_both(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )


def _shows_ink(glyph: Box, page: PageSeen) -> bool:
    """A dot wider on each side, because a thin stroke may fill its own box with one shade."""
    scale = page.picture.width / (page.area.right - page.area.left)
    left = max(0, math.floor((glyph.left - page.area.left) * scale) - 1)
    upper = max(0, math.floor((page.area.top - glyph.top) * scale) - 1)
    right = min(page.picture.width, math.ceil((glyph.right - page.area.left) * scale) + 1)
    lower = min(page.picture.height, math.ceil((page.area.top - glyph.bottom) * scale) + 1)
    if left >= right or upper >= lower:
        return False
    darkest, lightest = page.picture.crop((left, upper, right, lower)).convert("L").getextrema()
    return isinstance(darkest, int) and isinstance(lightest, int) and lightest - darkest >= _LEAST_CONTRAST
