"""What crosses the wall of intake about mail: its limits, and the mailboxes that we empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .mail.robots import Unanswered
from .values import ReportId, StageId

LONGEST_SENDER: Final = 320
"""Characters of a return path that are kept: 64 before the @ and 255 after it (RFC 5321, 4.5.3.1)."""

LARGEST_MAIL: Final = 50_000_000
"""Bytes; a server that hands mail over is told beforehand."""

SILENT_AFTER: Final = timedelta(minutes=15)
"""A mailbox at which nobody looked for so long is a queue that nobody reads."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the HTML of a mail: where it goes, and the words that a reader sees.

    `is_misleading`: the words name an address that is not where it goes.
    """

    href: str
    shown: str
    is_misleading: bool

    @property
    def place(self) -> str:
        """The address alone: that of mail without the fields that a program would fill in."""
        is_of_mail = self.href.startswith("mailto:")
        return self.href.removeprefix("mailto:").partition("?")[0] if is_of_mail else self.href


_MISLEADING: Final = "! "
_BETWEEN: Final = " | "


def links_in_words(links: Iterable[Link]) -> str:
    """The links as an answer holds them, one a line; what misleads has a mark before it."""
    return "\n".join(f"{_MISLEADING if one.is_misleading else ''}{one.href}{_BETWEEN}{one.shown}" for one in links)


def links_from_words(words: str) -> tuple[Link, ...]:
    """The links that an answer holds."""
    found = []
    for line in words.splitlines():
        href, _, shown = line.removeprefix(_MISLEADING).partition(_BETWEEN)
        found.append(Link(href, shown, line.startswith(_MISLEADING)))
    return tuple(found)


class MailboxTrouble(StrEnum):
    """Why a mailbox needs somebody."""

    UNREACHABLE = "unreachable"
    NOT_RECEIVED = "not-received"
    TOO_LARGE = "too-large"
    NOBODY_LOOKS = "nobody-looks"


@dataclass(frozen=True, slots=True)
class MailboxLook:
    """What one look into a mailbox found. `uid_validity` and `stuck` are None where it could not be opened."""

    waiting: int
    uid_validity: int | None
    stuck: Mapping[str, str] | None
    trouble: MailboxTrouble | None


@dataclass(frozen=True, slots=True)
class MailboxLine:
    """A mailbox and how emptying it goes. `stuck` has the UIDs of mails that stay, and why."""

    name: str
    uid_validity: int | None
    stuck: Mapping[str, str]
    looked_at: datetime | None
    waiting: int
    trouble: MailboxTrouble | None
    trouble_since: datetime | None


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail of a report, for whom it is unsealed. `stage` is the addition that it became; None: the report.

    `envelope_sender` is the return path, empty for a bounce and None where nobody told it. `unanswered` says why nobody
    was answered. `refers_to` is the report it says it belongs to, with its reference.
    """

    at: datetime
    stage: StageId | None
    envelope_sender: str | None
    unanswered: Unanswered | None
    refers_to: ReportId | None
    refers_to_reference: str
