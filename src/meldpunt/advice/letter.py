"""The letter to a ministry, set from the parts that the verdict keeps and from nothing else."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Final, Literal

import typst

from meldpunt.disclosure.values import Part
from meldpunt.vocabulary.days import written_day

from .errors import LetterImpossible

_WORDS: Final = {
    "nl": {"from": "Van", "to": "Aan", "date": "Datum", "reference": "Kenmerk", "grounds": "Grondslag"},
    "en": {"from": "From", "to": "To", "date": "Date", "reference": "Reference", "grounds": "Legal ground"},
}
# What the typefaces packed with typst show for certain: Latin, Greek and Cyrillic, and the marks of running text.
_SHOWN: Final = re.compile(r"[\n -~\u00a0-\u00ac\u00ae-\u017f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f–—‘’‚“”„•…€]")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: from whom to whom, what, on what ground. `marking` (TLP) is on every page; `written_at` is aware."""

    sender: str
    to: str
    reference: str
    title: str
    parts: Sequence[Part]
    grounds: Sequence[str]
    marking: str
    written_at: datetime
    language: Literal["nl", "en"] = "nl"


def typeset_letter(letter: Letter) -> bytes:
    """PDF/UA-1 (ISO 14289-1): the same letter gives the same bytes on every machine.

    What no built-in typeface shows is written as `[U+6F22]`, invisible characters are left out. Raises
    LetterImpossible where the typesetter refuses.
    """
    content = {
        "from": _showable(letter.sender),
        "to": _showable(letter.to),
        "reference": _showable(letter.reference),
        "title": _showable(letter.title) or "-",
        "date": written_day(letter.written_at.date()).in_language(letter.language),
        "language": letter.language,
        "marking": letter.marking,
        "words": _WORDS[letter.language],
        "parts": [
            {
                "heading": _showable(part.heading.in_language(letter.language)),
                "paragraphs": _paragraphs(part.text),
            }
            for part in letter.parts
        ],
        "grounds": [_showable(ground) for ground in letter.grounds],
    }
    template = files("meldpunt.advice").joinpath("letter.typ").read_bytes()
    compiler = typst.Compiler(
        template, ignore_system_fonts=True, sys_inputs={"letter": json.dumps(content, ensure_ascii=False)}
    )
    try:
        made = compiler.compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=letter.written_at.astimezone(UTC).replace(microsecond=0)
        )
    except typst.TypstError as error:
        raise LetterImpossible(error.message) from None
    if not isinstance(made, bytes):
        raise LetterImpossible("the typesetter gave no single file")
    return made


def _paragraphs(text: str) -> list[list[str]]:
    blocks = (block.strip("\n") for block in re.split(r"\n[^\S\n]*\n", _showable(text)))
    return [block.split("\n") for block in blocks if block.strip()]


def _showable(text: str) -> str:
    return "".join(map(_shown, unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r\n", "\n")))


def _shown(char: str) -> str:
    if _SHOWN.fullmatch(char):
        return char
    # Controls, formats (zero width, bidirectional) and surrogates have no looks of their own.
    return "" if unicodedata.category(char).startswith("C") else f"[U+{ord(char):04X}]"
