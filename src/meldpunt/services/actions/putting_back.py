"""What an organisation ended of what the desk told, holds again: the desk knows better, or it was a mistake."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import DependencyNotFound, ServiceNotFound
from ..queries.undone import undone_dependencies, undone_services
from ..rules.checking import check_reason
from ..values import DependencyId, ServiceId
from .keeping import masked, take_turn, terms_of

_SAME = (
    *("of_service_id", "on_service_id", "on_process", "told_by", "told_on", "sure"),
    *("percent_low", "percent_likely", "percent_high", "buffer_low", "buffer_likely", "buffer_high"),
)


@deed(Permission.TRIAGE_DECIDE)
def put_back_dependency(actor: Actor, /, *, dependency: DependencyId, reason: str) -> DependencyId:
    """It leans on it as it was told, from now on and in the name of who says so.

    Raises DependencyNotFound (also where it was told anew, or one of the two ended), ReasonMissing.
    """
    said = check_reason(reason)
    rows = undone_dependencies().exclude(on_service__ended_at__isnull=False).filter(id=dependency)
    owner = rows.values_list("of_service__organisation_id", flat=True).first()
    take_turn(owner)
    row = rows.select_related("of_service").first()
    if row is None or row.of_service is None or owner is None:
        raise DependencyNotFound("no such dependency")
    (held,) = _told_again(actor, [row], OrganisationId(owner), said)
    details = {"done": "put back", "code": row.of_service.code}
    ledger.record(actor, kind=Kind.SERVICES_CHANGED, subject=held.id, about=OrganisationId(owner), details=details)
    return DependencyId(held.id)


@deed(Permission.TRIAGE_DECIDE)
def put_back_service(actor: Actor, /, *, service: ServiceId, reason: str) -> None:
    """It is delivered again, leans on what it leant on when it ended, and who leant on it still does.

    Raises ServiceNotFound (also where there is one of its name by now), ReasonMissing.
    """
    said = check_reason(reason)
    rows = undone_services().filter(id=service)
    owner = rows.values_list("organisation_id", flat=True).first()
    take_turn(owner)
    row = rows.first()
    if row is None or owner is None:
        raise ServiceNotFound("no such service")
    with_it = models.Dependency.objects.filter(
        ~Q(on_service__ended_at__isnull=False), of_service_id=service, until=row.ended_at, naming=None
    )
    leant = list(with_it)
    models.Service.objects.filter(id=row.id).update(ended_at=None, ended_by=None, ended_by_name="", end_reason="")
    held = _told_again(actor, leant, OrganisationId(owner), said)
    ledger.record(
        actor,
        kind=Kind.SERVICES_CHANGED,
        subject=row.id,
        about=OrganisationId(owner),
        details={"done": "put back", "code": row.code, "dependencies": len(held)},
    )


def _told_again(
    actor: Actor, rows: Iterable[models.Dependency], owner: OrganisationId, reason: str
) -> list[models.Dependency]:
    said, now = masked(reason, terms_of(actor, [owner]).values()), timezone.now()
    return models.Dependency.objects.bulk_create(
        models.Dependency(
            **{one: getattr(row, one) for one in _SAME}, reason=said, by=actor.id, by_name=actor.name, since=now
        )
        for row in rows
    )
