"""Indicators of STIX 2.0 and 2.1 (OASIS Standard, June 2021), whose patterns are those of part 9."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from stix2patterns.exceptions import ParseException
from stix2patterns.inspector import INDEX_STAR
from stix2patterns.v21.grammars.STIXPatternListener import STIXPatternListener
from stix2patterns.v21.inspector import InspectionListener
from stix2patterns.v21.pattern import Pattern

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.instants import parse_time
from meldpunt.engines.matching.reading.intelligence.kinds import WORDS, Found, Given, LeftOut, indicator_of
from meldpunt.engines.matching.values import IndicatorKind

LONGEST_PATTERN: Final = 200_000
"""Characters. Reading a pattern takes a millisecond for each hundred of them."""
_QUOTED: Final = re.compile(r"(?:[^'\\]|'(?:[^'\\]|\\.)*+')*+", re.DOTALL)
_HASHES: Final = frozenset({"MD5", "SHA-1", "SHA-256", "SHA1", "SHA256", "md5", "sha1", "sha256"})
_REFERENCES: Final = frozenset(
    {"src_ref", "dst_ref", "from_ref", "sender_ref", "to_refs", "cc_refs", "resolves_to_refs"}
)


def read_stix(objects: Iterable[object], *, source: str, with_parts: bool = False) -> Found:
    """Every indicator among the objects, and every other object that is an indicator or may hold one.

    Alternatives (OR, IN) each become one, under the id of their object. What has to be seen together (AND, FOLLOWEDBY)
    or is qualified (WITHIN, REPEATS, NOT) no single value says: it is left out, or counts part by part `with_parts`.
    """
    for place, one in enumerate(objects):
        held = one if isinstance(one, Mapping) else {}
        name = held.get("id")
        where = name if isinstance(name, str) else f"object {place + 1}"
        if held.get("type") == "indicator":
            yield from _read_indicator(held, where, source, with_parts=with_parts)
        elif held.get("type") in _HOLDING:
            yield LeftOut(where, "an observation, and no indicator")
        elif not isinstance(one, Mapping):
            yield LeftOut(where, "no object")


_OBSERVABLES: Final = ("ipv4-addr", "ipv6-addr", "domain-name", "url", "email-addr", "file")
_HOLDING: Final = ("observed-data", "network-traffic", "email-message", "artifact", "x509-certificate", *_OBSERVABLES)


def _read_indicator(held: Mapping[Any, Any], where: str, source: str, *, with_parts: bool) -> Found:
    pattern, kind = held.get("pattern"), held.get("pattern_type", "stix")
    if held.get("revoked") is True:
        yield LeftOut(where, "revoked")
    elif kind != "stix":
        yield LeftOut(where, f"a pattern of {kind}" if isinstance(kind, str) else "a pattern of no known language")
    elif not isinstance(pattern, str) or len(pattern) > LONGEST_PATTERN:
        yield LeftOut(where, "no pattern that can be read")
    else:
        try:
            begins, ends = (
                None if held.get(name) is None else parse_time(str(held[name]))
                for name in ("valid_from", "valid_until")
            )
        except Unreadable as unreadable:
            yield LeftOut(where, f"its window cannot be read: {unreadable.reason}")
            return
        yield from _in_pattern(pattern, Given(where, source, begins, ends), with_parts=with_parts)


def _in_pattern(pattern: str, given: Given, *, with_parts: bool) -> Found:
    joined, said = _Joined(), InspectionListener()
    # The parser takes the square of what stands behind a quote that nothing closes.
    if not _QUOTED.fullmatch(pattern):
        yield LeftOut(given.id, "its pattern is none of STIX")
        return
    try:
        parsed = Pattern(pattern)
        parsed.walk(joined)
        parsed.walk(said)
    except ParseException:
        yield LeftOut(given.id, "its pattern is none of STIX")
        return
    except RecursionError:
        yield LeftOut(given.id, "its pattern has too many alternatives, or nests too deep")
        return
    data = said.pattern_data()
    together = joined.found | data.observation_ops - {"OR"} | {word.split()[0] for word in data.qualifiers}
    if together and not with_parts:
        yield LeftOut(given.id, f"no single value says it: {', '.join(sorted(together))}")
        return
    if not any(data.comparisons.values()):
        yield LeftOut(given.id, "it compares nothing")
    for kind, tests in data.comparisons.items():
        for path, operator, literal in tests:
            yield from _in_test(kind, path, operator, literal, given)


class _Joined(STIXPatternListener):  # type: ignore[misc]  # its library has no types
    """Whether comparisons have to hold together."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def exitComparisonExpressionAnd(self, ctx: Any) -> None:  # noqa: N802 - a name of the grammar
        """Called at the end of each such expression."""
        if ctx.AND():
            self.found.add("AND")


def _in_test(kind: str, path: list[Any], operator: str, literal: str, given: Given) -> Found:
    kinds = _kinds_of(kind, path)
    if kinds is None:
        yield LeftOut(given.id, f"{kind}:{'.'.join(map(_step, path))} is not looked for")
    elif operator not in ("=", "IN", "ISSUBSET"):
        yield LeftOut(given.id, f"{operator} is not looked for")
    else:
        for text in _texts(literal):
            yield indicator_of(text, kinds, given)


def _kinds_of(kind: str, path: list[Any]) -> tuple[IndicatorKind, ...] | None:
    steps = [step for step in path if step != INDEX_STAR and not isinstance(step, int)]
    if steps == ["value"]:
        return WORDS.get(kind) if kind in _OBSERVABLES else None
    if kind in ("file", "artifact", "x509-certificate") and steps[:1] == ["hashes"] and len(steps) == 2:
        return WORDS["hash"] if steps[1] in _HASHES else None
    if steps[-1:] == ["value"] and steps[0] in _REFERENCES and len(steps) == 2:
        return WORDS["email"] if kind == "email-message" else WORDS["ip"] if kind == "network-traffic" else None
    return WORDS.get(str(steps[-1])) if steps and str(steps[-1]).startswith(("ja3", "ja4")) else None


def _step(step: Any) -> str:
    return "*" if step == INDEX_STAR else str(step)


def _texts(literal: str) -> list[str]:
    """The strings in a literal or in a set of them."""
    found: list[str] = []
    place = literal.find("'")
    while place >= 0:
        text, place = _string(literal, place + 1)
        found.append(text)
        place = literal.find("'", place)
    return found


def _string(literal: str, place: int) -> tuple[str, int]:
    """(the string that begins here, where it ends): a backslash stands before a quote and before itself."""
    found: list[str] = []
    while place < len(literal) and literal[place] != "'":
        place += literal[place] == "\\"
        found.append(literal[place : place + 1])
        place += 1
    return "".join(found), place + 1
