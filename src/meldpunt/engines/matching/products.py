"""Products named in a text, by the names that whoever asks brings along."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from meldpunt.engines.matching.values import Observable, ObservableKind

_WORD: Final = re.compile(r"\w+")
_FEWEST_LETTERS: Final = 3
"""A name with fewer letters (`R`, `365`) is in prose nearly always something else."""


class ProductList:
    """Names of products, ready to be found in many texts.

    One question takes time by the words of the text and the different lengths of names that begin alike, not by how
    many names there are.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in sorted(names):
            words = tuple(match[0].casefold() for match in _WORD.finditer(name))
            if sum(map(str.isalpha, name)) >= _FEWEST_LETTERS:
                self._names.setdefault(words, name.strip())
                lengths[words[0]].add(len(words))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def lift(self, text: str) -> tuple[Observable, ...]:
        """Every name that stands in the text word for word, whatever the capitals and what is between the words.

        The longest name wins where one begins with another; the value is the name as it was brought. In order of
        position, without overlap.
        """
        matches = list(_WORD.finditer(text))
        words = [match[0].casefold() for match in matches]
        found: list[Observable] = []
        at = 0
        while at < len(words):
            taken = self._length_at(words, at)
            if taken:
                name = self._names[tuple(words[at : at + taken])]
                start, end = matches[at].start(), matches[at + taken - 1].end()
                found.append(Observable(ObservableKind.PRODUCT, name, start, end))
            at += taken or 1
        return tuple(found)

    def _length_at(self, words: list[str], at: int) -> int:
        """How many words the longest name has that begins there; 0 where none does."""
        lengths = [length for length in self._lengths.get(words[at], ()) if at + length <= len(words)]
        return next((length for length in lengths if tuple(words[at : at + length]) in self._names), 0)
