"""What would happen: readers, verdict and the text as they would get it, before anybody saves anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, starmap
from typing import Final, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound, RuleBroken
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.redaction.identity import Identity
from meldpunt.law import RecipientKind, Verdict, local_day

from .. import models
from ..packing import unpack_language
from ..rules.audiences import check_marking, check_somebody, check_use, distinct_readers, is_from
from ..rules.combining import combine, judge
from ..rules.deferring import check_deferral
from ..rules.editing import Mask, edit, hidden_origins, mask_text
from ..rules.progress import check_seen
from ..rules.widening import narrowest_tlp, usual_tlp, widened
from ..seeing import sight_before
from ..values import Circle, DisclosureId, Draft, Edited, Origin, Preview, Reader, Seen, Unshown, seen_together
from .audiences import circles_of
from .drafts import replaced_by

K = TypeVar("K")

AT_ONCE: Final = 200
"""Drafts that are weighed together."""


@look(Permission.DISCLOSURE_PROPOSE)
def preview_disclosure(viewer: Actor, /, *, draft: Draft) -> Preview:
    """Who will see this and why, and what each will not see, if it were decided today. Saves nothing.

    Raises AudienceWiderThanTLP, AudienceOfNobody, NothingToDisclose, DeferralUnfit, NotFound.
    """
    (weighed,) = preview_each(viewer, drafts=[draft])
    return weighed


@look(Permission.DISCLOSURE_PROPOSE)
def preview_each(viewer: Actor, /, *, drafts: Sequence[Draft]) -> tuple[Preview, ...]:
    """The preview of each draft, in their order, at the price of one. Raises as `preview_disclosure`."""
    now = timezone.now()
    weighed = weigh_each(viewer, drafts, on=local_day(now), approved=False)
    for one in weighed:
        check_deferral(one.draft.deferred, one.readers, at=now)
    return tuple(replace(one, sight=sight_before(one)) for one in weighed)


@look(Permission.DISCLOSURE_PROPOSE)
def check_shown(viewer: Actor, /, *, drafts: Iterable[Draft], seen: Seen) -> None:
    """Raise SeenChanged where the drafts are not what stood on the page that `seen` comes from.

    Asked within the deed, so that nothing changes between. Only some drafts at a time are in memory.
    """
    if isinstance(seen, Unshown):
        return
    waiting = iter(drafts)
    now = [
        one.sight
        for some in iter(lambda: tuple(islice(waiting, AT_ONCE)), ())
        for one in preview_each(viewer, drafts=some)
    ]
    check_seen(seen, now=seen_together(now))


def weigh(viewer: Actor, draft: Draft, *, on: date, approved: bool) -> Preview:
    """The preview for one day, before or after a second person looked."""
    (weighed,) = weigh_each(viewer, [draft], on=on, approved=approved)
    return weighed


def weigh_possible(viewer: Actor, drafts: Mapping[K, Draft], *, approved: bool) -> dict[K, Preview]:
    """The preview of today of each draft that can still be told; whose readers are gone is left out."""
    today = timezone.localdate()
    try:
        found = weigh_each(viewer, list(drafts.values()), on=today, approved=approved)
        return dict(zip(drafts, found, strict=True))
    except (NotFound, RuleBroken):
        if len(drafts) == 1:
            return {}
    each = [weigh_possible(viewer, {key: draft}, approved=approved) for key, draft in drafts.items()]
    return {key: one for one_alone in each for key, one in one_alone.items()}


def weigh_each(viewer: Actor, drafts: Sequence[Draft], *, on: date, approved: bool) -> tuple[Preview, ...]:
    """The preview of each draft, as `weigh` gives it; the registry is asked once for all."""
    for draft in drafts:
        check_marking(draft.tlp, draft.audience)
        check_use(draft.pap, draft.audience)
    circles = circles_of(viewer, [(draft.audience, draft.origins) for draft in drafts])
    readers = [tuple(reader for circle in found for reader in circle.readers) for found in circles]
    for found in circles:
        check_somebody(found)
    outside = _outside_task(
        viewer, [(everyone, draft.origins) for everyone, draft in zip(readers, drafts, strict=True)]
    )
    findings = [
        judge(draft, everyone, on=on, approved=approved, outside_task=strangers)
        for draft, everyone, strangers in zip(drafts, readers, outside, strict=True)
    ]
    verdicts = [combine(found) for found in findings]
    once = [distinct_readers(everyone) for everyone in readers]
    edited = edits_for(viewer, list(zip(drafts, once, verdicts, strict=True)))
    replaced = replaced_by(drafts)
    wide = [(draft, told, replaced.get(draft.supersedes)) for draft, told in zip(drafts, once, strict=True)]
    starts, points = [narrowest_tlp(*one) for one in wide], [widened(*one) for one in wide]
    usual = [usual_tlp(draft, before) for draft, _told, before in wide]
    whole = zip(drafts, circles, once, findings, verdicts, edited, starts, usual, points, strict=True)
    return tuple(Preview(*weighed) for weighed in whole)


def _outside_task(viewer: Actor, asked: Sequence[tuple[Sequence[Reader], Sequence[Origin]]]) -> list[frozenset[UUID]]:
    """For each its supervisors of none of the sectors of who reported; nobody where no sector is known."""
    competent: dict[tuple[Origin, ...], frozenset[UUID]] = {}
    found = []
    for readers, origins in asked:
        supervisors = {one.organisation for one in readers if one.recipient is RecipientKind.SUPERVISOR} - {None}
        if supervisors and tuple(origins) not in competent:
            competent[tuple(origins)] = _competent_for(viewer, origins)
        task = competent.get(tuple(origins), frozenset())
        found.append(frozenset(one for one in supervisors if one and task and one not in task))
    return found


def _competent_for(viewer: Actor, origins: Sequence[Origin]) -> frozenset[UUID]:
    """Who supervises the sectors of these origins; nobody where a sector is unknown or has no supervisor."""
    reported = [OrganisationId(one.organisation) for one in origins if one.organisation]
    sectors = {one.sector for one in constituency_queries.list_by_ids(viewer, organisations=reported).values()}
    found = {_supervisor_of(viewer, sector) for sector in sectors}
    return frozenset(one for one in found if one is not None) if None not in found else frozenset()


def _supervisor_of(viewer: Actor, sector: str) -> UUID | None:
    try:
        return constituency_queries.supervisor_of(viewer, sector=sector).id
    except NotFound:
        return None


def edits_for(viewer: Actor, asked: Sequence[tuple[Draft, tuple[Reader, ...], Verdict]]) -> tuple[Edited, ...]:
    """The content of each draft as its readers get it; the registry is asked once for all.

    The terms to look for come from the constituency without an unsealing and stay in this call: what the viewer
    sees of them is the mark.
    """
    hidden = [hidden_origins(draft, readers, verdict) for draft, readers, verdict in asked]
    masks = _masks(viewer, [(origins, draft.language) for (draft, _, _), origins in zip(asked, hidden, strict=True)])
    return tuple(edit(draft, verdict, mask) for (draft, _, verdict), mask in zip(asked, masks, strict=True))


def mask_reason(viewer: Actor, reason: str, *, told: DisclosureId) -> str:
    """Why something that was told is taken back or replaced, without whom it stems from: its readers read that.

    No verdict was asked about these words, so they name nobody even where the content did, but to who reported it and
    reads it alone.
    """
    rows = models.Origin.objects.filter(disclosure_id=told).values_list("report", "organisation", "receipt_digest")
    readers = models.Reader.objects.filter(disclosure_id=told).values_list("organisation", "receipt_digest")[:2]
    language = models.Version.objects.filter(disclosure_id=told).values_list("language", flat=True).first()
    alone = readers[0] if len(readers) == 1 else None
    hidden = tuple(one for one in starmap(Origin, rows) if alone is None or not is_from(one, *alone))
    (mask,) = _masks(viewer, [(hidden, unpack_language(language or "nl"))])
    return mask_text(reason, mask)[0]


def _masks(viewer: Actor, asked: Sequence[tuple[Sequence[Origin], str]]) -> tuple[Mask, ...]:
    named = {OrganisationId(one.organisation) for origins, _ in asked for one in origins if one.organisation}
    terms = dict(constituency_queries.list_masking_terms(viewer, organisations=named)) if named else {}
    telling = constituency_queries.list_telling_products(viewer, organisations=named) if named else {}
    for one, products in telling.items():
        terms[one] = replace(terms[one], products=products)
    reached = settings.CSIRT_CONTACT
    ours = frozenset(said for name in ("mail", "phone", "address") if (said := reached.get(name)))
    return tuple(
        Mask(tuple(_identity(one, terms) for one in origins), language, ours=ours) for origins, language in asked
    )


def _identity(origin: Origin, terms: Mapping[OrganisationId, Identity]) -> Identity:
    # Of a reporter without an organisation nothing is known to look for; contact data is found by its form.
    return terms[OrganisationId(origin.organisation)] if origin.organisation else Identity()


def readers_of(circles: tuple[Circle, ...]) -> tuple[Reader, ...]:
    """Every reader of the circles, once."""
    return distinct_readers(reader for circle in circles for reader in circle.readers)
