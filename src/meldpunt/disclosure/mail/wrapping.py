"""The outside of a mail: all that anybody on the way may read. No title and no word of the content is in it."""

from __future__ import annotations

import quopri
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.utils import format_datetime
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from ..values import Correspondent
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
Iemand van ons leest uw melding, dag en nacht.{call_nl} Antwoordt u op deze mail, dan komt uw antwoord bij deze melding.

Een melding per mail telt als vrijwillig. Moet uw organisatie dit volgens de wet melden? Zeg het ons:
er lopen termijnen.

--

{name} received your report {reference}. This mail is automatic and holds nothing of what you wrote.
{code_en}
One of us reads your report, day or night.{call_en} If you reply to this mail, your reply is added to this report.

A report by mail counts as voluntary. Must your organisation report this by law? Tell us: there are terms that run.
"""
_WAITS_UNDER: Final = """\
Er staat een bericht van {name} voor u klaar over uw melding {reference}. Deze mail bevat niets van het bericht.

U leest het op onze website, onder “Uw melding volgen”{at}, met de ontvangstcode die u bij uw melding kreeg. Die code
staat niet in deze mail: wij bewaren hem niet. U kunt op deze mail antwoorden; wat de wet van u vraagt, dient u daarmee
niet in. Hebt u ons niets gemeld? Dan gaf een ander uw adres op, en hoeft u niets te doen.

--

A message of {name} waits for you about your report {reference}. This mail holds nothing of the message.

You read it on our website, under “Follow your report”{at}, with the receipt code that you got when you reported. That
code is not in this mail: we do not keep it. You can reply to this mail; what the law asks of you is not submitted that
way. Did you report nothing to us? Then somebody else gave your address, and you need do nothing.
"""
_WITH_CODE: Final = Bilingual(
    "Uw ontvangstcode is {code}. Daarmee volgt u de melding op onze website, onder “Uw melding volgen”{at}.\n"
    "Wie de code heeft, leest uw melding: geef de code aan niemand.",
    "Your receipt code is {code}. With it you follow the report on our website, under “Follow your report”{at}.\n"
    "Whoever has the code reads your report: give it to nobody.",
)
_CALL: Final = Bilingual(" Is er haast bij? Bel {phone}.", " Is it urgent? Call {phone}.")
_WITHOUT_CODE: Final = Bilingual(
    "Uw mail was versleuteld; daarom staat uw ontvangstcode niet in deze mail. Vraag er ons om.",
    "Your mail was encrypted, so your receipt code is not in this mail. Ask us for it.",
)


@dataclass(frozen=True)
class Thread:
    """To whom, under which Message-ID, and behind what; `is_automatic` where a rule wrote it and no person."""

    recipient: str
    message_id: str
    answers: str = ""
    references: str = ""
    is_automatic: bool = True


_PLAIN: Final = {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "quoted-printable"}


def acknowledgement_mail(office: Office, to: Correspondent, thread: Thread, *, at: datetime) -> bytes:
    """The mail that says that a report came in: a reply in the thread of its sender (RFC 3834, RFC 5322, 3.6.4)."""
    name, words = _one_line(office.name), _WITH_CODE if to.code else _WITHOUT_CODE
    code_nl, code_en = (text.format(code=to.code, at=_followed_at(office)) for text in (words.nl, words.en))
    call_nl, call_en = (text.format(phone=office.phone) if office.phone else "" for text in (_CALL.nl, _CALL.en))
    text = _CAME_IN.format(
        name=name, reference=to.reference, code_nl=code_nl, code_en=code_en, call_nl=call_nl, call_en=call_en
    )
    subject = f"{name}: {to.reference} ontvangen / received"
    headers = _PLAIN | _threaded(thread) | {"Auto-Submitted": "auto-replied"}
    return _outside(office, thread.recipient, thread.message_id, subject, at=at, more=headers) + _printable(text)


def waiting_mail(office: Office, to: Correspondent, thread: Thread, *, at: datetime) -> bytes:
    """To who reported: that something waits under the receipt, without that code and without a word of what it is.

    Whoever gets it may be another than who reported: an address that was left proves nothing.
    """
    name = _one_line(office.name)
    text = _WAITS_UNDER.format(name=name, reference=to.reference, at=_followed_at(office))
    subject = f"{name}: {to.reference} er staat iets voor u klaar / something waits for you"
    # That something waits is said by us and not by who wrote it.
    headers = _PLAIN | _threaded(thread) | {"Auto-Submitted": "auto-generated"}
    return _outside(office, thread.recipient, thread.message_id, subject, at=at, more=headers) + _printable(text)


def closed_mail(closed: Closed, office: Office, thread: Thread, *, reference: str, tlp: TLP, at: datetime) -> bytes:
    """The whole mail around a closed letter. The subject is a reference and the TLP, as FIRST asks of mail."""
    subject = f"[{tlp.value}] {_one_line(office.name)} {reference}"
    headers = {**closed.headers, **_threaded(thread)}
    return _outside(office, thread.recipient, thread.message_id, subject, at=at, more=headers) + closed.body


def plain_mail(office: Office, text: str, *, recipient: str, message_id: str, subject: str, at: datetime) -> bytes:
    """A mail that a program wrote to the house itself."""
    return _outside(office, recipient, message_id, subject, at=at, more=_PLAIN) + _printable(text)


def _followed_at(office: Office) -> str:
    return f" ({office.site}/follow)" if office.site else ""


def _printable(text: str) -> bytes:
    return quopri.encodestring(text.encode()).replace(b"\n", b"\r\n")


def _threaded(thread: Thread) -> dict[str, str]:
    """Where it stands among other mails, and whether a rule wrote it (RFC 3834, 5)."""
    headers = {"Auto-Submitted": "auto-generated" if thread.is_automatic else "no"}
    if thread.answers:
        headers |= {"In-Reply-To": thread.answers, "References": _folded(thread.references or thread.answers)}
    return headers


def _folded(references: str) -> str:
    """Each on a line of its own: a line has 998 octets (RFC 5322, 2.1.1)."""
    return "\r\n ".join(references.split())


def notice_mail(office: Office, *, recipient: str, message_id: str, at: datetime) -> bytes:
    """A mail that says that something waits, in both languages: what it is about would be content already."""
    name = _one_line(office.name)
    subject = f"{name}: er staat iets voor u klaar / something waits for you"
    text = _printable(_WAITING.format(name=name))
    return _outside(office, recipient, message_id, subject, at=at, more=_PLAIN) + text


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
        **({"Reply-To": office.replies_to} if office.replies_to else {}),
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
