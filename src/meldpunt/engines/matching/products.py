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
    """Names of products, ready to be found in many texts; one question takes time by the text and not by the list."""

    def __init__(self, names: Iterable[str]) -> None:
        by_first: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        for name in sorted(names):
            words = tuple(match[0].casefold() for match in _WORD.finditer(name))
            if sum(map(str.isalpha, name)) >= _FEWEST_LETTERS:
                by_first[words[0]].setdefault(words, name.strip())
        self._by_first = {
            first: sorted(named.items(), key=lambda one: -len(one[0])) for first, named in by_first.items()
        }

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
            for named, name in self._by_first.get(words[at], ()):
                if tuple(words[at : at + len(named)]) == named:
                    last = matches[at + len(named) - 1]
                    found.append(Observable(ObservableKind.PRODUCT, name, matches[at].start(), last.end()))
                    at += len(named) - 1
                    break
            at += 1
        return tuple(found)
