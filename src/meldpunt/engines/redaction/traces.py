"""Whether a PDF that is about to be released still holds what it must not hold.

The search is for a reader with every tool: text as two libraries extract it, each object and stream
whether or not a page uses it, names, metadata, attachments, the raw bytes, and what earlier revisions
and loose streams left in the file. Silence is a finding, not a proof: letters in a picture, or in a
font whose codes have no table, cannot be read without recognising shapes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

import pypdf
from pypdf.errors import PyPdfError

from meldpunt.engines.redaction.errors import PdfUnreadable
from meldpunt.engines.redaction.folding import fold
from meldpunt.engines.redaction.leftovers import Leftover, collect_leftovers
from meldpunt.engines.redaction.pdfium import read_text
from meldpunt.engines.redaction.values import Place, Trace

_FEWEST_IN_TEXT = 4
_FEWEST_IN_BYTES = 5
"""Letters and digits. Five bytes turn up by chance once in 10^10 of compressed data, four once in 10^8."""
_GAPS = re.compile(r"[\s-]+")
_GAP_BYTES = b" \t\r\n\f\v\0-"
# On a damaged file pypdf lets escape whatever Python raised; each of these means: not read in full.
_REFUSALS = (PyPdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
# Its complaints quote the file, and a log is no place for what is being looked for.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_TEXTUAL = frozenset({Place.STRING, Place.METADATA})
# Possessive, so that a lone parenthesis in a picture is not tried again from every byte behind it.
_LITERAL = re.compile(rb"\(((?:[^\\()]++|\\.|\([^()]*+\))*+)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r?\n)|(.))", re.DOTALL)
_HEX_STRING = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_ENCODINGS = ("utf-8", "cp1252", "utf-16-be", "utf-16-le")


def find_traces(pdf: bytes, secrets: Sequence[str]) -> tuple[Trace, ...]:
    """Where in the PDF any of the secrets can still be read; empty when nowhere.

    Compared without case, accents, white space, hyphens and line breaks, so `Water-\\nbedrijf` betrays
    `Waterbedrijf`; in bytes as UTF-8, Windows-1252 and both UTF-16s, plain or as hexadecimal or kerned
    strings. A secret of fewer than four letters and digits counts only as a word of its own, one of
    fewer than five only in text: elsewhere chance would find them. A secret that is a word of the file
    format (`Font`, `Page`) is always found. Blank secrets are ignored.

    Sorted by secret in the order given, then place. Raises `PdfUnreadable` when any reader refuses the
    file: what cannot be read cannot be declared clean.
    """
    needles = [_Needle(secret) for secret in dict.fromkeys(secrets) if _compact(secret)]
    found: set[tuple[int, Place]] = set()
    for place, text in _readings(pdf):
        whole, plain = _compact(text), fold(text)
        found.update((index, place) for index, n in enumerate(needles) if n.is_in_text(whole, plain))
    for leftover in collect_leftovers(pdf):
        found.update((index, leftover.place) for index in _hits(needles, leftover))
    order = list(Place)
    return tuple(
        Trace(place, needles[index].secret)
        for index, place in sorted(found, key=lambda hit: (hit[0], order.index(hit[1])))
    )


def _hits(needles: Sequence[_Needle], leftover: Leftover) -> list[int]:
    if leftover.place in _TEXTUAL:
        text = leftover.data.decode("utf-8", errors="replace")
        whole, plain = _compact(text), fold(text)
        return [index for index, needle in enumerate(needles) if needle.is_in_text(whole, plain)]
    data = _squeeze(_spelled_out(leftover.data))
    return [index for index, needle in enumerate(needles) if needle.is_in_bytes(data)]


class _Needle:
    """One secret in the forms in which it is looked for."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._whole = _compact(secret)
        self._weight = sum(char.isalnum() for char in self._whole)
        self._word = re.compile(rf"(?<![^\W_]){re.escape(fold(secret).strip())}(?![^\W_])")
        self._encoded = frozenset(_encodings_of(secret.strip()) | _encodings_of(self._whole))

    def is_in_text(self, whole: str, plain: str) -> bool:
        """In text: compacted where the secret is long, as a word in folded text where it is short."""
        return self._word.search(plain) is not None if self._weight < _FEWEST_IN_TEXT else self._whole in whole

    def is_in_bytes(self, squeezed: bytes) -> bool:
        """In bytes that were squeezed; never for a secret that chance would find there."""
        return self._weight >= _FEWEST_IN_BYTES and any(form in squeezed for form in self._encoded)


def _readings(pdf: bytes) -> Iterator[tuple[Place, str]]:
    """The text of the document and of each earlier revision, by both libraries, pages run together."""
    yield Place.TEXT_PDFIUM, "\n".join(read_text(pdf))
    yield Place.TEXT_PYPDF, "\n".join(_read_with_pypdf(pdf))
    for earlier in _earlier_revisions(pdf):
        try:
            yield Place.EARLIER_REVISION, "\n".join(read_text(earlier))
        except PdfUnreadable:
            continue  # the first part of a linearised file is no document; its streams are carved anyway


def _read_with_pypdf(pdf: bytes) -> Iterable[str]:
    try:
        reader = pypdf.PdfReader(BytesIO(pdf))
        return [page.extract_text() for page in reader.pages]
    except _REFUSALS as error:
        raise PdfUnreadable(f"pypdf: {type(error).__name__}") from None


def _earlier_revisions(pdf: bytes) -> Iterator[bytes]:
    ends = [match.end() for match in re.finditer(rb"%%EOF", pdf)]
    for end in ends[:-1]:
        yield pdf[:end]


def _spelled_out(data: bytes) -> bytes:
    """The bytes, and behind them what their literal and hexadecimal strings spell, run together.

    Kerning splits one word of page content over many strings (ISO 32000-1, 9.4.3).
    """
    literal = (_ESCAPE.sub(_unescape, match[1]) for match in _LITERAL.finditer(data))
    digits = (re.sub(rb"\s", b"", match[1]).decode("ascii") for match in _HEX_STRING.finditer(data))
    hexadecimal = (bytes.fromhex(string + "0" * (len(string) % 2)) for string in digits)
    return b"\n".join([data, b"".join(literal), b"".join(hexadecimal)])


def _unescape(match: re.Match[bytes]) -> bytes:
    octal, _, char = match.groups(b"")
    return bytes([int(octal, 8) & 0xFF]) if octal else char


def _squeeze(data: bytes) -> bytes:
    """Lower case, without gaps and NULs: UTF-16 of Latin letters becomes the letters themselves."""
    return data.lower().translate(None, _GAP_BYTES)


def _compact(text: str) -> str:
    return _GAPS.sub("", fold(text))


def _encodings_of(text: str) -> set[bytes]:
    encoded = set()
    for variant in (text, text.lower(), text.upper()):
        for encoding in _ENCODINGS:
            squeezed = _squeeze(variant.encode(encoding, errors="ignore"))
            if len(squeezed) >= _FEWEST_IN_BYTES:
                encoded.add(squeezed)
    return encoded
