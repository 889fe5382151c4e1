"""Drafts, verdicts and content as JSON and back: how they are kept, and how their hash is taken.

Grounds are kept whole, not by id: what was decided stands on the law as its data told it that day, also after a
data file is corrected. Unpacking reads only what packing wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias, cast
from uuid import UUID

from meldpunt.law import (
    Condition,
    DataKind,
    Ground,
    GroundId,
    GroundKind,
    Need,
    Outcome,
    Purpose,
    RecipientKind,
    RegimeId,
    Sentence,
    Verdict,
)
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from .values import Audience, AudienceKind, Draft, Edited, Finding, LeftOut, LeftOutReason, Origin, Part, Thread

Packed: TypeAlias = dict[str, object]


def pack_parts(parts: Iterable[Part]) -> list[dict[str, str]]:
    """The parts, headings in both languages."""
    return [
        {"kind": part.kind.value, "nl": part.heading.nl, "en": part.heading.en, "text": part.text} for part in parts
    ]


def unpack_parts(packed: object) -> tuple[Part, ...]:
    """The parts of `pack_parts`."""
    rows = cast("Sequence[Mapping[str, str]]", packed)
    return tuple(Part(DataKind(row["kind"]), Bilingual(row["nl"], row["en"]), row["text"]) for row in rows)


def pack_left_out(left_out: Iterable[LeftOut]) -> list[dict[str, str]]:
    """What readers do not get, and why."""
    return [
        {"kind": one.kind.value, "nl": one.heading.nl, "en": one.heading.en, "reason": one.reason.value}
        for one in left_out
    ]


def unpack_left_out(packed: object) -> tuple[LeftOut, ...]:
    """The lines of `pack_left_out`."""
    rows = cast("Sequence[Mapping[str, str]]", packed)
    return tuple(
        LeftOut(Bilingual(row["nl"], row["en"]), DataKind(row["kind"]), LeftOutReason(row["reason"])) for row in rows
    )


def pack_draft(draft: Draft) -> Packed:
    """What of a draft has no column of its own: parts, audience, origins, conditions, language."""
    return {
        "language": draft.language,
        "conditions": sorted(draft.conditions),
        "vouching": draft.vouching,
        "parts": pack_parts(draft.parts),
        "audience": [
            {
                "kind": one.kind.value,
                "id": _text(one.id),
                "receipt": _hex(one.receipt_digest),
                "sectors": list(one.sectors),
                "only": [str(key) for key in one.only],
            }
            for one in draft.audience
        ],
        "origins": [
            {
                "report": _text(one.report),
                "organisation": _text(one.organisation),
                "receipt": _hex(one.receipt_digest),
                "tlp": one.tlp.value if one.tlp else None,
            }
            for one in draft.origins
        ],
        "about": [_text(one) for one in draft.about],
        "sources": [one.value for one in draft.sources],
        "asked": [one.value for one in draft.asked],
        "widening": draft.widening,
        "superseding": draft.supersedes.reason if draft.supersedes else "",
        "author": _text(draft.author),
        "thread": [_text(draft.thread.report), _text(draft.thread.answers)] if draft.thread else None,
    }


def unpack_audience(packed: Mapping[str, object]) -> tuple[Audience, ...]:
    """The audience of `pack_draft`."""
    rows = cast("Sequence[Mapping[str, str | None]]", packed["audience"])
    lists = cast("Sequence[Mapping[str, Sequence[str]]]", packed["audience"])
    return tuple(
        Audience(
            AudienceKind(row["kind"] or ""),
            _uuid(row["id"]),
            _bytes(row["receipt"]),
            sectors=tuple(parts["sectors"]),
            only=tuple(UUID(one) for one in parts["only"]),
        )
        for row, parts in zip(rows, lists, strict=True)
    )


def unpack_origins(packed: Mapping[str, object]) -> tuple[Origin, ...]:
    """The origins of `pack_draft`."""
    rows = cast("Sequence[Mapping[str, str | None]]", packed["origins"])
    return tuple(
        Origin(
            _uuid(row["report"]),
            _uuid(row["organisation"]),
            _bytes(row["receipt"]),
            TLP(row["tlp"]) if row["tlp"] else None,
        )
        for row in rows
    )


def unpack_about(packed: Mapping[str, object]) -> tuple[UUID, ...]:
    """Whom the words are about, of `pack_draft`."""
    return tuple(UUID(one) for one in cast("Sequence[str]", packed["about"]))


def unpack_author(packed: Mapping[str, object]) -> UUID | None:
    """The organisation that tells it on its own terms, of `pack_draft`."""
    return _uuid(cast("str | None", packed["author"]))


def unpack_thread(packed: Mapping[str, object]) -> Thread | None:
    """Whom it goes to by mail as well, of `pack_draft`."""
    report, answers = cast("Sequence[str | None]", packed["thread"] or (None, None))
    return Thread(UUID(report), _uuid(answers)) if report else None


def unpack_sources(packed: Mapping[str, object]) -> tuple[TLP, ...]:
    """The markings of the sources, of `pack_draft`."""
    return tuple(TLP(one) for one in cast("Sequence[str]", packed["sources"]))


def unpack_asked(packed: Mapping[str, object]) -> tuple[TLP, ...]:
    """How far others asked it to go, of `pack_draft`."""
    return tuple(TLP(one) for one in cast("Sequence[str]", packed["asked"]))


def unpack_conditions(packed: Mapping[str, object]) -> frozenset[Condition]:
    """The conditions of `pack_draft`."""
    return frozenset(Condition(one) for one in cast("Sequence[str]", packed["conditions"]))


def unpack_language(packed: object) -> Literal["nl", "en"]:
    """The language, Dutch unless it is English."""
    return "en" if packed == "en" else "nl"


def pack_ground(ground: Ground) -> Packed:
    """A ground whole."""
    return {
        "id": ground.id,
        "regime": ground.regime,
        "kind": ground.kind.value,
        "article": ground.article,
        "source": ground.source,
        "verified": ground.verified,
        "task": [ground.task.nl, ground.task.en],
        "recipients": sorted(ground.recipients),
        "purposes": sorted(ground.purposes),
        "data": sorted(ground.data),
        "conditions": sorted(ground.conditions),
        "valid": [ground.valid_from.isoformat(), ground.valid_until.isoformat() if ground.valid_until else None],
    }


def unpack_ground(packed: Mapping[str, object]) -> Ground:
    """The ground of `pack_ground`."""
    words = cast("Mapping[str, str]", packed)
    lists = cast("Mapping[str, Sequence[str]]", packed)
    valid_from, valid_until = cast("Sequence[str | None]", packed["valid"])
    return Ground(
        id=GroundId(words["id"]),
        regime=RegimeId(words["regime"]),
        kind=GroundKind(words["kind"]),
        article=words["article"],
        source=words["source"],
        verified=bool(packed["verified"]),
        task=Bilingual(*lists["task"]),
        recipients=frozenset(RecipientKind(one) for one in lists["recipients"]),
        purposes=frozenset(Purpose(one) for one in lists["purposes"]),
        data=frozenset(DataKind(one) for one in lists["data"]),
        conditions=frozenset(Condition(one) for one in lists["conditions"]),
        valid_from=date.fromisoformat(valid_from or ""),
        valid_until=date.fromisoformat(valid_until) if valid_until else None,
    )


def unpack_grounds(packed: object) -> tuple[Ground, ...]:
    """The grounds of a column of packed grounds."""
    return tuple(unpack_ground(one) for one in cast("Sequence[Mapping[str, object]]", packed))


def pack_verdict(verdict: Verdict) -> Packed:
    """A verdict whole, its sentences in both languages."""
    return {
        "outcome": verdict.outcome.value,
        "grounds": [pack_ground(ground) for ground in verdict.grounds],
        "given": sorted(verdict.given),
        "left_out": sorted(verdict.left_out),
        "needs": [
            {"ground": pack_ground(need.ground), "missing": sorted(need.missing), "opens": sorted(need.opens)}
            for need in verdict.needs
        ],
        "four_eyes": verdict.four_eyes,
        "explanation": [[one.nl, one.en, one.article] for one in verdict.explanation],
    }


def unpack_verdict(packed: Mapping[str, object]) -> Verdict:
    """The verdict of `pack_verdict`."""
    needs = cast("Sequence[Mapping[str, object]]", packed["needs"])
    return Verdict(
        outcome=Outcome(cast("str", packed["outcome"])),
        grounds=unpack_grounds(packed["grounds"]),
        given=_kinds(packed["given"]),
        left_out=_kinds(packed["left_out"]),
        needs=tuple(
            Need(
                unpack_ground(cast("Mapping[str, object]", need["ground"])),
                frozenset(Condition(one) for one in cast("Sequence[str]", need["missing"])),
                _kinds(need["opens"]),
            )
            for need in needs
        ),
        four_eyes=bool(packed["four_eyes"]),
        explanation=tuple(Sentence(*one) for one in cast("Sequence[Sequence[str]]", packed["explanation"])),
    )


def pack_findings(findings: Iterable[Finding]) -> list[Packed]:
    """What the law said per kind of recipient."""
    return [
        {
            "recipient": finding.recipient.value,
            "codes": [[code.nl, code.en] for code in finding.codes],
            "verdict": pack_verdict(finding.verdict),
        }
        for finding in findings
    ]


def unpack_findings(packed: object) -> tuple[Finding, ...]:
    """The findings of `pack_findings`."""
    rows = cast("Sequence[Mapping[str, object]]", packed)
    return tuple(
        Finding(
            RecipientKind(cast("str", row["recipient"])),
            tuple(Bilingual(*code) for code in cast("Sequence[Sequence[str]]", row["codes"])),
            unpack_verdict(cast("Mapping[str, object]", row["verdict"])),
        )
        for row in rows
    )


def content_hash(disclosure: UUID, draft: Draft, edited: Edited, *, version: UUID) -> bytes:
    """SHA-256 over the canonical JSON (sorted keys, no blanks, UTF-8) of all that readers get.

    The id of the version is in it because nobody can guess it: the hash stands in the ledger and beside words that are
    masked, and whoever filled in one name after another would find the one that fits.
    """
    content = {
        "disclosure": str(disclosure),
        "version": str(version),
        "language": draft.language,
        "tlp": draft.tlp.value,
        "pap": draft.pap.value,
        "title": edited.title,
        "parts": pack_parts(edited.parts),
        "attachments": [
            {"name": one.name, "media_type": one.media_type, "sha256": hashlib.sha256(one.data).hexdigest()}
            for one in edited.attachments
        ],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()


def _kinds(packed: object) -> frozenset[DataKind]:
    return frozenset(DataKind(one) for one in cast("Sequence[str]", packed))


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None


def _hex(digest: bytes | None) -> str | None:
    return digest.hex() if digest else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _bytes(text: str | None) -> bytes | None:
    return bytes.fromhex(text) if text else None
