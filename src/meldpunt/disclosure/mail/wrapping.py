"""The outside of a mail: all that anybody on the way may read. No title and no word of the content is in it."""

from __future__ import annotations

import quopri
from collections.abc import Mapping
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime
from typing import Final

from meldpunt.vocabulary.markings import TLP

from .closing import Closed
from .office import Office

_UTF8: Final = Charset("utf-8")
_UTF8.header_encoding = QP

_WAITING: Final = """\
Er staat een bericht voor u klaar in het portaal van {name}. Log in zoals u gewend bent; deze mail bevat geen link.

Deze mail bevat niets van het bericht, omdat wij voor dit adres geen geldige sleutel hebben om mee te versleutelen.
Lever in het portaal een OpenPGP-sleutel of S/MIME-certificaat aan; wij bellen u om de vingerafdruk na te gaan.

--

A message waits for you in the portal of {name}. Log in as you always do; this mail holds no link.

This mail holds nothing of the message, because we have no valid key to encrypt to for this address. Bring an OpenPGP
key or an S/MIME certificate in the portal; we will call you to compare the fingerprint.
"""


def closed_mail(
    closed: Closed, office: Office, *, recipient: str, message_id: str, reference: str, tlp: TLP, at: datetime
) -> bytes:
    """The whole mail around a closed letter. The subject is a reference and the TLP, as FIRST asks of mail."""
    subject = f"[{tlp.value}] {_one_line(office.name)} {reference}"
    return _outside(office, recipient, message_id, subject, at=at, more=closed.headers) + closed.body


def notice_mail(office: Office, *, recipient: str, message_id: str, at: datetime) -> bytes:
    """A mail that says that something waits, in both languages: what it is about would be content already."""
    name = _one_line(office.name)
    subject = f"{name}: er staat iets voor u klaar / something waits for you"
    headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "quoted-printable"}
    body = quopri.encodestring(_WAITING.format(name=name).encode()).replace(b"\n", b"\r\n")
    return _outside(office, recipient, message_id, subject, at=at, more=headers) + body


def _outside(
    office: Office, recipient: str, message_id: str, subject: str, *, at: datetime, more: Mapping[str, str]
) -> bytes:
    name = _one_line(office.name)
    outside = {
        "From": f"{_quoted(name)} <{office.sender}>",
        "To": recipient,
        "Subject": _encoded(subject),
        "Date": format_datetime(at),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        **more,
    }
    for value in outside.values():
        if "\r" in value.replace("\r\n ", "") or "\n" in value.replace("\r\n ", "") or not value.isascii():
            raise ValueError("a header of a mail has to fit on its line")
    return "".join(f"{key}: {value}\r\n" for key, value in outside.items()).encode("ascii") + b"\r\n"


def _quoted(name: str) -> str:
    return f'"{name}"' if name.isascii() else _encoded(name)


def _one_line(text: str) -> str:
    """The text without anything that could end a header, a comment or a quoted name."""
    kept = "".join(sign if sign.isprintable() and sign not in '"\\<>' else " " for sign in text)
    return " ".join(kept.split())[:60]


def _encoded(text: str) -> str:
    """ASCII as it is; anything else as encoded words of RFC 2047, folded."""
    if text.isascii():
        return text
    return Header(text, _UTF8, maxlinelen=70).encode(linesep="\r\n")
