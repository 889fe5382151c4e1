"""What every entrance ends in: the report, its receipt and its ledger entry, in the transaction of the caller."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import bound
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Door, OrganisationId
from meldpunt.engines.matching.observables import lift_observables
from meldpunt.evidence import actions as evidence_actions
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import EntryId, Kind

from .. import models, rules
from ..receipts import new_code, new_reference
from ..shadowserver import FeedRow
from ..values import Attached, Channel, KeptReason, Match, Receipt, ReportForm, ReportId

EVIDENCE_PURPOSE = "what was reported, as it came"
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class Arrival:
    """A report about to be received. `report` is made beforehand, so that evidence can be sealed about it."""

    report: ReportId
    channel: Channel
    form: ReportForm
    kept: KeptReason | None = None
    organisation: OrganisationId | None = None
    observer: OrganisationId | None = None
    observing_key: uuid.UUID | None = None
    sender_reference: str | None = None
    feed: str = ""
    raw: tuple[uuid.UUID, ...] = ()
    attachments: tuple[Attached, ...] = ()
    rows: Iterator[FeedRow] = field(default_factory=lambda: iter(()))


def new_report_id() -> ReportId:
    """An id that nobody can guess."""
    return ReportId(uuid.uuid4())


def admit(actor: Actor, arrival: Arrival) -> Receipt:
    """Write the report and all that hangs on it, and make its receipt. The caller is a deed of `actor`.

    A stranger acts on with the new receipt in hand: row policies let whoever holds it add to the report.
    """
    code = new_code()
    teller = replace(actor, receipt=code) if actor.door is Door.PUBLIC else actor
    with bound(teller):
        return _write(teller, arrival, code)


def seal_whole(actor: Actor, *, report: ReportId, name: str, media_type: str, data: bytes) -> tuple[uuid.UUID, ...]:
    """Seal bytes of any size, in as many items as the limit of one asks. Nothing is sealed of nothing."""
    limit: int = getattr(settings, "EVIDENCE_LIMIT", evidence_actions.DEFAULT_LIMIT)
    pieces = [data[start : start + limit] for start in range(0, len(data), limit)]
    several = len(pieces) > 1
    return tuple(
        evidence_actions.seal_evidence(
            actor,
            name=f"{name} ({number} of {len(pieces)})" if several else name,
            data=piece,
            media_type=media_type,
            about=report,
            purpose=EVIDENCE_PURPOSE,
        )
        for number, piece in enumerate(pieces, start=1)
    )


def _write(actor: Actor, arrival: Arrival, code: str) -> Receipt:
    now, reference, digest = timezone.now(), new_reference(), digest_of(code)
    raw = arrival.raw
    if not rules.is_storable(arrival.form) and not raw:
        typed = rules.form_as_bytes(arrival.form)
        raw = seal_whole(actor, report=arrival.report, name="form.json", media_type="application/json", data=typed)
    arrival = replace(arrival, form=rules.clean_form(arrival.form), raw=raw)
    entry = _record(actor, arrival, reference=reference, digest=digest)
    report = _report_row(actor, arrival, now=now)
    report.reference, report.receipt_digest, report.entry = reference, digest, entry
    report.save(force_insert=True)
    _write_reporter(arrival)
    if arrival.form.stage:
        models.SubmittedStage(
            report=report, stage=arrival.form.stage.value, submitted_at=now, submitted_by=actor.id
        ).save(force_insert=True)
    write_observables(arrival.report, f"{arrival.form.title}\n{arrival.form.text}")
    _write_rows(arrival.report, arrival.rows)
    for attached in arrival.attachments:
        seal_whole(
            actor,
            report=arrival.report,
            name=attached.name,
            media_type=attached.media_type,
            data=attached.data,
        )
    return Receipt(arrival.report, reference, code, now, entry)


def _record(actor: Actor, arrival: Arrival, *, reference: str, digest: bytes) -> EntryId:
    details = {
        "reference": reference,
        "channel": arrival.channel.value,
        "kind": arrival.form.kind.value,
        "stage": arrival.form.stage.value if arrival.form.stage else "",
        "kept": arrival.kept.value if arrival.kept else "",
        "evidence": [str(item) for item in arrival.raw],
    }
    return ledger.record(
        actor,
        kind=Kind.SIGHTED if arrival.channel is Channel.SIGHTING else Kind.RECEIVED,
        subject=arrival.report,
        about=arrival.organisation,
        details=details,
        receipt_digest=digest,
    )


def _report_row(actor: Actor, arrival: Arrival, *, now: datetime) -> models.Report:
    form = arrival.form
    return models.Report(
        id=arrival.report,
        sent_by=actor.id,
        sender_reference=arrival.sender_reference,
        channel=arrival.channel.value,
        kind=form.kind.value,
        title=form.title,
        text=form.text,
        sector=form.sector,
        entity_kind=form.entity_kind,
        organisation_id=arrival.organisation,
        is_own=arrival.organisation is not None,
        attributed_by=Match.LOGGED_IN.value if arrival.organisation else "",
        attributed_at=now if arrival.organisation else None,
        examined_at=now if arrival.organisation else None,
        aware_at=form.aware_at,
        occurred_on=form.occurred_on,
        ended_at=form.ended_at,
        received_at=now,
        answers=form.answers,
        state=rules.state_at_arrival(arrival.kept).value,
        kept_reason=arrival.kept.value if arrival.kept else "",
        raw_evidence=list(arrival.raw),
        feed=arrival.feed,
    )


def _write_reporter(arrival: Arrival) -> None:
    who = arrival.form.reporter
    models.Reporter(
        report_id=arrival.report,
        name=who.name,
        email=who.email,
        phone=who.phone,
        organisation_named=arrival.form.organisation_named,
        observer_id=arrival.observer,
        observing_key=arrival.observing_key,
    ).save(force_insert=True)


def write_observables(report: uuid.UUID, text: str) -> None:
    """Lift what the text names, each value once a report."""
    found = {(one.kind.value, one.value) for one in lift_observables(text)}
    rows = [
        models.Observable(report_id=report, kind=kind, value=value)
        for kind, value in sorted(found)
        if rules.byte_length(value) <= rules.LONGEST_OBSERVABLE
    ]
    models.Observable.objects.bulk_create(rows, ignore_conflicts=True)


def _write_rows(report: ReportId, rows: Iterator[FeedRow]) -> None:
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        models.FeedRow.objects.bulk_create(_row_models(report, batch))


def _row_models(report: ReportId, rows: Sequence[FeedRow]) -> Iterable[models.FeedRow]:
    return [
        models.FeedRow(
            report_id=report,
            number=row.number,
            raw=row.raw,
            fields=dict(row.fields),
            address=row.address,
            port=row.port,
            host=row.host,
            at=row.at,
            rsit=row.rsit,
            is_readable=row.is_readable,
            reason=row.reason,
        )
        for row in rows
    ]
