"""Organisations by code, and by name for whom the name is not sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, OrganisationId, Permission

from .. import models
from ..rows import organisations_from
from ..values import Kind, Organisation

PAGE = 50
_FIND_BY_NAMES: Final = (files("meldpunt.constituency") / "sql" / "find_by_names.sql").read_text("utf-8")


@look(Permission.ORGANISATION_READ)
def get_organisation(viewer: Actor, /, *, organisation: OrganisationId) -> Organisation:
    """The organisation as the viewer may know it. Raises `NotFound`."""
    found = organisations_from(models.Organisation.objects.filter(id=organisation))
    if not found:
        raise NotFound("no such organisation")
    return found[0]


@look(Permission.ORGANISATION_READ)
def list_by_ids(viewer: Actor, /, *, organisations: Collection[UUID]) -> dict[OrganisationId, Organisation]:
    """Those of the ids that the viewer may know of."""
    found = organisations_from(models.Organisation.objects.filter(id__in=list(organisations)))
    return {one.id: one for one in found}


@look(Permission.ORGANISATION_READ)
def list_by_codes(viewer: Actor, /, *, codes: Collection[str]) -> dict[str, Organisation]:
    """Those of these codes that somebody has."""
    return {one.code: one for one in organisations_from(models.Organisation.objects.filter(code__in=list(codes)))}


@look(Permission.ACCOUNT_MANAGE)
def list_codes(viewer: Actor, /, *, organisations: Collection[UUID]) -> Mapping[OrganisationId, str]:
    """The codes of these organisations: all that who manages accounts knows of them."""
    return _codes(organisations, "")


@look(Permission.ACCOUNT_APPROVE)
def list_codes_of_waiting(viewer: Actor, /, *, organisations: Collection[UUID]) -> Mapping[OrganisationId, str]:
    """The codes of the organisations whose people wait for a new start, for who may approve it."""
    return _codes(organisations, "")


@look(Permission.ACCOUNT_MANAGE)
def find_by_code(viewer: Actor, /, *, code: str) -> OrganisationId | None:
    """The organisation with this code, whatever the case."""
    return next(iter(_codes((), code.strip())), None)


@look(Permission.CONSTITUENCY_READ)
def list_organisations(
    viewer: Actor,
    /,
    *,
    kind: Kind | None = None,
    sector: str | None = None,
    text: str = "",
    page: int = 1,
) -> tuple[Organisation, ...]:
    """A page of fifty in the order of codes. `text` finds codes, and names that are not sealed for the viewer."""
    first = (max(page, 1) - 1) * PAGE
    return organisations_from(_matching(kind, sector, text).order_by("code")[first : first + PAGE])


@look(Permission.CONSTITUENCY_READ)
def count_organisations(
    viewer: Actor, /, *, kind: Kind | None = None, sector: str | None = None, text: str = ""
) -> int:
    """How many `list_organisations` has in all."""
    return _matching(kind, sector, text).count()


@look(Permission.CONSTITUENCY_READ)
def find_by_names(viewer: Actor, /, *, names: Collection[str]) -> dict[str, OrganisationId]:
    """The one organisation of each name (whatever the case) or exactly this alias, among those not sealed.

    Where nobody goes by it so, it is whose name has the same words, without signs and the legal form behind them. A
    name that is nobody's, or of several, is left out. One journey, however many names.
    """
    said = {name: name.strip() for name in names}
    asked = sorted(set(said.values()))
    found: defaultdict[tuple[str, int], set[OrganisationId]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_FIND_BY_NAMES, [asked])
        for name, organisation, rank in cursor.fetchall():
            found[name, rank].add(OrganisationId(organisation))
    whose = {name: found[plain, 0] or found[plain, 1] for name, plain in said.items()}
    return {name: next(iter(those)) for name, those in whose.items() if len(those) == 1}


@look(Permission.CONSTITUENCY_READ)
def list_users_of_product(viewer: Actor, /, *, product: str) -> tuple[Organisation, ...]:
    """Who uses a product whose name holds these words."""
    users = models.Product.objects.filter(name__icontains=product).values("organisation_id")
    return organisations_from(models.Organisation.objects.filter(id__in=users).order_by("code"))


@look(Permission.CONSTITUENCY_READ)
def list_users_of_products(
    viewer: Actor, /, *, products: Collection[str]
) -> tuple[tuple[Organisation, tuple[str, ...]], ...]:
    """Who registered a product under one of exactly these names, in the order of codes, with those it has."""
    using: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = models.Product.objects.filter(name__in=list(products)).order_by("name")
    for organisation, name in rows.values_list("organisation_id", "name"):
        using[organisation].append(name)
    found = organisations_from(models.Organisation.objects.filter(id__in=list(using)).order_by("code"))
    return tuple((one, tuple(using[one.id])) for one in found)


@look(Permission.CONSTITUENCY_READ)
def list_carriers(viewer: Actor, /, *, processes: Collection[str]) -> Mapping[str, tuple[Organisation, ...]]:
    """Who carries each of these vital processes, in the order of codes; a process that nobody carries is left out."""
    links = models.VitalLink.objects.filter(process__in=list(processes))
    carried = list(links.order_by("organisation__code").values_list("process", "organisation_id"))
    rows = models.Organisation.objects.filter(id__in=[organisation for _, organisation in carried])
    known = {one.id: one for one in organisations_from(rows)}
    found: defaultdict[str, list[Organisation]] = defaultdict(list)
    for process, organisation in carried:
        if organisation in known:
            found[process].append(known[OrganisationId(organisation)])
    return {process: tuple(carriers) for process, carriers in found.items()}


@look(Permission.ORGANISATION_READ)
def list_product_names(viewer: Actor, /) -> tuple[str, ...]:
    """The products in use, as the organisations named them, each name once."""
    return tuple(models.Product.objects.order_by("name").values_list("name", flat=True).distinct())


def _matching(kind: Kind | None, sector: str | None, text: str) -> QuerySet[models.Organisation]:
    rows = models.Organisation.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if sector:
        rows = rows.filter(sector=sector)
    if text.strip():
        known = models.Identity.objects.filter(name__icontains=text.strip()).values("organisation_id")
        rows = rows.filter(Q(code__icontains=text.strip()) | Q(id__in=known))
    return rows


def _codes(organisations: Collection[UUID], code: str) -> Mapping[OrganisationId, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation, code FROM constituency_codes(%s::uuid[], %s)", [list(organisations), code])
        return {OrganisationId(organisation): found for organisation, found in cursor.fetchall()}
