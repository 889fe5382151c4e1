"""Does a person wait for an answer to this mail? RFC 3834, and what lists and servers write beside it.

What answers a list, a bounce or another robot goes round for ever, or tells a stranger that we are here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

MOST_AN_HOUR: Final = 5
"""Acknowledgements to one address within an hour; whoever writes more has the receipts of the first."""


class Unanswered(StrEnum):
    """Why nobody is answered."""

    NO_SENDER = "no-sender"
    ROBOT = "robot"
    LIST = "list"
    BULK = "bulk"
    SERVER = "server"
    OURSELVES = "ourselves"
    TOO_MANY = "too-many"
    TOO_MANY_IN_ALL = "too-many-in-all"
    SET_ASIDE = "set-aside"


def spam_reason(headers: Mapping[str, str]) -> str:
    """What the organisation's own filter wrote of this mail (names in lower case); nothing where it called it no spam.

    Whoever writes it themselves sets their own mail aside, and no other.
    """
    said = {name: headers.get(name, "").strip().lower() for name in ("x-spam-flag", "x-spam-status", "x-spam")}
    return next((f"{name}: {value[:80]}" for name, value in said.items() if value.startswith(("yes", "true"))), "")


_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z", re.ASCII)
_NOBODY: Final = re.compile(
    r"(mailer-?daemon|postmaster|(no|do-?not)[-_.]?reply|bounces?|owner-.*|.*-(request|owner|bounces?)|listserv|"
    r"majordomo|abuse-?noreply)([+=].*)?\Z",
    re.IGNORECASE,
)
_SAYING: Final = ("return-path", "auto-submitted", "precedence", "x-auto-response-suppress")
_LIST_HEADERS: Final = ("list-id", "list-post", "list-help", "list-unsubscribe", "list-owner", "mailing-list")


def unanswered(
    headers: Mapping[str, str], *, sender: str, envelope_sender: str | None, ours: Collection[str]
) -> Unanswered | None:
    """Why this mail gets no acknowledgement; None where somebody waits for one.

    Names of headers in lower case. `envelope_sender` is the return path: empty for a bounce, None where nobody knows.
    `ours` are our own addresses in lower case, and our own domains with an @ before them.
    """
    address, domain = sender.lower(), f"@{sender.lower().rpartition('@')[2]}"
    said = {name: headers.get(name, "").strip().lower() for name in _SAYING}
    writers = (address, (envelope_sender or "").lower())
    reasons = {
        Unanswered.NO_SENDER: envelope_sender == "" or said["return-path"] == "<>" or not _ADDRESS.match(sender),
        Unanswered.OURSELVES: address in ours or domain in ours,
        # What Exchange and others write in place of Auto-Submitted stands beside it.
        Unanswered.ROBOT: said["auto-submitted"].partition(";")[0].strip() not in ("", "no")
        or said["x-auto-response-suppress"] in ("all", "autoreply", "oof, autoreply"),
        Unanswered.LIST: any(name in headers for name in _LIST_HEADERS),
        Unanswered.BULK: said["precedence"] in ("bulk", "list", "junk"),
        Unanswered.SERVER: any(_NOBODY.match(one.partition("@")[0]) for one in writers),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
