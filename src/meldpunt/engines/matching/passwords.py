"""Where passwords stand, by the names of what holds them."""

from __future__ import annotations

import re
from typing import Final

from meldpunt.engines.matching.cells import masked

_SECRET: Final = re.compile(
    r"(^|[^a-z])((user|e?mail|login)?_?pass(wd|words?|phrases?|codes?|wort)?|p?pwd?|combo|wachtwoord(en)?|secrets?|geheim(en)?|credentials?|api_?keys?"
    r"|(access_|auth_|session_)?tokens?)([^a-z]|$)"
)
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_KEY: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
_MEMBER: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s",{}\[\]]+)')


def is_secret(name: str) -> bool:
    """Whether a column or field with this name holds passwords or what stands for one."""
    return _SECRET.search(_CAMEL.sub("_", name).casefold()) is not None


def hides_secrets(text: str) -> bool:
    """Whether a cell that is a list in JSON has objects in it with a field that holds passwords by its name."""
    return text.startswith("[") and any(map(is_secret, _KEY.findall(text)))


def said_of_broken(line: str) -> str:
    """A line that is no object, to be kept; masked as a whole where it names what holds passwords, or may do so in
    escaped signs: nobody can say where in it they stand."""
    return masked(line) if "\\u" in line or is_secret(line) else line


def hide_in_json(text: str) -> str:
    """A line of JSON with what its secret fields hold masked; it may end within a value."""
    return _MEMBER.sub(_hidden, text)


def _hidden(member: re.Match[str]) -> str:
    if not is_secret(member[1]) or member[3] == "null":
        return member[0]
    return f'"{member[1]}"{member[2]}"{masked(member[3].strip(chr(34)))}"'
