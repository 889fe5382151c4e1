"""What our own mail server found about the sender of a mail: Authentication-Results (RFC 8601).

It is what the server says and nothing that we checked. Whoever sends a mail can write such a line as well, so only one
that bears the name of our server counts, and of two the upper: a server writes above what it was given. It has to take
out what comes from outside under its own name (RFC 8601, 5), because a forged line alone looks like one of its own.
What ARC says that servers before ours found is left (RFC 8617): it is as true as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

METHODS: Final = ("spf", "dkim", "dmarc")
_RESULTS: Final = frozenset(["none", "pass", "fail", "softfail", "policy", "neutral", "temperror", "permerror"])
_PROPERTIES: Final = frozenset({"smtp.mailfrom", "smtp.helo", "header.d", "header.i", "header.from"})
_MOST_LINES: Final = 20
_MOST_OF_A_METHOD: Final = 5
_LONGEST_VALUE: Final = 255
_PIECE: Final = re.compile(r'"((?:[^"\\]|\\.){0,500})"|([^\s;"=]+)|([;=])')
_METHOD: Final = re.compile(r"(spf|dkim|dmarc)(?:/1)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one method, with whose name it is about: `dkim`, `pass`, (`header.d`, `bank.example`)."""

    method: str
    result: str
    about: tuple[tuple[str, str], ...] = ()

    @property
    def in_words(self) -> str:
        """As the standard writes it."""
        return " ".join([f"{self.method}={self.result}", *(f"{name}={value}" for name, value in self.about)])


def findings(lines: Sequence[str], *, ours: Collection[str]) -> tuple[Finding, ...]:
    """What our own server found, in the order of METHODS. `ours` are its names (authserv-id) in lower case.

    `lines` are the headers from the top of the mail down. Of a method the uppermost line that says anything counts.
    """
    found: dict[str, list[Finding]] = {}
    for line in lines[:_MOST_LINES] if ours else ():
        said = _said_by(line, ours)
        for method in METHODS:
            of_it = [one for one in said if one.method == method]
            if of_it:
                found.setdefault(method, of_it[:_MOST_OF_A_METHOD])
    return tuple(one for method in METHODS for one in found.get(method, ()))


def _said_by(line: str, ours: Collection[str]) -> list[Finding]:
    name, *parts = _in_parts(_without_comments(line))
    if not name or name[0].lower() not in ours:
        return []
    return [one for part in parts if (one := _finding(part))]


def _without_comments(line: str) -> str:
    """The line without what stands in brackets, which may nest, and outside quotes alone are they brackets."""
    kept, depth, is_quoted, is_escaped = [], 0, False, False
    for sign in line:
        if is_escaped or sign == "\\":
            is_escaped = not is_escaped
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
        elif sign in "()" and not is_quoted:
            depth = max(0, depth + (1 if sign == "(" else -1))
            kept.append(" ")
            continue
        if not depth:
            kept.append(sign)
    return "".join(kept)


def _in_parts(line: str) -> list[list[str]]:
    """The words between semicolons."""
    parts: list[list[str]] = [[]]
    for quoted, word, sign in _PIECE.findall(line):
        if sign == ";":
            parts.append([])
        else:
            parts[-1].append(sign or word or quoted)
    return parts


def _finding(words: list[str]) -> Finding | None:
    if len(words) < 3 or words[1] != "=":
        return None
    method, result = _METHOD.match(words[0]), words[2].lower()
    if method is None or result not in _RESULTS:
        return None
    about = [
        (words[at - 1].lower(), " ".join(words[at + 1][:_LONGEST_VALUE].split()))
        for at in range(4, len(words) - 1)
        if words[at] == "=" and words[at - 1].lower() in _PROPERTIES
    ]
    return Finding(method[1].lower(), result, tuple(dict.fromkeys(about)))
