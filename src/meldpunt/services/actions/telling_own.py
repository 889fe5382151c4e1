"""An organisation tells of its own services and what they lean on. Its code stands where a colleague's name would."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.engines.redaction.identity import Identity
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import DependencyNotFound, LineUnfit, NamingNotFound, ServiceNotFound, ServiceUnfit, WrongLine
from ..rows import OWN_SERVICE
from ..rules.checking import check_dependency, check_naming, check_own, check_people, check_service
from ..rules.importing import refuse
from ..rules.importing_own import OwnLean, OwnService, read_own_lines
from ..values import (
    DependencyForm,
    DependencyId,
    Imported,
    NamingId,
    OwnLeanForm,
    OwnServiceForm,
    ServiceForm,
    ServiceId,
    node_of,
    service_in,
)
from .keeping import ITSELF, REPLACED, WENT, Codes, dependency_row, end_rows, masked, naming_row, service_row, take_turn

_LEANING: Final = (models.Dependency.objects, models.Naming.objects)
_BANDS: Final = ("percent_low", "percent_likely", "percent_high", "buffer_low", "buffer_likely", "buffer_high", "sure")


@dataclass(frozen=True)
class _Own:
    """Who tells, for which organisation, what points at it, when, and which code is next."""

    actor: Actor
    organisation: Organisation
    terms: Identity
    at: datetime
    codes: Codes

    def record(self, done: str, **said: Json) -> None:
        about = self.organisation.id
        ledger.record(self.actor, kind=Kind.SERVICES_TOLD, about=about, details={"done": done, **said})


@deed(Permission.SERVICE_TELL)
def add_own_service(actor: Actor, /, *, form: OwnServiceForm) -> ServiceId:
    """A service from now on; what points at the organisation is masked in its name, which the desk reads.

    Raises ServiceUnfit, also where there is such a service.
    """
    own = _began(actor)
    row, is_new = _add(own, form)
    if not is_new:
        raise ServiceUnfit("You told of a service of this name already.")
    _check_room(own)
    own.record("registered", code=row.code)
    return ServiceId(row.id)


@deed(Permission.SERVICE_TELL)
def count_served(actor: Actor, /, *, service: ServiceId, people: int | None) -> None:
    """So many people are served by it from now on. Raises ServiceNotFound, ServiceUnfit."""
    check_people(people)
    own = _began(actor)
    row = _held(own, service)
    models.Service.objects.filter(id=row.id).update(people=people)
    own.record("serves", code=row.code, people=people)


@deed(Permission.SERVICE_TELL)
def end_own_service(actor: Actor, /, *, service: ServiceId) -> None:
    """It is delivered no more, and leans on nothing. Raises ServiceNotFound."""
    own = _began(actor)
    row = _held(own, service)
    leaning = models.Dependency.objects.filter(of_service_id=service, until=None).values_list("id", flat=True)
    ended = _end_dependencies(own, list(leaning), WENT)
    _end_namings(own, models.Naming.objects.filter(of_service_id=service).values_list("id", flat=True))
    code = own.organisation.code
    models.Service.objects.filter(id=row.id).update(
        ended_at=own.at, ended_by=actor.id, ended_by_name=code, end_reason=ITSELF
    )
    own.record("ended", code=row.code, dependencies=ended)


@deed(Permission.SERVICE_TELL)
def tell_own_dependency(actor: Actor, /, *, form: OwnLeanForm) -> None:
    """It leans on this from now on; what was told of the same two before ends.

    Raises DependencyUnfit, ServiceUnfit (told of too much), ServiceNotFound.
    """
    own = _began(actor)
    row = _held(own, form.of)
    _lean(own, form)
    _check_room(own)
    own.record("told", code=row.code)


@deed(Permission.SERVICE_TELL)
def end_own_dependency(actor: Actor, /, *, dependency: DependencyId) -> None:
    """A service of one's own leans on this no more. Raises DependencyNotFound."""
    own = _began(actor)
    held = models.Dependency.objects.filter(id=dependency, until=None)
    code = held.values_list("of_service__code", flat=True).first()
    if code is None:
        raise DependencyNotFound("no such dependency")
    _end_dependencies(own, [dependency], ITSELF)
    own.record("no more", code=code)


@deed(Permission.SERVICE_TELL)
def end_own_naming(actor: Actor, /, *, naming: NamingId) -> None:
    """A service of one's own leans on whom it named no more. Raises NamingNotFound."""
    own = _began(actor)
    held = models.Naming.objects.filter(id=naming, until=None)
    code = held.values_list("of_service__code", flat=True).first()
    if code is None:
        raise NamingNotFound("no such naming")
    placed = models.Dependency.objects.filter(naming_id=naming, until=None).values_list("id", flat=True)
    _end_dependencies(own, list(placed), ITSELF)
    _end_namings(own, [naming])
    own.record("no more", code=code)


@deed(Permission.SERVICE_TELL)
def import_own_services(actor: Actor, /, *, raw: bytes) -> Imported:
    """Keep what the file tells (`rules/importing_own.py` has its columns): all of it, or nothing.

    A service of the same name is the one there is. Raises FileRefused with the lines that are wrong.
    """
    lines = read_own_lines(raw)
    own = _began(actor)
    wrong: list[WrongLine] = []
    rows = models.Service.objects.filter(organisation_id=own.organisation.id, ended_at=None)
    known = {code: ServiceId(service) for code, service in rows.values_list("code", "id")}
    services = sum(_keep(own, service, known, wrong) for service in lines.services)
    told = [_keep_lean(own, lean, known, wrong) for lean in lines.leaning]
    refuse(wrong)
    try:
        _check_room(own)
    except ServiceUnfit as error:
        refuse([WrongLine(1, error)])
    brought = Imported(services, len([one for one in told if one]), told.count("again"))
    own.record(
        "imported",
        file=hashlib.sha256(raw).hexdigest(),
        services=brought.services,
        dependencies=brought.dependencies,
    )
    return brought


def _began(actor: Actor) -> _Own:
    if actor.organisation is None:
        raise ServiceNotFound("the account speaks for no organisation")
    organisation = constituency_queries.get_organisation(actor, organisation=OrganisationId(actor.organisation))
    terms = constituency_queries.find_own_terms(actor)
    take_turn(organisation.id)
    return _Own(actor, organisation, terms, timezone.now(), Codes([organisation.id]))


def _check_room(own: _Own) -> None:
    services = models.Service.objects.filter(organisation_id=own.organisation.id, ended_at=None)
    ids = services.values("id")
    leaning = [rows.filter(of_service_id__in=ids, until=None).count() for rows in _LEANING]
    check_own(services.count(), sum(leaning))


def _held(own: _Own, service: ServiceId) -> models.Service:
    rows = models.Service.objects.select_for_update().filter(organisation_id=own.organisation.id, ended_at=None)
    row = rows.only(*OWN_SERVICE).filter(id=service).first()
    if row is None:
        raise ServiceNotFound("no such service")
    return row


def _add(own: _Own, form: OwnServiceForm) -> tuple[models.Service, bool]:
    """The row, and whether it is new: one of the same name is the one there is."""
    told = ServiceForm(form.name, own.organisation.id, "", form.sector)
    check_service(told)
    check_people(form.people)
    name = masked(form.name, [own.terms])
    same = models.Service.objects.filter(organisation_id=own.organisation.id, name=name, ended_at=None)
    if (there := same.only(*OWN_SERVICE).first()) is not None:
        return there, False
    code = own.codes.next_of(own.organisation)
    row = service_row(own.actor, told, own.organisation, code=code, name=name, reason=ITSELF, at=own.at)
    row.people, row.by_name, row.told_by_owner = form.people, own.organisation.code, True
    row.save(force_insert=True)
    return row, True


def _lean(own: _Own, form: OwnLeanForm) -> str:
    """`new`, `again` where it replaces what was told, or nothing where the same was told."""
    return _name(own, form) if form.provider else _depend(own, form)


def _depend(own: _Own, form: OwnLeanForm) -> str:
    told = DependencyForm(
        of=node_of(form.of),
        on=form.on,
        strength=form.strength,
        buffer_hours=form.buffer_hours,
        told_by=own.organisation.code,
        told_on=timezone.localdate(own.at),
        sure=form.sure,
    )
    check_dependency(told, today=timezone.localdate(own.at))
    if other := service_in(form.on):
        _held(own, other)
    row = dependency_row(own.actor, told, told_by=own.organisation.code, reason=ITSELF, at=own.at)
    row.by_name, row.told_by_owner = own.organisation.code, True
    # What it leans on of somebody else has neither: that it names, and does not point at.
    same = models.Dependency.objects.filter(
        of_service_id=row.of_service_id, inside_id=row.on_service_id, on_process=row.on_process, until=None
    )
    standing = same.only("id", "told_by_owner", *_BANDS).first()
    if standing is not None and standing.told_by_owner and _bands_of(standing) == _bands_of(row):
        return ""
    if standing is not None:
        _end_dependencies(own, [standing.id], REPLACED)
    row.save(force_insert=True)
    return "again" if standing else "new"


def _name(own: _Own, form: OwnLeanForm) -> str:
    check_naming(form)
    row = naming_row(own.actor, form, told_by=own.organisation.code, at=own.at)
    same = models.Naming.objects.filter(of_service_id=form.of, provider=row.provider, sector=row.sector, until=None)
    standing = same.first()
    if standing is not None and _bands_of(standing) == _bands_of(row):
        return ""
    if standing is not None:
        _end_namings(own, [standing.id])
    row.save(force_insert=True)
    return "again" if standing else "new"


def _bands_of(row: models.Dependency | models.Naming) -> tuple[object, ...]:
    return tuple(getattr(row, one) for one in _BANDS)


def _end_dependencies(own: _Own, dependencies: Collection[UUID], reason: str) -> int:
    return end_rows(own.actor, dependencies, reason=reason, at=own.at, by_name=own.organisation.code)


def _end_namings(own: _Own, namings: Collection[UUID]) -> None:
    rows = models.Naming.objects.filter(id__in=list(namings), until=None)
    rows.update(until=own.at, ended_by=own.actor.id, ended_by_name=own.organisation.code)


def _keep(own: _Own, line: OwnService, known: dict[str, ServiceId], wrong: list[WrongLine]) -> bool:
    try:
        row, is_new = _add(own, line.form)
    except RuleBroken as error:
        wrong.append(WrongLine(line.number, error))
        return False
    if not is_new and line.form.people is not None and line.form.people != row.people:
        models.Service.objects.filter(id=row.id).update(people=line.form.people)
    known[line.key] = ServiceId(row.id)
    return is_new


def _keep_lean(own: _Own, line: OwnLean, known: Mapping[str, ServiceId], wrong: list[WrongLine]) -> str:
    try:
        of, on = known.get(line.of), known.get(line.on)
        if of is None:
            raise LineUnfit("No service of yours has the key or code %(code)s.", code=line.of)
        return _lean(
            own,
            OwnLeanForm(
                of=of,
                on=node_of(on) if on else "" if service_in(line.on) else line.on,
                strength=line.strength,
                buffer_hours=line.buffer_hours,
                provider=line.provider,
                sector=line.sector,
                sure=line.sure,
            ),
        )
    except RuleBroken as error:
        wrong.append(WrongLine(line.number, error))
        return ""
