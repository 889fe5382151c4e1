"""What the desk reads of a disclosure that points at somebody who is sealed for who looks: its words, masked.

A letter names whom it is about where the ground gives that to its reader: a colleague is none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED
from meldpunt.engines.redaction.identity import Identity

from ..rules.editing import Mask
from ..values import AudienceKind, Draft

K = TypeVar("K")


@dataclass(frozen=True)
class Behind:
    """Whom a disclosure points at and who is sealed for who looks, and the mask that hides them."""

    organisations: tuple[OrganisationId, ...]
    mask: Mask


def organisations_of(draft: Draft) -> frozenset[OrganisationId]:
    """Who reported it, whom it is about, and to whom alone it is written."""
    reported = (one.organisation for one in draft.origins)
    addressed = (one.id for one in draft.audience if one.kind is AudienceKind.ORGANISATION)
    return frozenset(OrganisationId(one) for one in (*reported, *addressed, *draft.about) if one)


def behind_the_seal(viewer: Actor, about: Mapping[K, Collection[OrganisationId]]) -> dict[K, Behind]:
    """For each disclosure whom to hide; the registry is asked once for all.

    The terms come without an unsealing and stay in this call: what the viewer sees of them is the mark.
    """
    named = {one for organisations in about.values() for one in organisations}
    terms = constituency_queries.list_sealed_terms(viewer, organisations=named)
    return {key: _behind([one for one in found if one in terms], terms) for key, found in about.items()}


def _behind(hidden: Sequence[OrganisationId], terms: Mapping[OrganisationId, Identity]) -> Behind:
    return Behind(tuple(hidden), Mask(tuple(terms[one] for one in hidden), "nl", SEALED))
