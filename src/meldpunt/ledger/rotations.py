"""Following the keys of a log from one to the next, with nothing but what a file brings.

A checkpoint alone cannot say which key comes next: anybody can put a second signature under it. What says it is an
entry of the log (`Kind.KEY_ROTATED`), which stands in a tree that the old key signed, and the new one as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import merkle
from .bundle import RotationLine
from .errors import RotationBroken, Unreadable
from .keys import VerifierKey, parse_verifier_key
from .leaves import commitment_to, decode_content, leaf_text
from .notes import Head, open_note, parse_checkpoint
from .values import Json, Kind


@dataclass(frozen=True)
class Chain:
    """The keys of a log in their order, and after the first the size at which each began to sign."""

    keys: tuple[VerifierKey, ...]
    heads: tuple[Head, ...] = ()

    @property
    def newest(self) -> VerifierKey:
        """The key that signs now."""
        return self.keys[-1]

    def key_at(self, size: int) -> VerifierKey:
        """The key that signs a tree of this size; where the key was changed both do, and this is the newer."""
        return self.keys[sum(head.size <= size for head in self.heads)]


def follow(rotations: Iterable[RotationLine], *, newest: str) -> Chain:
    """The chain of keys that ends in `newest`. Raises RotationBroken, SignatureMissing, Unreadable where it breaks."""
    keys: list[VerifierKey] = []
    heads: list[Head] = []
    for rotation in rotations:
        old, new, head = _check(rotation)
        if keys and (keys[-1] != old or head.size <= heads[-1].size):
            raise RotationBroken("one change of the key does not follow on the one before")
        keys = keys or [old]
        keys.append(new)
        heads.append(head)
    last = parse_verifier_key(newest)
    if keys and keys[-1] != last:
        raise RotationBroken("the changes of the key do not end with the one that signed the file")
    return Chain(tuple(keys) or (last,), tuple(heads))


def rotation_details(*, old: VerifierKey, new: VerifierKey, kept: bool) -> dict[str, Json]:
    """What the entry of a change of key says: both keys, and what becomes of the secret of the old one."""
    return {"from": str(old), "to": str(new), "old-secret": "kept aside" if kept else "destroyed"}


def _check(rotation: RotationLine) -> tuple[VerifierKey, VerifierKey, Head]:
    proof = rotation.proof
    entry = decode_content(proof.content, position=proof.position)
    if entry.kind is not Kind.KEY_ROTATED:
        raise RotationBroken("an entry is given for a change of the key and is another deed")
    old, new = (_key(entry.details, name) for name in ("from", "to"))
    head = parse_checkpoint(open_note(rotation.checkpoint, old))
    open_note(rotation.checkpoint, new)
    leaf = merkle.leaf_hash(leaf_text(commitment_to(proof.content, salt=proof.salt)))
    if not merkle.is_included(leaf, position=proof.position, size=head.size, path=proof.path, root=head.root):
        raise RotationBroken("a change of the key does not stand under the root that both keys signed")
    if not head.origin == old.name == new.name:
        raise RotationBroken("a change of the key is from one log to another")
    return old, new, head


def _key(details: Mapping[str, Json], name: str) -> VerifierKey:
    stated = details.get(name)
    if not isinstance(stated, str):
        raise Unreadable("a change of the key does not name its keys")
    return parse_verifier_key(stated)
