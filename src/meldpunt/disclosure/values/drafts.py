"""What somebody wants to tell, and to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from meldpunt.law import Condition, DataKind, DeferralId, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP, most_restrictive

from .words import AudienceKind, DisclosureId, ItemKind

ON_SOMEBODYS_WORD: Final = frozenset(
    {Condition.REPORTER_CONSENT, Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.NATIONAL_SECURITY}
)
"""Conditions that no record of ours shows: who vouches for one writes who said so, and when."""


@dataclass(frozen=True)
class Audience:
    """One circle. `id` is the organisation, the account of a PERSON, the ISAC, the report (REPORTER) or the request.

    The holder of a receipt is known by `receipt_digest` (SHA-256 of the code, 32 bytes); for a REPORTER it may be
    left to the origin with the same report. Of the detection network `sectors` and `only` (participants) make a part:
    who is in one of those sectors, or named; both empty is all of it.
    """

    kind: AudienceKind
    id: UUID | None = None
    receipt_digest: bytes | None = None
    sectors: tuple[str, ...] = ()
    only: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Part:
    """A passage under a heading; `kind` is the most telling kind of data in it."""

    kind: DataKind
    heading: Bilingual
    text: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes along, whole or not at all."""

    name: str
    media_type: str
    data: bytes
    kind: DataKind


@dataclass(frozen=True)
class Origin:
    """A report from which the content stems: an opaque reference, and who may therefore see the trace.

    `tlp` is how far whoever reported asks it to go at most; None where it did not say.
    """

    report: UUID | None
    organisation: UUID | None
    receipt_digest: bytes | None
    tlp: TLP | None = None


def narrowed(usual: TLP, origins: Iterable[Origin], *, to: UUID | None = None) -> TLP:
    """The marking to start from: the usual one, or the strictest that whoever reported asked for.

    What an organisation (`to`) reported itself binds nobody who tells it to that organisation.
    """
    asked = [one.tlp for one in origins if one.tlp and (to is None or one.organisation != to)]
    return most_restrictive(usual, *asked)


@dataclass(frozen=True)
class Superseding:
    """Which delivered disclosure this one replaces, and why: its readers read the reason."""

    disclosure: DisclosureId
    reason: str


@dataclass(frozen=True)
class Deferred:
    """Why the reporter may not know of it yet, and until when. Once delivered it cannot be prolonged."""

    ground: DeferralId
    until: datetime


@dataclass(frozen=True)
class Thread:
    """Whoever made this report is written to by mail as well, at the address they left.

    `answers` is what they told last when it was written, where that came after the report: opaque to the door.
    """

    report: UUID
    answers: UUID | None = None


@dataclass(frozen=True)
class Draft:
    """What somebody wants to tell. `conditions` are the facts the proposer vouches for, `vouching` says how they know.

    `vouching` stays at the desk: in the proposal and in a ledger entry about nobody outside. `about` are organisations
    that the words may name, though they neither reported nor are told: the desk reads them behind the seal. `sources`
    are the markings of what it stems from, as far as it carries any; `widening` says why it goes wider than it had to.
    `asked` is how far others asked it to go at most on whose reports it rests without stemming from them.
    `author` is the organisation outside that tells it on its own terms: the ledger entry is about it, for it alone.
    `thread`: who reported is told by mail too.
    """

    item: ItemKind
    subject: UUID
    title: str
    parts: tuple[Part, ...]
    audience: tuple[Audience, ...]
    purpose: Purpose
    tlp: TLP
    pap: PAP
    conditions: frozenset[Condition] = frozenset()
    origins: tuple[Origin, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    language: Literal["nl", "en"] = "nl"
    vouching: str = ""
    about: tuple[UUID, ...] = ()
    sources: tuple[TLP, ...] = ()
    asked: tuple[TLP, ...] = ()
    widening: str = ""
    supersedes: Superseding | None = None
    deferred: Deferred | None = None
    author: UUID | None = None
    thread: Thread | None = None
