"""Two files that leave the house and verify offline. Both are lines of canonical JSON, one form per line.

Export   header {checkpoint, format, vkey}; per leaf {commitment, hash, position}; after the leaf that completes it,
         every earlier signed checkpoint as {checkpoint}. It holds no content and may be published.
Proofs   header {checkpoint, entries, format, vkey}; per entry {content, path, position, salt}.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from .errors import Unreadable
from .leaves import SALT_BYTES, canonical_json
from .merkle import HASH_BYTES
from .values import Json

EXPORT = "meldpunt-ledger-export-v1"
PROOFS = "meldpunt-ledger-proofs-v1"
LONGEST_LINE = 8 * 1024 * 1024

LEAF_LINE = re.compile(rb'\{"commitment":"([0-9a-f]{64})","hash":"([0-9a-f]{64})","position":(0|[1-9][0-9]{0,18})\}\n')
"""A leaf line in the only form it has; matched, not parsed, because there are millions of them."""


@dataclass(frozen=True)
class Header:
    """The first line: which of the two files this is, whose log, and its signed head. `entries` is for proofs."""

    form: str
    vkey: str
    checkpoint: str
    entries: int = 0


@dataclass(frozen=True)
class ProofLine:
    """One entry of a bundle of proofs."""

    content: str
    salt: bytes
    position: int
    path: tuple[bytes, ...]


def header_line(header: Header) -> str:
    """The first line of either file."""
    fields: dict[str, Json] = {"checkpoint": header.checkpoint, "format": header.form, "vkey": header.vkey}
    if header.form == PROOFS:
        fields["entries"] = header.entries
    return canonical_json(fields) + "\n"


def leaf_line(*, position: int, commitment: bytes | None, digest: bytes) -> str:
    """A leaf of an export. `commitment` is None where the entry is gone; no reader will take that for a leaf."""
    stated = commitment.hex() if commitment is not None else None
    return canonical_json({"commitment": stated, "hash": digest.hex(), "position": position}) + "\n"


def checkpoint_line(note: str) -> str:
    """An earlier signed checkpoint, standing after the last leaf it covers."""
    return canonical_json({"checkpoint": note}) + "\n"


def proof_line(proof: ProofLine) -> str:
    """An entry with all that is needed to find it under the root."""
    path = [step.hex() for step in proof.path]
    fields: dict[str, Json] = {
        "content": proof.content,
        "path": path,
        "position": proof.position,
        "salt": proof.salt.hex(),
    }
    return canonical_json(fields) + "\n"


def read_header(line: bytes) -> Header:
    """The reverse of `header_line`. Raises Unreadable."""
    fields = _fields(line)
    form = _text(fields, "format")
    expected = {"checkpoint", "format", "vkey"} | ({"entries"} if form == PROOFS else set())
    if form not in (EXPORT, PROOFS) or set(fields) != expected:
        raise Unreadable("the first line is not that of a ledger export or a bundle of proofs")
    entries = _number(fields, "entries") if form == PROOFS else 0
    return Header(form, _text(fields, "vkey"), _text(fields, "checkpoint"), entries)


def read_checkpoint_line(line: bytes) -> str:
    """The note in a checkpoint line. Raises Unreadable."""
    fields = _fields(line)
    if set(fields) != {"checkpoint"}:
        raise Unreadable("neither a leaf nor a checkpoint")
    return _text(fields, "checkpoint")


def read_proof_line(line: bytes) -> ProofLine:
    """The reverse of `proof_line`. Raises Unreadable."""
    fields = _fields(line)
    path = fields.get("path")
    if set(fields) != {"content", "path", "position", "salt"} or not isinstance(path, list):
        raise Unreadable("not an entry with its proof")
    return ProofLine(
        content=_text(fields, "content"),
        salt=_bytes(fields["salt"], SALT_BYTES),
        position=_number(fields, "position"),
        path=tuple(_bytes(step, HASH_BYTES) for step in path),
    )


def _fields(line: bytes) -> dict[str, object]:
    try:
        fields: object = json.loads(line)
        # Another spelling of the same value is not the file that was handed out.
        is_canonical = isinstance(fields, dict) and canonical_json(fields).encode() + b"\n" == line
    except (ValueError, RecursionError) as reason:
        raise Unreadable("not JSON") from reason
    if not isinstance(fields, dict) or not is_canonical:
        raise Unreadable("not in canonical form")
    return fields


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise Unreadable(f"{name} is not text")
    return value


def _number(fields: dict[str, object], name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Unreadable(f"{name} is not a count")
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        raise Unreadable(f"not {length} bytes in lower-case hexadecimal")
    return bytes.fromhex(value)
