"""Rows of services and dependencies: how they are made, ended and masked. For the deeds of this room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED, Organisation
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import DependencyUnfit, ServiceUnfit
from ..rules.checking import LONGEST, OF_PROVIDERS, code_of, number_in
from ..values import DependencyForm, OwnLeanForm, ServiceForm, service_in

ITSELF: Final = "door de organisatie zelf verteld / told by the organisation itself"
REPLACED: Final = "opnieuw verteld / told anew"
WENT: Final = "de dienst stopte / the service ended"
"""Reasons that the house gives, kept with the row as anybody's are."""

Owner = tuple[UUID | None, str, str]
"""The organisation, or the provider, and the name of the service: one at a time goes by it."""


def take_turn(*owners: UUID | None) -> None:
    """One change at a time of the services of each owner (None: all providers), or of the whole register for none.

    Two at once could give one code twice. Whoever changes the whole register waits for all, and all for it.
    """
    with connection.cursor() as cursor:
        shared = "_shared" if owners else ""
        cursor.execute(f"SELECT pg_advisory_xact_lock{shared}(hashtext('services.register'))")
        for owner in sorted({str(one or OF_PROVIDERS) for one in owners}):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('services.register'), hashtext(%s))", [owner])


def terms_of(actor: Actor, organisations: Collection[OrganisationId]) -> Mapping[OrganisationId, Identity]:
    """What points at these organisations; parties are public bodies and no secret."""
    if not organisations:
        return {}
    found = constituency_queries.list_by_ids(actor, organisations=organisations)
    sealed = [one.id for one in found.values() if one.kind == "constituent"]
    return constituency_queries.list_masking_terms(actor, organisations=sealed)


def masked(text: str, terms: Iterable[Identity]) -> str:
    """The text with a mark wherever it points at one of these."""
    return hide(clean_text(text), terms, ground=SEALED).text


class Codes:
    """The next code of each owner, counted on from those in use; for the length of one deed that has the turn."""

    def __init__(self, owners: Iterable[UUID | None]) -> None:
        wanted = set(owners)
        named = models.Service.objects.filter(organisation_id__in=[one for one in wanted if one])
        others = models.Service.objects.filter(organisation__isnull=True)
        rows = named | others if None in wanted else named
        self._last: dict[UUID | None, int] = {}
        for owner, code in rows.values_list("organisation_id", "code"):
            self._last[owner] = max(self._last.get(owner, 0), number_in(code))

    def next_of(self, organisation: Organisation | None) -> str:
        """A code that nobody has."""
        owner = organisation.id if organisation else None
        self._last[owner] = self._last.get(owner, 0) + 1
        return code_of(organisation.code if organisation else OF_PROVIDERS, self._last[owner])


def service_row(
    actor: Actor, form: ServiceForm, owner: Organisation | None, *, code: str, name: str, reason: str, at: datetime
) -> models.Service:
    """A row that is not kept yet; `name` and `reason` are masked, which may make them too long. Raises ServiceUnfit."""
    if len(name) > LONGEST:
        raise ServiceUnfit("Give the service a name of at most 200 characters.")
    return models.Service(
        code=code,
        name=name,
        sector=form.sector or (owner.sector if owner else ""),
        organisation_id=form.organisation,
        provider=clean_text(form.provider),
        reason=reason,
        by=actor.id,
        by_name=actor.name,
        registered_at=at,
    )


def dependency_row(actor: Actor, form: DependencyForm, *, told_by: str, reason: str, at: datetime) -> models.Dependency:
    """A row that is not kept yet; `told_by` and `reason` are masked, as for a service. Raises DependencyUnfit."""
    if len(told_by) > LONGEST:
        raise DependencyUnfit("Say who told it, in at most 200 characters.")
    of, on = service_in(form.of), service_in(form.on)
    return models.Dependency(
        of_service_id=of,
        of_process="" if of else form.of,
        on_service_id=on,
        on_process="" if on else form.on,
        **_bands(form.strength, form.buffer_hours),
        told_by=told_by,
        told_on=form.told_on,
        sure=form.sure.value,
        reason=reason,
        by=actor.id,
        by_name=actor.name,
        since=at,
    )


def naming_row(actor: Actor, form: OwnLeanForm, *, told_by: str, at: datetime) -> models.Naming:
    """A row that is not kept yet; `told_by` is the code of the organisation."""
    return models.Naming(
        of_service_id=form.of,
        provider=clean_text(form.provider),
        sector=form.sector,
        **_bands(form.strength, form.buffer_hours),
        told_on=timezone.localdate(at),
        sure=form.sure.value,
        by=actor.id,
        by_name=told_by,
        since=at,
    )


def _bands(strength: Sequence[float], buffer_hours: Sequence[float]) -> dict[str, float]:
    names = ("low", "likely", "high")
    said = {f"percent_{name}": one for name, one in zip(names, strength, strict=True)}
    return said | {f"buffer_{name}": one for name, one in zip(names, buffer_hours, strict=True)}


def end_rows(actor: Actor, dependencies: Collection[UUID], *, reason: str, at: datetime, by_name: str = "") -> int:
    """These no longer hold; how many did. `by_name` where the name of the actor is not for who reads it."""
    rows = models.Dependency.objects.filter(id__in=list(dependencies), until=None)
    return rows.update(until=at, ended_by=actor.id, ended_by_name=by_name or actor.name, end_reason=reason)
