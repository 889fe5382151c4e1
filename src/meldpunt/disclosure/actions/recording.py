"""The ledger entry of a step that tells nobody anything yet, or no longer."""

from __future__ import annotations

from uuid import UUID

from meldpunt.access.values import Actor
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..queries.behind_the_seal import organisations_of
from ..queries.contents import drafts_of
from ..rules.editing import Mask, mask_text
from ..values import Draft


def record_step(actor: Actor, row: models.Disclosure, kind: Kind, *, draft: Draft | None = None) -> None:
    """An entry of the desk, with what the disclosure rests on and on whose word; `draft` saves reading it again."""
    # Until something is delivered the reporter has nothing to see, so the entry is about nobody outside.
    said = draft or _proposed(row)
    vouched: dict[str, Json] = {"conditions": sorted(said.conditions), "vouching": _vouching(actor, said)}
    vouched["vouched_by"] = str(row.proposed_by)
    ledger.record(actor, kind=kind, subject=row.id, details=_outcome(row) | vouched)


def record_to_reporter(
    actor: Actor, row: models.Disclosure, kind: Kind, *, about: UUID | None, receipt: bytes | memoryview | None
) -> None:
    """An entry that a reporter can read and prove."""
    digest = bytes(receipt) if receipt else None
    ledger.record(actor, kind=kind, subject=row.id, about=about, details=_outcome(row), receipt_digest=digest)


def _vouching(actor: Actor, draft: Draft) -> str:
    """How the proposer knows, without whom: the whole desk reads the ledger. The proposal keeps it as it was said."""
    if not draft.vouching:
        return ""
    terms = constituency_queries.list_masking_terms(actor, organisations=organisations_of(draft))
    return mask_text(draft.vouching, Mask(tuple(terms.values()), draft.language, SEALED))[0]


def _proposed(row: models.Disclosure) -> Draft:
    (draft,) = drafts_of(models.Proposal.objects.filter(disclosure_id=row.id).select_related("disclosure")).values()
    return draft


def _outcome(row: models.Disclosure) -> dict[str, Json]:
    return {
        "item": row.item,
        "purpose": row.purpose,
        "outcome": str(row.verdict["outcome"]),
        "grounds": [str(ground["id"]) for ground in row.grounds],
    }
