"""The queue with as many open reports as a bad week brings: every order and view, its pages, and what is done from it.

Pages are asked for over HTTP, as an analyst does. Beside what the room itself takes stands the plainest list that there
is: the newest fifty rows of reports, as a superuser whom no policy holds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

import psycopg
from django.db import connection, transaction

from meldpunt.access.actions import create_account, give_second_factor
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.entrypoints.postgres.values import SUPERUSER, Server
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Attention, Decision, Holder, Order, QueueFilters

from ..story.people import DemoPerson, code_now
from .multitude import SECTORS, Owner, Size, fill, id_of
from .visiting import Visitor, log_in

LIMIT_MS: Final = 200
ROUNDS: Final = 15
FAR: Final = 100
_PLAIN: Final = "SELECT id, reference, title, received_at FROM intake_report ORDER BY received_at DESC LIMIT 50"
_NAME, _SECRET, _PASSWORD = "Een analist", "JBSWY3DPEHPK3PXP", "een zin van enige lengte"
_ADDRESS = "analist@meldpunt.example"
_VIEWS: Final[Mapping[str, QueueFilters]] = {
    "mine": QueueFilters(holder=Holder.MINE),
    "nobody's": QueueFilters(holder=Holder.NOBODY),
    "unread": QueueFilters(attention=Attention.UNREAD),
    "due today": QueueFilters(attention=Attention.TODAY),
    "standing still": QueueFilters(attention=Attention.STALE),
    "one sector": QueueFilters(sector="banking"),
    "a word in the text": QueueFilters(text="pomp317"),
    "everything, decided too": QueueFilters(states=()),
}
_KEPT: Final[Mapping[str, dict[str, str]]] = {
    "Banken": {"sector": "banking"},
    "Mail van niemand": {"channel": "mail", "holder": "nobody"},
    "Ernstig": {"order": "gravest"},
    "Pomp": {"text": "pomp317"},
    "Ongelezen, energie": {"sector": "energy", "only": "unread"},
}


@dataclass(frozen=True, slots=True)
class _Desk:
    owner: Owner
    viewer: Actor
    report: ReportId


def measure_queue(reports: int, *, server: Server, serve: Callable[[], AbstractContextManager[str]] | None) -> None:
    """Fill the database that Django is in, which is the benchmark's own, and print the medians beside the limit.

    Without `serve`, which gives the address of the doors, the pages are left out.
    """
    dsn = server.dsn(SUPERUSER, str(connection.settings_dict["NAME"]))
    with psycopg.connect(dsn, autocommit=True) as owner:
        viewer, begun = _analyst(), time.monotonic()
        _fill(owner, reports, viewer)
        print(f"{reports:,} open reports, made in {time.monotonic() - begun:.0f} s; limit {LIMIT_MS} ms\n")
        desk = _Desk(owner, viewer, _first(owner))
        _measure_room(desk)
        connection.close()
        if serve is not None:
            with serve() as address:
                _measure_pages(address, desk)


def _analyst() -> Actor:
    account = create_account(JOB, email=_ADDRESS, name=_NAME, roles=[Role.ANALYST], password=_PASSWORD)
    give_second_factor(JOB, account=account, secret=_SECRET)
    viewer = Actor(id=account, name=_NAME, door=Door.DESK, roles=frozenset({Role.ANALYST}))
    for name, asked in _KEPT.items():
        triage_actions.save_view(viewer, name=name, asked=asked)
    return viewer


def _fill(owner: Owner, reports: int, viewer: Actor) -> None:
    fill(owner, _rows(Size(reports=reports, constituents=max(reports // 50, 10)), viewer))
    owner.execute("SELECT count(triage_lay_line(id, NULL, false, NULL)) FROM intake_report")
    owner.execute("VACUUM (ANALYZE) triage_line")


def _rows(size: Size, viewer: Actor) -> list[tuple[str, int, dict[str, str]]]:
    """As `multitude.rows_of`: one in 500 bears a duty, in fifty is held, in ten is assessed, in four is read."""
    few, received = size.constituents, "now() - n * interval '30 seconds'"
    words = "'Melding ' || n || ' over woord' || n % 5000 || ' en pomp' || n % 977"
    alarming = f"{words} || CASE WHEN n % 200 = 0 THEN ' losgeld geëist' ELSE '' END"
    holder = f"CASE WHEN n % 12 = 0 THEN '{viewer.id}'::uuid ELSE {id_of('person', 'n % 12')} END"
    return [
        ("constituency_organisation", few, {"id": id_of("organisation", "(n - 1)"), "code": "'C-' || n",
            "kind": "'constituent'", "sector": SECTORS, "entity_kind": "'essential'"}),
        ("constituency_identity", few, {"organisation_id": id_of("organisation", "(n - 1)"),
            "name": "'Bedrijf ' || n"}),
        ("intake_report", size.reports, {"id": id_of("report"), "reference": "'MP-' || n", "title": words,
            "text": alarming, "sector": SECTORS, "received_at": received, "receipt_digest": "sha256(n::text::bytea)",
            "kind": "CASE WHEN n % 500 = 7 THEN 'statutory' ELSE 'voluntary' END",
            "entity_kind": "CASE WHEN n % 500 = 7 THEN 'essential' ELSE '' END",
            "channel": "(ARRAY['api','api','api','api','feed','feed','web','web','mail','mail'])[1 + n % 10]",
            "organisation_id": f"CASE WHEN n % 3 = 0 THEN {id_of('organisation', f'n % {few}')} END",
            "state": "CASE WHEN n % 50 = 0 THEN 'in-triage' ELSE 'received' END"}),
        ("intake_words", size.reports, {"report_id": id_of("report"), "title": words, "text": alarming}),
        ("intake_submittedstage", size.reports // 500, {"report_id": id_of("report", "(n * 500 - 493)"),
            "stage": "'early-warning'", "submitted_at": "now() - (n * 500 - 493) * interval '30 seconds'"}),
        ("triage_assessment", size.reports // 10, {"report_id": id_of("report", "n * 10"), "version": "1",
            "computed": "(ARRAY['no','possibly','likely'])[1 + n % 3]", "rsit_class": "'fraud'", "reason": "'gezien'",
            "score": "(n * 37 % 1000) / 10.0", "at": "now() - n * interval '3 minutes'"}),
        ("triage_assignment", size.reports // 50, {"report_id": id_of("report", "n * 50"), "actor": holder,
            "name": "'Collega ' || n % 12", "at": "now() - n * interval '2 minutes'"}),
        ("triage_reading", size.reports // 4, {"actor": f"'{viewer.id}'", "report_id": id_of("report", "n * 4"),
            "expires_at": "now() + interval '1 day'"}),
    ]  # fmt: skip


def _first(owner: Owner) -> ReportId:
    found = owner.execute("SELECT id FROM intake_report ORDER BY received_at DESC OFFSET 11 LIMIT 1").fetchone()
    assert found is not None
    return ReportId(found[0])  # type: ignore[arg-type]


def _measure_room(desk: _Desk) -> None:
    plain = _times(lambda: desk.owner.execute(_PLAIN).fetchall())
    print(f"{'in the room':<44} {'median':>8} {'p95':>8} {'ratio':>6}")
    _say("the newest fifty rows, without policies", plain, plain)
    for order in Order:
        place = _place(desk.viewer, order)
        for name, after in ((f"by {order.value}", ""), (f"by {order.value}, page {FAR}", place)):
            _say(name, _times(lambda o=order, a=after: _look(desk.viewer, QueueFilters(), o, a)), plain)  # type: ignore[misc]
    for name, filters in _VIEWS.items():
        _say(name, _times(lambda f=filters: _look(desk.viewer, f, Order.NEWEST, "")), plain)  # type: ignore[misc]
    counted = list(_VIEWS.values())
    _say("all of these, counted", _times(lambda: triage_queries.count_views(desk.viewer, views=counted)), plain)
    _say(
        "one report, all that triage shows", _times(lambda: triage_queries.get_triage(desk.viewer, report=desk.report))
    )
    _say("opening one, noted", _times(lambda: triage_actions.note_reading(desk.viewer, report=desk.report)))
    _say("taking one", _times(lambda: _and_back(lambda: triage_actions.take_report(desk.viewer, report=desk.report))))
    _say("declining one", _times(lambda: _and_back(lambda: _decline(desk))))


def _look(viewer: Actor, filters: QueueFilters, order: Order, after: str) -> None:
    triage_queries.list_queue(viewer, filters=filters, order=order, page=2 if after else 1, after=after)


def _place(viewer: Actor, order: Order) -> str:
    """Where the hundredth page begins: as far as anybody pages."""
    after = ""
    for number in range(1, FAR):
        page = triage_queries.list_queue(viewer, order=order, page=number, after=after)
        if not page.following:
            break
        after = page.following
    return after


def _decline(desk: _Desk) -> None:
    triage_actions.decide_report(desk.viewer, report=desk.report, decision=Decision.DECLINE, reason="Reclame.")


def _and_back(deed: Callable[[], object]) -> None:
    """The deed, and nothing of it kept: the next round finds what this one found."""
    with transaction.atomic():
        deed()
        transaction.set_rollback(True)


def _measure_pages(address: str, desk: _Desk) -> None:
    person = DemoPerson(_NAME, (Role.ANALYST,), "", _ADDRESS, _PASSWORD, code_now(_SECRET))
    browser: Visitor = log_in(address, "desk", person)
    print(f"\n{'over HTTP':<44} {'median':>8} {'p95':>8}")
    pages = {
        "the queue": "/desk/",
        "the queue, gravest first": "/desk/?order=gravest",
        "the queue, by organisation backwards": "/desk/?order=-organisation",
        "unread": "/desk/?only=unread",
        "a word in the text": "/desk/?text=pomp317",
        "one report": f"/desk/reports/{desk.report}",
    }
    for name, path in pages.items():
        _say(name, _times(lambda p=path: browser.get(p)))  # type: ignore[misc]


def _times(ask: Callable[[], object]) -> list[float]:
    """Milliseconds of each round; the first warms the caches and does not count."""
    took: list[float] = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    return took[1:]


def _say(name: str, took: list[float], plain: list[float] | None = None) -> None:
    median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    ratio = f"{median / statistics.median(plain):6.0f}" if plain else ""
    print(f"{name:<44} {median:8.1f} {p95:8.1f} {ratio}{'' if median < LIMIT_MS else '  OVER THE LIMIT'}".rstrip())
