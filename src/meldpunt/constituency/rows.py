"""Rows into values, for the actions and queries of this room; whoever calls has an actor bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from meldpunt.access.values import OrganisationId
from meldpunt.engines.matching.values import Claim, ClaimKind

from . import models, rules
from .values import Kind, Organisation


def organisations_from(rows: QuerySet[models.Organisation]) -> tuple[Organisation, ...]:
    """Values in the order of the rows, each with the name where row security lets it through."""
    found = list(rows)
    ids = [row.id for row in found]
    names = dict(models.Identity.objects.filter(organisation_id__in=ids).values_list("organisation_id", "name"))
    vital = _vital_processes_of(ids)
    return tuple(
        Organisation(
            id=OrganisationId(row.id),
            code=row.code,
            kind=cast(Kind, row.kind),
            sector=row.sector,
            entity_kind=row.entity_kind,
            party_kind=row.party_kind,
            vital_processes=vital.get(row.id, ()),
            name=names.get(row.id),
        )
        for row in found
    )


def _vital_processes_of(ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    links: defaultdict[UUID, tuple[str, ...]] = defaultdict(tuple)
    rows = models.VitalLink.objects.filter(organisation_id__in=list(ids)).order_by("process")
    for organisation, process in rows.values_list("organisation_id", "process"):
        links[organisation] = (*links[organisation], process)
    return dict(links)


def claims_like(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims already in the register on any of the same values, as far as the bound actor may read them."""
    values: dict[ClaimKind, list[str]] = {kind: [] for kind in ClaimKind}
    for claim in claims:
        values[claim.kind].append(claim.value)
    numbers = [rules.asn_number(value) for value in values[ClaimKind.ASN]]
    yield from _network_claims(models.Network.objects.filter(prefix__in=values[ClaimKind.PREFIX]))
    yield from _domain_claims(models.Domain.objects.filter(name__in=values[ClaimKind.DOMAIN]))
    yield from _asn_claims(models.Asn.objects.filter(number__in=numbers))


def all_claims() -> Iterator[Claim]:
    """The whole register, as far as the bound actor may read it."""
    yield from _network_claims(models.Network.objects.all())
    yield from _domain_claims(models.Domain.objects.all())
    yield from _asn_claims(models.Asn.objects.all())


def claim_from(kind: ClaimKind, row: tuple[UUID, str, str | int, datetime, datetime | None]) -> Claim:
    """A claim from holder, role, value and validity."""
    owner, role, held, valid_from, valid_until = row
    return Claim(str(owner), role, kind, str(held), valid_from, valid_until)


def _network_claims(rows: QuerySet[models.Network]) -> Iterator[Claim]:
    for row in rows.values_list("organisation_id", "role", "prefix", "valid_from", "valid_until"):
        yield claim_from(ClaimKind.PREFIX, row)


def _domain_claims(rows: QuerySet[models.Domain]) -> Iterator[Claim]:
    for row in rows.values_list("organisation_id", "role", "name", "valid_from", "valid_until"):
        yield claim_from(ClaimKind.DOMAIN, row)


def _asn_claims(rows: QuerySet[models.Asn]) -> Iterator[Claim]:
    for row in rows.values_list("organisation_id", "role", "number", "valid_from", "valid_until"):
        yield claim_from(ClaimKind.ASN, row)
