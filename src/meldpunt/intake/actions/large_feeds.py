"""A feed of any size comes in by parts, each in a short transaction; killed in between, the next run goes on there.

Its bytes are sealed whole first. Of its rows those of constituents are kept, and the first that cannot be read: a list
of ten million addresses is mostly about others, and holding them serves nothing. All are counted.
"""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Attribution
from meldpunt.evidence import queries as evidence_queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import EntryId, Kind

from .. import models, rules
from ..errors import ReadByAnother, ReportNotFound
from ..feed_values import Progress
from ..formats.large import LargeFeed, open_large
from ..formats.rows import FeedRow
from ..formats.sieving import Sifted
from ..queries.feeds import progress_of
from ..queries.mappings import mappings_in_use
from ..values import Channel, Receipt, ReportForm, ReportId, ReportKind
from .attribution import find_holder
from .reception import FEED_PURPOSE, Arrival, admit, row_models, seal_whole

MOST_UNREADABLE: Final = 1_000
"""Rows that cannot be read and are kept all the same; the others are counted, and lie in the sealed original."""


@deed(Permission.REPORT_FORWARD)
def open_large_feed(actor: Actor, /, *, path: Path, name: str) -> LargeFeed:
    """Look at a file that is too large for `receive_feed`. Raises ReportTooLarge where it is no CSV, OSError."""
    return open_large(path, name=name, mappings=mappings_in_use())


@deed(Permission.REPORT_FORWARD)
def seal_next_part(actor: Actor, /, *, feed: LargeFeed) -> bool:
    """Seal the first part that was not; False where all of them are."""
    report, size = _report_of(actor, feed), _part_size()
    number = len(evidence_queries.list_evidence(actor, about=report))
    if number * size >= feed.size:
        return False
    with feed.path.open("rb") as file:
        file.seek(number * size)
        data = file.read(size)
    name = f"{feed.name} ({number + 1} of {-(-feed.size // size)})"
    seal_whole(actor, report=report, name=name, media_type="text/csv", data=data, purpose=FEED_PURPOSE)
    return True


@deed(Permission.REPORT_FORWARD)
def admit_large_feed(actor: Actor, /, *, feed: LargeFeed) -> tuple[Receipt, Progress]:
    """Receive a feed whose parts are sealed; the receipt without a code, and the progress, of one that came before."""
    report = _report_of(actor, feed)
    known = models.Report.objects.filter(id=report).first()
    if known is not None:
        receipt = Receipt(report, known.reference, "", known.received_at, EntryId(known.entry))
        return receipt, progress_of(report) or Progress()
    sealed = tuple(uuid.UUID(str(one.id)) for one in evidence_queries.list_evidence(actor, about=report))
    answers = {
        "file": feed.name,
        "format": feed.found.format.value,
        "report": feed.found.report,
        "known": "yes" if feed.found.is_known else "no",
    }
    form = ReportForm(title=feed.title, text="", kind=ReportKind.THREAT, answers=answers)
    reference = f"sha256:{feed.digest}"
    arrival = Arrival(report, Channel.FEED, form, raw=sealed, sender_reference=reference)
    receipt = admit(actor, replace(arrival, feed=rules.feed_column(feed.found.report)))
    models.Reading(report_id=report).save(force_insert=True)
    return receipt, Progress()


@deed(Permission.ATTRIBUTE)
def add_rows(actor: Actor, /, *, receipt: Receipt, sifted: Sifted, registry: Registry, before: Progress) -> Progress:
    """Say whose the next rows are and keep what is kept of them; how far that brings the reading.

    Those that were not read are counted, as of nobody. Raises ReportNotFound, ReadByAnother.
    """
    _lock(receipt.report, before)
    found = [(one, find_holder(one.address, one.host, one.at or receipt.received_at, registry)) for one in sifted.rows]
    unreadable = [one.number for one in sifted.rows if not one.is_readable]
    kept_unread = set(unreadable[: max(0, MOST_UNREADABLE - before.not_readable)])
    kept = [one for one in found if one[1] or one[0].number in kept_unread]
    models.FeedRow.objects.bulk_create(_with_owners(receipt.report, kept, timezone.now()))
    after = Progress(
        rows=before.rows + sifted.count,
        of_constituents=before.of_constituents + sum(one is not None for _, one in found),
        not_readable=before.not_readable + len(unreadable),
    )
    models.Reading.objects.filter(report_id=receipt.report).update(**asdict(after))
    return after


@deed(Permission.ATTRIBUTE)
def close_large_feed(actor: Actor, /, *, report: ReportId, progress: Progress) -> Progress:
    """Say that all of it was read, with one ledger entry. Raises ReportNotFound, ReadByAnother."""
    _lock(report, progress)
    whole = replace(progress, is_whole=True)
    models.Reading.objects.filter(report_id=report).update(**asdict(whole))
    models.Report.objects.filter(id=report).update(examined_at=timezone.now())
    if progress.of_constituents:
        details = {"rows": progress.of_constituents}
        ledger.record(actor, kind=Kind.ATTRIBUTED, subject=report, details=details)
    return whole


def _lock(report: ReportId, expected: Progress) -> None:
    if not models.Reading.objects.select_for_update().filter(report_id=report).exists():
        raise ReportNotFound("no such feed")
    if progress_of(report) != expected:
        raise ReadByAnother


def _with_owners(
    report: ReportId, kept: Iterable[tuple[FeedRow, Attribution | None]], now: datetime
) -> list[models.FeedRow]:
    pairs = list(kept)
    made = list(row_models(report, [row for row, _ in pairs]))
    for row, (_, owner) in zip(made, pairs, strict=True):
        row.examined_at = now
        if owner is not None:
            row.organisation_id, row.attributed_by = uuid.UUID(owner.owner), owner.by.value
    return made


def _part_size() -> int:
    size: int = settings.EVIDENCE_LIMIT
    return size


def _report_of(actor: Actor, feed: LargeFeed) -> ReportId:
    """The id of this feed's report: the same each time it is handed in, and nobody else's to guess."""
    made = hmac.new(settings.SECRET_KEY.encode(), f"large feed {actor.id} {feed.digest}".encode(), sha256)
    return ReportId(uuid.UUID(bytes=made.digest()[:16], version=4))
