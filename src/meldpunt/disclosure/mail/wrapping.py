"""The outside of a mail: all that anybody on the way may read. No title and no word of the content is in it."""

from __future__ import annotations

import quopri
from collections.abc import Mapping
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from ..values import Answer
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


_CAME_IN: Final = """\
{name} ontving uw melding {reference}. Deze mail is automatisch en bevat niets van wat u schreef.
{code_nl}
Antwoordt u op deze mail, dan komt uw antwoord bij deze melding.

--

{name} received your report {reference}. This mail is automatic and holds nothing of what you wrote.
{code_en}
If you reply to this mail, your reply is added to this report.
"""
_WITH_CODE: Final = Bilingual(
    "Uw ontvangstcode is {code}. Daarmee volgt u de melding op onze website, onder “Melding volgen”{at}.\n"
    "Wie de code heeft, leest uw melding: geef haar aan niemand.",
    "Your receipt code is {code}. With it you follow the report on our website, under “Follow a report”{at}.\n"
    "Whoever has the code reads your report: give it to nobody.",
)
_WITHOUT_CODE: Final = Bilingual(
    "Uw mail was versleuteld; daarom staat uw ontvangstcode niet in deze mail. Vraag er ons om.",
    "Your mail was encrypted, so your receipt code is not in this mail. Ask us for it.",
)


def acknowledgement_mail(office: Office, answer: Answer, *, at: datetime) -> bytes:
    """The mail that says that a report came in: a reply in the thread of its sender (RFC 3834, RFC 5322, 3.6.4)."""
    name, words = _one_line(office.name), _WITH_CODE if answer.code else _WITHOUT_CODE
    where = f" ({office.site}/follow)" if office.site else ""
    code_nl, code_en = (text.format(code=answer.code, at=where) for text in (words.nl, words.en))
    text = _CAME_IN.format(name=name, reference=answer.reference, code_nl=code_nl, code_en=code_en)
    headers = {
        "Auto-Submitted": "auto-replied",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "quoted-printable",
    }
    if answer.answers:
        headers |= {"In-Reply-To": answer.answers, "References": answer.references or answer.answers}
    subject = f"{name}: {answer.reference} ontvangen / received"
    body = quopri.encodestring(text.encode()).replace(b"\n", b"\r\n")
    return _outside(office, answer.recipient, answer.message_id, subject, at=at, more=headers) + body


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
