"""What the ledger tells, and to whom: the row policies decide which entries a viewer has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from meldpunt.access.binding import look, require
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Door, Permission

from . import bundle, models, tree
from .consistency import Consistency, format_consistency
from .errors import LedgerBroken, NotYetSigned
from .keys import parse_verifier_key
from .leaves import decode_content
from .notes import open_note, parse_checkpoint
from .proving import check_place, commitment_of, position_of, proof_line_of
from .recording import sequence_entries
from .rotations import follow
from .values import Checkpoint, Closed, Entry, EntryId, Kind, LogKey, Proof

PAGE_SIZE = 50
_UNSIGNED = "The ledger has no signed checkpoint yet."
_CLOSED: Final[Mapping[Door, str]] = {
    Door.PORTAL: "SELECT closed, until FROM ledger_closed_to_organisation()",
    Door.PUBLIC: "SELECT closed, until FROM ledger_closed_to_receipt()",
}
_EXPORT_STEP = 5_000


@look(Permission.LEDGER_PROVE)
def get_entry(viewer: Actor, *, entry: EntryId) -> Entry:
    """One entry. Raises NotFound, also where it is not the viewer's to see."""
    return _entry(_row(entry))


@look(Permission.LEDGER_PROVE)
def list_entries(
    viewer: Actor,
    *,
    kind: Kind | None = None,
    subject: UUID | None = None,
    about: UUID | None = None,
    page: int = 1,
) -> tuple[Entry, ...]:
    """A page of what the viewer may see, newest first."""
    rows = models.Entry.objects.order_by("-at", "-id")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if subject is not None:
        rows = rows.filter(subject=subject)
    if about is not None:
        rows = rows.filter(about=about)
    first = (max(page, 1) - 1) * PAGE_SIZE
    return tuple(_entry(row) for row in rows[first : first + PAGE_SIZE])


@look(Permission.LEDGER_PROVE)
def count_entries(viewer: Actor) -> dict[Kind, int]:
    """How many entries of each kind the viewer may see."""
    rows = models.Entry.objects.order_by("kind").values_list("kind").annotate(found=Count("id"))
    return {Kind(kind): found for kind, found in rows}


@look(Permission.LEDGER_PROVE)
def count_closed(viewer: Actor) -> Closed:
    """How many entries about this viewer open only later, and when the last does; to the desk none is closed."""
    counter = _CLOSED.get(viewer.door)
    if counter is None:
        return Closed(0, None)
    with connection.cursor() as cursor:
        cursor.execute(counter)
        count, until = cursor.fetchone()
    return Closed(count, until)


@look(Permission.LEDGER_PROVE)
def find_checkpoint(viewer: Actor, *, at_least: int = 0) -> Checkpoint | None:
    """The last signed checkpoint, or None where none covers `at_least` leaves."""
    row = _checkpoints().filter(size__gte=at_least).order_by("-size").first()
    return _checkpoint(row) if row else None


@look(Permission.LEDGER_PROVE)
def get_checkpoint(viewer: Actor, *, size: int) -> Checkpoint:
    """The checkpoint of this size, with what witnesses put under it. Raises NotFound."""
    row = _checkpoints().filter(size=size).first()
    if row is None:
        raise NotFound("no checkpoint of this size was signed")
    return _checkpoint(row)


@look(Permission.LEDGER_PROVE)
def list_keys(viewer: Actor) -> tuple[LogKey, ...]:
    """Every key of the log, oldest first, with where it began to sign; none before the first checkpoint."""
    first = models.Checkpoint.objects.order_by("size").first()
    if first is None:
        return ()
    changes = models.Checkpoint.objects.exclude(rotation="").order_by("size")
    found = [LogKey(_vkey_before(changes.first()) or first.vkey, 0, first.signed_at)]
    return (*found, *(LogKey(row.vkey, row.size, row.signed_at) for row in changes))


@look(Permission.LEDGER_PROVE)
def consistency_request(viewer: Actor, *, since: int) -> str:
    """The last checkpoint with the proof that it extends the tree of `since` leaves, as a witness is asked
    (C2SP tlog-witness, add-checkpoint). Raises NotYetSigned, NotFound where no tree that long was signed.
    """
    head = find_checkpoint(viewer)
    if head is None:
        raise NotYetSigned(_UNSIGNED)
    if not 0 <= since <= head.size:
        raise NotFound("the signed tree is not that long")
    return format_consistency(Consistency(since, tree.consistency_path(since, head.size), head.note))


@look(Permission.LEDGER_PROVE)
def prove_entry(viewer: Actor, *, entry: EntryId) -> Proof:
    """The proof of one entry: under the last signed checkpoint, or under today's root while none covers it.

    Raises NotFound, and LedgerBroken where the stored entry is not the one committed to.
    """
    row = _row(entry)
    if row.position is None:
        sequence_entries()
        row = _row(entry)
    position = position_of(row)
    checkpoint = find_checkpoint(viewer, at_least=position + 1)
    # Not by sequencing: that would keep every writer waiting for as long as this proof is made.
    size = checkpoint.size if checkpoint else tree.size_now()
    root = checkpoint.root if checkpoint else tree.root_at(size)
    path = tree.inclusion_paths([position], size)[position]
    check_place(row, size=size, path=path, root=root)
    commitment = commitment_of(row)
    return Proof(_entry(row), row.content, bytes(row.salt), position, size, root, path, checkpoint, commitment)


@look(Permission.LEDGER_PROVE)
def proofs_bundle(viewer: Actor, *, entries: Sequence[EntryId]) -> bytes:
    """One file that proves all these entries under one signed checkpoint (`bundle.PROOFS`); `verify.py` reads it.

    Raises NotFound where any is missing or hidden, NotYetSigned where the last checkpoint does not cover all.
    """
    rows = sorted(models.Entry.objects.filter(id__in=entries), key=lambda row: (row.position is None, row.position))
    if len(rows) != len(set(entries)):
        raise NotFound("not all of these entries exist for this viewer")
    needed = max((-1 if row.position is None else row.position for row in rows), default=-1) + 1
    # One that a witness saw as well says more than a newer one.
    found = _checkpoints().filter(size__gte=needed).annotate(seen=Exists(_cosignatures())).order_by("-seen", "-size")
    best = found.first()
    checkpoint = _checkpoint(best) if best else None
    if checkpoint is None or any(row.position is None for row in rows):
        raise NotYetSigned("No signed checkpoint covers all of these entries yet. Try again after the next one.")
    paths = tree.inclusion_paths([position_of(row) for row in rows], checkpoint.size)
    lines = [bundle.header_line(_header(bundle.PROOFS, checkpoint, count=len(rows)))]
    for row in rows:
        path = paths[position_of(row)]
        check_place(row, size=checkpoint.size, path=path, root=checkpoint.root)
        lines.append(bundle.proof_line(proof_line_of(row, path)))
    return "".join(lines).encode()


def export_ledger(viewer: Actor, /) -> Iterator[str]:
    """The lines of an export up to the last signed checkpoint (`bundle.EXPORT`), read in steps.

    Each commitment is computed anew from the stored entry, so that an entry changed behind our back does not fit
    its own leaf. Raises PermissionMissing and, before the first line, NotYetSigned.
    """
    require(viewer, Permission.LEDGER_READ)
    head = find_checkpoint(viewer)
    if head is None:
        raise NotYetSigned(_UNSIGNED)
    return _export_lines(viewer, head)


def _export_lines(viewer: Actor, head: Checkpoint) -> Iterator[str]:
    yield _export_header(viewer, head)
    for begin in range(0, head.size, _EXPORT_STEP):
        yield from _export_step(viewer, begin=begin, end=min(begin + _EXPORT_STEP, head.size), last=head.size)


@look(Permission.LEDGER_READ)
def _export_header(viewer: Actor, head: Checkpoint) -> str:
    earlier = models.Checkpoint.objects.filter(size__gt=0, size__lt=head.size).count()
    return bundle.header_line(_header(bundle.EXPORT, head, count=earlier))


@look(Permission.LEDGER_READ)
def _export_step(viewer: Actor, *, begin: int, end: int, last: int) -> tuple[str, ...]:
    rows = models.Entry.objects.filter(position__gte=begin, position__lt=end)
    commitments = {
        row.position: commitment_of(row) for row in rows.only("position", "content", "salt", "commitment", "erased_at")
    }
    nodes = models.Node.objects.filter(level=0, index__gte=begin, index__lt=end).order_by("index")
    signed = _checkpoints().filter(size__gt=begin, size__lte=end, size__lt=last)
    earlier = {row.size: _note(row) for row in signed}
    lines = []
    for node in nodes:
        commitment = commitments.get(node.index)
        lines.append(bundle.leaf_line(position=node.index, commitment=commitment, digest=bytes(node.hash)))
        if node.index + 1 in earlier:
            lines.append(bundle.checkpoint_line(earlier[node.index + 1]))
    return tuple(lines)


def _row(entry: EntryId) -> models.Entry:
    row = models.Entry.objects.filter(id=entry).first()
    if row is None:
        raise NotFound("no such entry for this viewer")
    return row


def _entry(row: models.Entry) -> Entry:
    if row.erased_at is not None:
        return Entry(
            EntryId(row.id), row.at, Kind(row.kind), row.actor, row.subject, row.about, {},
            position=row.position, readable_from=row.readable_from, is_erased=True,
        )  # fmt: skip
    entry = decode_content(row.content, position=row.position)
    shown = (entry.id, entry.at, entry.kind.value, entry.actor, entry.subject, entry.about, entry.readable_from)
    if shown != (row.id, row.at, row.kind, row.actor, row.subject, row.about, row.readable_from):
        raise LedgerBroken(f"the columns of entry {row.id} say something else than its content")
    return entry


def _header(form: str, head: Checkpoint, *, count: int) -> bundle.Header:
    changes = models.Checkpoint.objects.exclude(rotation="").filter(size__lte=head.size).order_by("size")
    rotations = tuple(bundle.read_rotation(text) for text in changes.values_list("rotation", flat=True))
    return bundle.Header(form, head.vkey, head.note, count, rotations)


def _cosignatures() -> QuerySet[models.Cosignature]:
    return models.Cosignature.objects.filter(checkpoint=OuterRef("pk")).order_by("cosigned_at", "id")


def _checkpoints() -> QuerySet[models.Checkpoint]:
    return models.Checkpoint.objects.annotate(lines=ArraySubquery(_cosignatures().values("line")))


def _note(row: models.Checkpoint) -> str:
    """What was signed, and below it what witnesses signed."""
    lines: Sequence[str] = getattr(row, "lines", ())
    return row.note + "".join(lines)


def _vkey_before(row: models.Checkpoint | None) -> str | None:
    return str(follow([bundle.read_rotation(row.rotation)], newest=row.vkey).keys[0]) if row else None


def _checkpoint(row: models.Checkpoint) -> Checkpoint:
    """What was signed, read from the note itself: the columns beside it only find it."""
    head = parse_checkpoint(open_note(row.note, parse_verifier_key(row.vkey)))
    if (head.size, head.root) != (row.size, bytes(row.root)):
        raise LedgerBroken(f"the columns of checkpoint {row.size} say something else than its note")
    return Checkpoint(head.origin, head.size, head.root, _note(row), row.vkey, row.signed_at)
