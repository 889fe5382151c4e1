"""Signed notes and checkpoints in the text formats of C2SP (signed-note v1.0.0, tlog-checkpoint v1.0.0), Ed25519.

Decoding is strict: one key, signature or checkpoint has exactly one text, so that no changed byte goes unseen.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .errors import SignatureMissing, Unreadable
from .merkle import HASH_BYTES

_ED25519 = b"\x01"
_KEY_BYTES = 32
_KEY_MARK = "PRIVATE+KEY+"
_SIGNATURE_MARK = "— "
_MOST_SIGNATURES = 64
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class VerifierKey:
    """Who signs, and by what to know the signature."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that point from a signature to its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encode(_ED25519 + self.public)}"


@dataclass(frozen=True)
class SigningKey:
    """The secret half. `seed` is the 32 bytes of RFC 8032; it never shows in a repr."""

    name: str
    seed: bytes

    def __repr__(self) -> str:
        return f"SigningKey(name={self.name!r})"

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes of Ed25519."""
        return self._private().sign(message)

    def secret_text(self) -> str:
        """The one line in which the key is kept, as other tools of this format keep theirs."""
        return f"{_KEY_MARK}{self.name}+{self.verifier.id.hex()}+{_encode(_ED25519 + self.seed)}"

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: the log `origin` has `size` leaves, and this `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes


def parse_verifier_key(text: str) -> VerifierKey:
    """The key in `name+id+key` form. Raises Unreadable where any part does not fit the others."""
    name, _, material = _split_key(text)
    key = VerifierKey(name, material)
    if str(key) != text:
        raise Unreadable("the id of the key does not belong to it")
    return key


def parse_signing_key(text: str) -> SigningKey:
    """The key that `secret_text` wrote. Raises Unreadable."""
    if not text.startswith(_KEY_MARK):
        raise Unreadable("not a signing key")
    name, _, material = _split_key(text.removeprefix(_KEY_MARK))
    key = SigningKey(name, material)
    if key.secret_text() != text:
        raise Unreadable("the id of the signing key does not belong to it")
    return key


def sign_note(text: str, key: SigningKey) -> str:
    """The note: `text` (which ends in a newline), an empty line, and one signature."""
    _check_text(text)
    return f"{text}\n{_SIGNATURE_MARK}{key.name} {_encode(key.verifier.id + key.sign(text.encode()))}\n"


def open_note(note: str, key: VerifierKey) -> str:
    """The text of a note that `key` signed. Signatures of keys we do not know are passed over.

    Raises Unreadable for another form, SignatureMissing where the key's signature is absent or wrong.
    """
    text, gap, tail = note.rpartition("\n\n")
    text += "\n"
    lines = tail.split("\n")
    if not gap or lines.pop() or not 0 < len(lines) <= _MOST_SIGNATURES:
        raise Unreadable("a signed note ends in an empty line and signatures")
    _check_text(text)
    ours = [signature for line in lines if (signature := _signature_of(line, key))]
    if not ours:
        raise SignatureMissing(f"no signature of {key.name}")
    for signature in ours:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError) as reason:
            raise SignatureMissing(f"the signature of {key.name} is not valid") from reason
    return text


def format_checkpoint(head: Head) -> str:
    """The text of a checkpoint, to be signed."""
    return f"{head.origin}\n{head.size}\n{_encode(head.root)}\n"


def parse_checkpoint(text: str) -> Head:
    """What a checkpoint's text says; extension lines are refused, as we write none. Raises Unreadable."""
    lines = text.split("\n")
    if len(lines) != 4 or not lines[0] or lines[3]:
        raise Unreadable("a checkpoint has three lines: origin, size, root")
    if not _SIZE.fullmatch(lines[1]):
        raise Unreadable("the size of a checkpoint is a decimal number")
    root = _decode(lines[2])
    if len(root) != HASH_BYTES:
        raise Unreadable("the root of a checkpoint is 32 bytes")
    return Head(lines[0], int(lines[1]), root)


def _split_key(text: str) -> tuple[str, str, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise Unreadable("a key is written as name+id+key")
    material = _decode(parts[2])
    if len(material) != 1 + _KEY_BYTES or material[:1] != _ED25519:
        raise Unreadable("not an Ed25519 key")
    return parts[0], parts[1], material[1:]


def _signature_of(line: str, key: VerifierKey) -> bytes | None:
    name, gap, coded = line.removeprefix(_SIGNATURE_MARK).partition(" ")
    if not line.startswith(_SIGNATURE_MARK) or not gap or not _NAME.fullmatch(name):
        raise Unreadable("a line under a note is no signature")
    signature = _decode(coded)
    if name != key.name or signature[:4] != key.id:
        return None
    return signature[4:]


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise Unreadable("the text of a note ends in a newline")
    if any(ord(character) < 0x20 and character != "\n" for character in text):
        raise Unreadable("the text of a note has a control character")


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as reason:
        raise Unreadable("not base64") from reason
    # The last character of base64 may carry bits that decoding ignores; only the one true text passes.
    if _encode(data) != text:
        raise Unreadable("not the canonical base64 of its bytes")
    return data
