"""Whom mail goes to, what it may hold, how often it is tried, and when somebody has to be told."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from meldpunt.constituency.values import Hours, KeyState, Way
from meldpunt.law import IN_FORCE

from ..values import AudienceKind, Channel, DeliveryState, Draft, EnvelopeState, Reader, Trouble
from .audiences import is_of

_DAY_BEGINS, _DAY_ENDS, _WEEKEND = time(8), time(18), 5

BY_MAIL: Final = frozenset({Channel.MAIL, Channel.NOTICE, Channel.REPORTER_MAIL})
"""Channels on which nobody is a reader: how far the reader came is seen at the portal."""

LEASE: Final = timedelta(minutes=5)
"""How long a mail is nobody else's, once a job took it: longer than a server is waited for."""

MOST_ATTEMPTS: Final = 20
LOUD_AFTER: Final = 4
"""Attempts after which somebody is told that a server does not take what we send."""
_WAITS: Final = (1, 5, 15, 60, 240)

TROUBLE_OF: Final = {
    KeyState.MISSING: Trouble.KEY_MISSING,
    KeyState.UNVERIFIED: Trouble.KEY_UNVERIFIED,
    KeyState.EXPIRED: Trouble.KEY_EXPIRED,
    KeyState.REVOKED: Trouble.KEY_REVOKED,
}


def goes_by_mail(reader: Reader) -> bool:
    """Organisations are written to; machines fetch, and whoever holds a receipt comes back with it.

    What is for one person alone is read by that person in the portal: the mailbox of a contact is another's.
    """
    is_organisation = reader.organisation is not None and reader.person is None
    return is_organisation and reader.kind is not AudienceKind.DETECTION_NETWORK


def is_written_to(reader: Reader) -> bool:
    """Is this whoever reported, who is written to at the address they left?"""
    return reader.kind is AudienceKind.REPORTER


def takes_smtp(address: str) -> bool:
    """Whether a server can be asked for it: without SMTPUTF8 (RFC 6531) an address is ASCII, on one line."""
    return address.isascii() and address.isprintable()


def belongs_to(draft: Draft, reader: Reader) -> tuple[UUID | None, bool]:
    """To which report an answer to this letter belongs, and whether its reader made that report."""
    own = (one.report for one in draft.origins if one.report and reader.is_origin and is_of(one, reader))
    stems = (one.report for one in draft.origins if one.report)
    mine = next(own, None)
    return mine or next(stems, None), mine is not None


def hours_at(at: datetime) -> Hours:
    """Is it day or night where the desk is? Weekends are night."""
    here = at.astimezone(IN_FORCE.zone)
    is_day = here.weekday() < _WEEKEND and _DAY_BEGINS <= here.time() < _DAY_ENDS
    return Hours.DAY if is_day else Hours.NIGHT


def ways_at(ways: Sequence[Way], at: datetime) -> tuple[Way, ...]:
    """The contacts who answer now; all of them where none does."""
    awake = tuple(way for way in ways if way.hours is hours_at(at))
    return awake or tuple(ways)


def channel_of(way: Way) -> Channel:
    """The content where it can be closed, and a notice without content where it cannot. There is no third."""
    return Channel.MAIL if way.state is KeyState.USABLE else Channel.NOTICE


def wait_after(attempts: int) -> timedelta:
    """How long a server is left alone after so many attempts."""
    return timedelta(minutes=_WAITS[min(attempts, len(_WAITS)) - 1]) if attempts > 0 else timedelta()


def delivery_state(envelopes: Collection[EnvelopeState]) -> DeliveryState:
    """How far a delivery came by its mails: one that arrived is enough, one that still waits keeps it open."""
    for state, means in (
        (EnvelopeState.SENT, DeliveryState.SENT),
        (EnvelopeState.WAITING, DeliveryState.WAITING),
        (EnvelopeState.BOUNCED, DeliveryState.BOUNCED),
        (EnvelopeState.FAILED, DeliveryState.FAILED),
    ):
        if state in envelopes:
            return means
    return DeliveryState.WITHDRAWN


_POINTING: Final = re.compile(r"\S*@\S*")
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[^\W\d][\w-]+")


def without_address(said: str, address: str) -> str:
    """What a server said, without the address, its domain, and all that has an @ in it: the desk works with codes."""
    domain = address.rpartition("@")[2]
    kept = _POINTING.sub("…", said)
    for part in (domain, domain.rpartition(".")[0]):
        if len(part) > 3:
            kept = re.sub(re.escape(part), "…", kept, flags=re.IGNORECASE)
    return kept[:500]


def without_hosts(said: str) -> str:
    """What a server said, without addresses and names of machines: nothing is known of whose they are."""
    return _HOST.sub("…", _POINTING.sub("…", said))[:500]
