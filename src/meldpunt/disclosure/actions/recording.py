"""The ledger entry of a step that tells nobody anything yet, or no longer."""

from __future__ import annotations

from uuid import UUID

from meldpunt.access.values import Actor
from meldpunt.law import Condition
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..packing import unpack_conditions
from ..values import Draft


def record_step(actor: Actor, row: models.Disclosure, kind: Kind, *, draft: Draft | None = None) -> None:
    """An entry of the desk, with what the disclosure rests on and on whose word; `draft` saves reading it again."""
    # Until something is delivered the reporter has nothing to see, so the entry is about nobody outside.
    conditions, vouching = (draft.conditions, draft.vouching) if draft else _said(row)
    vouched: dict[str, Json] = {"conditions": sorted(conditions), "vouching": vouching}
    vouched["vouched_by"] = str(row.proposed_by)
    ledger.record(actor, kind=kind, subject=row.id, details=_outcome(row) | vouched)


def record_to_reporter(
    actor: Actor, row: models.Disclosure, kind: Kind, *, about: UUID | None, receipt: bytes | memoryview | None
) -> None:
    """An entry that a reporter can read and prove."""
    digest = bytes(receipt) if receipt else None
    ledger.record(actor, kind=kind, subject=row.id, about=about, details=_outcome(row), receipt_digest=digest)


def _said(row: models.Disclosure) -> tuple[frozenset[Condition], str]:
    packed = models.Proposal.objects.get(disclosure_id=row.id).content
    return unpack_conditions(packed), str(packed["vouching"])


def _outcome(row: models.Disclosure) -> dict[str, Json]:
    return {
        "item": row.item,
        "purpose": row.purpose,
        "outcome": str(row.verdict["outcome"]),
        "grounds": [str(ground["id"]) for ground in row.grounds],
    }
