"""What became of a report that this system forwarded, as it goes over the wire: no word of it, nor whom it is about."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, field_validator

from meldpunt.entrypoints.web.statutory import still_open
from meldpunt.intake.forwarded_values import Forwarded, ForwardedFile, ForwardedLine, ForwardedStage
from meldpunt.intake.values import ReportKind, Stage, State
from meldpunt.law import Clock, ClockState, FormItem
from meldpunt.vocabulary.bilingual import Bilingual

from .messages import LONGEST_TEXT, Instant, Message
from .paging import PAGE, Limit

MOST_ANSWERS = 200
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^MP-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")]


class InWords(Message):
    """The same in Dutch and in English."""

    nl: str
    en: str


class ClockShown(Message):
    """A term of the law: when it ends, and whether what it asks was sent."""

    id: str
    name: InWords
    stage: str
    state: ClockState
    deadline: AwareDatetime | None = Field(description="Null where the law gives no number, or it has not begun.")
    is_latest_possible: bool = Field(description="It has not begun: this is the latest that the deadline can become.")
    met_at: AwareDatetime | None
    article: str


class StageShown(Message):
    """A stage that was sent. `own`: by this system; the others came from whoever holds the receipt, or the desk."""

    stage: Stage
    submitted_at: AwareDatetime
    own: bool


class QuestionShown(Message):
    """What the law asks with a stage that was sent, and this system did not answer. `key` is that of an answer."""

    key: str
    question: InWords
    article: str


class FileShown(Message):
    """A file that this system sent. `digest` is the SHA-256 of its bytes, null once it was destroyed."""

    name: str
    media_type: str = Field(description="What its bytes look like.")
    size: int = Field(description="Bytes.")
    digest: Digest | None
    sealed_at: AwareDatetime


class MarkShown(Message):
    """What happened with it at the desk."""

    at: AwareDatetime
    mark: str


class ReportListed(Message):
    """One report in a list. `due` is the clock that comes first among those not met."""

    reference: Reference
    source_reference: str | None
    kind: ReportKind
    sector: str | None
    received_at: AwareDatetime
    state: State
    kept_unread: bool = Field(description="It could not be read, and was kept whole for a person to look at.")
    due: ClockShown | None


class ReportList(Message):
    """A page, newest first. `Link` names the next (RFC 8288)."""

    items: list[ReportListed]


class ReportShown(ReportListed):
    """One report with its stages and clocks. What was told is not read back: a key is stolen sooner than a log-in."""

    aware_at: AwareDatetime | None
    stages: list[StageShown]
    clocks: list[ClockShown]
    questions: list[QuestionShown]
    attachments: list[FileShown]
    progress: list[MarkShown]


class ReportsAsked(Message):
    """Which reports are listed."""

    state: State | None = None
    kind: ReportKind | None = None
    since: Instant | None = Field(None, description="When it was received, or later.")
    source_reference: str | None = Field(None, min_length=1, max_length=200)
    after: Reference | None = Field(None, description="The last report that you have.")
    limit: Limit = PAGE


class StageGiven(Message):
    """A stage of a report that this system forwarded; answers under the keys of `questions`, or others."""

    stage: Literal[Stage.EARLY_WARNING, Stage.NOTIFICATION, Stage.INTERMEDIATE, Stage.FINAL, Stage.ADDITION] = (
        Stage.ADDITION
    )
    text: str = Field("", description=f"At most {LONGEST_TEXT:,} bytes in UTF-8.")
    answers: dict[Annotated[str, StringConstraints(min_length=1, max_length=100)], str] = Field(
        default_factory=dict, max_length=MOST_ANSWERS
    )
    ended_at: Instant | None = Field(None, description="Only when the incident is over.")

    @field_validator("text")
    @classmethod
    def _fits(cls, text: str) -> str:
        if len(text.encode("utf-8", "surrogatepass")) > LONGEST_TEXT:
            raise ValueError(f"longer than {LONGEST_TEXT:,} bytes")
        return text


def listed(one: ForwardedLine) -> ReportListed:
    """A line of the list."""
    return ReportListed(
        reference=one.reference,
        source_reference=one.source_reference or None,
        kind=one.kind,
        sector=one.sector or None,
        received_at=one.received_at,
        state=one.state,
        kept_unread=one.is_kept_unread,
        due=_clock(one.due) if one.due else None,
    )


def shown(found: Forwarded) -> ReportShown:
    """All of it."""
    return ReportShown(
        **listed(found.line).model_dump(),
        aware_at=found.report.aware_at,
        stages=[stage_shown(one) for one in found.stages],
        clocks=[_clock(one) for one in found.clocks],
        questions=[_question(one) for one in still_open(found.report)],
        attachments=[_file(one) for one in found.files],
        progress=[MarkShown(at=one.at, mark=one.mark) for one in found.report.progress],
    )


def stage_shown(one: ForwardedStage) -> StageShown:
    """A stage as it goes over the wire."""
    return StageShown(stage=one.stage, submitted_at=one.submitted_at, own=one.is_own)


def _clock(one: Clock) -> ClockShown:
    return ClockShown(
        id=one.id,
        name=_words(one.name),
        stage=one.stage.value,
        state=one.state,
        deadline=one.deadline,
        is_latest_possible=one.is_latest_possible,
        met_at=one.met_at,
        article=one.article,
    )


def _question(one: FormItem) -> QuestionShown:
    return QuestionShown(key=one.key, question=_words(one.question), article=one.article)


def _file(one: ForwardedFile) -> FileShown:
    digest = one.digest.hex() if one.digest else None
    return FileShown(name=one.name, media_type=one.media_type, size=one.size, digest=digest, sealed_at=one.sealed_at)


def _words(one: Bilingual) -> InWords:
    return InWords(nl=one.nl, en=one.en)
