"""What row security costs on the desk's lists: each list under its policies, and the same statements without them.

The statements are those that the list itself sends, caught as it sends them. Both sides run them in the same
transaction settings, in turns; the one without policies is a superuser, whom none holds.
"""

from __future__ import annotations

import statistics
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Final

import psycopg
from django.db import connection
from psycopg.abc import Params

from meldpunt.access.binding import bound
from meldpunt.access.rules import permissions_of
from meldpunt.access.values import Actor, ActorId, Door, Role
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.entrypoints.postgres.values import SUPERUSER, Server
from meldpunt.ledger import queries as ledger_queries
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Order, QueueFilters

from .multitude import Size, make_rows

LIMIT: Final = 1.3
ROUNDS: Final = 15
Statement = tuple[str, Params | None]
Session = psycopg.Connection[tuple[object, ...]]

BIND: Final = """
SELECT set_config('role', %s, false), set_config('meldpunt.actor', %s, false),
    set_config('meldpunt.permissions', %s, false), set_config('meldpunt.organisation', '', false)
"""
EVERYTHING: Final = QueueFilters(states=())
LISTS: Final[dict[str, Callable[[Actor], object]]] = {
    "queue, first page": triage_queries.list_queue,
    "queue, gravest first": lambda viewer: triage_queries.list_queue(viewer, order=Order.GRAVEST),
    "queue of all reports, newest first": lambda viewer: triage_queries.list_queue(
        viewer, filters=EVERYTHING, order=Order.NEWEST
    ),
    "search for a word": lambda viewer: triage_queries.list_queue(
        viewer, filters=QueueFilters(states=(), text="woord317")
    ),
    "cases": case_queries.list_cases,
    "disclosures": disclosure_queries.list_disclosures,
    "organisations": constituency_queries.list_organisations,
    "organisations, counted": constituency_queries.count_organisations,
    "ledger": ledger_queries.list_entries,
    "ledger, counted by kind": ledger_queries.count_entries,
}


def measure_policies(size: Size, *, server: Server) -> None:
    """Fill the database that Django is in, which is the benchmark's own, and print the medians and their ratios."""
    dsn = server.dsn(SUPERUSER, str(connection.settings_dict["NAME"]))
    with _session(dsn) as owner, _session(dsn) as held:
        took = make_rows(owner, size)
        print(f"{size.reports:,} reports and {size.constituents:,} constituents, made in {took:.0f} s")
        viewer = Actor(ActorId(uuid.UUID(int=2013)), "an analyst", Door.DESK, frozenset({Role.ANALYST}))
        _bind(owner, viewer, role="none")
        _bind(held, viewer, role="meldpunt_desk")
        print(
            f"{'':<36} {'rows':>5} {'policies':>11} {'without':>11} {'ratio':>6}   limit {LIMIT}; medians of {ROUNDS}"
        )
        for name, look in LISTS.items():
            _measure(name, _statements_of(viewer, look), held, owner)


def _session(dsn: str) -> Session:
    """As Django's: values are written into the statement, which is planned each time."""
    return psycopg.connect(dsn, autocommit=True, prepare_threshold=None, cursor_factory=psycopg.ClientCursor)


def _measure(name: str, statements: Sequence[Statement], held: Session, free: Session) -> None:
    times: tuple[list[float], list[float]] = ([], [])
    found = [0, 0]
    for number in range(ROUNDS + 1):
        for side, session in enumerate((held, free)):
            took, found[side] = _run(session, statements)
            if number:  # the first warms the caches
                times[side].append(took)
    if found[0] != found[1]:
        raise RuntimeError(f"{name}: {found[0]} rows under the policies and {found[1]} without")
    under, without = (statistics.median(spent) * 1000 for spent in times)
    ratio = under / without
    verdict = "" if ratio <= LIMIT else "over the limit"
    print(f"{name:<36} {found[0]:5} {under:8.1f} ms {without:8.1f} ms {ratio:6.2f}   {verdict}".rstrip())


def _statements_of(viewer: Actor, look: Callable[[Actor], object]) -> list[Statement]:
    """What the list asks, by asking it once under the policies."""
    asked: list[Statement] = []

    def keep(execute: Callable[..., object], query: str, given: Params | None, many: bool, context: object) -> object:  # noqa: FBT001
        if "set_config" not in query and not query.startswith(("SAVEPOINT", "RELEASE")):
            asked.append((query, given))
        return execute(query, given, many, context)

    with bound(viewer), connection.execute_wrapper(keep):
        look(viewer)
    return asked


def _bind(session: Session, viewer: Actor, *, role: str) -> None:
    session.execute(BIND, [role, str(viewer.id), " ".join(sorted(permissions_of(viewer.roles)))])


def _run(session: Session, statements: Sequence[Statement]) -> tuple[float, int]:
    """Seconds, and how many rows came back."""
    begun = time.perf_counter()
    found = [len(session.execute(query.encode(), given).fetchall()) for query, given in statements]
    return time.perf_counter() - begun, sum(found)
