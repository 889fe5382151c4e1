"""From a password to the slow hash that PostgreSQL compares. Neither is kept here; the hash never leaves this machine.

The salt follows from the address and the parameters are those in use: by asking nobody learns who has an account.
"""

from __future__ import annotations

from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher
from django.db import connection

from .values import Door

_HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class SlowHash:
    """Argon2id of a password, 32 bytes, and what with (`m=102400,t=2,p=8`: KiB, rounds, lanes; RFC 9106)."""

    parameters: str
    hash: bytes


def derive_first(door: Door, address: str, password: str) -> SlowHash:
    """The hash of a password that is set now, with the parameters of the settings."""
    return _derive(password, _salt(door, address), _parameters_now())


def derive(door: Door, address: str, password: str) -> tuple[SlowHash, ...]:
    """The hash of what was typed, with each of the parameters in use: more than one only after they were raised."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_parameters()")
        in_use = [str(parameters) for (parameters,) in cursor.fetchall()]
    salt = _salt(door, address)
    return tuple(_derive(password, salt, parameters) for parameters in in_use or [_parameters_now()])


def _salt(door: Door, address: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_salt(%s, %s)", [door.value, address])
        return str(cursor.fetchone()[0])


def _parameters_now() -> str:
    hasher = get_hasher()
    assert isinstance(hasher, Argon2PasswordHasher)
    return f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"


def _derive(password: str, salt: str, parameters: str) -> SlowHash:
    cost = {name: int(value) for name, value in (one.split("=") for one in parameters.split(","))}
    made = hash_secret_raw(
        password.encode(),
        salt.encode(),
        memory_cost=cost["m"],
        time_cost=cost["t"],
        parallelism=cost["p"],
        hash_len=_HASH_BYTES,
        type=Type.ID,
    )
    return SlowHash(parameters, made)
