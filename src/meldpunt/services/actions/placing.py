"""Whom an organisation means by a name: a job looks in the register, and the desk says which service it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.redaction.identity import Identity
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import DependencyUnfit, NamingSettled
from ..queries.named import find_named
from ..rules.checking import LONGEST, check_dependency
from ..values import DependencyForm, DependencyId, Named, NamingId, ServiceForm, node_of
from .keeping import ITSELF, REPLACED, Codes, dependency_row, end_rows, masked, service_row, take_turn, terms_of

_AT_ONCE: Final = 500
_AS_NAMED: Final = "zoals de organisatie het noemde / as the organisation named it"
_SAID: Final = (
    *("percent_low", "percent_likely", "percent_high", "buffer_low", "buffer_likely", "buffer_high"),
    *("told_on", "sure", "by_name"),
)


@deed(Permission.CONSTITUENCY_MANAGE)
def read_namings(actor: Actor, /) -> int:
    """Find whom the register has by the names that organisations gave; a name told anew means what it meant.

    For a job, a part at a time: nobody at the desk reads those names, and no organisation learns who is found. How
    many were read.
    """
    _carry_on(actor)
    read = models.Meant.objects.filter(naming_id=OuterRef("id"))
    waiting = list(
        models.Naming.objects.filter(~Exists(read)).select_related("of_service").order_by("since", "id")[:_AT_ONCE]
    )
    if not waiting:
        return 0
    found = constituency_queries.find_by_names(actor, names={row.provider for row in waiting})
    # Of who named it too, the desk reads the code: what bears its own name is masked.
    terms = terms_of(actor, {OrganisationId(owner) for row in waiting if (owner := row.of_service.organisation_id)})
    models.Meant.objects.bulk_create(
        models.Meant(
            naming_id=row.id,
            organisation_id=found.get(row.provider),
            provider="" if row.provider in found else _as_the_desk_reads(row, terms),
            read_at=timezone.now(),
        )
        for row in waiting
    )
    return len(waiting)


def _carry_on(actor: Actor) -> None:
    """Whoever tells a name anew may not read what the desk said that it means: this puts the new version there."""
    left = models.Dependency.objects.filter(naming__until__isnull=False, until=None)
    if not left.exists():
        return
    take_turn()
    for row in left.select_related("naming").order_by("id")[:_AT_ONCE]:
        before = cast(models.Naming, row.naming)
        again = models.Naming.objects.filter(
            of_service_id=before.of_service_id, provider=before.provider, sector=before.sector, until=None
        ).first()
        now = timezone.now()
        end_rows(actor, [row.id], reason=REPLACED, at=now, by_name=before.ended_by_name)
        if again is not None:
            models.Dependency(
                of_service_id=row.of_service_id,
                on_service_id=row.on_service_id,
                on_process=row.on_process,
                naming_id=again.id,
                told_by=again.by_name,
                reason=ITSELF,
                by=actor.id,
                since=now,
                **{one: getattr(again, one) for one in _SAID},
            ).save(force_insert=True)


def _as_the_desk_reads(row: models.Naming, terms: Mapping[OrganisationId, Identity]) -> str:
    own = terms.get(OrganisationId(row.of_service.organisation_id)) if row.of_service.organisation_id else None
    return masked(row.provider, [own] if own else [])[:LONGEST]


@deed(Permission.TRIAGE_DECIDE)
def place_naming(actor: Actor, /, *, naming: NamingId, on: str = "") -> DependencyId:
    """The words mean this node; without one, a service of the provider they name, which is made where there is none.

    Raises NamingSettled, DependencyUnfit.
    """
    waiting = find_named(actor, naming=naming)
    if waiting is None:
        raise NamingSettled
    take_turn(waiting.of.organisation.id if waiting.of.organisation else None, None)
    named = find_named(actor, naming=naming)
    if named is None:
        raise NamingSettled
    now = timezone.now()
    form = DependencyForm(
        of=named.of.node,
        on=on or _of_provider(actor, named),
        strength=_percent(named),
        buffer_hours=(named.buffer_hours.low, named.buffer_hours.likely, named.buffer_hours.high),
        told_by=named.of.organisation.code if named.of.organisation else named.of.provider,
        told_on=named.told_on,
        sure=named.sure,
    )
    check_dependency(form, today=timezone.localdate(now))
    row = dependency_row(actor, form, told_by=form.told_by, reason=_AS_NAMED, at=now)
    row.naming_id = naming
    same = models.Dependency.objects.filter(
        of_service_id=row.of_service_id, on_service_id=row.on_service_id, on_process=row.on_process, until=None
    )
    end_rows(actor, list(same.values_list("id", flat=True)), reason=_AS_NAMED, at=now)
    row.save(force_insert=True)
    about = named.of.organisation.id if named.of.organisation else None
    details = {"done": "placed", "code": named.of.code}
    ledger.record(actor, kind=Kind.SERVICES_CHANGED, subject=row.id, about=about, details=details)
    return DependencyId(row.id)


def _of_provider(actor: Actor, named: Named) -> str:
    if named.organisation is not None:
        raise DependencyUnfit("Choose a service of this organisation, or a vital process.")
    there = models.Service.objects.filter(provider=named.provider, ended_at=None)
    known = there.filter(sector=named.sector).order_by("code").values_list("id", flat=True).first()
    if known is None and there.filter(name=named.provider).exists():
        raise DependencyUnfit("This provider has such a service in another sector: choose it, or register another.")
    return node_of(known or _registered(actor, named))


def _registered(actor: Actor, named: Named) -> UUID:
    form = ServiceForm(named.provider, None, named.provider, named.sector)
    code = Codes([None]).next_of(None)
    row = service_row(actor, form, None, code=code, name=named.provider, reason=_AS_NAMED, at=timezone.now())
    row.save(force_insert=True)
    ledger.record(actor, kind=Kind.SERVICES_CHANGED, subject=row.id, details={"done": "registered", "code": code})
    return row.id


def _percent(named: Named) -> tuple[float, float, float]:
    band = named.strength
    return band.low * 100, band.likely * 100, band.high * 100
