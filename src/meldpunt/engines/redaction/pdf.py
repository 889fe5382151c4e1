"""Making the PDF that is released: set anew from withheld text.

A release is never an edited copy of the original. It is typeset from text that holds nothing to hide,
so that neither layers nor the room a word took can tell. For a page that must keep its looks there is
`burning.burn`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.resources import files

import typst

from meldpunt.engines.redaction.errors import Untypesettable
from meldpunt.engines.redaction.values import Withheld

_LEGEND_TITLE = {"nl": "Gronden", "en": "Grounds"}
_UNSHOWABLE = re.compile(r"the text `\"((?:[^\"\\]|\\.)+)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_ROUNDS = 12
_Run = dict[str, str]


def typeset_release(
    *,
    title: str,
    dossier: str,
    language: str,
    paragraphs: Sequence[Withheld],
    made_at: datetime,
    legend: Mapping[str, str] | None = None,
) -> bytes:
    """A PDF/UA-1 document of withheld texts: the same arguments give the same bytes.

    `paragraphs` are set in order, each divided further at its blank lines; a mark becomes a black bar
    that names its grounds in real text. `dossier` is the number printed on every page, `legend` the
    meaning of each ground. `language` is a two-letter code (ISO 639-1) for readers and screen readers.
    `made_at` (aware) is printed as a date and is the only time in the file, to the second.
    Metadata: title, language and the name of the typesetter. Characters that the built-in typefaces cannot
    show are written as `[U+6F22]`, invisible ones left out.

    Raises `Untypesettable` when the typesetter refuses.
    """
    release = {
        "title": _showable(title) or "-",
        "dossier": _showable(dossier),
        "language": language,
        "made": made_at.date().isoformat(),
        "paragraphs": [runs for withheld in paragraphs for runs in _paragraphs(withheld)],
        "legend_title": _LEGEND_TITLE.get(language, _LEGEND_TITLE["en"]),
        "legend": [
            {"ground": _showable(ground), "meaning": _showable(meaning)}
            for ground, meaning in sorted((legend or {}).items())
        ],
    }
    return _compile(json.dumps(release, ensure_ascii=False), made_at)


def _compile(release: str, made_at: datetime) -> bytes:
    """Typeset; what no typeface shows is replaced by its code point and tried again."""
    template = files("meldpunt.engines.redaction").joinpath("release.typ").read_bytes()
    for _ in range(_ROUNDS):
        compiler = typst.Compiler(template, ignore_system_fonts=True, sys_inputs={"release": release})
        try:
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made_at.replace(microsecond=0))
        except typst.TypstError as error:
            unshowable = _unshowable_in(error)
            if not unshowable:
                raise Untypesettable(error.message) from None
            for char in unshowable:
                release = release.replace(char, f"[U+{ord(char):04X}]")
            continue
        if isinstance(made, bytes):
            return made
    raise Untypesettable("too many characters that no typeface shows")


def _unshowable_in(error: typst.TypstError) -> set[str]:
    texts = _UNSHOWABLE.findall(f"{error.message}\n{error.diagnostic}")
    plain = (_ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text) for text in texts)
    return {char for text in plain for char in text if ord(char) > 0x7F}


def _paragraphs(withheld: Withheld) -> Iterator[list[_Run]]:
    """The text as paragraphs of runs; a mark is a run of its own and never divided."""
    paragraph: list[_Run] = []
    for kind, piece in _pieces(withheld):
        if kind == "mark":
            paragraph.append({"kind": kind, "text": piece})
            continue
        for part in re.split(r"(\n\s*\n|\n)", _showable(piece)):
            if part == "\n":
                paragraph.append({"kind": "break", "text": ""})
            elif part.startswith("\n"):
                if paragraph:
                    yield paragraph
                paragraph = []
            elif part:
                paragraph.append({"kind": "text", "text": part})
    if paragraph:
        yield paragraph


def _pieces(withheld: Withheld) -> Iterator[tuple[str, str]]:
    done = 0
    for mark in withheld.marks:
        yield "text", withheld.text[done : mark.start]
        yield "mark", f"[{_showable('; '.join(mark.grounds))}]"
        done = mark.end
    yield "text", withheld.text[done:]


def _showable(text: str) -> str:
    """Text without what cannot be seen on paper: an invisible character could carry something out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    shown = (_show(char) for char in lines)
    return "".join(shown)


def _show(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\n" or category not in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return char
    return "" if category == "Cf" else f"[U+{ord(char):04X}]"
