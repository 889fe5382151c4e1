"""Rows into values, for the actions and queries of this room; whoever calls has an actor bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery

from meldpunt.access.values import OrganisationId
from meldpunt.engines.matching.values import Claim, ClaimKind

from . import models, rules
from .values import Kind, Organisation


def organisations_from(rows: QuerySet[models.Organisation]) -> tuple[Organisation, ...]:
    """Values in the order of the rows, each with the name where row security lets it through. One journey."""
    own = OuterRef("id")
    names = models.Identity.objects.filter(organisation_id=own).values("name")
    processes = models.VitalLink.objects.filter(organisation_id=own).order_by("process").values("process")
    return tuple(
        Organisation(
            id=OrganisationId(row.id),
            code=row.code,
            kind=cast(Kind, row.kind),
            sector=row.sector,
            entity_kind=row.entity_kind,
            party_kind=row.party_kind,
            vital_processes=tuple(row.processes),
            name=row.known_name,
        )
        for row in rows.annotate(known_name=Subquery(names), processes=ArraySubquery(processes))
    )


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
