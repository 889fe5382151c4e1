"""The claims of the constituency, for asking whose a value is. Answers are ids; names stay sealed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from meldpunt.access.binding import look
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Address, Asn, Claim, ClaimKind, Host

from .. import models, rules
from ..errors import RegistrySealed


@look(Permission.ATTRIBUTE)
def compile_registry(
    viewer: Actor,
    /,
    *,
    addresses: Collection[Address] = (),
    hosts: Collection[Host] = (),
    asns: Collection[Asn] = (),
) -> Registry:
    """What to ask whose a value is; the owner of an attribution is the organisation's id as text.

    With values: only the claims on these values, which any viewer who may attribute can have. Without: all claims,
    for jobs and for who keeps the register; raises `RegistrySealed` for others, because a registry that silently
    lacked what is sealed would attribute wrongly.
    """
    if addresses or hosts or asns:
        return Registry.compile(_claims_on(addresses, hosts, asns))
    if viewer.door is not Door.JOBS and not may(viewer.roles, Permission.CONSTITUENCY_MANAGE):
        raise RegistrySealed("Ask about the addresses, hosts or AS numbers at hand; the whole registry is sealed.")
    return Registry.compile(
        [
            *_network_claims(models.Network.objects.all()),
            *_domain_claims(models.Domain.objects.all()),
            *_asn_claims(models.Asn.objects.all()),
        ]
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


def _network_claims(rows: QuerySet[models.Network]) -> Iterator[Claim]:
    for row in rows.values_list("organisation_id", "role", "prefix", "valid_from", "valid_until"):
        yield _claim(ClaimKind.PREFIX, row)


def _domain_claims(rows: QuerySet[models.Domain]) -> Iterator[Claim]:
    for row in rows.values_list("organisation_id", "role", "name", "valid_from", "valid_until"):
        yield _claim(ClaimKind.DOMAIN, row)


def _asn_claims(rows: QuerySet[models.Asn]) -> Iterator[Claim]:
    for row in rows.values_list("organisation_id", "role", "number", "valid_from", "valid_until"):
        yield _claim(ClaimKind.ASN, row)


def _claim(kind: ClaimKind, row: tuple[UUID, str, str | int, datetime, datetime | None]) -> Claim:
    owner, role, held, valid_from, valid_until = row
    return Claim(str(owner), role, kind, str(held), valid_from, valid_until)


def _claims_on(addresses: Collection[Address], hosts: Collection[Host], asns: Collection[Asn]) -> list[Claim]:
    names = sorted({suffix for host in hosts for suffix in rules.suffixes_of(host)})
    asked: list[list[str] | list[int]] = [
        sorted({str(address) for address in addresses}),
        names,
        sorted({int(asn) for asn in asns}),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation, role, kind, held, valid_from, valid_until"
            " FROM constituency_claims_on(%s::inet[], %s::text[], %s::bigint[])",
            asked,
        )
        return [
            _claim(ClaimKind(kind), (owner, role, held, valid_from, valid_until))
            for owner, role, kind, held, valid_from, valid_until in cursor.fetchall()
        ]
