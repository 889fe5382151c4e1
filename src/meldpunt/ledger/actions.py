"""What is done to the ledger itself. Neither deed is an entry: each would make the next one necessary."""

from __future__ import annotations

from django.conf import settings

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission

from . import merkle, models, queries, tree
from .errors import LedgerBroken
from .keyfile import load_signing_key
from .notes import Head, format_checkpoint, sign_note
from .recording import sequence_entries
from .values import Checkpoint

DEFAULT_ORIGIN = "meldpunt.example/ledger"
KEY_FILE = "ledger.key"


@deed(Permission.LEDGER_PROVE)
def sequence(actor: Actor) -> int:
    """Give every waiting entry its place, as after each deed; for a job, after a crash. The size of the tree."""
    return sequence_entries()


@deed(Permission.LEDGER_SIGN)
def sign_checkpoint(actor: Actor) -> Checkpoint:
    """Sign the tree as it stands, or return the last checkpoint where nothing was added since.

    Raises LedgerBroken where the tree does not extend what was signed before: then nothing may be signed again.
    Sequencing takes turns until the transaction ends, so two signers cannot cross.
    """
    size = sequence_entries()
    root = tree.root_at(size)
    last = queries.find_checkpoint(actor)
    if last is not None:
        _check_extension(last, size=size, root=root)
        if last.size == size:
            return last
    origin = getattr(settings, "LEDGER_ORIGIN", DEFAULT_ORIGIN)
    key = load_signing_key(settings.DATA / KEY_FILE, name=origin)
    note = sign_note(format_checkpoint(Head(origin, size, root)), key)
    row = models.Checkpoint(size=size, root=root, note=note, vkey=str(key.verifier))
    row.save(force_insert=True)
    return Checkpoint(origin, size, root, note, str(key.verifier), row.signed_at)


def _check_extension(last: Checkpoint, *, size: int, root: bytes) -> None:
    if size < last.size:
        raise LedgerBroken(f"a tree of {last.size} leaves was signed; only {size} are left")
    path = tree.consistency_path(last.size, size)
    if not merkle.is_consistent(old=last.size, new=size, old_root=last.root, new_root=root, path=path):
        raise LedgerBroken(f"the tree of {size} leaves does not extend the signed one of {last.size}")
