"""Drafts: kept while somebody writes, sent once, and gone after."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import bound, deed
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.evidence import actions as evidence_actions
from meldpunt.ledger.values import EntryId

from .. import models, rules
from ..drafts import open_fields, seal_fields
from ..errors import DraftSent, DraftsFull
from ..receipts import read_code
from ..values import Attached, Draft, Receipt, ReportForm, ReportId
from .reception import EVIDENCE_PURPOSE

DRAFT_DAYS: Final = 7
"""How long a draft is kept after it was last saved."""
DOORS_WITH_UPLOADS: Final = frozenset({Door.PORTAL, Door.PUBLIC})
_SENT_HOURS: Final = 24


@deed(Permission.REPORT_SUBMIT)
def save_draft(actor: Actor, /, *, code: str, fields: Mapping[str, Sequence[str]], origin: bytes = b"") -> Draft:
    """Keep what somebody wrote up to now, under their code; what was begun goes on, however many there are.

    `origin` (16 bytes): drafts begun from one place on one day have the same. Raises ReceiptMalformed, ReportTooLarge,
    DraftSent, DraftsFull.
    """
    code, now = read_code(code), timezone.now()
    size = sum(rules.byte_length(text) for name, values in fields.items() for text in (name, *values))
    rules.check_size("form", size, limit=rules.LARGEST_ITEM)
    holder = replace(actor, receipt=code)
    with bound(holder):
        row = _unsent(actor, code, now, origin)
        _write(row, code, fields, until=now + timedelta(days=DRAFT_DAYS), now=now)
        if actor.door in DOORS_WITH_UPLOADS:
            evidence_actions.keep_uploads(holder)
    return Draft(code, fields, now, row.expires_at)


@deed(Permission.REPORT_SUBMIT)
def discard_draft(actor: Actor, /, *, code: str) -> None:
    """Take the draft away now; without one nothing happens. Raises ReceiptMalformed."""
    code = read_code(code)
    holder = replace(actor, receipt=code)
    with bound(holder):
        models.Draft.objects.filter(receipt_digest=digest_of(code)).delete()
        if actor.door in DOORS_WITH_UPLOADS:
            evidence_actions.end_uploads(holder)


@deed(Permission.EVIDENCE_SHRED)
def shred_drafts(actor: Actor, /) -> int:
    """Take away the drafts that expired, and their files, for a job; how many drafts."""
    evidence_actions.shred_uploads(actor)
    return models.Draft.objects.filter(expires_at__lt=timezone.now()).delete()[0]


def send_once(
    actor: Actor, *, code: str, form: ReportForm, attachments: Sequence[Attached], send: Callable[[], Receipt]
) -> Receipt:
    """The receipt of what `send` receives; sent again it is the same receipt, and nothing is received twice.

    The words of the draft go with the sending, and its files come along. Raises ReceiptMalformed, DraftSent where other
    words were sent, and evidence.UploadUnfinished where a file did not come in whole.
    """
    code, now = read_code(code), timezone.now()
    sent = _fingerprint(form, attachments)
    with bound(replace(actor, receipt=code)):
        row = _take(actor, code, now)
        if row.is_sent:
            receipt = _receipt_in(row, code)
            if _fields_in(row, code)["sent"] != [sent]:
                raise DraftSent(receipt.reference)
            return receipt
        with bound(actor):
            receipt = send()
        take_in_files(actor, code=code, report=receipt.report)
        row.is_sent = True
        _write(row, code, {**_as_fields(receipt), "sent": [sent]}, until=now + timedelta(hours=_SENT_HOURS), now=now)
    return receipt


def add_once(actor: Actor, *, code: str, report: ReportId, form: ReportForm, attachments: Sequence[Attached]) -> bool:
    """Whether a stage is sent under this code for the first time; its files come along then, and only then.

    Other words under a code that was sent are another stage, which brings no files of the code. Raises
    ReceiptMalformed, evidence.UploadUnfinished.
    """
    code, now = read_code(code), timezone.now()
    sent = f"{report} {_fingerprint(form, attachments)}"
    with bound(replace(actor, receipt=code)):
        row = _take(actor, code, now)
        if row.is_sent:
            return _fields_in(row, code)["sent"] != [sent]
        take_in_files(actor, code=code, report=report)
        row.is_sent = True
        _write(row, code, {"sent": [sent]}, until=now + timedelta(hours=_SENT_HOURS), now=now)
    return True


def take_in_files(actor: Actor, *, code: str, report: ReportId) -> None:
    """What came in under this code belongs to the report from now on. The caller is a deed of `actor`."""
    if actor.door in DOORS_WITH_UPLOADS:
        evidence_actions.take_in_uploads(replace(actor, receipt=code), about=report, purpose=EVIDENCE_PURPOSE)


def begun_draft(actor: Actor, *, code: str, origin: bytes) -> None:
    """See that there is a draft of this code, saved or not. The caller is a deed of its holder.

    Raises DraftSent, DraftsFull.
    """
    now = timezone.now()
    row = _unsent(actor, code, now, origin)
    fields = _fields_in(row, code) if bytes(row.sealed) else {}
    _write(row, code, fields, until=now + timedelta(days=DRAFT_DAYS), now=now)


def _unsent(actor: Actor, code: str, now: datetime, origin: bytes) -> models.Draft:
    row = _take(actor, code, now, origin)
    if not bytes(row.sealed):
        _check_room(origin)
    if row.is_sent:
        fields = _fields_in(row, code)
        raise DraftSent(_receipt_in(row, code).reference if "receipt" in fields else "")
    return row


def _check_room(origin: bytes) -> None:
    """For one draft more, which is counted already. Who sends what they wrote is never refused by it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT in_all, there FROM intake_drafts_kept(%s)", [origin])
        in_all, there = cursor.fetchone()
    if in_all > settings.DRAFTS_LIMIT_IN_ALL:
        raise DraftsFull("So much is being written now that no more is saved. Send your report at once, or call us.")
    if origin and there > settings.DRAFTS_LIMIT:
        raise DraftsFull("Much is being written from your network, so this is not saved. Send it at once, or call us.")


def _take(actor: Actor, code: str, now: datetime, origin: bytes = b"") -> models.Draft:
    """The draft of this code, locked; made where there is none. Who sends twice at once waits here for the first."""
    digest = digest_of(code)
    new = models.Draft(
        id=uuid.uuid4(),
        receipt_digest=digest,
        door=actor.door.value,
        origin=origin,
        sealed=b"",
        saved_at=now,
        expires_at=now,
    )
    models.Draft.objects.bulk_create([new], ignore_conflicts=True)
    return models.Draft.objects.select_for_update().get(receipt_digest=digest)


def _write(
    row: models.Draft, code: str, fields: Mapping[str, Sequence[str]], *, until: datetime, now: datetime
) -> None:
    row.sealed = seal_fields(fields, code=code, draft=row.id)
    row.saved_at, row.expires_at = now, until
    row.save(update_fields=["sealed", "saved_at", "expires_at", "is_sent"])


def _fields_in(row: models.Draft, code: str) -> dict[str, list[str]]:
    return open_fields(bytes(row.sealed), code=code, draft=row.id)


def _as_fields(receipt: Receipt) -> dict[str, list[str]]:
    said = (receipt.report, receipt.reference, receipt.code, receipt.received_at.isoformat(), receipt.entry)
    return {"receipt": [str(one) for one in said]}


def _receipt_in(row: models.Draft, code: str) -> Receipt:
    report, reference, own, received_at, entry = _fields_in(row, code)["receipt"]
    at = datetime.fromisoformat(received_at)
    return Receipt(ReportId(uuid.UUID(report)), reference, own, at, EntryId(uuid.UUID(entry)))


def _fingerprint(form: ReportForm, attachments: Sequence[Attached]) -> str:
    digest = hashlib.sha256(rules.form_as_bytes(form))
    for file in attachments:
        digest.update(hashlib.sha256(file.name.encode("utf-8", "surrogatepass")).digest())
        digest.update(hashlib.sha256(file.data).digest())
    return digest.hexdigest()
