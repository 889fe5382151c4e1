"""Reports that another national system forwards: each item by itself, the batch in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.crypto import salted_hmac

from meldpunt.access.binding import deed
from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger.values import EntryId

from .. import models, rules
from ..errors import ItemUnreadable
from ..forwarded import item_as_text, read_item, reference_of
from ..values import Channel, KeptReason, Receipt, ReportForm, ReportId
from .reception import Arrival, admit_all, new_report_id, seal_whole, wait_for_turn

_UNREAD_TITLE = "Item dat niet te lezen was / Item that could not be read"


@dataclass(frozen=True, slots=True)
class _Item:
    """One item as it came: what was read of it, or why nothing was; and by what it is known when it comes again."""

    whole: Mapping[str, object]
    form: ReportForm | None
    reason: str
    reference: str | None
    digest: str

    @property
    def name(self) -> tuple[str, str] | None:
        """Its reference at the sender with what it says: what was corrected is not the same item. None without one."""
        return (self.reference, self.digest) if self.reference else None


@deed(Permission.REPORT_FORWARD)
def receive_forwarded(actor: Actor, /, *, items: Sequence[Mapping[str, object]]) -> tuple[Receipt, ...]:
    """Receive a batch (`data/forwarded-report.schema.json`); one receipt an item, in the order of the items.

    An item that does not fit the schema is kept whole with its reason. The same words under the same
    `source_reference` of the same sender are received once: the receipt comes back with the same reference and without
    a code, which nobody can recover. Other words under it are a report of their own.
    Raises TooManyItems and ReportTooLarge, and then nothing of the batch was kept.
    """
    rules.check_batch(len(items))
    for item in items:
        rules.check_size("item", len(item_as_text(item)), limit=rules.LARGEST_ITEM)
    wait_for_turn(actor)
    read = list(map(_read, items))
    known = _known(actor, (one.reference for one in read if one.reference))
    fresh = iter(admit_all(actor, [_arrival(actor, one) for one in _new_ones(read, known)]))
    receipts: list[Receipt] = []
    for one in read:
        receipt = known.get(one.name) if one.name else None
        if receipt is None:
            receipt = next(fresh)
            if one.name:
                known[one.name] = _repeated(receipt)
        receipts.append(receipt)
    return tuple(receipts)


def _read(item: Mapping[str, object]) -> _Item:
    reference = reference_of(item)
    try:
        form = read_item(item)
        rules.check_form(form, now=timezone.now())
    except (ItemUnreadable, RuleBroken) as problem:
        return _Item(item, None, str(problem), reference, _digest(item))
    return _Item(item, form, "", reference, _digest(json.loads(rules.form_as_bytes(form))))


def _digest(said: object) -> str:
    """Keyed, so that nobody who reads it can try words on it."""
    return salted_hmac("meldpunt.intake.batches", json.dumps(said, sort_keys=True), algorithm="sha256").hexdigest()


def _new_ones(items: Iterable[_Item], known: Collection[tuple[str, str]]) -> Iterator[_Item]:
    """The items to receive: without a reference, or the first with one and these words that is not known."""
    seen = set(known)
    for one in items:
        if one.name is None or one.name not in seen:
            yield one
        if one.name:
            seen.add(one.name)


def _known(actor: Actor, references: Iterable[str]) -> dict[tuple[str, str], Receipt]:
    """What this sender sent before under these references."""
    rows = models.Report.objects.filter(sent_by=actor.id, sender_reference__in=set(references))
    return {
        (str(row.sender_reference), row.sender_digest): Receipt(
            ReportId(row.id), row.reference, "", row.received_at, EntryId(row.entry)
        )
        for row in rows.only("id", "sender_reference", "sender_digest", "reference", "received_at", "entry")
    }


def _repeated(receipt: Receipt) -> Receipt:
    return Receipt(receipt.report, receipt.reference, "", receipt.received_at, receipt.entry)


def _arrival(actor: Actor, item: _Item) -> Arrival:
    report = new_report_id()
    if item.form is None:
        return _kept(actor, item, report=report)
    return Arrival(report, Channel.API, item.form, sender_reference=item.reference, sender_digest=item.digest)


def _kept(actor: Actor, item: _Item, *, report: ReportId) -> Arrival:
    whole = item_as_text(item.whole)
    sealed = seal_whole(
        actor, report=report, name="item.json", media_type="application/json", data=whole.encode("ascii")
    )
    form = ReportForm(title=_UNREAD_TITLE, text=whole[: rules.LONGEST_TEXT], answers={"reason": item.reason})
    return Arrival(
        report,
        Channel.API,
        form,
        kept=KeptReason.ITEM_UNREADABLE,
        sender_reference=item.reference,
        sender_digest=item.digest,
        raw=sealed,
    )
