"""A mailbox is emptied: each mail is received, committed, and only then moved to the folder of what was received.

Killed in between, the next run finds the mail where it was, receives nothing twice, and moves it. What cannot be
received stays where it is, and the desk has an alarm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError

from meldpunt.access.errors import MeldpuntError
from meldpunt.access.values import JOB
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReportTooLarge
from meldpunt.intake.mail_values import LARGEST_MAIL, MailboxLook, MailboxTrouble

from .handing_in import take
from .mailbox import Mailbox, MailboxUnreadable, Place, opened, place_from

LOG: Final = logging.getLogger(__name__)
MOST_AT_ONCE: Final = 200
"""Mails of one run; the next one goes on."""

# One mail that breaks us must not keep the others from being read.
_FAILURES: Final = (
    *(DatabaseError, MeldpuntError, OSError, MemoryError, RuntimeError),
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
)


@dataclass
class Emptied:
    """What came of it. `left` counts the mails that stay; the next run, or somebody, has to see to them."""

    received: int = 0
    left: int = 0
    trouble: MailboxTrouble | None = None


def _receive(raw: bytes) -> object:
    return take(raw, sender=None, recipient="")


def fetch(*, receive: Callable[[bytes], object] = _receive) -> Emptied:
    """Empty the mailbox of the settings, where there is one, and note how far that came."""
    try:
        place = place_from(**settings.MAILBOX)
    except MailboxUnreadable:
        LOG.exception("the mailbox is not set well")
        return Emptied(trouble=MailboxTrouble.UNREACHABLE)
    if place is None:
        return Emptied()
    emptied = Emptied()
    stuck: dict[str, str] = {}
    uid_validity: int | None = None
    try:
        with opened(place) as mailbox:
            uid_validity = mailbox.uid_validity
            known = intake_queries.find_mailbox(JOB, name=place.name)
            # Under another validity the same UID is another mail.
            stuck = dict(known.stuck) if known and known.uid_validity == uid_validity else {}
            _empty(mailbox, emptied, stuck, receive)
    except MailboxUnreadable:
        LOG.exception("the mailbox could not be read")
        emptied.trouble = MailboxTrouble.UNREACHABLE
    _note(place, emptied, stuck, uid_validity)
    return emptied


def _empty(mailbox: Mailbox, emptied: Emptied, stuck: dict[str, str], receive: Callable[[bytes], object]) -> None:
    uids = mailbox.uids()
    for gone in stuck.keys() - {str(uid) for uid in uids}:
        del stuck[gone]
    emptied.left = len(uids)
    turn = _whose_turn(uids, stuck)
    sizes = mailbox.sizes(turn)
    for uid in turn:
        if sizes.get(uid, 0) > LARGEST_MAIL:
            stuck[str(uid)] = MailboxTrouble.TOO_LARGE.value
            continue
        raw = mailbox.read(uid)
        if raw is None:
            continue
        trouble = _try(raw, receive)
        if trouble is not None:
            stuck[str(uid)] = trouble.value
            continue
        mailbox.put_away(uid)
        stuck.pop(str(uid), None)
        emptied.received += 1
        emptied.left -= 1
    found = set(stuck.values())
    emptied.trouble = next(
        (one for one in (MailboxTrouble.NOT_RECEIVED, MailboxTrouble.TOO_LARGE) if one in found), None
    )


def _whose_turn(uids: Sequence[int], stuck: Mapping[str, str]) -> Sequence[int]:
    """Who was not tried yet, and then who broke us before: as many of those as a run takes would let no other in."""
    fresh = [uid for uid in uids if str(uid) not in stuck]
    again = [uid for uid in uids if stuck.get(str(uid)) == MailboxTrouble.NOT_RECEIVED]
    return [*fresh, *again][:MOST_AT_ONCE]


def _try(raw: bytes, receive: Callable[[bytes], object]) -> MailboxTrouble | None:
    """Why it was not received; None where it was."""
    try:
        receive(raw)
    except (OperationalError, InterfaceError):
        # Without a database none of the others would do better, and nobody could write that down.
        raise
    except ReportTooLarge:
        return MailboxTrouble.TOO_LARGE
    except _FAILURES:
        LOG.exception("a mail of the mailbox was not received")
        return MailboxTrouble.NOT_RECEIVED
    return None


def _note(place: Place, emptied: Emptied, stuck: dict[str, str], uid_validity: int | None) -> None:
    intake_actions.note_mailbox(
        JOB,
        name=place.name,
        look=MailboxLook(emptied.left, uid_validity, stuck if uid_validity is not None else None, emptied.trouble),
    )
