"""What somebody shows at a door, and what PostgreSQL says of it. Asked in the role of the door, with nobody bound.

A guess is offered in a transaction of its own and committed before it is answered (`sql/proving.sql`).
"""

from __future__ import annotations

import secrets
from base64 import b32decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from . import passwords
from .values import Actor, ActorId, Door, OrganisationId, Role

RECOVERY_CODES = 10
_RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_LENGTH = 12


class Answer(StrEnum):
    """What was said of something shown."""

    OPEN = "open"
    WRONG = "wrong"
    BUSY = "busy"
    """There were too many that were wrong: five in six minutes for an account, ten in a minute from an address."""
    CLOSED = "closed"
    """The password was right, and the account is closed."""


class Asks(StrEnum):
    """What a session still asks before it opens anything."""

    NOTHING = ""
    CODE = "code"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class Session:
    """Whose session it is, and what it still asks. `key` is in the cookie, and its digest in the database."""

    key: str
    asks: Asks
    email: str
    actor: Actor


def find_session(key: str) -> Session | None:
    """The session that a key opens; None where it ended, or its account is closed."""
    if not key:
        return None
    found = ask(
        "SELECT account, door, email, name, roles, organisation, language, asks FROM access_session_of(%s)", key
    )
    if found is None:
        return None
    account, door, email, name, roles, organisation, language, asks = found
    actor = Actor(
        id=ActorId(UUID(str(account))),
        name=str(name),
        door=Door(str(door)),
        roles=frozenset(map(Role, roles)),  # type: ignore[call-overload]
        organisation=OrganisationId(UUID(str(organisation))) if organisation else None,
        language=str(language),
    )
    return Session(key, Asks(str(asks)), str(email), actor)


def open_session(door: Door, *, email: str, password: str, visitor: str, device: str = "") -> tuple[Answer, str]:
    """Begin a session with address and password; the answer, and the key of the session where it is OPEN.

    `visitor` is the address that failures are counted for, `device` what a browser kept since somebody came in with it.
    """
    guess = _guess_password(door, email, password, device=device)
    key = secrets.token_urlsafe(32)
    answer = answer_of("access_open_session", guess, door.value, email, key, visitor)
    return answer, key if answer is Answer.OPEN else ""


def pass_code(session: Session, *, code: str, visitor: str, device: str = "") -> Answer:
    """Show the code of the app, or one of those for recovery, to a session that asks for it."""
    return answer_of("access_pass_code", guess_code(session, code, device=device), session.key, visitor)


def remember_device(session: Session, *, device: str) -> bool:
    """Know the browser of a session that is open whole: the wrong guesses of strangers do not keep it out.

    Once for each session. `device` is 40 to 100 characters that nobody guesses; only its digest is kept.
    """
    return ask("SELECT access_remember_device(%s, %s)", session.key, device) == (True,)


def end_session(key: str) -> None:
    """The key opens nothing any more."""
    ask("SELECT access_end_session(%s)", key)


def change_password(session: Session, *, old: str, new: str, visitor: str) -> Answer:
    """A new password for who shows the old one; every other session of the account ends."""
    guess = _guess_password(session.actor.door, session.email, old)
    made = passwords.derive_first(session.actor.door, session.email, new)
    return answer_of("access_change_password", guess, session.key, made.parameters, made.hash, visitor)


def enrol_factor(session: Session, *, secret: str, code: str) -> tuple[str, ...]:
    """A first second factor (`secret` in base32), shown by its code; what recovers it, or nothing where it fails."""
    drawn = draw_recovery_codes()
    given = [session.key, b32decode(secret), plain(code), as_bytes(drawn)]
    found = ask("SELECT access_enrol_factor(%s, %s, %s, %s)", *given)
    return drawn if found == (True,) else ()


def renew_recovery_codes(session: Session, *, code: str, visitor: str) -> tuple[Answer, tuple[str, ...]]:
    """New codes for recovery, for who shows a code; the old ones end."""
    drawn = draw_recovery_codes()
    answer = answer_of("access_renew_recovery", guess_code(session, code), session.key, as_bytes(drawn), visitor)
    return answer, drawn if answer is Answer.OPEN else ()


def drop_factor(session: Session, *, code: str, visitor: str) -> Answer:
    """The second factor ends, for who shows a code."""
    return answer_of("access_drop_factor", guess_code(session, code), session.key, visitor)


def count_recovery_codes(session: Session) -> int | None:
    """How many codes are left; None where there is no second factor."""
    found = ask("SELECT has_factor, codes_left FROM access_factor_of(%s)", session.key)
    return int(str(found[1])) if found and found[0] else None


def draw_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 59 bits, without letters that look alike."""
    return tuple(draw_code() for _ in range(RECOVERY_CODES))


def draw_code() -> str:
    """Twelve letters and digits, 59 bits, without those that look alike."""
    return "".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(_RECOVERY_LENGTH))


def guess_code(session: Session, code: str, *, device: str = "") -> UUID:
    """Offer a code of the session's account as a guess; which one it is."""
    return offer(session.actor.door, "code", str(session.actor.id), as_bytes([code]), device=device)


def offer(door: Door, kind: str, name: str, guesses: Sequence[bytes], *, device: str = "") -> UUID:
    """Write the guess down and commit it, beside the transaction of the request: that one may be rolled back."""
    offered = uuid4()
    with psycopg.connect(**connection.get_connection_params()) as beside:
        beside.execute("SELECT set_config('role', %s, true)", [f"meldpunt_{door}"])
        given = [offered, kind, name, list(guesses), device]
        beside.execute("SELECT access_offer(%s, %s, %s, %s, %s)", given)
    return offered


def answer_of(function: str, *given: object) -> Answer:
    """What a function of the database says of a guess."""
    marks = ", ".join(["%s"] * len(given))
    found = ask(f"SELECT {function}({marks})", *given)
    return Answer(str(found[0])) if found else Answer.WRONG


def ask(query: str, *given: object) -> tuple[object, ...] | None:
    """The first row of what the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(query, list(given))  # type: ignore[arg-type]
        found: tuple[object, ...] | None = cursor.fetchone()
    return found


def plain(code: str) -> str:
    """A code as it was drawn, however it was typed."""
    return code.replace(" ", "").replace("-", "").lower()


def as_bytes(codes: Iterable[str]) -> list[bytes]:
    """Codes as the database compares them."""
    return [plain(code).encode() for code in codes]


def _guess_password(door: Door, email: str, password: str, *, device: str = "") -> UUID:
    hashes = [one.hash for one in passwords.derive(door, email, password)]
    return offer(door, "password", f"{door}:{email}", hashes, device=device)
