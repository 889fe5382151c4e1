"""One service or one dependency is told of, or ends."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import DependencyNotFound, DependencyUnfit, ServiceNotFound, ServiceUnfit
from ..rows import by_id
from ..rules.checking import check_dependency, check_reason, check_service
from ..values import DependencyForm, DependencyId, Service, ServiceForm, ServiceId, service_in
from .keeping import REPLACED, WENT, Codes, dependency_row, end_rows, masked, service_row, take_turn, terms_of


@deed(Permission.TRIAGE_DECIDE)
def register_service(actor: Actor, /, *, form: ServiceForm, reason: str) -> ServiceId:
    """A service from now on; what points at its organisation is masked in its name.

    Raises ServiceUnfit (also where there is such a service), ReasonMissing, NotFound.
    """
    check_service(form)
    said = check_reason(reason)
    owner = _owner(actor, form)
    terms = terms_of(actor, [form.organisation] if form.organisation else []).values()
    take_turn(form.organisation)
    name = masked(form.name, terms)
    same = models.Service.objects.filter(provider=form.provider.strip(), name=name, ended_at=None)
    owned = same.filter(organisation_id=form.organisation) if form.organisation else same
    if owned.exists():
        raise ServiceUnfit("There is a service of this name and owner already.")
    code = Codes([form.organisation]).next_of(owner)
    row = service_row(actor, form, owner, code=code, name=name, reason=masked(said, terms), at=timezone.now())
    row.save(force_insert=True)
    _record(actor, row.id, form.organisation, {"done": "registered", "code": code})
    return ServiceId(row.id)


@deed(Permission.TRIAGE_DECIDE)
def end_service(actor: Actor, /, *, service: ServiceId, reason: str) -> None:
    """It is delivered no more, and nothing leans on it or it on anything. Raises ServiceNotFound, ReasonMissing."""
    row = models.Service.objects.select_for_update().filter(id=service, ended_at=None).first()
    if row is None:
        raise ServiceNotFound("no such service")
    owner = OrganisationId(row.organisation_id) if row.organisation_id else None
    said = masked(check_reason(reason), terms_of(actor, [owner] if owner else []).values())
    now = timezone.now()
    leaning = models.Dependency.objects.filter(Q(of_service_id=service) | Q(on_service_id=service), until=None)
    ends = dict(leaning.values_list("id", "of_service_id"))
    end_rows(actor, ends, reason=WENT, at=now)
    # The organisation reads this entry: what its service leant on is counted, and not who leant on it.
    ended = sum(of == row.id for of in ends.values())
    row.ended_at, row.ended_by, row.ended_by_name, row.end_reason = now, actor.id, actor.name, said
    row.save(update_fields=["ended_at", "ended_by", "ended_by_name", "end_reason"])
    _record(actor, row.id, owner, {"done": "ended", "code": row.code, "dependencies": ended})


@deed(Permission.TRIAGE_DECIDE)
def tell_dependency(actor: Actor, /, *, form: DependencyForm, reason: str) -> DependencyId:
    """One leans on the other from now on; what was told of these two before ends. Raises DependencyUnfit,
    ServiceNotFound, ReasonMissing."""
    check_dependency(form, today=timezone.localdate())
    said = check_reason(reason)
    ends = _ends(actor, form)
    terms = terms_of(actor, [one.organisation.id for one in ends.values() if one.organisation]).values()
    of = service_in(form.of)
    take_turn(_organisation_of(ends[of]) if of else None)
    now = timezone.now()
    row = dependency_row(actor, form, told_by=masked(form.told_by, terms), reason=masked(said, terms), at=now)
    before = models.Dependency.objects.filter(
        of_service_id=row.of_service_id,
        of_process=row.of_process,
        on_service_id=row.on_service_id,
        on_process=row.on_process,
        until=None,
    )
    replaced = end_rows(actor, list(before.values_list("id", flat=True)), reason=REPLACED, at=now)
    row.save(force_insert=True)
    _record_dependency(actor, row, _of(row, ends), "told again" if replaced else "told")
    return DependencyId(row.id)


@deed(Permission.TRIAGE_DECIDE)
def end_dependency(actor: Actor, /, *, dependency: DependencyId, reason: str) -> None:
    """One leans on the other no more. Raises DependencyNotFound, ReasonMissing."""
    row = models.Dependency.objects.select_for_update().filter(id=dependency, until=None).first()
    if row is None:
        raise DependencyNotFound("no such dependency")
    ends = by_id(actor, {one for one in (row.of_service_id, row.on_service_id) if one})
    terms = terms_of(actor, [one.organisation.id for one in ends.values() if one.organisation]).values()
    end_rows(actor, [row.id], reason=masked(check_reason(reason), terms), at=timezone.now())
    _record_dependency(actor, row, _of(row, ends), "no more")


def _owner(actor: Actor, form: ServiceForm) -> Organisation | None:
    if form.organisation:
        return constituency_queries.get_organisation(actor, organisation=form.organisation)
    if constituency_queries.find_by_names(actor, names=[form.provider]):
        raise ServiceUnfit("This provider is an organisation of the register: choose it by its code.")
    return None


def _ends(actor: Actor, form: DependencyForm) -> Mapping[UUID, Service]:
    asked = {one for node in (form.of, form.on) if (one := service_in(node))}
    found = by_id(actor, asked)
    if len(found) < len(asked):
        raise ServiceNotFound("no such service")
    if any(one.ended_at for one in found.values()):
        raise DependencyUnfit("One of these services ended.")
    return found


def _organisation_of(service: Service) -> OrganisationId | None:
    return service.organisation.id if service.organisation else None


def _of(row: models.Dependency, ends: Mapping[UUID, Service]) -> Service | None:
    return ends.get(row.of_service_id) if row.of_service_id else None


def _record_dependency(actor: Actor, row: models.Dependency, of: Service | None, done: str) -> None:
    # About whose service leans, and nothing of the other: who leans on somebody is not theirs to read.
    about = _organisation_of(of) if of else None
    _record(actor, row.id, about, {"done": done, "code": of.code if of else row.of_process})


def _record(actor: Actor, subject: UUID, about: OrganisationId | None, details: Mapping[str, Json]) -> None:
    ledger.record(actor, kind=Kind.SERVICES_CHANGED, subject=subject, about=about, details=details)
