"""What crosses the wall of openness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal, NewType
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import NOTHING_SEEN, Delivered, DisclosureId, Sight
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.engines.redaction.values import SpanKind
from meldpunt.law import Clock, DataKind, WithholdingGround, withholding_ground
from meldpunt.ledger.values import EntryId
from meldpunt.vocabulary.bilingual import Bilingual

RequestId = NewType("RequestId", UUID)
SelectionId = NewType("SelectionId", UUID)
PassageId = NewType("PassageId", UUID)
DecisionId = NewType("DecisionId", UUID)
ReleaseId = NewType("ReleaseId", UUID)
HearingId = NewType("HearingId", UUID)


AGED: Final = "aged"
"""Under this key, beside the ids of grounds, reasons say why old information still weighs more (Woo article 5.3)."""


class State(StrEnum):
    """OPEN: documents and passages can change. DECIDED: they stand; how far the answer is, its disclosure says."""

    OPEN = "open"
    DECIDED = "decided"


class Stance(StrEnum):
    """What an interested party thinks of the release (Awb article 4:8). AGAINST makes the release wait two weeks."""

    NONE = "none"
    AGAINST = "against"

    @property
    def label(self) -> Bilingual:
        """Its name for people."""
        return _STANCES[self]


_STANCES: Final = {
    Stance.NONE: Bilingual("geen bezwaar", "no objection"),
    Stance.AGAINST: Bilingual("bezwaar", "against it"),
}


@dataclass(frozen=True, slots=True)
class RequesterDetails:
    """Who asks. Read by who handles requests and by nobody else; nobody has to say why they ask."""

    name: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class RequestForm:
    """What somebody asks for. The public door has no say about the last two, which are for a letter the desk enters.

    `as_of`: the day whose act applies, for a file of then that is made up again; without it, the day of deciding.
    """

    subject: str
    requester: RequesterDetails = RequesterDetails()
    period_from: date | None = None
    period_until: date | None = None
    language: Literal["nl", "en"] = "nl"
    received_at: datetime | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class RequestReceipt:
    """What the requester gets. `code` is shown this once and opens the answer."""

    request: RequestId
    reference: str
    code: str
    received_at: datetime
    decide_before: datetime
    entry: EntryId


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` of the snapshot is withheld on a ground. `note` says why, and never leaves."""

    id: PassageId
    start: int
    end: int
    ground: WithholdingGround
    note: str
    by: ActorId
    at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage that points at somebody, for a person to decide on. `ground` is None where the act has none that fits.

    Which term of the register it met is not said: the text shows what it says, and no more of the register than that.
    """

    start: int
    end: int
    kind: SpanKind
    ground: WithholdingGround | None


@dataclass(frozen=True, slots=True)
class Selection:
    """A document as it was when it was selected: the title, a blank line and the text. It never changes.

    `digest` is the SHA-256 of the text in UTF-8; `kind` the most telling kind of data that stays when every passage is
    out; `needs_reasons`: its age asks the decision for new reasons (Woo article 5.3).
    """

    id: SelectionId
    request: RequestId
    document: UUID
    position: int
    text: str
    digest: bytes
    kind: DataKind
    made_at: datetime
    passages: tuple[Passage, ...]
    needs_reasons: bool = False

    @property
    def title(self) -> str:
        """The first line."""
        return self.text.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A released PDF and the proof that what was withheld is not in it.

    `passages` withheld texts and `terms` that point at who is to stay unnamed were looked for in every place of
    `places` (`engines.redaction` `Place`), and none was found: a release in which one is found does not come to be.
    """

    id: ReleaseId
    selection: SelectionId
    position: int
    digest: bytes
    size: int
    passages: int
    terms: int
    places: tuple[str, ...]
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, and how far its disclosures are. `publication` is the copy for everybody, if one was proposed.

    `reasons` say for each ground that has to be argued (by its id) why it outweighs openness. `unheard` says why
    somebody was not heard, and stays at the desk. `waits`: somebody is expected to object, so the documents follow from
    `release_from`; without a day they stay where they are (Woo article 4.4(5)). `sight` is what was
    seen of its disclosure, for who approves it.
    """

    id: DecisionId
    text: str
    reasons: Mapping[str, str]
    decided_by: ActorId
    decided_at: datetime
    disclosure: DisclosureId
    state: DisclosureState
    releases: tuple[ReleaseLine, ...]
    publication: DisclosureId | None = None
    publication_state: DisclosureState | None = None
    approved_by: ActorId | None = None
    approved_at: datetime | None = None
    sight: Sight = NOTHING_SEEN
    unheard: str = ""
    waits: bool = False
    release_from: datetime | None = None

    @property
    def argued(self) -> tuple[tuple[WithholdingGround, str], ...]:
        """Each ground that was argued, with why."""
        return tuple((withholding_ground(ground), why) for ground, why in self.reasons.items() if ground != AGED)

    @property
    def argued_anew(self) -> str:
        """Why information of that age is still withheld; empty where none is so old."""
        return self.reasons.get(AGED, "")


@dataclass(frozen=True, slots=True)
class PartyView:
    """What an interested party had to say."""

    stance: Stance
    text: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hearing:
    """An organisation that was asked for its view before its data is released. Not `is_told`: the law refused."""

    id: HearingId
    organisation: Organisation
    disclosure: DisclosureId
    is_told: bool
    asked_at: datetime
    due_at: datetime
    view: PartyView | None


@dataclass(frozen=True, slots=True)
class OwnHearing:
    """A hearing as the organisation itself has it."""

    id: HearingId
    told: Delivered
    asked_at: datetime
    due_at: datetime
    view: PartyView | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in a list, without who asks."""

    id: RequestId
    reference: str
    subject: str
    received_at: datetime
    decide_before: datetime
    state: State
    selections: int
    passages: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request with all that belongs to it. `on` is the day whose act applies; `grounds` are that act's, in order.

    `is_of_another_act`: another act was in force when it came in. `as_of` is set for a file of then.
    `suspended_until` is set while somebody who is heard may still answer.
    """

    id: RequestId
    reference: str
    subject: str
    requester: RequesterDetails
    received_at: datetime
    period_from: date | None
    period_until: date | None
    on: date
    as_of: date | None
    is_of_another_act: bool
    language: Literal["nl", "en"]
    state: State
    clock: Clock
    adjourned_at: datetime | None
    adjournment_reason: str
    grounds: tuple[WithholdingGround, ...]
    selections: tuple[Selection, ...]
    decisions: tuple[Decision, ...]
    hearings: tuple[Hearing, ...] = ()
    suspended_until: datetime | None = None

    @property
    def grounds_to_argue(self) -> tuple[WithholdingGround, ...]:
        """The grounds used for which the decision has to say why they outweigh openness, each once, by article."""
        used = {one.ground.id: one.ground for selection in self.selections for one in selection.passages}
        return tuple(
            sorted((one for one in used.values() if one.weighing.has_to_be_argued), key=lambda one: one.article)
        )

    @property
    def has_aged(self) -> bool:
        """Whether something so old is withheld that the decision has to say why that still weighs more."""
        return any(
            passage.ground.weighing.ages
            for selection in self.selections
            if selection.needs_reasons
            for passage in selection.passages
        )

    @property
    def decision(self) -> Decision | None:
        """The one that counts: the last."""
        return self.decisions[-1] if self.decisions else None


@dataclass(frozen=True, slots=True)
class Release:
    """A released PDF with its bytes."""

    name: str
    data: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """A released PDF as its reader finds it."""

    id: ReleaseId
    name: str
    digest: bytes
    size: int
    passages: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A request as the holder of its receipt follows it. `answer` is the disclosure to open, once there is one."""

    reference: str
    subject: str
    received_at: datetime
    clock: Clock
    adjournment_reason: str
    answer: DisclosureId | None
    releases: tuple[PublicRelease, ...]
    suspended_until: datetime | None = None
    waits: bool = False
    release_from: datetime | None = None
