"""A document in numbered lines with what is withheld, and a passage found back from line numbers and words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from meldpunt.openness.values import Passage


class WordsNotFound(ValueError):
    """The words do not stand in that line; `field` is the field of the form that named them."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, withheld or not."""

    text: str
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `start` is the offset in the text of its first character."""

    number: int
    start: int
    text: str
    pieces: tuple[Piece, ...]


def lines_of(text: str, passages: Sequence[Passage]) -> tuple[Line, ...]:
    """The lines of a text, counted from 1, with what lies in any passage marked."""
    withheld = [(one.start, one.end) for one in passages]
    return tuple(
        Line(number, start, line, tuple(_pieces(line, start, withheld)))
        for number, (start, line) in enumerate(_starts(text), start=1)
    )


def range_of(text: str, *, first_line: int, first_words: str, last_line: int, last_words: str) -> tuple[int, int]:
    """From the first words in one line to the last words in another; no words mean the whole line on that side.

    Raises WordsNotFound.
    """
    known = dict(enumerate(_starts(text), start=1))
    start, opening = _line(known, first_line, "first_line")
    end, closing = _line(known, last_line, "last_line")
    begins = start + _find(opening, first_words, after=0, field="first_words")
    after = max(begins - end, 0) if first_line == last_line else 0
    ends = end + (_find(closing, last_words, after=after, field="last_words") + len(last_words))
    return begins, ends if last_words else end + len(closing)


def _starts(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _line(known: dict[int, tuple[int, str]], number: int, field: str) -> tuple[int, str]:
    if number not in known:
        raise WordsNotFound(field)
    return known[number]


def _find(line: str, words: str, *, after: int, field: str) -> int:
    found = line.find(words, after)
    if found < 0:
        raise WordsNotFound(field)
    return found


def _pieces(line: str, start: int, withheld: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    inside = [(max(begin - start, 0), min(end - start, len(line))) for begin, end in withheld]
    inside = [(begin, end) for begin, end in inside if begin < end]
    cuts = sorted({0, len(line), *(cut for pair in inside for cut in pair)})
    for begin, end in pairwise(cuts):
        yield Piece(line[begin:end], any(low <= begin and end <= high for low, high in inside))
