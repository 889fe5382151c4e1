"""Drafts are kept with what the law says of them today: one journey a table, however many they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from meldpunt.access.values import Actor
from meldpunt.law import local_day
from meldpunt.vocabulary.texts import clean_text, keepable

from .. import models
from ..errors import DisclosureNotFound
from ..packing import pack_draft, pack_findings, pack_ground, pack_verdict
from ..queries.drafts import replaced_by
from ..queries.weighing import weigh_each
from ..rules.deferring import check_deferral
from ..rules.progress import check_reason, check_replaceable, check_vouching
from ..rules.widening import check_widening
from ..values import Draft, Preview, State


@dataclass(frozen=True)
class Proposed:
    """A draft that was kept: its row, what it was weighed as, and its files."""

    row: models.Disclosure
    weighed: Preview
    files: tuple[models.Attachment, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the law refused it at once."""
        return self.weighed.verdict.is_refused


def propose_each(actor: Actor, drafts: Sequence[Draft], *, at: datetime) -> list[Proposed]:
    """Keep the drafts, for somebody to decide; refused ones too. Raises as `propose_disclosure`, and keeps none."""
    cleaned = [_clean(draft) for draft in drafts]
    for draft in cleaned:
        check_vouching(draft.conditions, draft.vouching)
    weighed = [_complete(one) for one in weigh_each(actor, cleaned, on=local_day(at), approved=False)]
    _check_replaced(weighed)
    for one in weighed:
        check_deferral(one.draft.deferred, one.readers, at=at)
    proposed = [_proposed(actor, one, at=at) for one in weighed]
    models.Disclosure.objects.bulk_create(one.row for one in proposed)
    models.Proposal.objects.bulk_create(_proposal(one) for one in proposed)
    models.Attachment.objects.bulk_create(file for one in proposed for file in one.files)
    return proposed


def _complete(weighed: Preview) -> Preview:
    """With the organisations of the persons it is written to: the words may name them as well."""
    told = {one.organisation for one in weighed.readers if one.person and one.organisation}
    more = tuple(sorted(told - set(weighed.draft.about)))
    return replace(weighed, draft=replace(weighed.draft, about=(*weighed.draft.about, *more))) if more else weighed


def _check_replaced(weighed: Sequence[Preview]) -> None:
    """What is superseded still stands, and nothing goes wider than it had to without saying why."""
    replaced = replaced_by(one.draft for one in weighed)
    for one in weighed:
        draft = one.draft
        if draft.supersedes:
            row = models.Disclosure.objects.filter(id=draft.supersedes.disclosure).first()
            if row is None:
                raise DisclosureNotFound("no such disclosure")
            check_replaceable(State(row.state))
            check_reason(draft.supersedes.reason)
        check_widening(draft, one.readers, replaced.get(draft.supersedes))


def take_verdict(row: models.Disclosure, weighed: Preview) -> None:
    """Write what the law said into the row, in memory."""
    row.grounds = [pack_ground(ground) for ground in weighed.verdict.grounds]
    row.verdict = pack_verdict(weighed.verdict) | {"findings": pack_findings(weighed.findings)}
    # Once asked for, a second person stays asked for, even if the law's answer turns milder meanwhile.
    row.four_eyes = row.four_eyes or weighed.four_eyes


def _proposed(actor: Actor, weighed: Preview, *, at: datetime) -> Proposed:
    draft = weighed.draft
    row = models.Disclosure(
        item=draft.item.value,
        subject=draft.subject,
        state=(State.REFUSED if weighed.verdict.is_refused else State.PROPOSED).value,
        purpose=draft.purpose.value,
        tlp=draft.tlp.value,
        pap=draft.pap.value,
        proposed_by=actor.id,
        proposed_at=at,
        four_eyes=False,
        supersedes_id=draft.supersedes.disclosure if draft.supersedes else None,
        deferral=draft.deferred.ground if draft.deferred else "",
        deferred_until=draft.deferred.until if draft.deferred else None,
    )
    take_verdict(row, weighed)
    return Proposed(row, weighed, _files(row, draft))


def _proposal(proposed: Proposed) -> models.Proposal:
    draft = proposed.weighed.draft
    return models.Proposal(
        disclosure=proposed.row,
        title=draft.title,
        reports=sorted({origin.report for origin in draft.origins if origin.report}),
        content=pack_draft(draft),
    )


def _files(row: models.Disclosure, draft: Draft) -> tuple[models.Attachment, ...]:
    return tuple(
        models.Attachment(
            disclosure=row,
            position=position,
            name=one.name,
            media_type=one.media_type,
            kind=one.kind.value,
            size=len(one.data),
            digest=hashlib.sha256(one.data).digest(),
            data=one.data,
        )
        for position, one in enumerate(draft.attachments)
    )


def _clean(draft: Draft) -> Draft:
    return replace(
        draft,
        title=keepable(draft.title),
        vouching=clean_text(draft.vouching),
        widening=clean_text(draft.widening),
        parts=tuple(replace(part, text=keepable(part.text)) for part in draft.parts),
        attachments=tuple(replace(one, name=keepable(one.name)) for one in draft.attachments),
    )
