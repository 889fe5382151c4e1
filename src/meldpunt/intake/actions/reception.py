"""What every entrance ends in: the report, its receipt and its ledger entry, in the transaction of the caller."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.conf import settings
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import bound
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Door, OrganisationId
from meldpunt.engines.matching.observables import lift_observables
from meldpunt.engines.redaction.identity import Identity
from meldpunt.evidence import actions as evidence_actions
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Deed, Kind

from .. import masking, models, rules, waves
from ..feed_values import Named
from ..formats.rows import FeedRow
from ..receipts import new_code, new_reference
from ..values import Attached, Channel, KeptReason, Match, Receipt, ReportForm, ReportId
from .sealing import terms_of, words_of_form

EVIDENCE_PURPOSE, FEED_PURPOSE = "report", "feed"
_ROWS_AT_ONCE = 2_000
_REPORTS_AT_ONCE = 200


@dataclass(frozen=True)
class Arrival:
    """A report about to be received. `report` is made beforehand, so that evidence can be sealed about it.

    `names_too`: what it names beside its words, such as where links go that its words only hint at.
    """

    report: ReportId
    channel: Channel
    form: ReportForm
    kept: KeptReason | None = None
    organisation: OrganisationId | None = None
    observer: OrganisationId | None = None
    observing_key: uuid.UUID | None = None
    sender_reference: str | None = None
    sender_digest: str = ""
    feed: str = ""
    raw: tuple[uuid.UUID, ...] = ()
    attachments: tuple[Attached, ...] = ()
    rows: Iterator[FeedRow] = field(default_factory=lambda: iter(()))
    looked_up: tuple[Named, ...] = ()
    is_set_aside: bool = False
    names_too: str = ""


def new_report_id() -> ReportId:
    """An id that nobody can guess."""
    return ReportId(uuid.uuid4())


def admit(actor: Actor, arrival: Arrival) -> Receipt:
    """Write the report and all that hangs on it, and make its receipt. The caller is a deed of `actor`.

    A stranger acts on with the new receipt in hand: row policies let whoever holds it add to the report.
    """
    code = new_code()
    if actor.door is not Door.PUBLIC:
        return _write(actor, [arrival], [code])[0]
    teller = replace(actor, receipt=code)
    with bound(teller):
        return _write(teller, [arrival], [code])[0]


def admit_all(actor: Actor, arrivals: Sequence[Arrival]) -> tuple[Receipt, ...]:
    """Many reports of one sender who is no stranger, in few journeys; a receipt each, in their order."""
    return _write(actor, arrivals, [new_code() for _ in arrivals])


def wait_for_turn(actor: Actor) -> None:
    """What one system sends is received in turn, to the end of its transaction.

    Two requests with the same item at the same moment would both find it new; and in its list a report would come to
    stand behind one that was read already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"intake/forwarded/{actor.id}"])


def seal_whole(
    actor: Actor, *, report: ReportId, name: str, media_type: str, data: bytes, purpose: str = EVIDENCE_PURPOSE
) -> tuple[uuid.UUID, ...]:
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
            purpose=purpose,
        )
        for number, piece in enumerate(pieces, start=1)
    )


def _write(actor: Actor, arrivals: Sequence[Arrival], codes: Sequence[str]) -> tuple[Receipt, ...]:
    now = timezone.now()
    arrivals = [_storable(actor, arrival) for arrival in arrivals]
    references = [new_reference() for _ in arrivals]
    told = list(zip(arrivals, references, codes, strict=True))
    entries = ledger.record_many(actor, deeds=[_deed(one, reference, code) for one, reference, code in told])
    receipts = tuple(
        Receipt(one.report, reference, code, now, entry)
        for (one, reference, code), entry in zip(told, entries, strict=True)
    )
    terms = [terms_of(actor, form=one.form, organisation=one.organisation) for one in arrivals]
    rows = [_report_row(actor, *one) for one in zip(arrivals, receipts, terms, strict=True)]
    models.Report.objects.bulk_create(rows, batch_size=_REPORTS_AT_ONCE)
    words = (words_of_form(one.report, one.form) for one in arrivals)
    models.Words.objects.bulk_create(words, batch_size=_REPORTS_AT_ONCE)
    models.Reporter.objects.bulk_create(map(_reporter_row, arrivals), batch_size=_REPORTS_AT_ONCE)
    models.SubmittedStage.objects.bulk_create(
        models.SubmittedStage(report_id=one.report, stage=one.form.stage.value, submitted_at=now, submitted_by=actor.id)
        for one in arrivals
        if one.form.stage
    )
    texts = {one.report: "\n".join((one.form.title, one.form.text, one.names_too)) for one in arrivals}
    write_observables(texts, {one.report: known for one, known in zip(arrivals, terms, strict=True)})
    for arrival in arrivals:
        _write_rows(arrival)
        for file in arrival.attachments:
            seal_whole(actor, report=arrival.report, name=file.name, media_type=file.media_type, data=file.data)
    return receipts


def _storable(actor: Actor, arrival: Arrival) -> Arrival:
    """The arrival with a form that the database can hold; what it cannot hold is sealed as it was typed."""
    raw = arrival.raw
    if not rules.is_storable(arrival.form) and not raw:
        typed = rules.form_as_bytes(arrival.form)
        raw = seal_whole(actor, report=arrival.report, name="form.json", media_type="application/json", data=typed)
    return replace(arrival, form=rules.clean_form(arrival.form), raw=raw)


def _deed(arrival: Arrival, reference: str, code: str) -> Deed:
    details = {
        "reference": reference,
        "channel": arrival.channel.value,
        "kind": arrival.form.kind.value,
        "stage": arrival.form.stage.value if arrival.form.stage else "",
        "kept": arrival.kept.value if arrival.kept else "",
        "evidence": [str(item) for item in arrival.raw],
    }
    kind = Kind.SIGHTED if arrival.channel is Channel.SIGHTING else Kind.RECEIVED
    return Deed(kind, arrival.report, arrival.organisation, details, digest_of(code))


def _report_row(actor: Actor, arrival: Arrival, receipt: Receipt, terms: Identity) -> models.Report:
    form, now = arrival.form, receipt.received_at
    return models.Report(
        id=arrival.report,
        reference=receipt.reference,
        receipt_digest=digest_of(receipt.code),
        entry=receipt.entry,
        sent_by=actor.id,
        sender_reference=arrival.sender_reference,
        sender_digest=arrival.sender_digest,
        channel=arrival.channel.value,
        kind=form.kind.value,
        title=masking.mask_text(form.title, terms),
        text=masking.mask_text(form.text, terms),
        sector=form.sector,
        entity_kind=form.entity_kind,
        organisation_id=arrival.organisation,
        is_own=arrival.organisation is not None,
        attributed_by=Match.LOGGED_IN.value if arrival.organisation else "",
        attributed_at=now if arrival.organisation else None,
        examined_at=now if arrival.organisation else None,
        aware_at=form.aware_at,
        occurred_on=form.occurred_on,
        tlp=form.tlp.value if form.tlp else "",
        ended_at=form.ended_at,
        received_at=now,
        answers=masking.mask_answers(form.answers, terms),
        state=rules.state_at_arrival(arrival.kept, is_set_aside=arrival.is_set_aside).value,
        kept_reason=arrival.kept.value if arrival.kept else "",
        raw_evidence=list(arrival.raw),
        feed=arrival.feed,
        wave="" if arrival.feed else waves.wave_of(form),
        mailer=waves.mailer_of(form, arrival.channel),
    )


def _reporter_row(arrival: Arrival) -> models.Reporter:
    who = arrival.form.reporter
    return models.Reporter(
        report_id=arrival.report,
        name=who.name,
        email=who.email,
        phone=who.phone,
        organisation_named=arrival.form.organisation_named,
        observer_id=arrival.observer,
        observing_key=arrival.observing_key,
    )


def write_observables(texts: Mapping[ReportId, str], terms: Mapping[ReportId, Identity]) -> None:
    """Lift what the text of each report names, each value once a report. Without terms any of it may tell who it is."""
    rows = [
        models.Observable(
            report_id=report,
            kind=kind,
            value=value,
            is_telling=masking.is_telling(kind, value, terms[report])
            if report in terms
            else masking.may_be_telling(kind),
        )
        for report, text in texts.items()
        for kind, value in sorted({(one.kind.value, one.value) for one in lift_observables(text)})
        if rules.byte_length(value) <= rules.LONGEST_OBSERVABLE
    ]
    models.Observable.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_ROWS_AT_ONCE)


def _write_rows(arrival: Arrival) -> None:
    """The rows, and of what they name the hashes and CVE ids, by which two reports meet: those say who nobody is."""
    while batch := list(islice(arrival.rows, _ROWS_AT_ONCE)):
        models.FeedRow.objects.bulk_create(row_models(arrival.report, batch))
    found = [models.Observable(report_id=arrival.report, kind=one.kind, value=one.value) for one in arrival.looked_up]
    models.Observable.objects.bulk_create(found, ignore_conflicts=True, batch_size=_ROWS_AT_ONCE)


def row_models(report: ReportId, rows: Sequence[FeedRow]) -> Iterable[models.FeedRow]:
    """The rows of a feed as they are kept, of nobody yet."""
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
            kind=row.kind.value,
            named=[[one.kind, one.value] for one in row.named],
        )
        for row in rows
    ]
