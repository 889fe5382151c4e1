"""What is done to the ledger itself. Sequencing and signing are no entries: each would make the next one necessary."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission

from . import bundle, keyfile, merkle, models, queries, tree
from .configuration import CONFIGURATION, Parts, changes_between, parts_of
from .errors import ErasureRefused, LedgerBroken, SignatureMissing, Unreadable
from .keys import SigningKey, Use, parse_verifier_key
from .notes import (
    Head,
    cosignature_line_of,
    find_cosignature,
    format_checkpoint,
    parse_checkpoint,
    read_note,
    sign_note,
)
from .proving import check_place, position_of, proof_line_of
from .recording import record, sequence_entries
from .rotations import rotation_details
from .values import Checkpoint, EntryId, Json, Kind

DEFAULT_ORIGIN = "meldpunt.example/ledger"
KEY_FILE = "ledger.key"


@deed(Permission.LEDGER_PROVE)
def sequence(actor: Actor) -> int:
    """Give every waiting entry its place, as after each deed; for a job, after a crash. The size of the tree."""
    return sequence_entries()


@deed(Permission.LEDGER_SIGN)
def free_turn(actor: Actor, *, seconds: int = 30) -> int:
    """End the sessions that keep whose turn it is to add for so long, which only a thief does; how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_free_turn(%s)", [seconds])
        (ended,) = cursor.fetchone()
    return int(ended)


@deed(Permission.LEDGER_SIGN)
def sign_checkpoint(actor: Actor) -> Checkpoint:
    """Sign the tree as it stands, or return the last checkpoint where nothing was added since.

    Raises LedgerBroken where the tree does not extend what was signed before: then nothing may be signed again.
    Sequencing takes turns until the transaction ends, so two signers cannot cross. Raises KeyLost.
    """
    head = _next_head(actor)
    last = queries.find_checkpoint(actor)
    if last is not None and last.size == head.size:
        return last
    return _sign(head, _current_key(last))


@deed(Permission.LEDGER_SIGN)
def rotate_key(actor: Actor, *, kept: bool) -> tuple[Checkpoint, Path | None]:
    """A new key for the log: an entry names it, old and new key sign the tree in which that entry stands.

    The new secret is on disk before anything is signed with it, and the old one in use until that is committed; cut
    short in between, the next signer finishes it. `kept` lays the old secret aside (the path is returned); otherwise
    it is destroyed. Raises PermissionMissing, KeyLost, LedgerBroken.
    """
    sequence_entries()  # takes the turn: until this commits nobody else signs
    old = _current_key(queries.find_checkpoint(actor))
    new = keyfile.prepare_key(_key_path(), name=old.name)
    details = rotation_details(old=old.verifier, new=new.verifier, kept=kept)
    entry = record(actor, kind=Kind.KEY_ROTATED, details=details)
    head = _next_head(actor)
    transaction.on_commit(partial(keyfile.take_over, _key_path(), old=old, kept=kept))
    checkpoint = _sign(head, old, new, proof=_proof_of(entry, head))
    return checkpoint, keyfile.aside(_key_path(), old) if kept else None


@deed(Permission.LEDGER_SIGN)
def add_cosignature(actor: Actor, *, note: str, witness: str) -> Checkpoint:
    """Keep what a witness put under one of our checkpoints, so that it goes wherever that goes.

    Raises Unreadable, SignatureMissing where `witness` (a key of type 04) did not cosign, NotFound where the
    checkpoint is none of ours.
    """
    key = parse_verifier_key(witness, use=Use.COSIGNATURE)
    text, _ = read_note(note)
    at = find_cosignature(note, key)
    if at is None:
        raise SignatureMissing(f"no cosignature of {key.name}")
    row = models.Checkpoint.objects.filter(size=parse_checkpoint(text).size).first()
    if row is None or read_note(row.note)[0] != text:
        raise NotFound("this checkpoint is none of this log")
    line = cosignature_line_of(note, key)
    cosigned = models.Cosignature(checkpoint=row, vkey=witness, line=line, cosigned_at=_second(at))
    models.Cosignature.objects.bulk_create([cosigned], ignore_conflicts=True)
    return queries.get_checkpoint(actor, size=row.size)


@deed(Permission.LEDGER_ERASE)
def erase_entry(actor: Actor, *, entry: EntryId, ground: str, reason: str) -> EntryId:
    """Destroy what an entry says, and the salt without which nobody can guess it; its place in the tree stays.

    An entry of its own says who did it, on what ground and why: write there nothing of what was erased. Raises
    NotFound, ErasureRefused.
    """
    row = models.Entry.objects.filter(id=entry).first()
    if row is None:
        raise NotFound("no such entry for this viewer")
    sequence_entries()
    details = {"ground": ground, "reason": reason, "deed": row.kind}
    told = record(
        actor, kind=Kind.ERASED, subject=entry, about=row.about, details=details,
        receipt_digest=bytes(row.receipt_digest) if row.receipt_digest else None, readable_from=row.readable_from,
    )  # fmt: skip
    erased = models.Entry.objects.filter(id=entry, erased_at=None)
    if not erased.update(content="", salt=b"", erased_at=timezone.now()):
        raise ErasureRefused
    return told


@deed(Permission.LEDGER_SIGN)
def record_configuration(actor: Actor) -> EntryId | None:
    """Where law, permissions or settings are not what the ledger last said, say what they are and what changed.

    For who starts to run under them; of two who start at once one says it.
    """
    sequence_entries()  # takes the turn
    last = models.Entry.objects.filter(kind=Kind.CONFIGURED, subject=CONFIGURATION).order_by("-at", "-id").first()
    before: Parts = json.loads(last.content)["details"]["parts"] if last else {}
    after = parts_of(settings)
    changes = changes_between(before, after)
    if not changes:
        return None
    details: dict[str, Json] = {"changes": changes, "parts": after}
    return record(actor, kind=Kind.CONFIGURED, subject=CONFIGURATION, details=details)


def _next_head(actor: Actor) -> Head:
    """The tree as it stands, checked to extend what was signed last."""
    size = sequence_entries()
    root = tree.root_at(size)
    last = queries.find_checkpoint(actor)
    if last is not None:
        _check_extension(last, size=size, root=root)
    return Head(_origin(), size, root)


def _sign(head: Head, *keys: SigningKey, proof: bundle.ProofLine | None = None) -> Checkpoint:
    """Sign with these keys, of which the last signs from now on; `proof` is of the entry that says so."""
    note, vkey = sign_note(format_checkpoint(head), *keys), str(keys[-1].verifier)
    rotation = bundle.rotation_text(bundle.RotationLine(note, proof)) if proof else ""
    row = models.Checkpoint(size=head.size, root=head.root, note=note, vkey=vkey, rotation=rotation)
    row.save(force_insert=True)
    return Checkpoint(head.origin, head.size, head.root, note, vkey, row.signed_at)


def _proof_of(entry: EntryId, head: Head) -> bundle.ProofLine:
    row = models.Entry.objects.get(id=entry)
    path = tree.inclusion_paths([position_of(row)], head.size)[position_of(row)]
    check_place(row, size=head.size, path=path, root=head.root)
    return proof_line_of(row, path)


def _current_key(last: Checkpoint | None) -> SigningKey:
    return keyfile.load_current_key(_key_path(), name=_origin(), vkey=last.vkey if last else None)


def _origin() -> str:
    return str(getattr(settings, "LEDGER_ORIGIN", DEFAULT_ORIGIN))


def _key_path() -> Path:
    return Path(settings.DATA) / KEY_FILE


def _second(at: int) -> datetime:
    try:
        return datetime.fromtimestamp(at, UTC)
    except (OverflowError, ValueError, OSError) as reason:
        raise Unreadable("the cosignature is of a time that no calendar has") from reason


def _check_extension(last: Checkpoint, *, size: int, root: bytes) -> None:
    if size < last.size:
        raise LedgerBroken(f"a tree of {last.size} leaves was signed; only {size} are left")
    path = tree.consistency_path(last.size, size)
    if not merkle.is_consistent(old=last.size, new=size, old_root=last.root, new_root=root, path=path):
        raise LedgerBroken(f"the tree of {size} leaves does not extend the signed one of {last.size}")
