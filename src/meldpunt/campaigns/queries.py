"""Every read of campaigns. How far a warning came is asked of the door, which alone knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DeliveryState, DisclosureId, Progress, State
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId

from . import models
from .drafting import AT_ONCE, rows_of, warning_draft
from .errors import CampaignClosed, CampaignNotFound, NobodyToWarn, PackageNotFound
from .values import (
    Campaign,
    CampaignId,
    CampaignLine,
    CampaignState,
    Package,
    PackageId,
    PackageLine,
    Unattributed,
    WarningPreview,
    WarningState,
    WaveLine,
    WavePreview,
)

PAGE: Final = 50
"""Lines on one page of a list."""

_OF_DELIVERY: Final = {
    DeliveryState.SENT: WarningState.SENT,
    DeliveryState.READ: WarningState.READ,
    DeliveryState.ACKNOWLEDGED: WarningState.ACKNOWLEDGED,
    DeliveryState.WITHDRAWN: WarningState.WITHDRAWN,
}
_OF_DISCLOSURE: Final = {
    State.REFUSED: WarningState.REFUSED,
    State.PROPOSED: WarningState.WAITING,
    State.WAITING_FOR_APPROVAL: WarningState.WAITING,
    State.WITHDRAWN: WarningState.WITHDRAWN,
}


@look(Permission.CAMPAIGN_READ)
def list_campaigns(viewer: Actor, /, *, report: ReportId | None = None, page: int = 1) -> tuple[CampaignLine, ...]:
    """Campaigns, newest first, `PAGE` at a time; `report`: those made from this feed."""
    rows = _counted().order_by("-prepared_at", "id")
    if report is not None:
        rows = rows.filter(report_id=report)
    return tuple(map(_line, rows[PAGE * (page - 1) : PAGE * page]))


@look(Permission.CAMPAIGN_READ)
def list_warned_with(
    viewer: Actor, /, *, organisation: OrganisationId, others: Collection[OrganisationId]
) -> Mapping[OrganisationId, str]:
    """Of these organisations, who has a package in a campaign in which this one has one: the title of the newest."""
    mine = models.Package.objects.filter(organisation_id=organisation).values("campaign_id")
    both = models.Package.objects.filter(organisation_id__in=others, campaign_id__in=mine)
    newest = both.order_by("organisation_id", "-campaign__prepared_at", "campaign_id").distinct("organisation_id")
    return {OrganisationId(one): title for one, title in newest.values_list("organisation_id", "campaign__title")}


@look(Permission.CAMPAIGN_READ)
def get_campaign(viewer: Actor, /, *, campaign: CampaignId) -> Campaign:
    """One campaign with its waves and what was nobody's. Raises CampaignNotFound."""
    row = _counted().filter(id=campaign).first()
    if row is None:
        raise CampaignNotFound("no such campaign")
    waves = models.Wave.objects.filter(campaign_id=campaign).order_by("number")
    counts = dict(
        models.Warned.objects.filter(wave__in=waves.values("id"))
        .order_by()
        .values_list("wave")
        .annotate(warnings=Count("id"))
    )
    return Campaign(
        line=_line(row),
        report=ReportId(row.report_id),
        text=row.text,
        unattributed=tuple(Unattributed(str(network), int(count)) for network, count in row.unattributed),
        waves=tuple(
            WaveLine(one.number, one.sent_at, ActorId(one.sent_by), one.reason, counts.get(one.id, 0)) for one in waves
        ),
    )


@look(Permission.CAMPAIGN_READ)
def list_packages(viewer: Actor, /, *, campaign: CampaignId, page: int = 1) -> tuple[PackageLine, ...]:
    """The packages of a campaign, largest first, each with how far its last warning came; `PAGE` at a time."""
    rows = models.Package.objects.filter(campaign_id=campaign).order_by("position").defer("data")
    return _package_lines(viewer, list(rows[PAGE * (page - 1) : PAGE * page]))


@look(Permission.CAMPAIGN_READ)
def list_warnable(viewer: Actor, /, *, campaign: CampaignId) -> tuple[OrganisationId, ...]:
    """Who has a package and has not acknowledged its last warning, and waits for nobody's approval."""
    packages = models.Package.objects.filter(campaign_id=campaign).order_by("position")
    owners = dict(packages.values_list("id", "organisation_id"))
    came = _warnings(viewer, owners)
    settled = {WarningState.ACKNOWLEDGED, WarningState.WAITING}
    return tuple(OrganisationId(owner) for key, owner in owners.items() if _state_of(came.get(key)) not in settled)


@look(Permission.CAMPAIGN_READ)
def count_progress(viewer: Actor, /, *, campaign: CampaignId) -> Mapping[WarningState, int]:
    """How many packages of the campaign are in each state; every state is named."""
    ids = list(models.Package.objects.filter(campaign_id=campaign).values_list("id", flat=True))
    came = _warnings(viewer, ids)
    counted = Counter(_state_of(came.get(one)) for one in ids)
    return {state: counted[state] for state in WarningState}


@look(Permission.CAMPAIGN_READ)
def get_package(viewer: Actor, /, *, package: PackageId) -> Package:
    """The package as its organisation gets it, for who unsealed that. Raises PackageNotFound, IdentitySealed.

    An address says whose it is. To pack and to send takes no reading.
    """
    row = models.Package.objects.filter(id=package).first()
    if row is None:
        raise PackageNotFound("no such package")
    owner = constituency_queries.get_organisation(viewer, organisation=OrganisationId(row.organisation_id))
    if owner.name is None:
        raise IdentitySealed("Unseal the identity of this organisation first, with a purpose.")
    return Package(PackageId(row.id), owner, row.rows, bytes(row.data))


@look(Permission.CAMPAIGN_RUN)
def preview_wave(
    viewer: Actor, /, *, campaign: CampaignId, organisations: Collection[OrganisationId] | None = None
) -> WavePreview:
    """Whom a wave would warn of how many rows, what each would not see, and the first of them whole. Saves nothing.

    Raises as `actions.send_wave`.
    """
    row = models.Campaign.objects.filter(id=campaign).first()
    if row is None:
        raise CampaignNotFound("no such campaign")
    if row.state == CampaignState.CLOSED.value:
        raise CampaignClosed("This campaign was closed.")
    packages = choose_packages(viewer, campaign=campaign, organisations=organisations)
    feed = intake_queries.get_report(viewer, report=ReportId(row.report_id))
    first, lines = None, []
    for begin in range(0, len(packages), AT_ONCE):
        some = rows_of(packages[begin : begin + AT_ONCE])
        drafts = [warning_draft(row, one, feed=feed) for one in some]
        for package, preview in zip(some, disclosure_queries.preview_each(viewer, drafts=drafts), strict=True):
            first = first or preview
            lines.append(
                WarningPreview(preview.readers, package.rows, preview.verdict, preview.edited.left_out, preview.sight)
            )
    return WavePreview(tuple(lines), first)


@look(Permission.CAMPAIGN_RUN)
def choose_packages(
    viewer: Actor, *, campaign: CampaignId, organisations: Collection[OrganisationId] | None
) -> list[UUID]:
    """The packages of these, or of everybody who may be warned, largest first. Raises NobodyToWarn."""
    wanted = list_warnable(viewer, campaign=campaign) if organisations is None else organisations
    rows = models.Package.objects.filter(campaign_id=campaign, organisation_id__in=wanted).order_by("position")
    packages = list(rows.values_list("id", flat=True))
    if not packages:
        raise NobodyToWarn("Nobody is left to warn: everybody has acknowledged, or has no package here.")
    return packages


def _counted() -> QuerySet[models.Campaign]:
    packages = models.Package.objects.filter(campaign=OuterRef("pk")).order_by().values("campaign")
    waves = models.Wave.objects.filter(campaign=OuterRef("pk")).order_by().values("campaign")
    return models.Campaign.objects.annotate(
        packages=Coalesce(Subquery(packages.annotate(n=Count("id")).values("n")), 0),
        rows=Coalesce(Subquery(packages.annotate(n=Sum("rows")).values("n")), 0),
        waves=Coalesce(Subquery(waves.annotate(n=Count("id")).values("n")), 0),
    )


def _line(row: models.Campaign) -> CampaignLine:
    counted = row.__dict__
    return CampaignLine(
        id=CampaignId(row.id),
        title=row.title,
        rsit=row.rsit,
        state=CampaignState(row.state),
        prepared_at=row.prepared_at,
        packages=int(counted["packages"]),
        rows=int(counted["rows"]),
        waves=int(counted["waves"]),
    )


@dataclass(frozen=True)
class _Warning:
    """The last warning about a package, and how far it came."""

    wave: int
    disclosure: DisclosureId
    progress: Progress


def _package_lines(viewer: Actor, rows: Collection[models.Package]) -> tuple[PackageLine, ...]:
    owners = constituency_queries.list_by_ids(viewer, organisations=[row.organisation_id for row in rows])
    came = _warnings(viewer, [row.id for row in rows])
    return tuple(_package_line(row, owners[OrganisationId(row.organisation_id)], came.get(row.id)) for row in rows)


def _warnings(viewer: Actor, packages: Collection[UUID]) -> dict[UUID, _Warning]:
    """The last warning about each package that had one. Who reads campaigns oversees disclosures, and so sees each."""
    rows = models.Warned.objects.filter(package_id__in=list(packages)).order_by("wave__number")
    last = {
        package: (wave, DisclosureId(disclosure))
        for package, wave, disclosure in rows.values_list("package_id", "wave__number", "disclosure_id")
    }
    came = disclosure_queries.list_progress(viewer, disclosures=[told for _, told in last.values()])
    return {key: _Warning(wave, told, came[told]) for key, (wave, told) in last.items()}


def _package_line(row: models.Package, owner: Organisation, warned: _Warning | None) -> PackageLine:
    line = PackageLine(
        id=PackageId(row.id),
        organisation=owner,
        rows=row.rows,
        digest=bytes(row.digest),
        state=_state_of(warned),
    )
    if warned is None:
        return line
    return replace(
        line,
        wave=warned.wave,
        disclosure=warned.disclosure,
        sent_at=warned.progress.delivered_at,
        read_at=warned.progress.read_at,
        acknowledged_at=warned.progress.acknowledged_at,
    )


def _state_of(warned: _Warning | None) -> WarningState:
    if warned is None:
        return WarningState.NOT_SENT
    delivery = warned.progress.delivery
    return _OF_DELIVERY[delivery] if delivery else _OF_DISCLOSURE[warned.progress.state]
