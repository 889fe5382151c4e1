"""A file of services and dependencies comes in: whole, or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from meldpunt.ledger.values import Deed, Json, Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import LineUnfit, WrongLine
from ..rows import node_at
from ..rules.checking import check_dependency, check_reason, check_service
from ..rules.importing import DependencyLine, Lines, ServiceLine, read_lines, refuse
from ..values import DependencyForm, Imported, ServiceForm, node_of, service_in
from .keeping import REPLACED, Codes, dependency_row, end_rows, masked, service_row, take_turn, terms_of

_AT_ONCE: Final = 2_000
_Pair = tuple[str, str]


@dataclass
class _Import:
    """What one import knows while it runs. `nodes` are the services by what the file calls them, and by code."""

    actor: Actor
    reason: str
    at: datetime
    owners: Mapping[str, Organisation]
    terms: Mapping[OrganisationId, Identity]
    nodes: dict[str, str]
    whose: dict[str, OrganisationId]


@deed(Permission.CONSTITUENCY_MANAGE)
def import_services(actor: Actor, /, *, raw: bytes, reason: str) -> Imported:
    """Keep what the file tells (`rules/importing.py` has its columns): all of it, or nothing.

    A service of the same owner and name is the one there is; a dependency between the same two that says something
    else replaces what was told before. Raises FileRefused with the lines that are wrong, ReasonMissing.
    """
    said = check_reason(reason)
    lines = read_lines(raw)
    take_turn()
    running = _prepared(actor, lines, said)
    services = _keep_services(running, lines.services)
    dependencies, replaced = _keep_dependencies(running, lines.dependencies)
    _record(running, services, dependencies, hashlib.sha256(raw).hexdigest())
    return Imported(len(services), len(dependencies), replaced)


def _prepared(actor: Actor, lines: Lines, reason: str) -> _Import:
    owners = constituency_queries.list_by_codes(actor, codes={one.organisation for one in lines.services})
    rows = models.Service.objects.filter(ended_at=None).values_list("id", "code", "organisation_id")
    nodes = {code: node_of(service) for service, code, _ in rows}
    whose = {node_of(service): OrganisationId(owner) for service, _, owner in rows if owner}
    terms = terms_of(actor, {*(one.id for one in owners.values()), *whose.values()})
    return _Import(actor, masked(reason, terms.values()), timezone.now(), owners, terms, nodes, whose)


def _keep_services(running: _Import, lines: Sequence[ServiceLine]) -> list[models.Service]:
    providers = {one.provider for one in lines if one.provider}
    registered = constituency_queries.find_by_names(running.actor, names=providers) if providers else {}
    known: dict[tuple[UUID | None, str, str], UUID] = {
        (owner, provider, name): service
        for owner, provider, name, service in models.Service.objects.filter(ended_at=None).values_list(
            "organisation_id", "provider", "name", "id"
        )
    }
    codes = Codes([None, *(one.id for one in running.owners.values())])
    new: list[models.Service] = []
    wrong: list[WrongLine] = []
    for line in lines:
        try:
            row = _service(running, line, codes, known, registered)
        except RuleBroken as error:
            wrong.append(WrongLine(line.number, error))
            continue
        if row is not None:
            new.append(row)
    refuse(wrong)
    models.Service.objects.bulk_create(new, batch_size=_AT_ONCE)
    return new


def _service(
    running: _Import,
    line: ServiceLine,
    codes: Codes,
    known: dict[tuple[UUID | None, str, str], UUID],
    registered: Mapping[str, OrganisationId],
) -> models.Service | None:
    """The row, or None where there is such a service; either way the file's key stands for it from now on."""
    owner = running.owners.get(line.organisation)
    if line.organisation and owner is None:
        raise LineUnfit("No organisation has the code %(code)s.", code=line.organisation)
    if line.provider in registered:
        raise LineUnfit("This provider is an organisation of the register: give its code.")
    form = ServiceForm(line.name, owner.id if owner else None, line.provider, line.sector)
    check_service(form)
    name = masked(form.name, [running.terms[owner.id]] if owner and owner.id in running.terms else [])
    place = (form.organisation, clean_text(form.provider), name)
    if place in known:
        running.nodes[line.key] = node_of(known[place])
        return None
    row = service_row(
        running.actor, form, owner, code=codes.next_of(owner), name=name, reason=running.reason, at=running.at
    )
    known[place] = row.id
    running.nodes[line.key] = node_of(row.id)
    if owner:
        running.whose[node_of(row.id)] = owner.id
    return row


def _keep_dependencies(running: _Import, lines: Sequence[DependencyLine]) -> tuple[list[models.Dependency], int]:
    held = {
        (node_at(row.of_service_id, row.of_process), node_at(row.on_service_id, row.on_process)): row
        for row in models.Dependency.objects.filter(until=None).iterator(_AT_ONCE)
    }
    new: dict[_Pair, models.Dependency] = {}
    ended: list[UUID] = []
    wrong: list[WrongLine] = []
    for line in lines:
        try:
            row = _dependency(running, line)
            pair = (node_at(row.of_service_id, row.of_process), node_at(row.on_service_id, row.on_process))
            if pair in new:
                raise LineUnfit("The file tells of these two twice.")
        except RuleBroken as error:
            wrong.append(WrongLine(line.number, error))
            continue
        if pair not in held or _differs(row, held[pair]):
            new[pair] = row
            ended += [held[pair].id] if pair in held else []
    refuse(wrong)
    for some in _slices(ended):
        end_rows(running.actor, some, reason=REPLACED, at=running.at)
    models.Dependency.objects.bulk_create(new.values(), batch_size=_AT_ONCE)
    return list(new.values()), len(ended)


def _dependency(running: _Import, line: DependencyLine) -> models.Dependency:
    form = DependencyForm(
        of=_end(running, line.of),
        on=_end(running, line.on),
        strength=line.strength,
        buffer_hours=line.buffer_hours,
        told_by=line.told_by,
        told_on=line.told_on,
        sure=line.sure,
    )
    check_dependency(form, today=timezone.localdate(running.at))
    whose = [running.whose[node] for node in (form.of, form.on) if node in running.whose]
    told_by = masked(form.told_by, [running.terms[one] for one in whose if one in running.terms])
    return dependency_row(running.actor, form, told_by=told_by, reason=running.reason, at=running.at)


def _end(running: _Import, said: str) -> str:
    """The node: a service by its key or code, and else a process. By its id a file names none: it may have ended."""
    return running.nodes.get(said, "" if service_in(said) else said)


def _differs(new: models.Dependency, held: models.Dependency) -> bool:
    told = ("percent_low", "percent_likely", "percent_high", "buffer_low", "buffer_likely", "buffer_high", "sure")
    return any(getattr(new, one) != getattr(held, one) for one in (*told, "told_by", "told_on"))


def _slices(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _record(
    running: _Import, services: Iterable[models.Service], dependencies: Iterable[models.Dependency], digest: str
) -> None:
    """One entry for each organisation of which something was told, and one for the file."""
    delivered = Counter(row.organisation_id for row in services if row.organisation_id)
    owners = (running.whose.get(node_of(row.of_service_id)) for row in dependencies if row.of_service_id)
    leaning = Counter(owner for owner in owners if owner)
    deeds = [
        Deed(
            Kind.SERVICES_CHANGED,
            about=about,
            details={"done": "imported", "services": delivered[about], "dependencies": leaning[OrganisationId(about)]},
        )
        for about in sorted({*delivered, *leaning}, key=str)
    ]
    whole: dict[str, Json] = {"done": "imported", "file": digest, "services": sum(1 for _ in services)}
    ledger.record_many(running.actor, deeds=[Deed(Kind.SERVICES_CHANGED, details=whole), *deeds])
