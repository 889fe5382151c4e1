"""Who lost a password or a second factor begins anew: two people of the desk give it, and its owner uses it once.

The code has two halves of 59 bits. Who asks hears one, who approves the other, and its owner hears both from them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from . import passwords
from .binding import look
from .proving import Answer, Session, answer_of, as_bytes, ask, draw_code, guess_code, offer, plain
from .values import Actor, ActorId, Door, OrganisationId, Permission, Role

_HALF = 12


@dataclass(frozen=True, slots=True)
class Start:
    """A new start that waits for a second pair of eyes."""

    id: UUID
    account: ActorId
    name: str
    door: Door
    roles: tuple[Role, ...]
    organisation: OrganisationId | None
    asked_by: ActorId
    asker: str
    asked_at: datetime

    def may_be_approved_by(self, viewer: Actor) -> bool:
        """Neither who asked it nor whose it is; for who comes in at the portal, a duty officer."""
        return viewer.id not in (self.asked_by, self.account) and (
            self.door is Door.DESK or Role.DUTY_OFFICER in viewer.roles
        )


@dataclass(frozen=True, slots=True)
class Given:
    """A new start of one's own: when it was given, when it was used, and whether the machine's operator gave it."""

    given_at: datetime
    used_at: datetime | None
    by_operator: bool


def ask_start(session: Session, *, account: ActorId) -> str:
    """Ask it for somebody else; the first half of the code, this once. Empty where the session may not.

    It may where it is of an administrator, open whole, who was let in more than a week ago.
    """
    half = draw_code()
    answer = answer_of("access_ask_start", uuid4(), session.key, account, half.encode())
    return half if answer is Answer.OPEN else ""


def approve_start(session: Session, *, start: UUID, code: str, visitor: str) -> tuple[Answer, str]:
    """Approve what somebody else asked, with a code of one's own factor; the other half of the code where it is OPEN.

    From then on nothing that its owner has opens the account, until the code is used.
    """
    half, guess = draw_code(), guess_code(session, code)
    answer = answer_of("access_approve_start", guess, start, session.key, half.encode(), visitor)
    return answer, half if answer is Answer.OPEN else ""


def begin_anew(door: Door, *, email: str, code: str, password: str, visitor: str) -> tuple[Answer, Actor | None]:
    """Use the code, whole, and choose a password; who it was, where it is OPEN."""
    halves = plain(code)
    first, second = as_bytes([halves[:_HALF], halves[_HALF:]])
    whole = hashlib.sha256(first).digest() + hashlib.sha256(second).digest()
    guess = offer(door, "start", f"{door}:{email}", [whole])
    made = passwords.derive_first(door, email, password)
    found = ask(
        "SELECT said, whose, name_of, roles_of, organisation_of FROM access_begin_anew(%s, %s, %s, %s, %s, %s)",
        *(guess, door.value, email, made.parameters, made.hash, visitor),
    )
    if found is None or found[0] != Answer.OPEN.value:
        return (Answer(str(found[0])) if found else Answer.WRONG), None
    _, account, name, roles, organisation = found
    actor = Actor(
        id=ActorId(UUID(str(account))),
        name=str(name),
        door=door,
        roles=frozenset(map(Role, roles)),  # type: ignore[call-overload]
        organisation=OrganisationId(UUID(str(organisation))) if organisation else None,
    )
    return Answer.OPEN, actor


def give_as_operator(
    owner: psycopg.Connection[tuple[object, ...]], *, email: str
) -> tuple[ActorId, UUID | None, str] | None:
    """The code whole, given over a connection of the owner of the database: whose account, its organisation, the code.

    None where no account that is open has the address. It counts once the connection commits.
    """
    first, second = draw_code(), draw_code()
    given = (uuid4(), email, first.encode(), second.encode())
    found = owner.execute("SELECT whose, organisation_of FROM access_operator_start(%s, %s, %s, %s)", given).fetchone()
    if found is None:
        return None
    return ActorId(UUID(str(found[0]))), UUID(str(found[1])) if found[1] else None, first + second


def list_given(session: Session) -> tuple[Given, ...]:
    """New starts of one's own account, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_at, used_at, by_operator FROM access_starts_of(%s) ORDER BY given_at DESC", [session.key]
        )
        return tuple(Given(*row) for row in cursor.fetchall())


@look(Permission.ACCOUNT_APPROVE)
def list_waiting(viewer: Actor, /) -> tuple[Start, ...]:
    """What waits for a second pair of eyes, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, account, name, door, roles, organisation, asked_by, asker, asked_at"
            " FROM access_starts_waiting() ORDER BY asked_at, asked"
        )
        rows = cursor.fetchall()
    return tuple(
        Start(
            id=asked,
            account=ActorId(account),
            name=name,
            door=Door(door),
            roles=tuple(Role(role) for role in roles),
            organisation=OrganisationId(organisation) if organisation else None,
            asked_by=ActorId(asked_by),
            asker=asker,
            asked_at=asked_at,
        )
        for asked, account, name, door, roles, organisation, asked_by, asker, asked_at in rows
    )
