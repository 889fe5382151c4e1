"""What another organisation does with our checkpoints: compare each with the last it saw, and put its name under it.

Plain Python without database or Django. A witness that cosigns at most one history of a log makes it impossible to show
one history to some and another to others, where they ask for its cosignature (C2SP tlog-cosignature, tlog-witness).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain as joined

from . import bundle, merkle
from .bundle import EXPORT
from .consistency import Consistency, read_consistency
from .errors import LedgerError, SignatureMissing, Unreadable, WitnessRefused
from .keys import SigningKey, VerifierKey, encode, parse_verifier_key
from .leaves import canonical_json
from .notes import Head, cosignature_line, open_note, parse_checkpoint, read_note
from .verify import verify_lines


@dataclass(frozen=True)
class Seen:
    """The last head of one log that this witness cosigned, the key it was signed with, and its note."""

    vkey: str
    note: str

    @property
    def head(self) -> Head:
        """What it says."""
        return parse_checkpoint(read_note(self.note)[0])


def format_seen(seen: Seen) -> str:
    """The file in which a witness remembers."""
    return canonical_json({"note": seen.note, "vkey": seen.vkey}) + "\n"


def read_seen(text: str) -> Seen:
    """The reverse. Raises Unreadable, also where the note does not belong to the key."""
    fields = bundle.read_fields(text.encode())
    vkey, note = fields.get("vkey"), fields.get("note")
    if set(fields) != {"note", "vkey"} or not isinstance(vkey, str) or not isinstance(note, str):
        raise Unreadable("not what a witness remembers of a log")
    open_note(note, parse_verifier_key(vkey))
    return Seen(vkey, note)


def look_at(lines: Iterable[bytes], *, seen: Seen | None, vkeys: Sequence[str]) -> Seen:
    """What is to be remembered after this file: an export, a checkpoint with its proof of consistency, or one alone.

    `vkeys` are keys of the log that the witness trusts beside the one in `seen`; at the first sight of a log one is
    needed. Raises WitnessRefused where the log was rolled back, forked, or shows no proof; LedgerError for the rest.
    """
    rest = iter(lines)
    first = next(rest, b"")
    trusted = ([seen.vkey] if seen else []) + [str(parse_verifier_key(each)) for each in vkeys]
    if not trusted:
        raise WitnessRefused("this log was not seen before: give its verifier key, as its keeper published it")
    if first.startswith(b"{"):
        return _export(joined([first], rest), seen=seen, vkeys=trusted)
    try:
        text = b"".join(joined([first], rest)).decode()
    except UnicodeDecodeError as reason:
        raise Unreadable("not UTF-8") from reason
    asked = read_consistency(text) if text.startswith("old ") else Consistency(0, (), text)
    return _checkpoint(asked, seen=seen, vkeys=trusted)


def cosign(seen: Seen, key: SigningKey, *, at: int) -> str:
    """The note with the line of this witness below it."""
    return seen.note + cosignature_line(read_note(seen.note)[0], key, at=at)


def _export(lines: Iterable[bytes], *, seen: Seen | None, vkeys: Sequence[str]) -> Seen:
    rest = iter(lines)
    first = next(rest)
    header = bundle.read_header(first)
    if header.form != EXPORT:
        raise WitnessRefused("proofs of single entries do not show that the log only grew: give an export")
    sizes = [seen.head.size] if seen else []
    verdict = verify_lines(joined([first], rest), roots_at=sizes)
    head = parse_checkpoint(read_note(header.checkpoint)[0])
    if seen:
        _refuse_other_log(seen.head, head)
    # What does not fit itself is refused for that; of the rest, who signed it decides.
    if not verdict.is_sound:
        place = "" if verdict.position is None else f" at entry {verdict.position}"
        raise WitnessRefused(f"the export does not fit{place}: {verdict.reason}")
    if not set(vkeys) & set(verdict.keys):
        raise SignatureMissing(f"it is signed with {verdict.vkey}, to which no known key leads")
    if seen and seen.head.size > head.size:
        raise _rolled_back(seen.head, head)
    if seen and verdict.roots[seen.head.size] != seen.head.root:
        raise _forked(seen.head, Head(head.origin, seen.head.size, verdict.roots[seen.head.size]), head)
    return Seen(verdict.vkey, _without_others(header.checkpoint, parse_verifier_key(verdict.vkey)))


def _checkpoint(asked: Consistency, *, seen: Seen | None, vkeys: Sequence[str]) -> Seen:
    key, head = _opened(asked.note, vkeys)
    if seen is None:
        return Seen(str(key), _without_others(asked.note, key))
    last = seen.head
    _refuse_other_log(last, head)
    if head.size < last.size:
        raise _rolled_back(last, head)
    if head.size == last.size and head.root != last.root:
        raise _forked(last, head, head)
    if head.size > last.size:
        _prove(asked, last=last, head=head)
    return Seen(str(key), _without_others(asked.note, key))


def _prove(asked: Consistency, *, last: Head, head: Head) -> None:
    if asked.since != last.size and last.size:
        raise WitnessRefused(
            f"no proof that it extends the {last.size} entries seen before: ask for the consistency since {last.size}, "
            "or for an export"
        )
    path = asked.path
    if not merkle.is_consistent(old=last.size, new=head.size, old_root=last.root, new_root=head.root, path=path):
        raise WitnessRefused(f"the proof does not show that {_named(head)} extends {_named(last)}")


def _opened(note: str, vkeys: Sequence[str]) -> tuple[VerifierKey, Head]:
    for vkey in reversed(vkeys):
        key = parse_verifier_key(vkey)
        try:
            head = parse_checkpoint(open_note(note, key))
        except SignatureMissing:
            continue
        if head.origin != key.name:
            raise LedgerError(f"{key.name} signed a checkpoint of {head.origin}")
        return key, head
    raise SignatureMissing(
        "the checkpoint is signed by no known key; where the log changed its key, an export shows the way to it"
    )


def _refuse_other_log(last: Head, head: Head) -> None:
    if last.origin != head.origin:
        raise WitnessRefused(f"this is the log {head.origin}; the one seen before is {last.origin}")


def _rolled_back(last: Head, head: Head) -> WitnessRefused:
    return WitnessRefused(f"the log was rolled back: seen before {_named(last)}; shown now {_named(head)}")


def _forked(last: Head, there: Head, head: Head) -> WitnessRefused:
    shown = f"; shown now {_named(there)}" + ("" if there == head else f", under {_named(head)}")
    return WitnessRefused(f"the log has two histories: seen before {_named(last)}{shown}")


def _named(head: Head) -> str:
    return f"{head.size} entries with root {encode(head.root)}"


def _without_others(note: str, key: VerifierKey) -> str:
    """The note with the log's own signature alone: what else stands there is nobody's business here."""
    text, signatures = read_note(note)
    ours = [each for each in signatures if (each.name, each.id) == (key.name, key.id)]
    return f"{text}\n" + "".join(f"— {each.name} {encode(each.id + each.signed)}\n" for each in ours)
