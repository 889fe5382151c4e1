"""What was said about one report between us and whoever made it, in the order of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Disclosure, DisclosureId, ItemKind
from meldpunt.intake.values import Report, StageLine

from .colleagues import names_of

_TO_REPORTERS: Final = (ItemKind.ACKNOWLEDGEMENT, ItemKind.QUESTION, ItemKind.REPLY, ItemKind.REMINDER)


@dataclass(frozen=True)
class Said:
    """One thing that they told (`stage`) or that we did (`told`, and `by` whom), at what instant."""

    at: datetime
    stage: StageLine | None = None
    told: Disclosure | None = None
    by: str = ""


def conversation_of(viewer: Actor, report: Report) -> tuple[Said, ...]:
    """Oldest first: what they added to their report, and the fifty last things that we told them or wanted to."""
    came = [Said(one.submitted_at, stage=one) for one in report.stages if one.text or one.answers]
    ours = _ours(viewer, report) if may(viewer.roles, Permission.DISCLOSURE_PROPOSE) else {}
    names = names_of(viewer, (one.proposed.by for one in ours.values()))
    went = [
        Said(one.delivered_at or one.proposed.at, told=one, by=names.get(one.proposed.by, "")) for one in ours.values()
    ]
    return tuple(sorted([*came, *went], key=lambda said: said.at))


def _ours(viewer: Actor, report: Report) -> Mapping[DisclosureId, Disclosure]:
    lines = disclosure_queries.list_disclosures(viewer, subject=report.id, items=_TO_REPORTERS)
    return disclosure_queries.list_by_ids(viewer, disclosures=[one.id for one in lines])
