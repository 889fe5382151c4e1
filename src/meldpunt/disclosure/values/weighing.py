"""What would happen: readers, findings of the law, and the text as they would get it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from meldpunt.law import DataKind, RecipientKind, Verdict
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from .drafts import Attachment, Audience, Draft, Part
from .words import NOTHING_SEEN, AudienceKind, LeftOutReason, Sight


@dataclass(frozen=True)
class Reader:
    """One who will read it. `label` is what this viewer may know: the name, or the code of a sealed constituent.

    `code` is what anybody at the desk may know, and so what is kept: a constituent's code, a party's name. `person` is
    the account that alone reads it for its organisation.
    """

    kind: AudienceKind
    recipient: RecipientKind
    label: Bilingual
    code: Bilingual
    organisation: UUID | None = None
    receipt_digest: bytes | None = None
    is_origin: bool = False
    person: UUID | None = None


@dataclass(frozen=True)
class Addressee:
    """A circle as the reporter is told of it: parties by name, constituents by sector, and how many they are."""

    kind: AudienceKind
    label: Bilingual
    count: int


@dataclass(frozen=True)
class Circle:
    """An audience with its readers; `label` is for the reporter."""

    audience: Audience
    label: Bilingual
    readers: tuple[Reader, ...]

    @property
    def addressee(self) -> Addressee:
        """The circle as the reporter is told of it."""
        return Addressee(self.audience.kind, self.label, self.told_count)

    @property
    def told_count(self) -> int:
        """How many they are, for the reporter; 0 of an ISAC, whose number would tell who sits there hidden."""
        return 0 if self.audience.kind is AudienceKind.ISAC else len(self.readers)


@dataclass(frozen=True)
class Finding:
    """What the law says about one kind of recipient among the readers; `codes` says which readers those are."""

    recipient: RecipientKind
    codes: tuple[Bilingual, ...]
    verdict: Verdict


@dataclass(frozen=True)
class LeftOut:
    """A part or attachment that readers do not get."""

    heading: Bilingual
    kind: DataKind
    reason: LeftOutReason


@dataclass(frozen=True)
class Edited:
    """The content as readers get it, and what was taken from it. `masked` counts passages replaced by the mark."""

    title: str
    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...]
    left_out: tuple[LeftOut, ...]
    masked: int


@dataclass(frozen=True)
class Preview:
    """Who would see this and why, and what each would not see. Nothing was saved to show it.

    `widened` says what it may only be told with a reason: wider than `narrowest`, or to more than it has to. `usual` is
    the narrowest marking as far as nobody who reported asked for less. `sight` is what somebody sees here before it is
    kept; nothing where nobody is shown it.
    """

    draft: Draft
    circles: tuple[Circle, ...]
    readers: tuple[Reader, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    edited: Edited
    narrowest: TLP
    usual: TLP
    widened: tuple[Bilingual, ...] = ()
    sight: Sight = NOTHING_SEEN

    @property
    def four_eyes(self) -> bool:
        """Whether a second person has to agree: where the ground asks it, and always where a reporter hears later."""
        return self.verdict.four_eyes or self.draft.deferred is not None

    @property
    def is_narrowed(self) -> bool:
        """Whether it starts from less than usual, because whoever reported asked that."""
        return self.draft.tlp.strictness > self.usual.strictness and self.narrowest is not self.usual

    @property
    def count(self) -> int:
        """How many readers; the public counts as one."""
        return len(self.readers)


def seen_together(sights: Iterable[Sight]) -> Sight:
    """One word for everything that is previewed on one page, in its order."""
    return Sight(hashlib.sha256("".join(sights).encode()).hexdigest())
