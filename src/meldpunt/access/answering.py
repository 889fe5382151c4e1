"""What a machine asks twice is done once: its answer, kept under a secret that only the machine has.

Whoever repeats a request shows the key of the machine again, and the Idempotency-Key. From both follows what the answer
is sealed with (HKDF-SHA-256 and AES-256-GCM), so a receipt code in it lies nowhere in clear, as it never does.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection

from .binding import bound
from .errors import KeyUsedBefore, StillAnswering
from .models import Answered
from .values import Actor

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whole: its status, the headers that belong to it, and its bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


def find_answer(machine: Actor, *, name: str, request: bytes) -> Answer | None:
    """The answer this machine had to the same request under this Idempotency-Key, or None: then it is its turn.

    From here to the end of the transaction nobody else answers under that name. Raises StillAnswering where somebody
    does at this moment, KeyUsedBefore where it had another `request`.
    """
    with bound(machine):
        _take_turn(machine, name)
        row = Answered.objects.filter(machine=machine.id, name=_mark(machine, "name", name.encode())).first()
    if row is None:
        return None
    if not hmac.compare_digest(bytes(row.request), _mark(machine, f"request/{name}", request)):
        raise KeyUsedBefore
    return _opened(machine, name, bytes(row.sealed))


def keep_answer(machine: Actor, *, name: str, request: bytes, answer: Answer) -> None:
    """Keep it, in the transaction of what it answers: there is no deed without its answer, and no answer without it."""
    with bound(machine):
        Answered(
            machine_id=machine.id,
            name=_mark(machine, "name", name.encode()),
            request=_mark(machine, f"request/{name}", request),
            sealed=_sealed(machine, name, answer),
        ).save(force_insert=True)


def _take_turn(machine: Actor, name: str) -> None:
    with connection.cursor() as cursor:
        turn = f"access/answered/{machine.id}/{name}"
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [turn])
        if cursor.fetchone() != (True,):
            raise StillAnswering


def _sealed(machine: Actor, name: str, answer: Answer) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    head = json.dumps({"status": answer.status, "headers": answer.headers}).encode()
    whole = len(head).to_bytes(4, "big") + head + answer.body
    return nonce + AESGCM(_derived(machine, f"seal/{name}")).encrypt(nonce, whole, None)


def _opened(machine: Actor, name: str, sealed: bytes) -> Answer:
    whole = AESGCM(_derived(machine, f"seal/{name}")).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    length = 4 + int.from_bytes(whole[:4], "big")
    head = json.loads(whole[4:length])
    return Answer(head["status"], head["headers"], whole[length:])


def _mark(machine: Actor, purpose: str, said: bytes) -> bytes:
    return hmac.digest(_derived(machine, f"mark/{purpose}"), said, "sha256")


def _derived(machine: Actor, purpose: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=f"meldpunt answered/{purpose}".encode())
    return derive.derive(machine.key.encode())
