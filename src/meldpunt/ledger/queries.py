"""What the ledger tells, and to whom: the row policies decide which entries a viewer has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Count

from meldpunt.access.binding import look, require
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Door, Permission

from . import bundle, merkle, models, tree
from .errors import LedgerBroken, NotYetSigned
from .leaves import commitment_to, decode_content, leaf_text
from .notes import open_note, parse_checkpoint, parse_verifier_key
from .recording import sequence_entries
from .values import Checkpoint, Closed, Entry, EntryId, Kind, Proof

PAGE_SIZE = 50
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
    row = models.Checkpoint.objects.filter(size__gte=at_least).order_by("-size").first()
    return _checkpoint(row) if row else None


@look(Permission.LEDGER_PROVE)
def prove_entry(viewer: Actor, *, entry: EntryId) -> Proof:
    """The proof of one entry: under the last signed checkpoint, or under today's root while none covers it.

    Raises NotFound, and LedgerBroken where the stored entry is not the one committed to.
    """
    row = _row(entry)
    if row.position is None:
        sequence_entries()
        row = _row(entry)
    position = _position(row)
    checkpoint = find_checkpoint(viewer, at_least=position + 1)
    size = checkpoint.size if checkpoint else sequence_entries()
    root = checkpoint.root if checkpoint else tree.root_at(size)
    path = tree.inclusion_paths([position], size)[position]
    _check_place(row, size=size, path=path, root=root)
    return Proof(_entry(row), row.content, bytes(row.salt), position, size, root, path, checkpoint)


@look(Permission.LEDGER_PROVE)
def proofs_bundle(viewer: Actor, *, entries: Sequence[EntryId]) -> bytes:
    """One file that proves all these entries under one signed checkpoint (`bundle.PROOFS`); `verify.py` reads it.

    Raises NotFound where any is missing or hidden, NotYetSigned where the last checkpoint does not cover all.
    """
    rows = sorted(models.Entry.objects.filter(id__in=entries), key=lambda row: (row.position is None, row.position))
    if len(rows) != len(set(entries)):
        raise NotFound("not all of these entries exist for this viewer")
    needed = max((-1 if row.position is None else row.position for row in rows), default=-1) + 1
    checkpoint = find_checkpoint(viewer, at_least=needed)
    if checkpoint is None or any(row.position is None for row in rows):
        raise NotYetSigned("No signed checkpoint covers all of these entries yet. Try again after the next one.")
    paths = tree.inclusion_paths([_position(row) for row in rows], checkpoint.size)
    lines = [bundle.header_line(bundle.Header(bundle.PROOFS, checkpoint.vkey, checkpoint.note, len(rows)))]
    for row in rows:
        path = paths[_position(row)]
        _check_place(row, size=checkpoint.size, path=path, root=checkpoint.root)
        lines.append(bundle.proof_line(bundle.ProofLine(row.content, bytes(row.salt), _position(row), path)))
    return "".join(lines).encode()


def export_ledger(viewer: Actor, /) -> Iterator[str]:
    """The lines of an export up to the last signed checkpoint (`bundle.EXPORT`), read in steps.

    Each commitment is computed anew from the stored entry, so that an entry changed behind our back does not fit
    its own leaf. Raises PermissionMissing and, before the first line, NotYetSigned.
    """
    require(viewer, Permission.LEDGER_READ)
    head = find_checkpoint(viewer)
    if head is None:
        raise NotYetSigned("The ledger has no signed checkpoint yet.")
    return _export_lines(viewer, head)


def _export_lines(viewer: Actor, head: Checkpoint) -> Iterator[str]:
    yield bundle.header_line(bundle.Header(bundle.EXPORT, head.vkey, head.note))
    for begin in range(0, head.size, _EXPORT_STEP):
        yield from _export_step(viewer, begin=begin, end=min(begin + _EXPORT_STEP, head.size), last=head.size)


@look(Permission.LEDGER_READ)
def _export_step(viewer: Actor, *, begin: int, end: int, last: int) -> tuple[str, ...]:
    commitments = {
        position: commitment_to(content, salt=bytes(salt))
        for position, content, salt in models.Entry.objects.filter(position__gte=begin, position__lt=end).values_list(
            "position", "content", "salt"
        )
    }
    nodes = models.Node.objects.filter(level=0, index__gte=begin, index__lt=end).order_by("index")
    earlier = dict(
        models.Checkpoint.objects.filter(size__gt=begin, size__lte=end, size__lt=last).values_list("size", "note")
    )
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
    entry = decode_content(row.content, position=row.position)
    shown = (entry.id, entry.at, entry.kind.value, entry.actor, entry.subject, entry.about, entry.readable_from)
    if shown != (row.id, row.at, row.kind, row.actor, row.subject, row.about, row.readable_from):
        raise LedgerBroken(f"the columns of entry {row.id} say something else than its content")
    return entry


def _position(row: models.Entry) -> int:
    if row.position is None:
        raise LedgerBroken(f"entry {row.id} has no place in the tree after sequencing")
    return row.position


def _check_place(row: models.Entry, *, size: int, path: Sequence[bytes], root: bytes) -> None:
    leaf = merkle.leaf_hash(leaf_text(commitment_to(row.content, salt=bytes(row.salt))))
    if not merkle.is_included(leaf, position=_position(row), size=size, path=path, root=root):
        raise LedgerBroken(f"entry {row.position} is not what its leaf commits to")


def _checkpoint(row: models.Checkpoint) -> Checkpoint:
    """What was signed, read from the note itself: the columns beside it only find it."""
    head = parse_checkpoint(open_note(row.note, parse_verifier_key(row.vkey)))
    if (head.size, head.root) != (row.size, bytes(row.root)):
        raise LedgerBroken(f"the columns of checkpoint {row.size} say something else than its note")
    return Checkpoint(head.origin, head.size, head.root, row.note, row.vkey, row.signed_at)
