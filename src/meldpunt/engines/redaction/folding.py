"""Making spellings equal: case, accents, widths, dashes, invisible characters, line breaks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from meldpunt.engines.matching.defanging import refang
from meldpunt.engines.matching.mapped import MappedText

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032`\u00b4"), "'")
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})

# Where a line ends inside a word, with or without the hyphen that typesetters put there.
WORD_BREAK = r"(?:-?\s{0,4}\n\s{0,4}|-\s{0,2})?"
LINE_BREAK = r"(?:\s{0,4}\n\s{0,4})?"


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """One character in its plainest form: NFKD, case folded, no accents, one dash, one quote."""
    plain = unicodedata.normalize("NFKD", char.translate(_DASHES).translate(_QUOTES)).casefold()
    return "".join(c for c in plain if unicodedata.category(c) not in _INVISIBLE)


def fold(text: str) -> str:
    """The text folded character by character; two spellings of a name fold to one."""
    return "".join(map(fold_char, text))


def fold_mapped(text: str) -> MappedText:
    """The text folded and refanged, with the way back to the source."""
    return refang(MappedText.of(text).fold(fold_char))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name, without what stands between them."""
    return tuple(re.findall(r"[^\W_]+", fold(text)))
