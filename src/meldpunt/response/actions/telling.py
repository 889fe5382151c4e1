"""A situation report to every member, each on its own ground."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, Part
from meldpunt.law import Condition
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind
from meldpunt.vocabulary.markings import TLP

from .. import models
from ..drafting import for_member, situation_draft
from ..values import ActivationId
from .activating import lock_running


@deed(Permission.RESPONSE_LEAD)
def publish_situation_report(
    actor: Actor,
    /,
    *,
    activation: ActivationId,
    title: str,
    parts: Sequence[Part],
    reason: str,
    conditions: frozenset[Condition] = frozenset(),
    vouching: str = "",
    tlp: TLP = TLP.AMBER_STRICT,
) -> tuple[Disclosure, ...]:
    """Tell every member how it stands: one disclosure each, refused ones too, in the order the members joined.

    `conditions` are what the actor vouches for, on the word of whom `vouching` says; the risk to society is taken from
    the case. Raises ActivationNotFound, ResponseEnded, WordingMissing, and as `disclosure.actions.disclose`.
    """
    row = lock_running(activation)
    draft = situation_draft(
        actor,
        activation=activation,
        case=CaseId(row.case_id),
        title=title,
        parts=parts,
        conditions=conditions,
        vouching=vouching,
        tlp=tlp,
    )
    before: int = models.SituationReport.objects.filter(activation=row).aggregate(last=Max("number"))["last"] or 0
    report = models.SituationReport(
        activation=row,
        number=before + 1,
        title=draft.title,
        published_by=actor.id,
        published_by_name=actor.name,
        published_at=timezone.now(),
    )
    report.save(force_insert=True)
    told = []
    for member in models.Member.objects.filter(activation=row).order_by("added_at", "id"):
        disclosure = disclosure_actions.disclose(
            actor, draft=for_member(draft, OrganisationId(member.organisation_id)), reason=reason
        )
        models.Telling(report=report, organisation_id=member.organisation_id, disclosure_id=disclosure.id).save(
            force_insert=True
        )
        told.append(disclosure)
    details: dict[str, Json] = {"deed": "situation report", "number": report.number, "members": len(told)}
    ledger.record(actor, kind=Kind.PUBLISHED, subject=row.id, details=details)
    return tuple(told)
