"""A limit is spent, so that no sender hits another. Counted in PostgreSQL: the same for every worker of every door.

It is spent in a transaction of its own, before that of the deed: whoever waits for the row of the same sender waits for
nothing else. What is refused costs nothing, so that who tries again too soon does not wait longer for it.
"""

from __future__ import annotations

from math import ceil
from typing import Final
from uuid import UUID

from .binding import bound
from .proving import ask
from .rules.limiting import Limit, Spent
from .values import Actor, ActorId, Door

_NOBODY: Final = ActorId(UUID(int=0))


def spend(limit: Limit, *, sender: str, door: Door) -> Spent:
    """Take one act of what a sender has left, for good where it is granted.

    `sender` says who within the limit: a network, the id of an account or a key, an address. Call it outside the
    transaction of the deed.
    """
    if not limit.most:
        return Spent(limit, is_granted=True, remaining=0, wait=0)
    with bound(Actor(id=_NOBODY, name="", door=door, roles=frozenset())):
        found = ask(
            "SELECT is_granted, remaining, wait FROM access_spend(%s, %s, %s)",
            f"{limit.name}:{sender}",
            limit.most,
            limit.seconds,
        )
    if found is None:
        raise LookupError("access_spend gave no row")
    granted, remaining, wait = found
    return Spent(limit, is_granted=granted is True, remaining=int(str(remaining)), wait=ceil(float(str(wait))))
