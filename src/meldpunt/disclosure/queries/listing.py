"""The list of the desk: what was told, waits, or was refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Func, JSONField, Q, QuerySet, Value

from meldpunt.access.binding import look
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.law import GroundId, RecipientKind
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from .. import models
from ..packing import unpack_grounds
from ..rules.editing import Mask, mask_text
from ..values import DisclosureId, DisclosureLine, ItemKind, State
from .behind_the_seal import behind_the_seal

PAGE: Final = 50
"""Lines on one page of a list."""

MOST_CODES: Final = 3
"""Readers that a line names by code; of more it says how many there are."""


@look(Permission.DISCLOSURE_PROPOSE)
def list_disclosures(
    viewer: Actor,
    /,
    *,
    item: ItemKind | None = None,
    items: Collection[ItemKind] = (),
    state: State | None = None,
    subject: UUID | None = None,
    ground: GroundId | None = None,
    reports: Collection[UUID] | None = None,
    is_waiting_for_viewer: bool = False,
    page: int = 1,
) -> tuple[DisclosureLine, ...]:
    """Disclosures the viewer oversees or proposed, newest first, `PAGE` at a time; a title with whom is sealed masked.

    `items`: any of these kinds; `reports`: what stems from any of these, proposed and refused included;
    `is_waiting_for_viewer`: what the viewer may approve as the second person.
    """
    rows = _proposed()
    if item is not None:
        rows = rows.filter(disclosure__item=item.value)
    if items:
        rows = rows.filter(disclosure__item__in=[one.value for one in items])
    if state is not None:
        rows = rows.filter(disclosure__state=state.value)
    if subject is not None:
        rows = rows.filter(disclosure__subject=subject)
    if ground is not None:
        rows = rows.filter(disclosure__grounds__contains=[{"id": ground}])
    if reports is not None:
        rows = rows.filter(reports__overlap=list(reports))
    if is_waiting_for_viewer:
        rows = _waiting(viewer, rows)
    found = list(rows[PAGE * (page - 1) : PAGE * page])
    readers = _readers([row.disclosure_id for row in found])
    behind = behind_the_seal(viewer, {row.disclosure_id: _organisations(row) for row in found})
    return tuple(
        _line(row, readers=readers.get(row.disclosure_id, 0), mask=behind[row.disclosure_id].mask) for row in found
    )


@look(Permission.DISCLOSURE_PROPOSE)
def list_titles(viewer: Actor, /, *, disclosures: Collection[UUID]) -> Mapping[DisclosureId, str]:
    """The titles of those of the ids that the viewer may see, as they stand in a list."""
    rows = list(_proposed().filter(disclosure_id__in=list(disclosures))) if disclosures else []
    behind = behind_the_seal(viewer, {row.disclosure_id: _organisations(row) for row in rows})
    return {DisclosureId(row.disclosure_id): mask_text(row.title, behind[row.disclosure_id].mask)[0] for row in rows}


@look(Permission.DISCLOSURE_APPROVE)
def count_waiting(viewer: Actor, /) -> int:
    """How many disclosures wait for the viewer as the second person."""
    return _waiting(viewer, _proposed()).count()


def _proposed() -> QuerySet[models.Proposal]:
    # From the proposal, not the act: who counts acts for the figures reads no titles and gets no list.
    newest = models.Proposal.objects.select_related("disclosure").order_by("-disclosure__proposed_at", "disclosure_id")
    # A verdict is a page of grounds and sentences; a line says whom it was about, and the database picks that out.
    return newest.defer("content", "disclosure__verdict").annotate(
        asked_about=_picked("disclosure__verdict", "$.findings[*].recipient"),
        codes=_picked("disclosure__verdict", f"$.findings[*].codes[0 to {MOST_CODES}]"),
        reported_by=_picked("content", "$.origins[*].organisation"),
        written_to=_picked("content", '$.audience[*] ? (@.kind == "organisation").id'),
        written_about=_picked("content", "$.about[*]"),
    )


def _picked(column: str, path: str) -> Func:
    return Func(
        F(column),
        Value(path),
        function="jsonb_path_query_array",
        template="%(function)s(%(expressions)s::jsonpath)",
        output_field=JSONField(),
    )


def _organisations(row: models.Proposal) -> frozenset[OrganisationId]:
    picked = (*row.__dict__["reported_by"], *row.__dict__["written_to"], *row.__dict__["written_about"])
    return frozenset(OrganisationId(UUID(one)) for one in picked if one)


def _waiting(viewer: Actor, rows: QuerySet[models.Proposal]) -> QuerySet[models.Proposal]:
    if not may(viewer.roles, Permission.DISCLOSURE_APPROVE):
        return rows.none()
    own = Q(disclosure__proposed_by=viewer.id) | Q(disclosure__decided_by=viewer.id)
    return rows.filter(disclosure__state=State.WAITING_FOR_APPROVAL.value).exclude(own)


def _readers(disclosures: Sequence[UUID]) -> Mapping[UUID, int]:
    told = models.Reader.objects.filter(disclosure_id__in=disclosures).values("disclosure_id")
    return {row["disclosure_id"]: row["count"] for row in told.annotate(count=Count("id"))}


def _line(row: models.Proposal, *, readers: int, mask: Mask) -> DisclosureLine:
    act = row.disclosure
    return DisclosureLine(
        id=DisclosureId(act.id),
        state=State(act.state),
        item=ItemKind(act.item),
        subject=act.subject,
        title=mask_text(row.title, mask)[0],
        tlp=TLP(act.tlp),
        grounds=unpack_grounds(act.grounds),
        recipients=_recipients(row.__dict__["asked_about"]),
        codes=_codes(row.__dict__["codes"]),
        proposed_by=ActorId(act.proposed_by),
        proposed_at=act.proposed_at,
        approved_by=ActorId(act.approved_by) if act.approved_by else None,
        delivered_at=act.delivered_at,
        readers=readers,
    )


def _recipients(asked_about: Sequence[str]) -> tuple[RecipientKind, ...]:
    """The kinds of recipient that the law was asked about, each once."""
    return tuple(dict.fromkeys(RecipientKind(one) for one in asked_about))


def _codes(pairs: Sequence[Sequence[str]]) -> tuple[Bilingual, ...]:
    """Who would read it, by code; nobody where that are more than a line can name."""
    return tuple(Bilingual(*pair) for pair in pairs) if len(pairs) <= MOST_CODES else ()
