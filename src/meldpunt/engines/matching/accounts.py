"""Bank accounts by number: ISO 13616, with the length that each country registered for its own."""

from __future__ import annotations

import re
from typing import Final

from meldpunt.engines.matching.errors import Unreadable

_LENGTHS: Final[dict[str, int]] = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FK FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
_BETWEEN: Final = re.compile(r"[ \u00a0-]")
_FORM: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)


def parse_iban(written: str) -> str:
    """The account number in capitals without spaces, in the length of its country. Raises `Unreadable`."""
    plain = _BETWEEN.sub("", written).upper()
    if len(plain) != _LENGTHS.get(plain[:2]) or not is_iban(plain):
        raise Unreadable("iban", "no account number of a country that registered one", written)
    return plain


def is_iban(text: str) -> bool:
    """Whether the letters and digits form an IBAN of whatever country: ISO 13616, remainder 1 modulo 97."""
    plain = _BETWEEN.sub("", text).upper()
    if not _FORM.fullmatch(plain):
        return False
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def cut_iban(written: str) -> str:
    """What of a run of letters and digits can be the number: a next word may look like one more group of it."""
    length, seen = _LENGTHS.get(written[:2].upper(), 0), 0
    for at, char in enumerate(written):
        seen += not _BETWEEN.match(char)
        if seen == length:
            return written if written[at + 1 : at + 2].isalnum() else written[: at + 1]
    return written
