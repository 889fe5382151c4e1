"""What a situation report tells each member of a joint response: the same for the preview and for the telling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Part
from meldpunt.law import Condition, Purpose
from meldpunt.vocabulary.markings import PAP, TLP

from . import rules
from .values import ActivationId


def situation_draft(
    viewer: Actor,
    *,
    activation: ActivationId,
    case: CaseId,
    title: str,
    parts: Sequence[Part],
    conditions: frozenset[Condition],
    vouching: str,
    tlp: TLP,
    widening: str,
) -> Draft:
    """The report without its readers. The risk to society is taken from the case, whoever vouches for it."""
    found = case_queries.get_case(viewer, case=case)
    risk = {Condition.RISK_OF_SOCIETAL_DISRUPTION} if found.may_disrupt_society else set()
    return Draft(
        item=ItemKind.SITUATION_REPORT,
        subject=activation,
        title=rules.check_words(title, what="title"),
        parts=tuple(parts),
        audience=(),
        purpose=Purpose.COORDINATE,
        tlp=tlp,
        pap=PAP.AMBER,
        widening=widening,
        conditions=(conditions - {Condition.RISK_OF_SOCIETAL_DISRUPTION}) | risk,
        vouching=vouching,
        origins=case_queries.origins_of(viewer, case=case),
        about=tuple(sorted(found.organisations)),
    )


def for_member(draft: Draft, organisation: OrganisationId) -> Draft:
    """The report for one member: each is told on a ground of its own."""
    return replace(draft, audience=(Audience(AudienceKind.ORGANISATION, organisation),))
