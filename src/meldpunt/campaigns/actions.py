"""A campaign is prepared from a feed, sent wave by wave, and closed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId, Seen, Unshown
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.feed_values import FeedRowLine
from meldpunt.intake.values import Report, ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from . import models, rules
from .drafting import AT_ONCE, rows_of, warning_draft, warning_drafts
from .errors import CampaignClosed, CampaignNotFound, NobodyToWarn
from .queries import choose_packages, get_campaign
from .values import Campaign, CampaignId, CampaignState, Wave

WARNED = "warned"
"""The mark on the feed: somebody was warned from it."""


@deed(Permission.CAMPAIGN_RUN)
def prepare_campaign(actor: Actor, /, *, report: ReportId, title: str, text: str) -> Campaign:
    """One package per organisation that rows of this feed are attributed to. Nothing is sent yet.

    Raises ReportNotFound, NobodyToWarn (no row belongs to anybody), WordingMissing.
    """
    feed = intake_queries.get_report(actor, report=report)
    rows = tuple(_rows_of(actor, report))
    packed = rules.pack(rows)
    if not packed:
        raise NobodyToWarn("No row of this feed belongs to an organisation we serve.")
    unattributed = rules.count_unattributed(rows)
    campaign = models.Campaign(
        report_id=feed.id,
        title=rules.check_words(title, what="title"),
        text=rules.check_words(text, what="text"),
        rsit=rules.commonest_type(rows),
        state=CampaignState.PREPARED.value,
        unattributed=[[one.network, one.rows] for one in unattributed],
        prepared_by=actor.id,
        prepared_at=timezone.now(),
    )
    campaign.save(force_insert=True)
    models.Package.objects.bulk_create(
        models.Package(
            campaign=campaign,
            organisation_id=one.organisation,
            position=position,
            rows=one.rows,
            data=one.data,
            digest=rules.digest_of(one.data),
        )
        for position, one in enumerate(packed)
    )
    counts: dict[str, Json] = {"deed": "campaign prepared", "packages": len(packed), "rows": len(rows)}
    counts["read_whole"] = str(feed.id)
    ledger.record(actor, kind=Kind.COMPILED, subject=campaign.id, details=counts)
    return get_campaign(actor, campaign=CampaignId(campaign.id))


@deed(Permission.CAMPAIGN_RUN)
def send_wave(
    actor: Actor,
    /,
    *,
    campaign: CampaignId,
    reason: str,
    organisations: Collection[OrganisationId] | None = None,
    seen: Seen,
) -> Wave:
    """Warn these organisations, or else everybody with a package who has not acknowledged: one disclosure each.

    What the law refuses for one holds up no other. `seen`: the page on which the wave was shown before. Raises
    CampaignNotFound, CampaignClosed, NobodyToWarn, WordingMissing (no reason), PackageDamaged, SeenChanged.
    """
    row = _lock(campaign)
    said = rules.check_words(reason, what="reason")
    packages = choose_packages(actor, campaign=campaign, organisations=organisations)
    feed = intake_queries.get_report(actor, report=ReportId(row.report_id))
    disclosure_queries.check_shown(actor, drafts=warning_drafts(row, packages, feed=feed), seen=seen)
    before: int = models.Wave.objects.filter(campaign=row).aggregate(last=Max("number"))["last"] or 0
    wave = models.Wave(campaign=row, number=before + 1, reason=said, sent_by=actor.id, sent_at=timezone.now())
    wave.save(force_insert=True)
    told: dict[DisclosureId, DisclosureState] = {}
    for begin in range(0, len(packages), AT_ONCE):
        told |= _warn(actor, wave, packages[begin : begin + AT_ONCE], feed=feed)
    models.Campaign.objects.filter(id=campaign).update(state=CampaignState.RUNNING.value)
    sent = _summary(wave.number, told)
    if sent.sent:
        intake_actions.note_progress(actor, report=feed.id, mark=WARNED)
    details: dict[str, Json] = {"deed": "wave sent", "wave": sent.number, "reason": said}
    details |= {"sent": len(sent.sent), "waiting": len(sent.waiting), "refused": len(sent.refused)}
    ledger.record(actor, kind=Kind.DECIDED, subject=row.id, details=details)
    return sent


@deed(Permission.CAMPAIGN_RUN)
def close_campaign(actor: Actor, /, *, campaign: CampaignId, reason: str) -> Campaign:
    """No further wave. Raises CampaignNotFound, CampaignClosed, WordingMissing."""
    row = _lock(campaign)
    said = rules.check_words(reason, what="reason")
    models.Campaign.objects.filter(id=campaign).update(state=CampaignState.CLOSED.value)
    ledger.record(actor, kind=Kind.DECIDED, subject=row.id, details={"deed": "campaign closed", "reason": said})
    return get_campaign(actor, campaign=campaign)


def _rows_of(actor: Actor, report: ReportId) -> Iterator[FeedRowLine]:
    after = 0
    while page := intake_queries.list_whole_feed_rows(actor, report=report, after=after):
        yield from page
        after = page[-1].number


def _lock(campaign: CampaignId) -> models.Campaign:
    row = models.Campaign.objects.select_for_update().filter(id=campaign).first()
    if row is None:
        raise CampaignNotFound("no such campaign")
    if row.state == CampaignState.CLOSED.value:
        raise CampaignClosed("This campaign was closed.")
    return row


def _warn(
    actor: Actor, wave: models.Wave, packages: Sequence[UUID], *, feed: Report
) -> dict[DisclosureId, DisclosureState]:
    """One disclosure for each of these packages; only some at a time are in memory with their rows."""
    rows = rows_of(packages)
    drafts = [warning_draft(wave.campaign, row, feed=feed) for row in rows]
    told = disclosure_actions.disclose_each(actor, drafts=drafts, reason=wave.reason, seen=Unshown.COMPARED)
    models.Warned.objects.bulk_create(
        models.Warned(package=row, wave=wave, disclosure_id=one.id) for row, one in zip(rows, told, strict=True)
    )
    return {one.id: one.state for one in told}


def _summary(number: int, told: Mapping[DisclosureId, DisclosureState]) -> Wave:
    sent = tuple(key for key, state in told.items() if state is DisclosureState.DELIVERED)
    refused = tuple(key for key, state in told.items() if state is DisclosureState.REFUSED)
    waiting = tuple(key for key, state in told.items() if state is DisclosureState.WAITING_FOR_APPROVAL)
    return Wave(number, sent, waiting, refused)
