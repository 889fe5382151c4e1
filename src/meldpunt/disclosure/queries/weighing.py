"""What would happen: readers, verdict and the text as they would get it, before anybody saves anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.redaction.identity import Identity
from meldpunt.law import RecipientKind, Verdict

from ..rules.audiences import check_marking, check_somebody, distinct_readers
from ..rules.combining import combine, judge
from ..rules.editing import Mask, edit, hidden_origins
from ..values import Circle, Draft, Edited, Origin, Preview, Reader
from .audiences import list_circles


@look(Permission.DISCLOSURE_PROPOSE)
def preview_disclosure(viewer: Actor, /, *, draft: Draft) -> Preview:
    """Who will see this and why, and what each will not see, if it were decided today. Saves nothing.

    Raises AudienceWiderThanTLP, AudienceOfNobody, NothingToDisclose, NotFound.
    """
    return weigh(viewer, draft, on=timezone.localdate(), approved=False)


def weigh(viewer: Actor, draft: Draft, *, on: date, approved: bool) -> Preview:
    """The preview for one day, before or after a second person looked."""
    check_marking(draft.tlp, draft.audience)
    circles = list_circles(viewer, audience=draft.audience, origins=draft.origins)
    everyone = tuple(reader for circle in circles for reader in circle.readers)
    check_somebody(everyone)
    outside_task = _outside_task(viewer, everyone, draft.origins)
    findings = judge(draft, everyone, on=on, approved=approved, outside_task=outside_task)
    verdict = combine(findings)
    readers = distinct_readers(everyone)
    return Preview(
        draft, circles, readers, findings, verdict, edit_for(viewer, draft, readers=readers, verdict=verdict)
    )


def _outside_task(viewer: Actor, readers: Sequence[Reader], origins: Sequence[Origin]) -> frozenset[UUID]:
    """Supervisors of none of the sectors of who reported; nobody where no sector is known."""
    supervisors = {one.organisation for one in readers if one.recipient is RecipientKind.SUPERVISOR}
    if not any(supervisors):
        return frozenset()
    reported = [OrganisationId(one.organisation) for one in origins if one.organisation]
    sectors = {one.sector for one in constituency_queries.list_by_ids(viewer, organisations=reported).values()}
    competent = {_supervisor_of(viewer, sector) for sector in sectors}
    if not sectors or None in competent:
        return frozenset()
    return frozenset(one for one in supervisors if one is not None and one not in competent)


def _supervisor_of(viewer: Actor, sector: str) -> UUID | None:
    try:
        return constituency_queries.supervisor_of(viewer, sector=sector).id
    except NotFound:
        return None


def edit_for(viewer: Actor, draft: Draft, *, readers: tuple[Reader, ...], verdict: Verdict) -> Edited:
    """The content as these readers get it, with the identity of every hidden origin masked."""
    (edited,) = edits_for(viewer, [(draft, readers, verdict)])
    return edited


def edits_for(viewer: Actor, asked: Sequence[tuple[Draft, tuple[Reader, ...], Verdict]]) -> tuple[Edited, ...]:
    """The content of each draft as its readers get it; the registry is asked once for all.

    The terms to look for come from the constituency without an unsealing and stay in this call: what the viewer
    sees of them is the mark.
    """
    hidden = [hidden_origins(draft, readers, verdict) for draft, readers, verdict in asked]
    named = {OrganisationId(one.organisation) for origins in hidden for one in origins if one.organisation}
    terms = constituency_queries.list_masking_terms(viewer, organisations=named)
    return tuple(
        edit(draft, verdict, Mask(tuple(_identity(origin, terms) for origin in origins), draft.language))
        for (draft, _, verdict), origins in zip(asked, hidden, strict=True)
    )


def _identity(origin: Origin, terms: Mapping[OrganisationId, Identity]) -> Identity:
    # Of a reporter without an organisation nothing is known to look for; contact data is found by its form.
    return terms[OrganisationId(origin.organisation)] if origin.organisation else Identity()


def readers_of(circles: tuple[Circle, ...]) -> tuple[Reader, ...]:
    """Every reader of the circles, once."""
    return distinct_readers(reader for circle in circles for reader in circle.readers)
