"""Who comes in at the portal for an organisation: for what is written to one person alone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission

from .. import models
from ..values import PortalPerson


@look(Permission.DISCLOSURE_PROPOSE)
def list_portal_people(
    viewer: Actor, /, *, organisations: Collection[UUID] = (), accounts: Collection[UUID] = ()
) -> tuple[PortalPerson, ...]:
    """People of these organisations, and behind these accounts, closed ones too; in an order that says nothing.

    The name is there where the viewer knows the organisation; elsewhere `number` tells them apart.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account, organisation, name, is_active FROM constituency_people(%s, %s)"
            " ORDER BY organisation, account",
            [list(organisations), list(accounts)],
        )
        rows = cursor.fetchall()
    owners = {organisation for _, organisation, _, _ in rows}
    known = set(models.Identity.objects.filter(organisation_id__in=owners).values_list("organisation_id", flat=True))
    numbers: dict[UUID, int] = {}
    found = []
    for account, organisation, name, is_active in rows:
        numbers[organisation] = numbers.get(organisation, 0) + 1
        found.append(
            PortalPerson(
                ActorId(account),
                OrganisationId(organisation),
                numbers[organisation],
                name if organisation in known else None,
                is_active=is_active,
            )
        )
    return tuple(found)
