"""What crosses the wall of intake about mail: its limits, and the mailboxes that we empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LARGEST_MAIL: Final = 50_000_000
"""Bytes; a server that hands mail over is told beforehand."""

SILENT_AFTER: Final = timedelta(minutes=15)
"""A mailbox at which nobody looked for so long is a queue that nobody reads."""


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
