"""The words of an RTF text, and the HTML where it holds one ([MS-OXRTFEX]). Pictures, fonts and objects are left.

A letter outside Unicode is read in the code page of the document; one whose font says another may be read wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

_PIECE: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SAID: Final = dict.fromkeys(("par", "line", "sect", "row"), "\n") | {
    "tab": "\t",
    "cell": "\t",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "endash": "–",
    "emdash": "—",
}
_SIGNS: Final = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_LEFT: Final = frozenset(
    (
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "listtable",
        "listoverridetable",
        "header",
        "footer",
    )
)
_DEEPEST: Final = 500


@dataclass
class _Group:
    """How a group is read. `is_left`: its words are no text; `skips`: what follows a letter in Unicode for others."""

    is_left: bool = False
    is_markup: bool = False
    is_for_rtf: bool = False
    skips: int = 1


@dataclass
class _Reading:
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    codec: str = "cp1252"
    has_html: bool = False
    is_starred: bool = False
    to_skip: int = 0
    found: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)

    def say(self, text: str) -> None:
        self.flush()
        if not self.group.is_left and not self.group.is_for_rtf:
            self.found.append(text)

    def say_bytes(self, raw: bytes) -> None:
        skipped = min(self.to_skip, len(raw))
        self.to_skip -= skipped
        if not self.group.is_left and not self.group.is_for_rtf:
            self.waiting += raw[skipped:]

    def flush(self) -> None:
        if self.waiting:
            self.found.append(self.waiting.decode(self.codec, "replace"))
            self.waiting.clear()


def read_rtf(rtf: bytes) -> tuple[str, bool]:
    """The words, and whether they are HTML. What is no RTF has none. Raises ValueError where groups nest too deep."""
    if not rtf.startswith(b"{\\rtf"):
        return "", False
    reading = _Reading()
    for piece in _PIECE.finditer(rtf):
        _read(reading, piece)
    reading.flush()
    # Halves of a letter beyond the first plane come one by one.
    whole = "".join(reading.found).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole, reading.has_html


def _read(reading: _Reading, piece: re.Match[bytes]) -> None:
    if piece["text"] is not None:
        reading.say_bytes(piece["text"])
    elif piece["byte"] is not None:
        reading.say_bytes(bytes.fromhex(piece["byte"].decode()))
    elif piece["brace"] is not None:
        _turn(reading, piece["brace"])
    elif piece["sign"] == b"*":
        reading.is_starred = True
    elif piece["sign"] is not None:
        reading.say(_SIGNS.get(piece["sign"], ""))
    elif piece["word"] is not None:
        number = int(piece["number"]) if piece["number"] else None
        _obey(reading, piece["word"].decode(), number)


def _turn(reading: _Reading, brace: bytes) -> None:
    reading.flush()
    reading.is_starred, reading.to_skip = False, 0
    if brace == b"{":
        if len(reading.outer) >= _DEEPEST:
            raise ValueError("groups nest too deep")
        reading.outer.append(reading.group)
        reading.group = replace(reading.group)
    elif reading.outer:
        reading.group = reading.outer.pop()


def _obey(reading: _Reading, word: str, number: int | None) -> None:
    reading.flush()
    group = reading.group
    if word == "htmltag" and reading.is_starred:
        group.is_markup, group.is_for_rtf = True, False
    elif word in _LEFT or reading.is_starred:
        group.is_left = True
    elif word == "fromhtml":
        reading.has_html = True
    elif word == "htmlrtf":
        group.is_for_rtf = number != 0 and not group.is_markup
    elif word == "ansicpg" and number:
        reading.codec = codec_of(number)
    elif word == "uc" and number is not None:
        group.skips = max(0, min(number, 8))
    elif word == "u" and number is not None:
        reading.say(chr(number & 0xFFFF))
        reading.to_skip = group.skips
    elif word in _SAID and not (reading.has_html and word in ("par", "line") and not group.is_markup):
        reading.say(_SAID[word])
    elif word in _SAID:
        reading.say("\r\n")
    reading.is_starred = False


_CODECS: Final = {65001: "utf-8", 20127: "ascii", 10000: "mac-roman", 51932: "euc-jp", 54936: "gb18030"}


def codec_of(page: int) -> str:
    """The codec of a code page of Windows, as Python names it; that of western Europe where it knows none."""
    if 28591 <= page <= 28606:
        name = f"iso8859-{page - 28590}"
    elif 50220 <= page <= 50222:
        name = "iso2022_jp"
    else:
        name = _CODECS.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
