"""Two files that leave the house and verify offline. Both are lines of canonical JSON, one form per line.

Export   header {checkpoint, earlier, format, rotations, vkey}; per leaf {commitment, hash, position}; after the leaf
         that completes it, every earlier signed checkpoint as {checkpoint}, of which the header says how many there
         are. It holds no content and may be published.
Proofs   header {checkpoint, entries, format, rotations, vkey}; per entry {content, path, position, salt}, or
         {commitment, path, position} where its content was erased; in the order of the log.

`rotations` lets somebody who knows an earlier key of the log come to the one that signed this file (rotations.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .errors import Unreadable
from .leaves import SALT_BYTES, canonical_json
from .merkle import HASH_BYTES
from .values import Json

EXPORT = "meldpunt-ledger-export-v1"
PROOFS = "meldpunt-ledger-proofs-v1"
LONGEST_LINE = 8 * 1024 * 1024
_COUNTED: Final = {EXPORT: "earlier", PROOFS: "entries"}

LEAF_LINE = re.compile(rb'\{"commitment":"([0-9a-f]{64})","hash":"([0-9a-f]{64})","position":(0|[1-9][0-9]{0,18})\}\n')
"""A leaf line in the only form it has; matched, not parsed, because there are millions of them."""


@dataclass(frozen=True)
class ProofLine:
    """One entry of a bundle of proofs: what opens its commitment or, where that is gone, the commitment itself."""

    content: str
    salt: bytes
    position: int
    path: tuple[bytes, ...]
    commitment: bytes | None = None


@dataclass(frozen=True)
class RotationLine:
    """One change of key: the checkpoint that both keys signed, and the entry in that tree which names them."""

    checkpoint: str
    proof: ProofLine


@dataclass(frozen=True)
class Header:
    """The first line: which of the two files this is, whose log, its signed head, and how many of what follow.

    `count` is of proofs, or in an export of earlier checkpoints.
    """

    form: str
    vkey: str
    checkpoint: str
    count: int = 0
    rotations: tuple[RotationLine, ...] = ()


def header_line(header: Header) -> str:
    """The first line of either file."""
    fields: dict[str, Json] = {
        "checkpoint": header.checkpoint,
        "format": header.form,
        "rotations": [_rotation_fields(each) for each in header.rotations],
        "vkey": header.vkey,
        _COUNTED[header.form]: header.count,
    }
    return canonical_json(fields) + "\n"


def rotation_text(rotation: RotationLine) -> str:
    """A rotation as it is kept beside its checkpoint, for the header of every later file."""
    return canonical_json(_rotation_fields(rotation))


def read_rotation(text: str) -> RotationLine:
    """The reverse of `rotation_text`. Raises Unreadable."""
    return _rotation(read_fields(text.encode() + b"\n"))


def leaf_line(*, position: int, commitment: bytes | None, digest: bytes) -> str:
    """A leaf of an export. `commitment` is None where the entry is gone; no reader will take that for a leaf."""
    stated = commitment.hex() if commitment is not None else None
    return canonical_json({"commitment": stated, "hash": digest.hex(), "position": position}) + "\n"


def checkpoint_line(note: str) -> str:
    """An earlier signed checkpoint, standing after the last leaf it covers."""
    return canonical_json({"checkpoint": note}) + "\n"


def proof_line(proof: ProofLine) -> str:
    """An entry with all that is needed to find it under the root."""
    return canonical_json(_proof_fields(proof)) + "\n"


def read_header(line: bytes) -> Header:
    """The reverse of `header_line`. Raises Unreadable."""
    fields = read_fields(line)
    form = _text(fields, "format")
    counted, rotations = _COUNTED.get(form, ""), fields.get("rotations")
    if set(fields) != {"checkpoint", "format", "rotations", "vkey", counted} or not isinstance(rotations, list):
        raise Unreadable("the first line is not that of a ledger export or a bundle of proofs")
    return Header(
        form,
        _text(fields, "vkey"),
        _text(fields, "checkpoint"),
        _number(fields, counted),
        tuple(_rotation(each) for each in rotations),
    )


def read_checkpoint_line(line: bytes) -> str:
    """The note in a checkpoint line. Raises Unreadable."""
    fields = read_fields(line)
    if set(fields) != {"checkpoint"}:
        raise Unreadable("neither a leaf nor a checkpoint")
    return _text(fields, "checkpoint")


def read_proof_line(line: bytes) -> ProofLine:
    """The reverse of `proof_line`. Raises Unreadable."""
    return _proof(read_fields(line))


def _proof_fields(proof: ProofLine) -> dict[str, Json]:
    fields: dict[str, Json] = {"path": [step.hex() for step in proof.path], "position": proof.position}
    if proof.commitment is not None:
        return fields | {"commitment": proof.commitment.hex()}
    return fields | {"content": proof.content, "salt": proof.salt.hex()}


def _proof(fields: Mapping[str, object]) -> ProofLine:
    path, names = fields.get("path"), set(fields) - {"path", "position"}
    if names not in ({"content", "salt"}, {"commitment"}) or not isinstance(path, list):
        raise Unreadable("not an entry with its proof")
    position, steps = _number(fields, "position"), tuple(_bytes(step, HASH_BYTES) for step in path)
    if names == {"commitment"}:
        return ProofLine("", b"", position, steps, _bytes(fields["commitment"], HASH_BYTES))
    return ProofLine(_text(fields, "content"), _bytes(fields["salt"], SALT_BYTES), position, steps)


def _rotation_fields(rotation: RotationLine) -> dict[str, Json]:
    return _proof_fields(rotation.proof) | {"checkpoint": rotation.checkpoint}


def _rotation(fields: object) -> RotationLine:
    if not isinstance(fields, dict) or set(fields) != {"checkpoint", "content", "path", "position", "salt"}:
        raise Unreadable("not a change of key with its proof")
    checkpoint = _text(fields, "checkpoint")
    return RotationLine(checkpoint, _proof({name: fields[name] for name in fields if name != "checkpoint"}))


def read_fields(line: bytes) -> dict[str, object]:
    """The fields of a line of canonical JSON, with its newline. Raises Unreadable."""
    try:
        fields: object = json.loads(line)
        # Another spelling of the same value is not the file that was handed out.
        is_canonical = isinstance(fields, dict) and canonical_json(fields).encode() + b"\n" == line
    except (ValueError, RecursionError) as reason:
        raise Unreadable("not JSON") from reason
    if not isinstance(fields, dict) or not is_canonical:
        raise Unreadable("not in canonical form")
    return fields


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise Unreadable(f"{name} is not text")
    return value


def _number(fields: Mapping[str, object], name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Unreadable(f"{name} is not a count")
    return value


def _bytes(value: object, length: int) -> bytes:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        raise Unreadable(f"not {length} bytes in lower-case hexadecimal")
    return bytes.fromhex(value)
