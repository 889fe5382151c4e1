"""Making indicators harmless for display, and reading them back.

There is no standard for defanging; these are the spellings that analysts' reports use. Reading is
generous inside brackets and strict outside them: `example[.]nl` is a name, `end. New` is prose.
"""

from __future__ import annotations

import re

from meldpunt.engines.matching.mapped import MappedText

_OPEN, _CLOSE = r"[\[({<]", r"[\])}>]"
_REFANGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_OPEN}\s?:\s?//\s?{_CLOSE}"), "://"),
    (re.compile(rf"{_OPEN}\s?:\s?{_CLOSE}"), ":"),
    (re.compile(rf"{_OPEN}\s?/\s?{_CLOSE}"), "/"),
    # Space around the brackets only where a label stands on both sides.
    (re.compile(rf"(?<=\w) ?{_OPEN}\s?(?:\.|dot|punt)\s?{_CLOSE} ?(?=\w)", re.IGNORECASE), "."),
    (re.compile(r"(?<=\w)(?:\[\.|\.\]|\\\.)(?=\w)"), "."),
    (re.compile("(?<=\\w)[\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH FULL STOP}](?=\\w)"), "."),
    (re.compile(rf"(?<=\w) ?{_OPEN}\s?(?:@|at|apenstaartje)\s?{_CLOSE} ?(?=\w)", re.IGNORECASE), "@"),
    (re.compile(r"\bh(?:xx|\*\*|tx|xt)p(?=s?://)", re.IGNORECASE), "http"),
    (re.compile(r"\bfxp(?=s?://)", re.IGNORECASE), "ftp"),
)
_MAY_BE_DEFANGED = re.compile(
    "[\\[({<\\]\\\\\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH FULL STOP}]|h(?:xx|\\*\\*|tx|xt)p|fxp", re.IGNORECASE
)
_COLON = re.compile(r":(?!//)")


def refang(text: str | MappedText) -> MappedText:
    """The text with defanged indicators restored; offsets still lead to the source."""
    mapped = MappedText.of(text) if isinstance(text, str) else text
    for pattern, replacement in _REFANGS:
        mapped = mapped.replace(pattern, replacement)
    return mapped


def refang_value(value: str) -> str:
    """The same for one value whose offsets nobody needs; most hold nothing to restore."""
    return refang(value).text if _MAY_BE_DEFANGED.search(value) else value


def defang(value: str) -> str:
    """The value written so that no program makes a link of it; `refang` restores it.

    Dots, `@` and the colons of an IPv6 address get brackets and the scheme of a URL loses its name;
    hashes and CVE ids come back unchanged.
    """
    scheme, mark, rest = value.partition("://")
    if mark:
        return f"{_defang_scheme(scheme)}[://]{_defang_name(rest)}"
    return _COLON.sub("[:]", _defang_name(value))


def _defang_scheme(scheme: str) -> str:
    return scheme.replace("http", "hxxp").replace("ftp", "fxp")


def _defang_name(name: str) -> str:
    return name.replace(".", "[.]").replace("@", "[@]")
