"""Checking an export or a bundle of proofs with nothing but the file and, better, a key from elsewhere.

Needs neither Django nor a database, and reads the file once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from . import bundle, merkle, notes
from .errors import LedgerError, SignatureMissing, Unreadable
from .leaves import LEAF_PREFIX, commitment_to, decode_content, leaf_text
from .values import Entry

_FITS = "everything fits"


@dataclass(frozen=True)
class Verdict:
    """What came of checking a file.

    `position` is the first entry that does not fit, None where the fault lies in no entry. `is_key_given` is False
    where the file's own key was believed: then the file fits itself, and whose it is remains to be seen.
    """

    is_sound: bool
    reason: str
    form: str = ""
    vkey: str = ""
    is_key_given: bool = False
    size: int = 0
    checked: int = 0
    position: int | None = None
    entries: tuple[Entry, ...] = ()


class _Misfit(Exception):
    def __init__(self, position: int | None, reason: str) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason


def verify_file(path: Path, vkey: str | None = None) -> Verdict:
    """Check a file of either kind, against the log's public key if given. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return verify_lines(iter(lambda: file.readline(bundle.LONGEST_LINE), b""), vkey)


def verify_lines(lines: Iterable[bytes], vkey: str | None = None) -> Verdict:
    """Check the lines of a file of either kind, each with its newline."""
    rest = iter(lines)
    seen = Verdict(is_sound=False, reason="", vkey=vkey or "", is_key_given=vkey is not None)
    try:
        header = bundle.read_header(next(rest, b""))
        seen = replace(seen, form=header.form)
        if vkey is not None and header.vkey != vkey:
            return replace(seen, reason="the file is signed with another key than the one given")
        key = notes.parse_verifier_key(header.vkey)
        head = notes.parse_checkpoint(notes.open_note(header.checkpoint, key))
        seen = replace(seen, vkey=header.vkey, size=head.size)
        if header.form == bundle.EXPORT:
            return replace(seen, is_sound=True, reason=_FITS, checked=_check_export(rest, head=head, key=key))
        found = _check_proofs(rest, head=head, count=header.entries)
        return replace(seen, is_sound=True, reason=_FITS, checked=len(found), entries=found)
    except LedgerError as reason:
        return replace(seen, reason=str(reason))
    except _Misfit as misfit:
        return replace(seen, reason=misfit.reason, position=misfit.position)


def _check_export(lines: Iterator[bytes], *, head: notes.Head, key: notes.VerifierKey) -> int:
    frontier = merkle.Frontier()
    signed_up_to = 0
    for line in lines:
        leaf = bundle.LEAF_LINE.fullmatch(line)
        if leaf:
            _check_leaf(leaf[1], leaf[2], leaf[3], expected=frontier.size)
            frontier.append(bytes.fromhex(leaf[2].decode()))
        else:
            _check_earlier(line, frontier=frontier, since=signed_up_to, origin=head.origin, key=key)
            signed_up_to = frontier.size
        if frontier.size > head.size:
            raise _Misfit(head.size, "more leaves than the checkpoint covers")
    if frontier.size < head.size:
        raise _Misfit(frontier.size, f"the checkpoint covers {head.size} leaves; this one is missing")
    if frontier.root() != head.root:
        raise _Misfit(signed_up_to, _between(signed_up_to, head.size))
    return frontier.size


def _check_leaf(commitment: bytes, digest: bytes, position: bytes, *, expected: int) -> None:
    if int(position) != expected:
        raise _Misfit(expected, f"here stands a leaf that says it is number {int(position)}")
    if merkle.leaf_hash(LEAF_PREFIX + commitment + b"\n").hex().encode() != digest:
        raise _Misfit(expected, "the entry is not what its leaf commits to")


def _check_earlier(line: bytes, *, frontier: merkle.Frontier, since: int, origin: str, key: notes.VerifierKey) -> None:
    try:
        head = notes.parse_checkpoint(notes.open_note(bundle.read_checkpoint_line(line), key))
    except SignatureMissing as reason:
        raise _Misfit(None, f"after entry {frontier.size - 1}: {reason}") from reason
    except Unreadable as reason:
        raise _Misfit(frontier.size, f"the entry is missing or cannot be read: {reason}") from reason
    if head.origin != origin or head.size != frontier.size:
        raise _Misfit(None, f"after entry {frontier.size - 1} stands a checkpoint that belongs elsewhere")
    if head.root != frontier.root():
        raise _Misfit(since, _between(since, head.size))


def _between(first: int, end: int) -> str:
    return f"of entries {first} to {end - 1} at least one is not what was signed"


def _check_proofs(lines: Iterator[bytes], *, head: notes.Head, count: int) -> tuple[Entry, ...]:
    found = []
    for number, line in enumerate(lines):
        try:
            proof = bundle.read_proof_line(line)
            entry = decode_content(proof.content, position=proof.position)
        except Unreadable as reason:
            raise _Misfit(None, f"proof {number + 1}: {reason}") from reason
        leaf = merkle.leaf_hash(leaf_text(commitment_to(proof.content, salt=proof.salt)))
        if not merkle.is_included(leaf, position=proof.position, size=head.size, path=proof.path, root=head.root):
            raise _Misfit(proof.position, "the entry does not stand under the signed root")
        found.append(entry)
    if len(found) != count:
        raise _Misfit(None, f"the file says it holds {count} proofs and holds {len(found)}")
    return tuple(found)
