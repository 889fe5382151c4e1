"""A situation report to every member, each on its own ground."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, Part, Seen
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
    widening: str = "",
    seen: Seen,
) -> tuple[Disclosure, ...]:
    """Tell every member how it stands: one disclosure each, refused ones too, in the order the members joined.

    `conditions` are what the actor vouches for, on the word of whom `vouching` says; the risk to society is taken from
    the case; `widening` says why the marking is wider than TLP:AMBER+STRICT; `seen`: the page on which all of them
    were shown before. Raises ActivationNotFound, ResponseEnded, WordingMissing, and as `disclosure.actions.disclose`.
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
        widening=widening,
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
    members = [
        OrganisationId(one)
        for one in models.Member.objects.filter(activation=row)
        .order_by("added_at", "id")
        .values_list("organisation_id", flat=True)
    ]
    drafts = [for_member(draft, member) for member in members]
    told = disclosure_actions.disclose_each(actor, drafts=drafts, reason=reason, seen=seen)
    models.Telling.objects.bulk_create(
        models.Telling(report=report, organisation_id=member, disclosure_id=disclosure.id)
        for member, disclosure in zip(members, told, strict=True)
    )
    details: dict[str, Json] = {"deed": "situation report", "number": report.number, "members": len(told)}
    ledger.record(actor, kind=Kind.PUBLISHED, subject=row.id, details=details)
    return told
