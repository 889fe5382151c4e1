"""Whose is it: feed rows by address and host at their own time, reports by name or sender, and by a person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_host
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Attribution, Host
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Deed, Kind

from .. import models, rules
from ..errors import ReportNotFound
from ..masking import mask_text
from ..queries.words import are_words_sealed
from ..values import Channel, Match, ReportId
from .sealing import await_masking, mask_reports, mask_waiting

_ROWS_AT_ONCE = 5_000
_UPDATE_ROWS = (files("meldpunt.intake") / "sql" / "attribute_rows.sql").read_text("utf-8")
_UPDATE_REPORTS = (files("meldpunt.intake") / "sql" / "attribute_reports.sql").read_text("utf-8")
_SETTLING = timedelta(minutes=5)
"""A registration bears the time at which it began: this long it may be under way before anybody can see it."""

_Row = tuple[uuid.UUID, int, str | None, str, datetime | None]
"""Id, number, address, host and time of a feed row."""


@dataclass(frozen=True)
class _Found:
    organisation: OrganisationId
    way: Match


@deed(Permission.ATTRIBUTE)
def attribute_reports(actor: Actor, /) -> int:
    """Look at every report and feed row that was not looked at yet; how many got an organisation.

    A row is attributed by its address and host as of its own time. A report is attributed by the name a system
    with a key gave; a name or mail domain that a stranger gave is a suggestion, and `attributed_by` says so.
    A report that somebody else made does not become the organisation's own by it. What had no organisation is
    looked at again once another was registered after that. The actor reads the whole register: a job, or who keeps
    it.
    """
    mask_waiting(actor)
    registered_at = constituency_queries.last_registered_at(actor)
    if registered_at is None:
        return 0
    registry = constituency_queries.compile_registry(actor)
    waiting = _unexamined_since(registered_at + _SETTLING)
    # What a person attached is not asked again: a guess must not overrule it.
    unexamined = models.Report.objects.filter(waiting).order_by("received_at", "id")
    reports = list(unexamined.only("id", "channel", "received_at", "feed"))
    feeds = [report for report in reports if _is_feed(report)]
    told = [report for report in reports if not _is_feed(report)]
    rows = sum(_attribute_feed(actor, report, registry, waiting) for report in feeds)
    return rows + _attribute_told(actor, told, registry)


@deed(Permission.REPORT_COMPLETE)
def attach_reporter(actor: Actor, /, *, report: ReportId, organisation: OrganisationId, reason: str) -> None:
    """Say that this organisation made the report: from now on it is its own, under the same reference.

    For whoever reported without an account. A report of another organisation is attached anew by who unsealed that
    one: otherwise its words would open by the unsealing of any other. Raises ReportNotFound, NotFound, IdentitySealed.
    """
    known = constituency_queries.get_organisation(actor, organisation=organisation)
    row = models.Report.objects.select_for_update(of=("self",)).filter(id=report).first()
    if row is None:
        raise ReportNotFound("no such report")
    if row.organisation_id not in (None, organisation) and are_words_sealed(actor, report=report):
        raise IdentitySealed("Unseal the identity of this organisation first, with a purpose.")
    # Before the organisation is known, because from then on its words are sealed. Those of another are so already.
    mask_reports(actor, {report: organisation})
    terms = constituency_queries.masking_terms(actor, organisation=organisation)
    if row.organisation_id is not None:
        await_masking(report)
    models.Report.objects.filter(id=report).update(
        organisation_id=organisation,
        behind=None,
        is_own=True,
        attributed_by=Match.PERSON.value,
        attributed_at=timezone.now(),
        sector=row.sector or known.sector,
        entity_kind=row.entity_kind or known.entity_kind,
    )
    ledger.record(
        actor,
        kind=Kind.ATTRIBUTED,
        subject=report,
        about=organisation,
        details={"organisation": str(organisation), "by": Match.PERSON.value, "reason": mask_text(reason, terms)},
        receipt_digest=bytes(row.receipt_digest),
    )


def _is_feed(report: models.Report) -> bool:
    """A mail that brought a feed is one: who sends it is not whom it is about."""
    return report.channel == Channel.FEED or bool(report.feed)


def _unexamined_since(instant: datetime) -> Q:
    """Of nobody yet, and not looked at since; of reports and of feed rows alike."""
    return Q(organisation=None) & (Q(examined_at=None) | Q(examined_at__lt=instant))


def _attribute_told(actor: Actor, reports: Sequence[models.Report], registry: Registry) -> int:
    """All reports that somebody told; one ledger entry for each that got an organisation."""
    senders = _senders(report.id for report in reports)
    names = constituency_queries.find_by_names(actor, names={named for _, named in senders.values()})
    found = [_find(report, *senders.get(report.id, ("", "")), registry=registry, names=names) for report in reports]
    now = timezone.now()
    ids, owners = [report.id for report in reports], [one.organisation if one else None for one in found]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE_REPORTS, [now, now, ids, owners, [one.way.value if one else "" for one in found]])
    mask_reports(actor, {report.id: one.organisation for report, one in zip(reports, found, strict=True) if one})
    # About nobody: an entry that the organisation could read would tell it of a report that another made.
    ledger.record_many(
        actor,
        deeds=[
            Deed(Kind.ATTRIBUTED, report.id, details={"organisation": str(one.organisation), "by": one.way.value})
            for report, one in zip(reports, found, strict=True)
            if one
        ],
    )
    return sum(one is not None for one in found)


def _senders(reports: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """The mail address and the organisation named in each report's sealed row."""
    rows = models.Reporter.objects.filter(report_id__in=list(reports))
    return {row[0]: (row[1], row[2]) for row in rows.values_list("report_id", "email", "organisation_named")}


def _find(
    report: models.Report, email: str, named: str, *, registry: Registry, names: Mapping[str, OrganisationId]
) -> _Found | None:
    if known := names.get(named):
        return _Found(known, rules.way_of_name(Channel(report.channel)))
    host = _host(email.rpartition("@")[2])
    if report.channel != Channel.MAIL or host is None:
        return None
    found = _holder_first(registry.attribute(at=report.received_at, host=host))
    return _Found(OrganisationId(uuid.UUID(found.owner)), Match.MAIL_DOMAIN) if found else None


def _attribute_feed(actor: Actor, report: models.Report, registry: Registry, waiting: Q) -> int:
    """All rows of one feed, in batches; one ledger entry with the count."""
    total, last = 0, 0
    unexamined = models.FeedRow.objects.filter(waiting, report_id=report.id).order_by("number")
    while rows := list(
        unexamined.filter(number__gt=last).values_list("id", "number", "address", "host", "at")[:_ROWS_AT_ONCE]
    ):
        total += _attribute_rows(rows, registry, fallback=report.received_at)
        last = rows[-1][1]
    models.Report.objects.filter(id=report.id).update(examined_at=timezone.now())
    if total:
        ledger.record(actor, kind=Kind.ATTRIBUTED, subject=report.id, details={"rows": total})
    return total


def _attribute_rows(rows: Sequence[_Row], registry: Registry, *, fallback: datetime) -> int:
    """A row whose own time could not be read is asked as of its report's reception."""
    found = [_find_row(row, registry, fallback=fallback) for row in rows]
    owners = [one.owner if one else None for one in found]
    ways = [one.by.value if one else "" for one in found]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE_ROWS, [timezone.now(), [row[0] for row in rows], owners, ways])
    return sum(one is not None for one in found)


def _find_row(row: _Row, registry: Registry, *, fallback: datetime) -> Attribution | None:
    _, _, address, host, at = row
    return find_holder(address, host, at or fallback, registry)


def find_holder(address: str | None, host: str, at: datetime, registry: Registry) -> Attribution | None:
    """Whose an address or a host name was at that instant: who holds it before who merely hosts it."""
    return _holder_first(
        registry.attribute(
            at=at,
            address=parse_address(address) if address else None,
            host=Host(host) if host else None,
        )
    )


def _holder_first(found: Sequence[Attribution]) -> Attribution | None:
    """Who holds it before who merely hosts it; the order of the registry otherwise."""
    return min(found, key=lambda one: one.role != "holder", default=None)


def _host(text: str) -> Host | None:
    try:
        return parse_host(text)
    except Unreadable:
        return None
