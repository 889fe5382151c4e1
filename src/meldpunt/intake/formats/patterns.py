"""What a STIX pattern compares, where it is simple: equalities under AND, OR and brackets, observations side by side.

After part 9 of STIX 2.1. Anything else (NOT, MATCHES, qualifiers, a sequence) says more than the values in it:
those patterns are kept whole and nothing is lifted from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

LONGEST_PATTERN: Final = 100_000
"""Characters."""
_PIECE: Final = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\]|\\.)*')
      | (?P<number>[+-]?\d+(?:\.\d+)?)(?![\w.])
      | (?P<mark>\[|\]|\(|\)|,|!=|<=|>=|=|<|>)
      | (?P<word>[A-Za-z][\w-]*(?::[^\s=!<>\[\],()]*(?:\[\*?\d*\])?(?:\.[^\s=!<>\[\],()]+(?:\[\*?\d*\])?)*)?)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_MOST_GROUPS: Final = 1_000
_LARGEST_GROUP: Final = 100
_DEEPEST: Final = 10
_FEW: Final = 200
_MOST_A_PIECE: Final = 4


class Comparison(NamedTuple):
    """`path` is as the pattern writes it: `ipv4-addr:value`."""

    path: str
    value: str


class _Piece(NamedTuple):
    kind: str
    said: str


class _Complex(Exception):
    """The pattern says more than equalities."""


Group = tuple[Comparison, ...]
"""What is true at the same time."""


def lift(pattern: str) -> tuple[Group, ...] | None:
    """What is compared: one group for each way in which the pattern can be met. None where it is not simple."""
    if len(pattern) > LONGEST_PATTERN:
        return None
    try:
        pieces = list(_pieces(pattern))
        groups = tuple(_observations(pieces))
        _check_count(sum(map(len, groups)), pieces)
    except _Complex:
        return None
    return groups


def _pieces(pattern: str) -> Iterator[_Piece]:
    place, rest = 0, pattern.rstrip()
    while place < len(rest):
        match = _PIECE.match(rest, place)
        if match is None or match.lastgroup is None:
            raise _Complex
        yield _Piece(match.lastgroup, match[match.lastgroup])
        place = match.end()


def _observations(pieces: Sequence[_Piece]) -> Iterator[Group]:
    """The groups of all observations; between two of them stands OR or AND, and both may be what happened."""
    place = 0
    while True:
        _expect(pieces, place, "[")
        groups, place = _either(pieces, place + 1, depth=0)
        _expect(pieces, place, "]")
        yield from groups
        place += 1
        if place == len(pieces):
            return
        if pieces[place].said not in ("AND", "OR"):
            raise _Complex
        place += 1


def _either(pieces: Sequence[_Piece], place: int, *, depth: int) -> tuple[list[Group], int]:
    """The ways of each side of OR, one after the other."""
    found, place = _both(pieces, place, depth=depth)
    while _at(pieces, place).said == "OR":
        more, place = _both(pieces, place + 1, depth=depth)
        found += more
    return found, place


def _both(pieces: Sequence[_Piece], place: int, *, depth: int) -> tuple[list[Group], int]:
    """Each way of one side of AND with each way of the other; AND binds before OR."""
    found, place = _operand(pieces, place, depth=depth)
    while _at(pieces, place).said == "AND":
        more, place = _operand(pieces, place + 1, depth=depth)
        if len(found) * len(more) > _MOST_GROUPS or max(map(len, found)) + max(map(len, more)) > _LARGEST_GROUP:
            raise _Complex
        found = [(*one, *other) for one in found for other in more]
        _check_count(sum(map(len, found)), pieces)
    return found, place


def _check_count(comparisons: int, pieces: Sequence[_Piece]) -> None:
    # AND between lists multiplies: a pattern of a thousand characters would say fifty thousand things.
    if comparisons > max(_FEW, _MOST_A_PIECE * len(pieces)):
        raise _Complex


def _operand(pieces: Sequence[_Piece], place: int, *, depth: int) -> tuple[list[Group], int]:
    if _at(pieces, place) != _Piece("mark", "("):
        return _comparison(pieces, place)
    if depth == _DEEPEST:
        raise _Complex
    found, place = _either(pieces, place + 1, depth=depth + 1)
    _expect(pieces, place, ")")
    return found, place + 1


def _comparison(pieces: Sequence[_Piece], place: int) -> tuple[list[Group], int]:
    path, sign = _at(pieces, place), _at(pieces, place + 1)
    if path.kind != "word" or ":" not in path.said:
        raise _Complex
    if sign.said == "=":
        return [(Comparison(path.said, _value(_at(pieces, place + 2))),)], place + 3
    if sign.said == "IN":
        values, place = _values(pieces, place + 2)
        return [(Comparison(path.said, value),) for value in values], place
    raise _Complex


def _values(pieces: Sequence[_Piece], place: int) -> tuple[list[str], int]:
    _expect(pieces, place, "(")
    values: list[str] = []
    while True:
        values.append(_value(_at(pieces, place + 1)))
        place += 2
        if _at(pieces, place).said == ")":
            return values, place + 1
        _expect(pieces, place, ",")


def _value(piece: _Piece) -> str:
    if piece.kind == "text":
        return _ESCAPED.sub(r"\1", piece.said[1:-1])
    if piece.kind == "number" or piece.said in ("true", "false"):
        return piece.said
    raise _Complex


def _at(pieces: Sequence[_Piece], place: int) -> _Piece:
    if place >= len(pieces):
        raise _Complex
    return pieces[place]


def _expect(pieces: Sequence[_Piece], place: int, mark: str) -> None:
    if _at(pieces, place) != _Piece("mark", mark):
        raise _Complex
