"""Personal data that shows by its form alone, whoever it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from meldpunt.engines.matching.accounts import is_iban
from meldpunt.engines.matching.mapped import MappedText
from meldpunt.engines.redaction.addresses import find_addresses
from meldpunt.engines.redaction.folding import fold_mapped
from meldpunt.engines.redaction.values import Span, SpanKind

_MAIL = re.compile(r"[\w.+&'~%=#!-]{1,64}@(?:[^\W_](?:[\w-]{0,61}\w)?\.){1,20}[^\W_][\w-]{0,61}")
_IBAN = re.compile(r"(?<![^\W_])([a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?)(?![^\W_])")
_BSN = re.compile(r"(?<![\w.])(\d{8,9}|\d{4}[ .-]\d{2}[ .-]\d{3}|\d{3}[ .-]\d{3}[ .-]\d{3})(?![\w]|[.]\d)")
_DATE = r"(?!\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}(?!\d))"
_SEPARATOR = r"[ \u00a0]?[-./]?[ \u00a0]?"
_PHONE = re.compile(
    rf"(?<![\w+./-]){_DATE}"
    rf"(?:(?:\+|00)31{_SEPARATOR}(?:\(0\){_SEPARATOR})?\(?[1-9]\d{{0,2}}\)?"
    rf"|\(0\d{{1,3}}\)|0\d{{1,9}})"
    rf"(?:{_SEPARATOR}\d{{2,8}}){{0,5}}(?![\w]|[-/]\d)"
)
_FOREIGN_PHONE = re.compile(rf"(?<![\w+])(?:\+|00)(?!31)[1-9]\d{{0,2}}(?:{_SEPARATOR}\(?\d{{1,8}}\)?){{1,6}}(?![\w])")
_DUTCH_DIGITS = frozenset({9, 10})
"""Nine after the trunk zero; ten because a digit typed twice still leads to the person."""
_SERVICE_NUMBER = re.compile(r"0(?:800|90[069])\d{4}(?:\d{3})?")
_FOREIGN_DIGITS = range(7, 16)


def find_personal(text: str) -> tuple[Span, ...]:
    """Mail addresses, phone numbers, IBANs, citizen service numbers and IP addresses in the text.

    By form and check digits only (ISO 13616 mod 97, the BSN eleven-test, E.164 lengths), defanged
    spellings included. People and places without such a form are not found: that takes an `Identity`.
    Sorted by position; a span inside another one is left out.
    """
    return without_contained(scan_personal(fold_mapped(text)))


def scan_personal(mapped: MappedText, *, with_addresses: bool = True) -> Iterator[Span]:
    """The same on text that was folded already, unsorted. IP addresses only when asked."""
    for kind, why, pattern, is_right in _FORMS:
        for match in pattern.finditer(mapped.text):
            if is_right(match[0]):
                start, end = mapped.span_in_source(match.start(), match.end())
                yield Span(start, end, kind, why)
    for spelled in find_addresses(mapped.text) if with_addresses else ():
        if spelled.plain:
            start, end = mapped.span_in_source(spelled.start, spelled.end)
            yield Span(start, end, SpanKind.IP, "form of an IP address")


def is_bsn(text: str) -> bool:
    """Whether the digits pass the eleven-test of the Dutch citizen service number (BSN).

    Weights 9 to 2 for the first eight digits and -1 for the last; eight digits get a leading zero.
    """
    digits = [int(char) for char in re.sub(r"\D", "", text).zfill(9)]
    if len(digits) != 9 or not any(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def without_contained(spans: Iterator[Span]) -> tuple[Span, ...]:
    """Sorted by position, the longest first where two start together; none inside another."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end, s.kind, s.why)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _is_dutch_phone(written: str) -> bool:
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if written.startswith(("+", "00")):
        return len(digits.removeprefix("00").removeprefix("31")) in _DUTCH_DIGITS
    return len(digits) - 1 in _DUTCH_DIGITS or _SERVICE_NUMBER.fullmatch(digits) is not None


def _is_foreign_phone(written: str) -> bool:
    return len(re.sub(r"\D", "", written).removeprefix("00")) in _FOREIGN_DIGITS


_FORMS: tuple[tuple[SpanKind, str, re.Pattern[str], Callable[[str], bool]], ...] = (
    (SpanKind.MAIL, "form of a mail address", _MAIL, bool),
    (SpanKind.IBAN, "IBAN with a right check number", _IBAN, is_iban),
    (SpanKind.BSN, "passes the eleven-test of a BSN", _BSN, is_bsn),
    (SpanKind.PHONE, "form of a Dutch phone number", _PHONE, _is_dutch_phone),
    (SpanKind.PHONE, "form of an international phone number", _FOREIGN_PHONE, _is_foreign_phone),
)
