"""The ledger entry of a step that tells nobody anything yet, or no longer."""

from __future__ import annotations

from meldpunt.access.values import Actor
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..queries.behind_the_seal import organisations_of
from ..queries.drafts import drafts_of
from ..rules.editing import Mask, mask_text
from ..values import Draft


def record_step(actor: Actor, row: models.Disclosure, kind: Kind, *, draft: Draft | None = None) -> None:
    """An entry of the desk, with what the disclosure rests on and on whose word; `draft` saves reading it again."""
    # Until something is delivered the reporter has nothing to see, so the entry is about nobody outside.
    said = draft or _proposed(row)
    vouched: dict[str, Json] = {"conditions": sorted(said.conditions), "vouching": _vouching(actor, said)}
    vouched["vouched_by"] = str(row.proposed_by)
    vouched |= _more(actor, said)
    ledger.record(actor, kind=kind, subject=row.id, details=_outcome(row) | vouched)


def record_to_reporters(actor: Actor, row: models.Disclosure, kind: Kind) -> None:
    """An entry for each reporter, who can read and prove it as soon as it may know; of the desk where there is none."""
    origins = list(models.Origin.objects.filter(disclosure_id=row.id))
    for origin in origins:
        ledger.record(
            actor,
            kind=kind,
            subject=row.id,
            about=origin.organisation,
            details=_outcome(row),
            receipt_digest=bytes(origin.receipt_digest) if origin.receipt_digest else None,
            readable_from=origin.readable_from,
        )
    if origins:
        return
    said = _proposed(row)
    if said.author:
        ledger.record(actor, kind=kind, subject=row.id, about=said.author, details=_outcome(row))
    else:
        record_step(actor, row, kind, draft=said)


def _more(actor: Actor, draft: Draft) -> dict[str, Json]:
    """How wide, why wider than it had to be, in the place of what, and until when the reporter does not know."""
    more: dict[str, Json] = {"tlp": draft.tlp.value, "pap": draft.pap.value}
    if draft.widening:
        more["widening"] = masked_words(actor, draft, draft.widening)
    if draft.supersedes:
        more["supersedes"] = str(draft.supersedes.disclosure)
        more["superseding"] = masked_words(actor, draft, draft.supersedes.reason)
    if draft.deferred:
        more["deferral"], more["deferred_until"] = draft.deferred.ground, draft.deferred.until.isoformat()
    return more


def _vouching(actor: Actor, draft: Draft) -> str:
    """How the proposer knows. The proposal keeps it as it was said."""
    return masked_words(actor, draft, draft.vouching) if draft.vouching else ""


def masked_words(actor: Actor, draft: Draft, said: str) -> str:
    """Somebody's words without whom they are about: the whole desk reads the ledger."""
    terms = constituency_queries.list_masking_terms(actor, organisations=organisations_of(draft))
    return mask_text(said, Mask(tuple(terms.values()), draft.language, SEALED))[0]


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
