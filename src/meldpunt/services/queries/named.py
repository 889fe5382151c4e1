"""What organisations named that their services lean on: to themselves in their words, to the desk by who is meant."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.cascade import Band

from .. import models
from ..rows import by_id
from ..rules.checking import shares
from ..values import Named, Naming, NamingId, ServiceId, Sureness

PAGE: Final = 100
_SAID: Final = (
    *("percent_low", "percent_likely", "percent_high"),
    *("buffer_low", "buffer_likely", "buffer_high", "told_on", "sure", "sector", "of_service_id"),
)


@look(Permission.ORGANISATION_READ_OWN)
def list_own_namings(viewer: Actor, /) -> tuple[Naming, ...]:
    """On whom services of the viewer's organisation lean, as it named them, as long as that holds."""
    if viewer.organisation is None:
        return ()
    placed = models.Dependency.objects.filter(naming_id=OuterRef("id"), until=None)
    rows = models.Naming.objects.filter(of_service__organisation_id=viewer.organisation, until=None)
    return tuple(
        Naming(
            id=NamingId(row.id),
            of=ServiceId(row.of_service_id),
            provider=row.provider,
            sector=row.sector,
            strength=shares((row.percent_low, row.percent_likely, row.percent_high)),
            buffer_hours=Band(row.buffer_low, row.buffer_likely, row.buffer_high),
            told_on=row.told_on,
            sure=Sureness(row.sure),
            is_placed=row.is_placed,
        )
        for row in rows.annotate(is_placed=Exists(placed)).order_by("since", "id")
    )


@look(Permission.TRIAGE_READ)
def list_named(viewer: Actor, /) -> tuple[Named, ...]:
    """Names that wait for the desk, longest first, at most a hundred: whom each means, by what the viewer may know."""
    return _named(viewer)


@look(Permission.TRIAGE_READ)
def find_named(viewer: Actor, /, *, naming: NamingId) -> Named | None:
    """The one that waits with this id."""
    return next(iter(_named(viewer, naming)), None)


@look(Permission.TRIAGE_READ)
def count_named(viewer: Actor, /) -> int:
    """How many wait."""
    return _waiting().count()


def _waiting() -> QuerySet[models.Meant]:
    placed = models.Dependency.objects.filter(naming_id=OuterRef("naming_id"), until=None)
    return models.Meant.objects.filter(~Exists(placed), naming__until=None)


def _named(viewer: Actor, naming: NamingId | None = None) -> tuple[Named, ...]:
    rows = _waiting().filter(naming_id=naming) if naming else _waiting()
    # Named one by one: of the naming itself the desk reads all but the words.
    asked = rows.order_by("naming__since", "id").values(
        "naming_id", "organisation_id", "provider", *(f"naming__{one}" for one in _SAID)
    )
    found = list(asked[:PAGE])
    services = by_id(viewer, {row["naming__of_service_id"] for row in found})
    ids = {OrganisationId(row["organisation_id"]) for row in found if row["organisation_id"]}
    meant = constituency_queries.list_by_ids(viewer, organisations=ids) if ids else {}
    return tuple(
        Named(
            id=NamingId(row["naming_id"]),
            of=services[row["naming__of_service_id"]],
            organisation=meant.get(row["organisation_id"]),
            provider=row["provider"],
            sector=row["naming__sector"],
            strength=shares([row[f"naming__percent_{one}"] for one in ("low", "likely", "high")]),
            buffer_hours=Band(*(row[f"naming__buffer_{one}"] for one in ("low", "likely", "high"))),
            told_on=row["naming__told_on"],
            sure=Sureness(row["naming__sure"]),
        )
        for row in found
    )
