"""One mail is handed in, and whoever brought it hears for each recipient what became of it.

250 is said after the commit and never before. Whatever stops us is 4xx, so that the server keeps the mail and comes
back; only what will be too large tomorrow as well is 5xx. What came twice is received once.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections

from meldpunt.access.errors import MeldpuntError
from meldpunt.access.limits import spend
from meldpunt.access.rules.limiting import Limit
from meldpunt.access.values import JOB, Door
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.errors import ReportTooLarge

LOG: Final = logging.getLogger(__name__)
TAKEN: Final = "250 2.0.0"
LATER: Final = "451 4.3.0 not received, try again later"
_RETURN: Final = re.compile(r"bounces\+[0-9a-f]{40}\Z")


@dataclass(frozen=True)
class Post:
    """A mail as it was handed over, with its envelope. `sender` is empty for a bounce, None where nobody knows it."""

    raw: bytes
    sender: str | None
    recipients: Sequence[str]


def is_ours(address: str) -> bool:
    """Do we take mail for this address? Our own, where what we sent comes back to, and postmaster (RFC 5321, 4.5.1)."""
    plain = address.lower()
    own = settings.MAIL_ADDRESSES
    mailbox, _, domain = plain.rpartition("@")
    returns_to = settings.MAIL["bounce_domain"].lower()
    if plain in own or plain == "postmaster":
        return True
    if mailbox == "postmaster":
        return domain in {one.rpartition("@")[2] for one in own} | {returns_to}
    return bool(returns_to) and domain == returns_to and _RETURN.match(mailbox) is not None


def weigh(sender: str) -> str:
    """What a sender (MAIL FROM) that must wait is answered, so that its server keeps the mail; else empty.

    Counted by the address of the envelope, whatever follows its `+`. Bounces have none: they share a wider limit.
    """
    close_old_connections()
    limit: Limit = settings.LIMITS["mail"]
    mailbox, _, domain = sender.lower().rpartition("@")
    whose = f"{mailbox.partition('+')[0]}@{domain}"
    if not sender:
        limit, whose = replace(limit, name="bounces", most=limit.most * 10), ""
    try:
        spent = spend(limit, sender=whose, door=Door.JOBS)
    except DatabaseError:
        LOG.exception("a sender could not be weighed")
        return LATER
    finally:
        close_old_connections()
    if spent.is_granted:
        return ""
    return f"450 4.7.1 more mail from this sender than we take at once, nothing is lost: try again in {spent.wait} s"


def hand_in(post: Post) -> list[str]:
    """What is answered for each recipient, in their order. A mistake of ours is raised, and answered with later too."""
    close_old_connections()
    try:
        return [_answer(post, recipient) for recipient in post.recipients]
    finally:
        close_old_connections()


def _answer(post: Post, recipient: str) -> str:
    try:
        return f"{TAKEN} {take(post.raw, sender=post.sender, recipient=recipient)}"
    except ReportTooLarge as refused:
        return f"552 5.3.4 {_ascii(str(refused))}"
    except (DatabaseError, OSError, MemoryError, MeldpuntError):
        LOG.exception("a mail was not received")
        return LATER


def take(raw: bytes, *, sender: str | None, recipient: str) -> str:
    """Receive a mail in one transaction, and what it is now: a report by its reference, or a bounce.

    What we sent and came back belongs to its delivery; everything else is somebody telling us something.
    """
    bounced = disclosure_actions.record_bounce(JOB, raw=raw, recipient=recipient)
    if bounced is not None:
        return f"bounced {bounced.disclosure}"
    return intake_actions.receive_mail(JOB, raw=raw, envelope_sender=sender).reference


def _ascii(text: str) -> str:
    return " ".join(text.encode("ascii", "replace").decode().split())[:200]
