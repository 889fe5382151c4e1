"""Signed notes, checkpoints and cosignatures in the text formats of C2SP (signed-note v1.0.0, tlog-checkpoint v1.0.0,
tlog-cosignature v1.0.1), Ed25519.

Decoding is strict: one signature or checkpoint has exactly one text, so that no changed byte goes unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .errors import SignatureMissing, Unreadable
from .keys import NAME, SigningKey, VerifierKey, decode, encode
from .merkle import HASH_BYTES

_SIGNATURE_MARK = "— "
_MOST_SIGNATURES = 64
_ID_BYTES = 4
_TIME_BYTES = 8
_COSIGNATURE_BYTES = _TIME_BYTES + 64
_LAST_SECOND: Final = 2**63 - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: the log `origin` has `size` leaves, and this `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Signature:
    """One line under a note: a name, the four bytes that point to a key, and what that key signed."""

    name: str
    id: bytes
    signed: bytes


def sign_note(text: str, *keys: SigningKey) -> str:
    """The note: `text` (which ends in a newline), an empty line, and a signature of each key."""
    _check_text(text)
    return f"{text}\n" + "".join(_line(key.verifier, key.sign(text.encode())) for key in keys)


def open_note(note: str, key: VerifierKey) -> str:
    """The text of a note that `key` signed. Signatures of keys we do not know are passed over.

    Raises Unreadable for another form, SignatureMissing where the key's signature is absent or wrong.
    """
    text, signatures = read_note(note)
    ours = [one.signed for one in signatures if (one.name, one.id) == (key.name, key.id)]
    if not ours:
        raise SignatureMissing(f"no signature of {key.name} ({key.id.hex()})")
    if not all(key.fits(signed, text.encode()) for signed in ours):
        raise SignatureMissing(f"the signature of {key.name} ({key.id.hex()}) is not valid")
    return text


def cosignature_line(text: str, key: SigningKey, *, at: int) -> str:
    """The line by which a witness says that at this second (POSIX) it knew of no longer tree, and this one is true."""
    return _line(key.verifier, at.to_bytes(_TIME_BYTES, "big") + key.sign(_cosigned(text, at)))


def find_cosignature(note: str, key: VerifierKey) -> int | None:
    """When this witness cosigned, in POSIX seconds; None where it did not. Raises SignatureMissing for a wrong one."""
    text, signatures = read_note(note)
    latest = None
    for one in signatures:
        if (one.name, one.id) != (key.name, key.id):
            continue
        at = int.from_bytes(one.signed[:_TIME_BYTES], "big")
        is_whole = len(one.signed) == _COSIGNATURE_BYTES and at <= _LAST_SECOND
        if not is_whole or not key.fits(one.signed[_TIME_BYTES:], _cosigned(text, at)):
            raise SignatureMissing(f"the cosignature of {key.name} is not valid")
        latest = max(at, latest or 0)
    return latest


def cosignature_line_of(note: str, key: VerifierKey) -> str:
    """The line of this witness under a note. Raises SignatureMissing."""
    for one in read_note(note)[1]:
        if (one.name, one.id) == (key.name, key.id):
            return _line(key, one.signed)
    raise SignatureMissing(f"no cosignature of {key.name}")


def cosigner_names(note: str) -> tuple[str, ...]:
    """Who claims to have cosigned, by the length of the signature alone; nothing is checked."""
    _, signatures = read_note(note)
    return tuple(one.name for one in signatures if len(one.signed) == _COSIGNATURE_BYTES)


def read_note(note: str) -> tuple[str, tuple[Signature, ...]]:
    """The text of a note and the lines under it, unchecked. Raises Unreadable."""
    text, gap, tail = note.rpartition("\n\n")
    text += "\n"
    lines = tail.split("\n")
    if not gap or lines.pop() or not 0 < len(lines) <= _MOST_SIGNATURES:
        raise Unreadable("a signed note ends in an empty line and signatures")
    _check_text(text)
    return text, tuple(_signature(line) for line in lines)


def format_checkpoint(head: Head) -> str:
    """The text of a checkpoint, to be signed."""
    return f"{head.origin}\n{head.size}\n{encode(head.root)}\n"


def parse_checkpoint(text: str) -> Head:
    """What a checkpoint's text says; extension lines are refused, as we write none. Raises Unreadable."""
    lines = text.split("\n")
    if len(lines) != 4 or not lines[0] or lines[3]:
        raise Unreadable("a checkpoint has three lines: origin, size, root")
    if not _SIZE.fullmatch(lines[1]):
        raise Unreadable("the size of a checkpoint is a decimal number")
    root = decode(lines[2])
    if len(root) != HASH_BYTES:
        raise Unreadable("the root of a checkpoint is 32 bytes")
    return Head(lines[0], int(lines[1]), root)


def _line(key: VerifierKey, signed: bytes) -> str:
    return f"{_SIGNATURE_MARK}{key.name} {encode(key.id + signed)}\n"


def _signature(line: str) -> Signature:
    name, gap, coded = line.removeprefix(_SIGNATURE_MARK).partition(" ")
    if not line.startswith(_SIGNATURE_MARK) or not gap or not NAME.fullmatch(name):
        raise Unreadable("a line under a note is no signature")
    signature = decode(coded)
    return Signature(name, signature[:_ID_BYTES], signature[_ID_BYTES:])


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise Unreadable("the text of a note ends in a newline")
    if any(ord(character) < 0x20 and character != "\n" for character in text):
        raise Unreadable("the text of a note has a control character")
