"""Reports that another national system forwards: each item by itself, the batch in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.utils import timezone

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


@deed(Permission.REPORT_FORWARD)
def receive_forwarded(actor: Actor, /, *, items: Sequence[Mapping[str, object]]) -> tuple[Receipt, ...]:
    """Receive a batch (`data/forwarded-report.schema.json`); one receipt an item, in the order of the items.

    An item that does not fit the schema is kept whole with its reason. The same `source_reference` of the same
    sender is received once: its receipt comes back with the same reference and without a code, which nobody can
    recover. Raises TooManyItems and ReportTooLarge, and then nothing of the batch was kept.
    """
    rules.check_batch(len(items))
    for item in items:
        rules.check_size("item", len(item_as_text(item)), limit=rules.LARGEST_ITEM)
    wait_for_turn(actor)
    known = _known(actor, filter(None, map(reference_of, items)))
    fresh = iter(admit_all(actor, [_arrival(actor, item) for item in _new_ones(items, known)]))
    receipts: list[Receipt] = []
    for item in items:
        reference = reference_of(item)
        receipt = known.get(reference) if reference else None
        if receipt is None:
            receipt = next(fresh)
            if reference:
                known[reference] = _repeated(receipt)
        receipts.append(receipt)
    return tuple(receipts)


def _new_ones(items: Iterable[Mapping[str, object]], known: Collection[str]) -> Iterator[Mapping[str, object]]:
    """The items to receive: without a reference, or the first with one that is not known."""
    seen = set(known)
    for item in items:
        reference = reference_of(item)
        if reference is None:
            yield item
        elif reference not in seen:
            seen.add(reference)
            yield item


def _known(actor: Actor, references: Iterable[str]) -> dict[str, Receipt]:
    """What this sender sent before under these references."""
    rows = models.Report.objects.filter(sent_by=actor.id, sender_reference__in=set(references))
    return {
        str(row.sender_reference): Receipt(ReportId(row.id), row.reference, "", row.received_at, EntryId(row.entry))
        for row in rows.only("id", "sender_reference", "reference", "received_at", "entry")
    }


def _repeated(receipt: Receipt) -> Receipt:
    return Receipt(receipt.report, receipt.reference, "", receipt.received_at, receipt.entry)


def _arrival(actor: Actor, item: Mapping[str, object]) -> Arrival:
    report, reference = new_report_id(), reference_of(item)
    try:
        form = read_item(item)
        rules.check_form(form, now=timezone.now())
    except (ItemUnreadable, RuleBroken) as problem:
        return _kept(actor, item, report=report, reference=reference, reason=str(problem))
    return Arrival(report, Channel.API, form, sender_reference=reference)


def _kept(actor: Actor, item: Mapping[str, object], *, report: ReportId, reference: str | None, reason: str) -> Arrival:
    whole = item_as_text(item)
    sealed = seal_whole(
        actor, report=report, name="item.json", media_type="application/json", data=whole.encode("ascii")
    )
    form = ReportForm(title=_UNREAD_TITLE, text=whole[: rules.LONGEST_TEXT], answers={"reason": reason})
    return Arrival(
        report,
        Channel.API,
        form,
        kept=KeptReason.ITEM_UNREADABLE,
        sender_reference=reference,
        raw=sealed,
    )
