"""The leaves of an export, read once and in order: each is compared with the only line that it can be.

A leaf's line is wholly determined by its commitment and its place, so it is built anew and compared, which costs less
than parsing it; a line that differs is looked at slowly, to say what is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Final

from . import bundle, merkle, notes
from .errors import SignatureMissing, Unreadable
from .keys import VerifierKey
from .leaves import LEAF_PREFIX
from .misfit import Misfit
from .rotations import Chain

_AT_ONCE: Final = 4096
_BEFORE: Final = len('{"commitment":"')
_AFTER: Final = _BEFORE + 2 * merkle.HASH_BYTES
_HASHED: Final = b"\x00" + LEAF_PREFIX
_HEX: Final = frozenset(b"0123456789abcdef")


class ExportCheck:
    """The state of one reading: the tree so far, how far it was signed, and what witnesses said of it.

    `roots` are those of the sizes in `roots_at`; `cosigned` the last size and second (POSIX) of each cosigner.
    """

    def __init__(
        self, head: notes.Head, chain: Chain, *, cosigners: Sequence[VerifierKey] = (), roots_at: Collection[int] = ()
    ) -> None:
        self.roots: dict[int, bytes] = {}
        self.cosigned: dict[str, tuple[int, int]] = {}
        self._head = head
        self._chain = chain
        self._cosigners = cosigners
        self._stops = sorted({*roots_at, *(each.size for each in chain.heads), head.size}, reverse=True)
        self._tree = merkle.Frontier()
        self._line = 1
        self._pending = 2
        self._signed_up_to = 0
        self._earlier = 0
        self._pass_stops()

    def read(self, lines: Iterator[bytes], *, earlier: int) -> int:
        """Check every line; how many leaves there are. Raises Misfit at the first line that does not fit."""
        leaves: list[bytes] = []
        commitments: list[bytes] = []
        position = 0
        for self._line, line in enumerate(lines, start=2):
            commitment = line[_BEFORE:_AFTER]
            leaf = sha256(_HASHED + commitment + b"\n")
            if line == b'{"commitment":"%b","hash":"%b","position":%d}\n' % (
                commitment,
                leaf.hexdigest().encode(),
                position,
            ):
                leaves.append(leaf.digest())
                commitments.append(commitment)
                position += 1
                if len(leaves) < _AT_ONCE:
                    continue
                self._add(leaves, commitments)
            else:
                self._add(leaves, commitments)
                self._other(line)
            leaves, commitments, self._pending = [], [], self._line + 1
        self._add(leaves, commitments)
        self._end(earlier)
        return self._tree.size

    def _add(self, leaves: Sequence[bytes], commitments: Sequence[bytes]) -> None:
        if not _HEX.issuperset(b"".join(commitments)):
            first = next(number for number, one in enumerate(commitments) if not _HEX.issuperset(one))
            reason = "its commitment is not written in lower-case hexadecimal"
            self._refuse(self._tree.size + first, reason, line=self._pending + first)
        begin = 0
        while begin < len(leaves):
            if not self._stops:
                self._refuse(self._head.size, "more leaves than the checkpoint covers", line=self._pending + begin)
            end = min(len(leaves), begin + self._stops[-1] - self._tree.size)
            self._tree.extend(leaves[begin:end])
            self._pass_stops()
            begin = end

    def _pass_stops(self) -> None:
        while self._stops and self._stops[-1] <= self._tree.size:
            self.roots[self._stops.pop()] = self._tree.root()

    def _other(self, line: bytes) -> None:
        """A line that is not the leaf it should be: an earlier checkpoint, or the first misfit."""
        expected = self._tree.size
        leaf = bundle.LEAF_LINE.fullmatch(line)
        if leaf and int(leaf[3]) != expected:
            self._refuse(expected, f"here stands a leaf that says it is number {int(leaf[3])}")
        if leaf:
            self._refuse(expected, "the entry is not what its leaf commits to")
        try:
            note = bundle.read_checkpoint_line(line)
            head = notes.parse_checkpoint(notes.open_note(note, self._chain.key_at(expected)))
            self._note_cosigners(note)
        except SignatureMissing as reason:
            self._refuse(None, f"the checkpoint after entry {expected - 1}: {reason}", cause=reason)
        except Unreadable as reason:
            self._refuse(expected, f"the entry is missing or cannot be read: {reason}", cause=reason)
        is_due = self._signed_up_to < expected < self._head.size
        if head.origin == self._head.origin and expected < head.size < self._head.size:
            self._refuse(expected, f"the entry is missing: here stands the checkpoint of {head.size} already")
        if head.origin != self._head.origin or head.size != expected or not is_due:
            self._refuse(None, f"after entry {expected - 1} stands a checkpoint that belongs elsewhere")
        if head.root != self._tree.root():
            self._refuse(self._signed_up_to, _between(self._signed_up_to, head.size))
        self._signed_up_to = head.size
        self._earlier += 1

    def _note_cosigners(self, note: str) -> None:
        for key in self._cosigners:
            at = notes.find_cosignature(note, key)
            if at is not None:
                self.cosigned[key.name] = (self._tree.size, at)

    def _end(self, earlier: int) -> None:
        size, signed = self._tree.size, self._signed_up_to
        self._line += 1
        if size < self._head.size:
            self._refuse(size, f"the checkpoint covers {self._head.size} leaves; this one is missing")
        if self._earlier != earlier:
            self._refuse(None, f"the file says it holds {earlier} earlier checkpoints and holds {self._earlier}")
        if self._tree.root() != self._head.root:
            self._refuse(signed, _between(signed, size))
        for head in self._chain.heads:
            if self.roots[head.size] != head.root:
                self._refuse(None, f"the key was changed in another tree of {head.size} leaves than this one", line=1)

    def _refuse(
        self, position: int | None, reason: str, *, cause: Exception | None = None, line: int | None = None
    ) -> None:
        raise Misfit(position, reason, line=line or self._line) from cause


def _between(first: int, end: int) -> str:
    return f"of entries {first} to {end - 1} at least one is not what was signed"
