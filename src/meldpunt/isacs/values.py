"""What crosses the wall of the room of ISACs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, NewType
from uuid import UUID

from meldpunt.constituency.values import Isac, IsacId, Organisation, OwnSeat, Seat, SeatId
from meldpunt.disclosure.values import Delivered, DisclosureId, Part, Sight
from meldpunt.engines.matching.values import Observable
from meldpunt.law import Verdict
from meldpunt.vocabulary.markings import PAP, TLP, Reach

from .words import MotionKind, MotionState, PostKind, PostState

PostId = NewType("PostId", UUID)
FileId = NewType("FileId", UUID)
ThreadId = NewType("ThreadId", UUID)
MotionId = NewType("MotionId", UUID)

Language = Literal["nl", "en"]

MARKINGS: Final = tuple(one for one in TLP if one.may_reach(Reach.CLIENTS))
"""What a table can be told under: the rest reaches fewer than a table."""

LONGEST: Final = 20_000
"""Characters of a post."""
LONGEST_TITLE: Final = 200
MOST_FILES: Final = 10


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class PostForm:
    """What a member wants to tell. `thread` is what it answers; `replaces` what it told before, and `why` it does.

    Of meeting notes `text` are the notes; `attendance` names organisations. `indicators` has one on each line.
    """

    isac: IsacId
    kind: PostKind
    text: str
    tlp: TLP
    pap: PAP
    title: str = ""
    agenda: str = ""
    decisions: str = ""
    attendance: str = ""
    indicators: str = ""
    chatham_house: bool = False
    is_unattributed: bool = False
    language: Language = "nl"
    thread: ThreadId | None = None
    replaces: PostId | None = None
    why: str = ""


@dataclass(frozen=True)
class FileLine:
    """A file of a post, without its bytes."""

    id: FileId
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Post:
    """A post as its author's organisation sees it: word for word as the others would read it."""

    id: PostId
    isac: IsacId
    kind: PostKind
    thread: ThreadId
    state: PostState
    title: str
    parts: tuple[Part, ...]
    tlp: TLP
    pap: PAP
    chatham_house: bool
    is_unattributed: bool
    language: Language
    written_at: datetime
    sent_at: datetime | None
    go_at: datetime | None
    told_at: datetime | None
    disclosure: DisclosureId | None
    masked: int
    replaces: DisclosureId | None = None
    why: str = ""
    withdrawal_reason: str = ""
    files: tuple[FileLine, ...] = ()


@dataclass(frozen=True)
class Preview:
    """What would happen to a post: who reads it by name, on what ground, as what, and when.

    `is_hidden` is whether the author's own seat is hidden: a post under its name shows it. `sight` is what somebody
    sees here before it is sent. `fewest` is how many organisations an unattributed round takes.
    """

    post: Post
    names: tuple[str, ...]
    verdict: Verdict
    parts: tuple[Part, ...]
    goes_at: datetime
    is_hidden: bool
    sight: Sight
    fewest: int


@dataclass(frozen=True)
class ThreadLine:
    """A thread in the list of a space, as far as it was told to the viewer; `title` is that of its oldest post."""

    thread: ThreadId
    kind: PostKind
    title: str
    tlp: TLP
    pap: PAP
    chatham_house: bool
    posts: int
    unread: int
    last_at: datetime


@dataclass(frozen=True)
class Said:
    """One post as its readers see it. Whoever wrote it stands in `told` where it is under a name, and nowhere else."""

    told: Delivered
    isac: IsacId
    thread: ThreadId
    kind: PostKind
    chatham_house: bool
    indicators: tuple[Observable, ...]


@dataclass(frozen=True)
class Space:
    """An ISAC as one who sits there sees it, or who sat there: then nobody's name, and no post from after it left."""

    seat: OwnSeat
    names: tuple[str, ...]

    @property
    def isac(self) -> Isac:
        """Which one."""
        return self.seat.isac

    @property
    def is_seated(self) -> bool:
        """Whether the viewer's organisation sits there now."""
        return self.seat.member_until is None


@dataclass(frozen=True)
class Motion:
    """A motion as the asker or the chair sees it; `name` is what the asker calls itself."""

    id: MotionId
    isac: IsacId
    kind: MotionKind
    state: MotionState
    name: str
    words: str
    is_hidden: bool
    asked_at: datetime
    decision_reason: str = ""
    seat: SeatId | None = None


@dataclass(frozen=True)
class Table:
    """An ISAC as the desk oversees it."""

    isac: Isac
    seats: tuple[Seat, ...]
    waiting: int
    told: int
    asked: int

    @property
    def hidden(self) -> int:
        """How many of them sit hidden."""
        return sum(one.is_hidden for one in self.seats)


@dataclass(frozen=True)
class OverseenPost:
    """A post as the desk sees it: the author by what the viewer may know, and the words masked where it is sealed."""

    id: PostId
    isac: IsacId
    kind: PostKind
    state: PostState
    author: Organisation
    title: str
    is_unattributed: bool
    tlp: TLP
    pap: PAP
    chatham_house: bool
    sent_at: datetime
    go_at: datetime | None
    told_at: datetime | None
    disclosure: DisclosureId | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class OverseenMotion:
    """A motion as the desk sees it: the asker by what the viewer may know."""

    id: MotionId
    isac: IsacId
    kind: MotionKind
    state: MotionState
    asker: Organisation
    asked_at: datetime
    is_hidden: bool
