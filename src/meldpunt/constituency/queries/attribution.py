"""The claims of the constituency, for asking whose a value is. Answers are ids; names stay sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import Max

from meldpunt.access.binding import look
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Address, Asn, Claim, ClaimKind, Host

from .. import models, rules
from ..errors import RegistrySealed
from ..rows import all_claims, claim_from


@look(Permission.ATTRIBUTE)
def compile_registry(
    viewer: Actor,
    /,
    *,
    addresses: Collection[Address] | None = None,
    hosts: Collection[Host] | None = None,
    asns: Collection[Asn] | None = None,
) -> Registry:
    """What to ask whose a value is; the owner of an attribution is the organisation's id as text.

    With values, in normal form: only the claims on these values, which any viewer who may attribute can have. With
    none of the three: all claims, for jobs and for who keeps the register; raises `RegistrySealed` for others,
    because a registry that silently lacked what is sealed would attribute wrongly.
    """
    if addresses is not None or hosts is not None or asns is not None:
        return Registry.compile(_claims_on(addresses or (), hosts or (), asns or ()))
    if viewer.door is not Door.JOBS and not may(viewer.roles, Permission.CONSTITUENCY_MANAGE):
        raise RegistrySealed("Ask about the addresses, hosts or AS numbers at hand; the whole registry is sealed.")
    return Registry.compile(all_claims())


@look(Permission.ATTRIBUTE)
def last_registered_at(viewer: Actor, /) -> datetime | None:
    """When the last organisation was registered; what nobody held before may be somebody's since. None: never."""
    newest: datetime | None = models.Organisation.objects.aggregate(newest=Max("registered_at"))["newest"]
    return newest


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
            claim_from(ClaimKind(kind), (owner, role, held, valid_from, valid_until))
            for owner, role, kind, held, valid_from, valid_until in cursor.fetchall()
        ]
