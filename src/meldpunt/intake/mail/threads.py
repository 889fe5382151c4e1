"""To which report a mail says it belongs (RFC 5322, 3.6.4), before anybody asks whether it may."""

from __future__ import annotations

import re
from typing import Final

from ..receipts import REFERENCE
from .reading import ReadMail

_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,300}>")
_MOST: Final = 50
_SEARCHED: Final = 20_000
_NAMED: Final = 20


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
    """The References of an answer: those of the mail, else the one mail that it answers, and it (RFC 5322, 3.6.4).

    Of a long thread the beginning and what is nearest.
    """
    before = _MESSAGE_ID.findall(mail.headers.get("References", ""))
    answered = _MESSAGE_ID.findall(mail.headers.get("In-Reply-To", ""))
    before = before or (answered if len(answered) == 1 else [])
    kept = [one for one in dict.fromkeys([*before, message_id_of(mail)]) if one]
    return " ".join(kept if len(kept) <= _NAMED else [kept[0], *kept[1 - _NAMED :]])


def named_references(mail: ReadMail) -> tuple[str, ...]:
    """References of ours in the subject and then in the text."""
    found = REFERENCE.findall(f"{mail.subject}\n{mail.text[:_SEARCHED]}")
    return tuple(dict.fromkeys(one.upper() for one in found))[:_MOST]
