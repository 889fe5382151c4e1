"""The actor, bound to the database session for the length of a transaction.

Row policies read the settings made here. They are local to the transaction (`set_config(…, true)`), so a pooled
connection carries nothing over. Every action and query of every room goes through `deed` or `look`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Concatenate, ParamSpec, TypeVar

from django.db import connection, transaction

from .errors import NobodyBound, PermissionMissing
from .rules import may, permissions_of
from .values import Actor, Permission

P = ParamSpec("P")
R = TypeVar("R")

_bound: ContextVar[Actor | None] = ContextVar("meldpunt_bound_actor", default=None)

_APPLY = """
SELECT set_config('role', %s, true),
       set_config('meldpunt.actor', %s, true),
       set_config('meldpunt.organisation', %s, true),
       set_config('meldpunt.permissions', %s, true),
       set_config('meldpunt.receipt', %s, true),
       set_config('meldpunt.key', %s, true),
       set_config('meldpunt.certificate', %s, true)
"""


def _apply(actor: Actor | None) -> None:
    if actor is None:
        values = ["none", "", "", "", "", "", ""]
    else:
        values = [
            f"meldpunt_{actor.door}",
            str(actor.id),
            str(actor.organisation or ""),
            " ".join(sorted(permissions_of(actor.roles))),
            actor.receipt,
            actor.key,
            actor.certificate,
        ]
    with connection.cursor() as cursor:
        cursor.execute(_APPLY, values)


@contextmanager
def bound(actor: Actor) -> Iterator[None]:
    """Run the block in a transaction in which the database knows `actor`, and nobody else."""
    before = bound_actor()
    nested = connection.in_atomic_block
    with transaction.atomic():
        if actor != before:
            _apply(actor)
        token = _bound.set(actor)
        try:
            yield
        finally:
            last = _bound.get()
            _bound.reset(token)
        # A rollback undoes the settings by itself; a released savepoint keeps them, so they are put back here.
        if nested and last != before and not connection.needs_rollback:
            _apply(before)


def rebind(actor: Actor) -> None:
    """From here to the end of the block that is `bound`, the database knows `actor` instead.

    For a door, which opens its transaction before it knows who came: all that the request looks at afterwards is
    looked at by the actor who is bound already, and costs no journeys of its own. Raises NobodyBound outside a block.
    """
    if bound_actor() is None:
        raise NobodyBound
    _apply(actor)
    _bound.set(actor)


@contextmanager
def looking(viewer: Actor) -> Iterator[None]:
    """Run the block as `bound` does, without a savepoint where the database knows this viewer already.

    What only reads has nothing that a savepoint could undo, and a savepoint is two more journeys to the database.
    """
    if bound_actor() == viewer:
        yield
        return
    with bound(viewer):
        yield


def bound_actor() -> Actor | None:
    """Who the database knows at this moment, if anybody."""
    return _bound.get() if connection.in_atomic_block else None


def require(actor: Actor, permission: Permission) -> None:
    """Raise `PermissionMissing` unless one of the actor's roles carries the permission."""
    if not may(actor.roles, permission):
        raise PermissionMissing(f"{permission} is not among what {actor.id} may do")


def deed(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an action: the actor comes first, holds `permission`, and is bound; one transaction."""

    def decorate(verb: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(verb)
        def act(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(actor, permission)
            with bound(actor):
                return verb(actor, *args, **kwargs)

        act.__dict__["permission"] = permission
        return act

    return decorate


def look(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a query: the viewer comes first, holds `permission`, and is bound; see `looking`."""

    def decorate(read: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(read)
        def view(viewer: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(viewer, permission)
            with looking(viewer):
                return read(viewer, *args, **kwargs)

        view.__dict__["permission"] = permission
        return view

    return decorate
