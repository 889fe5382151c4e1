"""Strangers who guess wrong keep nobody out of a browser in which they came in before, and guess no faster for it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from meldpunt.access import actions, proving
from meldpunt.access.binding import bound
from meldpunt.access.proving import Answer, Session
from meldpunt.access.values import JOB, Door, Role
from meldpunt.entrypoints.cli.story.people import code_now
from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER
from meldpunt.entrypoints.web.doors import nobody_at

PASSWORD, SECRET = "zeven ganzen vliegen laag", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(scope="module")
def server(postgres_server: launcher.Server, own_database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres_server.dsn(SUPERUSER, own_database), autocommit=True) as superuser:
        yield superuser


@pytest.fixture
def email(own_database: str) -> str:
    """Of a duty officer with a second factor."""
    address = f"{uuid4().hex}@people.example"
    account = actions.create_account(JOB, email=address, name="Iemand", roles=[Role.DUTY_OFFICER], password=PASSWORD)
    actions.give_second_factor(JOB, account=account, secret=SECRET)
    return address


def guess(email: str, password: str, *, device: str = "") -> tuple[Answer, str]:
    """From another address each time: what is counted is the account."""
    with bound(nobody_at(Door.DESK)):
        return proving.open_session(Door.DESK, email=email, password=password, visitor=uuid4().hex, device=device)


def come_in(email: str) -> Session:
    _, key = guess(email, PASSWORD)
    with bound(nobody_at(Door.DESK)):
        begun = proving.find_session(key)
        assert begun is not None
        proving.pass_code(begun, code=code_now(SECRET), visitor=uuid4().hex)
        opened = proving.find_session(key)
        assert opened is not None
    return opened


def remember(session: Session, device: str) -> bool:
    with bound(nobody_at(Door.DESK)):
        return proving.remember_device(session, device=device)


def test_strangers_keep_a_known_browser_not_out(email: str) -> None:
    device = "d" * 43
    assert remember(come_in(email), device)
    assert [guess(email, "mis")[0] for _ in range(6)] == [Answer.WRONG] * 5 + [Answer.BUSY]
    assert guess(email, PASSWORD)[0] is Answer.BUSY
    assert guess(email, PASSWORD, device=device)[0] is Answer.OPEN


def test_a_known_browser_guesses_no_faster_than_a_stranger(email: str) -> None:
    device = "d" * 43
    remember(come_in(email), device)
    answers = [guess(email, "mis", device=device)[0] for _ in range(6)]
    assert answers == [Answer.WRONG] * 5 + [Answer.BUSY]
    assert guess(email, PASSWORD, device=device)[0] is Answer.BUSY
    assert guess(email, PASSWORD)[0] is Answer.OPEN


def test_browsers_that_nobody_came_in_with_are_counted_as_one(email: str) -> None:
    answers = [guess(email, "mis", device=f"{number}" * 43)[0] for number in range(6)]
    assert answers == [Answer.WRONG] * 5 + [Answer.BUSY]


def test_a_browser_is_known_for_who_came_in_with_it_alone(email: str) -> None:
    device, other = "d" * 43, f"{uuid4().hex}@people.example"
    actions.create_account(JOB, email=other, name="Ander", roles=[Role.ANALYST], password=PASSWORD)
    remember(come_in(email), device)
    for _ in range(6):
        guess(other, "mis")
    assert guess(other, PASSWORD, device=device)[0] is Answer.BUSY


def test_a_session_makes_one_browser_known_and_only_when_it_is_open_whole(email: str) -> None:
    """Or whoever stole one would guess its password as often as they liked."""
    _, key = guess(email, PASSWORD)
    with bound(nobody_at(Door.DESK)):
        half_open = proving.find_session(key)
    assert half_open is not None
    assert not remember(half_open, "a" * 43)
    session = come_in(email)
    assert [remember(session, letter * 43) for letter in "bc"] == [True, False]
    for _ in range(6):
        guess(email, "mis")
    assert [guess(email, PASSWORD, device=letter * 43)[0] for letter in "abc"] == [
        Answer.BUSY,
        Answer.OPEN,
        Answer.BUSY,
    ]


def test_a_browser_is_forgotten_after_ninety_days(email: str, server: psycopg.Connection[tuple[object, ...]]) -> None:
    device = "d" * 43
    remember(come_in(email), device)
    server.execute("UPDATE access_device SET ends_at = ends_at - interval '91 days'")
    for _ in range(6):
        guess(email, "mis")
    assert guess(email, PASSWORD, device=device)[0] is Answer.BUSY
    actions.remove_ended_sessions(JOB)
    assert server.execute("SELECT count(*) FROM access_device WHERE ends_at < now()").fetchone() == (0,)
