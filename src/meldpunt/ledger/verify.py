"""Checking an export or a bundle of proofs with nothing but the file and, better, a key from elsewhere.

Needs neither Django nor a database, and reads the file once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from . import bundle, merkle, notes, rotations
from .errors import LedgerError, SignatureMissing, Unreadable
from .exports import ExportCheck
from .keys import Use, VerifierKey, parse_verifier_key
from .leaves import commitment_to, decode_content, leaf_text
from .misfit import Misfit
from .values import Entry

_FITS = "everything fits"


@dataclass(frozen=True)
class Cosigned:
    """That a witness whose key was given cosigned the tree of `size` leaves, and when."""

    name: str
    size: int
    at: datetime


@dataclass(frozen=True)
class Verdict:
    """What came of checking a file.

    `position` is the first entry that does not fit, None where the fault lies in no entry; `line` is its line in the
    file, from 1. `is_key_given` is False where the file's own key was believed: then the file fits itself, and whose
    it is remains to be seen. `keys` are all keys of the log up to `vkey`. `erased` are the positions whose content is
    gone. `claimed` are names of witnesses that nobody gave a key of. `roots` holds the roots that were asked for.
    """

    is_sound: bool
    reason: str
    form: str = ""
    vkey: str = ""
    is_key_given: bool = False
    size: int = 0
    checked: int = 0
    position: int | None = None
    line: int | None = None
    entries: tuple[Entry, ...] = ()
    erased: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    cosigned: tuple[Cosigned, ...] = ()
    claimed: tuple[str, ...] = ()
    roots: Mapping[int, bytes] = field(default_factory=dict)


def verify_file(path: Path, vkey: str | None = None, *, witnesses: Sequence[str] = ()) -> Verdict:
    """Check a file of either kind, against the log's public key if given. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return verify_lines(lines_of(file), vkey, witnesses=witnesses)


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of an open file, none of them longer than any of ours can be."""
    return iter(lambda: file.readline(bundle.LONGEST_LINE), b"")


def verify_lines(
    lines: Iterable[bytes],
    vkey: str | None = None,
    *,
    witnesses: Sequence[str] = (),
    roots_at: Collection[int] = (),
) -> Verdict:
    """Check the lines of a file of either kind, each with its newline.

    `vkey` may be any key that the log ever had. Of each of `witnesses` (keys of type 04) a cosignature must be there.
    """
    rest = iter(lines)
    seen = Verdict(is_sound=False, reason="", vkey=vkey or "", is_key_given=vkey is not None)
    try:
        cosigners = [parse_verifier_key(each, use=Use.COSIGNATURE) for each in witnesses]
        header = bundle.read_header(next(rest, b""))
        seen = replace(seen, form=header.form)
        chain = rotations.follow(header.rotations, newest=header.vkey)
        seen = replace(seen, keys=tuple(map(str, chain.keys)))
        if vkey is not None and vkey not in seen.keys:
            return replace(seen, reason=_other_key(header, chain))
        head = _head(header, chain)
        seen = replace(seen, vkey=header.vkey, size=head.size)
        seen = _checked(seen, rest, header=header, chain=chain, head=head, cosigners=cosigners, roots_at=roots_at)
        return _witnessed(seen, header=header, head=head, cosigners=cosigners)
    except LedgerError as reason:
        return replace(seen, reason=str(reason), line=seen.line or 1)
    except Misfit as misfit:
        return replace(seen, reason=misfit.reason, position=misfit.position, line=misfit.line)


def _other_key(header: bundle.Header, chain: rotations.Chain) -> str:
    changes = "no change of the key" if len(chain.keys) == 1 else "none of its changes of the key"
    return f"the file is signed with another key than the one given, and {changes} leads from there to {header.vkey}"


def _head(header: bundle.Header, chain: rotations.Chain) -> notes.Head:
    head = notes.parse_checkpoint(notes.open_note(header.checkpoint, chain.newest))
    if chain.heads and chain.heads[-1].size > head.size:
        raise Unreadable("the checkpoint is older than the key that signed it")
    return head


def _checked(
    seen: Verdict,
    lines: Iterator[bytes],
    *,
    header: bundle.Header,
    chain: rotations.Chain,
    head: notes.Head,
    cosigners: Sequence[VerifierKey],
    roots_at: Collection[int],
) -> Verdict:
    if header.form == bundle.PROOFS:
        found, erased = _check_proofs(lines, head=head, count=header.count)
        return replace(seen, checked=len(found) + len(erased), entries=found, erased=erased)
    check = ExportCheck(head, chain, cosigners=cosigners, roots_at=roots_at)
    checked = check.read(lines, earlier=header.count)
    cosigned = tuple(Cosigned(name, size, _instant(at)) for name, (size, at) in check.cosigned.items())
    return replace(seen, checked=checked, roots=check.roots, cosigned=cosigned)


def _witnessed(seen: Verdict, *, header: bundle.Header, head: notes.Head, cosigners: Sequence[VerifierKey]) -> Verdict:
    """The cosignatures of the head, beside those of earlier checkpoints; one of each witness must be somewhere."""
    found = {one.name: one for one in seen.cosigned}
    for key in cosigners:
        at = notes.find_cosignature(header.checkpoint, key)
        if at is not None:
            found[key.name] = Cosigned(key.name, head.size, _instant(at))
        if key.name not in found:
            raise SignatureMissing(f"{key.name} cosigned nothing in this file")
    known = {key.name for key in cosigners}
    claimed = tuple(name for name in notes.cosigner_names(header.checkpoint) if name not in known)
    return replace(seen, is_sound=True, reason=_FITS, cosigned=tuple(found.values()), claimed=claimed)


def _check_proofs(lines: Iterator[bytes], *, head: notes.Head, count: int) -> tuple[tuple[Entry, ...], tuple[int, ...]]:
    found: list[Entry] = []
    erased: list[int] = []
    before = -1
    for number, line in enumerate(lines, start=2):
        try:
            proof = bundle.read_proof_line(line)
            entry = None if proof.commitment else decode_content(proof.content, position=proof.position)
        except Unreadable as reason:
            raise Misfit(None, f"proof {number - 1}: {reason}", line=number) from reason
        if proof.position <= before:
            raise Misfit(proof.position, "the proofs do not stand in the order of the log", line=number)
        before = proof.position
        leaf = merkle.leaf_hash(leaf_text(proof.commitment or commitment_to(proof.content, salt=proof.salt)))
        if not merkle.is_included(leaf, position=proof.position, size=head.size, path=proof.path, root=head.root):
            raise Misfit(proof.position, "the entry does not stand under the signed root", line=number)
        if entry is None:
            erased.append(proof.position)
        else:
            found.append(entry)
    if len(found) + len(erased) != count:
        raise Misfit(None, f"the file says it holds {count} proofs and holds {len(found) + len(erased)}")
    return tuple(found), tuple(erased)


def _instant(second: int) -> datetime:
    try:
        return datetime.fromtimestamp(second, UTC)
    except (OverflowError, ValueError, OSError) as reason:
        raise Unreadable("a cosignature is of a time that no calendar has") from reason
