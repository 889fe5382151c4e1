"""A response begins and ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import Case, CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind
from meldpunt.triage import queries as triage_queries

from .. import models, rules
from ..errors import ActivationNotFound, AlreadyActive, NobodyToCoordinate, ResponseEnded
from ..queries import get_activation
from ..values import Activation, ActivationId, CascadeSummary


@deed(Permission.RESPONSE_LEAD)
def activate_response(
    actor: Actor,
    /,
    *,
    case: CaseId,
    reason: str,
    members: Collection[OrganisationId],
    override_reason: str = "",
) -> Activation:
    """Stand together on this case. Without a possible disruption in its assessment, `override_reason` says why.

    Raises CaseNotFound, DisruptionNotExpected, AlreadyActive, NobodyToCoordinate, WordingMissing, NotFound (a member).
    """
    if not members:
        raise NobodyToCoordinate
    found = case_queries.get_case(actor, case=case)
    overridden = rules.check_activation(found.disruption, override_reason=override_reason)
    now = timezone.now()
    row = models.Activation(
        case_id=case,
        reason=rules.check_words(reason, what="reason"),
        override_reason=overridden and rules.check_words(overridden, what="reason to override"),
        cascade=rules.pack_summary(_cascade(actor, found)),
        started_by=actor.id,
        started_by_name=actor.name,
        started_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        # Two officers at once: the constraint `activation_one_at_a_time` decides who was first.
        raise AlreadyActive from error
    _add(actor, row, members, at=now)
    disruption = found.disruption.value if found.disruption else ""
    details = {"case": str(case), "disruption": disruption, "overridden": "yes" if overridden else "no"}
    ledger.record(actor, kind=Kind.ACTIVATED, subject=row.id, details=details)
    return get_activation(actor, activation=ActivationId(row.id))


@deed(Permission.RESPONSE_LEAD)
def add_members(actor: Actor, /, *, activation: ActivationId, members: Collection[OrganisationId]) -> Activation:
    """More organisations stand along; who is a member already stays one. Raises ActivationNotFound, ResponseEnded."""
    row = lock_running(activation)
    there = set(models.Member.objects.filter(activation=row).values_list("organisation_id", flat=True))
    added = [member for member in dict.fromkeys(members) if member not in there]
    if added:
        _add(actor, row, added, at=timezone.now())
        details: dict[str, Json] = {"deed": "members added", "members": [str(one) for one in sorted(added)]}
        ledger.record(actor, kind=Kind.CASE_CHANGED, subject=row.id, details=details)
    return get_activation(actor, activation=activation)


@deed(Permission.RESPONSE_LEAD)
def end_response(actor: Actor, /, *, activation: ActivationId, reason: str) -> Activation:
    """The joint response is over; the case goes on. Raises ActivationNotFound, ResponseEnded, WordingMissing."""
    row = lock_running(activation)
    row.ending_reason = rules.check_words(reason, what="reason")
    row.ended_by, row.ended_by_name, row.ended_at = actor.id, actor.name, timezone.now()
    row.save(update_fields=["ended_by", "ended_by_name", "ended_at", "ending_reason"])
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=row.id, details={"deed": "response ended"})
    return get_activation(actor, activation=activation)


def lock_running(activation: ActivationId) -> models.Activation:
    """The row, for the length of the transaction. Raises ActivationNotFound, ResponseEnded."""
    # The policy for updates shows a response only while it runs, so a plain read tells the two apart.
    row = models.Activation.objects.select_for_update().filter(id=activation).first()
    if row is not None:
        return row
    if models.Activation.objects.filter(id=activation).exists():
        raise ResponseEnded
    raise ActivationNotFound("no such response")


def _add(actor: Actor, row: models.Activation, members: Collection[OrganisationId], *, at: datetime) -> None:
    for member in dict.fromkeys(members):
        constituency_queries.get_organisation(actor, organisation=member)
    models.Member.objects.bulk_create(
        models.Member(activation=row, organisation_id=member, added_by=actor.id, added_at=at)
        for member in dict.fromkeys(members)
    )


def _cascade(actor: Actor, case: Case) -> CascadeSummary:
    found = (triage_queries.find_assessment(actor, report=line.id) for line in case.reports)
    return rules.summarise([one for one in found if one], disruption=case.disruption)
