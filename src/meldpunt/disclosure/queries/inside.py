"""Disclosures whole, as the desk sees them; of many at once at the price of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.law import Purpose
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..errors import DisclosureNotFound
from ..rules.editing import Mask, mask_part, mask_text
from ..rules.posting import BY_MAIL
from ..values import (
    DeliveryState,
    Disclosure,
    DisclosureId,
    Draft,
    ItemKind,
    Progress,
    Replaced,
    State,
    Step,
    Superseding,
)
from .behind_the_seal import Behind, behind_the_seal, organisations_of
from .contents import Content, contents_of, hide
from .drafts import drafts_of


@look(Permission.DISCLOSURE_PROPOSE)
def get_disclosure(viewer: Actor, /, *, disclosure: DisclosureId) -> Disclosure:
    """The disclosure with its verdict: as it was sealed, or as it would be. Raises DisclosureNotFound.

    What points at an organisation that is sealed for the viewer is masked; `sealed` names those.
    """
    for found in list_by_ids(viewer, disclosures=[disclosure]).values():
        return found
    raise DisclosureNotFound("no such disclosure")


@look(Permission.DISCLOSURE_PROPOSE)
def list_by_ids(viewer: Actor, /, *, disclosures: Collection[UUID]) -> Mapping[DisclosureId, Disclosure]:
    """Those of the ids that the viewer may see, each as `get_disclosure` gives it."""
    if not disclosures:
        return {}
    proposals = models.Proposal.objects.filter(disclosure_id__in=list(disclosures)).select_related("disclosure")
    rows = {row.disclosure_id: row for row in proposals}
    drafts = drafts_of(rows.values())
    contents = contents_of(viewer, rows, drafts)
    behind = behind_the_seal(viewer, {key: _pointed_at(drafts[key], contents[key]) for key in rows})
    return {
        DisclosureId(key): _disclosure(row.disclosure, drafts[key], contents[key], behind[key])
        for key, row in rows.items()
    }


@look(Permission.DISCLOSURE_PROPOSE)
def list_progress(viewer: Actor, /, *, disclosures: Collection[UUID]) -> Mapping[DisclosureId, Progress]:
    """How far those of the ids came that the viewer may see, with their first reader, for lists of thousands."""
    ids = list(disclosures)
    read_where = models.Delivery.objects.exclude(channel__in=[one.value for one in BY_MAIL])
    ways = read_where.filter(disclosure_id__in=ids).order_by("disclosure_id", "reader__position", "channel")
    first = {
        disclosure: (DeliveryState(state), read_at, acknowledged_at)
        for disclosure, state, read_at, acknowledged_at in ways.distinct("disclosure_id").values_list(
            "disclosure_id", "state", "read_at", "acknowledged_at"
        )
    }
    acts = models.Disclosure.objects.filter(id__in=ids).values_list("id", "state", "delivered_at")
    return {
        DisclosureId(key): Progress(State(state), delivered_at, *first.get(key, (None, None, None)))
        for key, state, delivered_at in acts
    }


def _pointed_at(draft: Draft, content: Content) -> frozenset[OrganisationId]:
    """Whom it may point at. Who answers it with a note signs that note."""
    answered = content.readers if any(one.note for one in content.deliveries) else ()
    return organisations_of(draft) | {OrganisationId(one.organisation) for one in answered if one.organisation}


def _disclosure(row: models.Disclosure, draft: Draft, whole: Content, behind: Behind) -> Disclosure:
    content = hide(whole, behind.mask)
    return Disclosure(
        id=DisclosureId(row.id),
        state=State(row.state),
        item=ItemKind(row.item),
        subject=row.subject,
        title=content.title,
        tlp=TLP(row.tlp),
        pap=PAP(row.pap),
        purpose=Purpose(row.purpose),
        readers=content.readers,
        verdict=content.verdict,
        findings=content.findings,
        draft=tuple(mask_part(one, behind.mask)[0] for one in draft.parts),
        kept=content.kept,
        left_out=content.left_out,
        attachments=content.attachments,
        proposed=Step(ActorId(row.proposed_by), row.proposed_at, ""),
        decided=_step(row.decided_by, row.decided_at, row.decision_reason, behind.mask),
        approved=_step(row.approved_by, row.approved_at, row.approval_reason, behind.mask),
        withdrawn=_step(row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason, behind.mask),
        delivered_at=row.delivered_at,
        content_hash=content.content_hash,
        deliveries=content.deliveries,
        conditions=draft.conditions,
        vouching=mask_text(draft.vouching, behind.mask)[0],
        reports=tuple(dict.fromkeys(origin.report for origin in draft.origins if origin.report)),
        sealed=behind.organisations,
        sight=content.sight,
        widening=mask_text(draft.widening, behind.mask)[0],
        supersedes=_superseding(draft, behind.mask),
        replaced=_replaced(row, behind.mask),
        deferred=draft.deferred,
    )


def _superseding(draft: Draft, mask: Mask) -> Superseding | None:
    said = draft.supersedes
    return replace(said, reason=mask_text(said.reason, mask)[0]) if said else None


def _replaced(row: models.Disclosure, mask: Mask) -> Replaced | None:
    step = _step(row.superseded_by, row.superseded_at, row.superseding_reason, mask)
    return Replaced(step, DisclosureId(row.superseded_with_id)) if step and row.superseded_with_id else None


def _step(by: UUID | None, at: datetime | None, reason: str, mask: Mask) -> Step | None:
    return Step(ActorId(by), at, mask_text(reason, mask)[0]) if by and at else None
