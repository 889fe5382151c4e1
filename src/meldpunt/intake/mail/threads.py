"""To which report a mail says it belongs (RFC 5322, 3.6.4), before anybody asks whether it may."""

from __future__ import annotations

import re
from typing import Final

from ..receipts import REFERENCE
from .reading import ReadMail

_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,300}>")
_MOST: Final = 50
_SEARCHED: Final = 20_000


def message_id_of(mail: ReadMail) -> str:
    """The Message-ID, or nothing where it is none that another mail could name."""
    found = _MESSAGE_ID.match(mail.headers.get("Message-ID", ""))
    return found.group() if found else ""


def answered_ids(mail: ReadMail) -> tuple[str, ...]:
    """The mails that this one answers, the nearest first."""
    direct = _MESSAGE_ID.findall(mail.headers.get("In-Reply-To", ""))
    before = reversed(_MESSAGE_ID.findall(mail.headers.get("References", "")))
    return tuple(dict.fromkeys([*direct, *before]))[:_MOST]


def references_for_answer(mail: ReadMail) -> str:
    """The References of an answer: the beginning of the thread, what is nearest, and the mail (RFC 5322, 3.6.4)."""
    before = _MESSAGE_ID.findall(mail.headers.get("References", ""))
    # A line has 998 octets.
    kept = list(dict.fromkeys([*before[:1], *before[-1:], message_id_of(mail)]))
    return " ".join(kept)[:990] if len(" ".join(kept)) <= 990 else kept[-1]


def named_references(mail: ReadMail) -> tuple[str, ...]:
    """References of ours in the subject and then in the text."""
    found = REFERENCE.findall(f"{mail.subject}\n{mail.text[:_SEARCHED]}")
    return tuple(dict.fromkeys(one.upper() for one in found))[:_MOST]
