"""The test of the test: a leak in any channel is caught, and the path is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import psycopg
import pytest
from django.utils import timezone
from tests.noninterference.acts import answering, looking, reporting, sharing, telling
from tests.noninterference.comparing import Difference, Looked, differences, look
from tests.noninterference.leaks import LEAKS, MAIL_LEAKS, SEARCH, SEARCH_LEAK, Leak, MailLeak, leaking
from tests.noninterference.outsiders import INSIDE, OUTSIDE
from tests.noninterference.victims import ANOTHER, ONE
from tests.noninterference.worlds import World, Worlds

from meldpunt.access.values import Door
from meldpunt.entrypoints.postgres.values import SUPERUSER

PROGRAM = (
    telling.consult_without_identity,
    telling.advise,
    telling.write_to_the_isac,
    sharing.say_unattributed,
    sharing.answer_unattributed,
    looking.disclose_indicators,
    answering.answer_a_request,
    answering.publish_figures,
)
PLANTED: tuple[Leak | MailLeak, ...] = (*LEAKS, *MAIL_LEAKS)
WHO: Mapping[str, Door] = {leak.outsider: OUTSIDE[leak.outsider] for leak in PLANTED}


@pytest.fixture(scope="module")
def world(worlds: Worlds) -> Iterator[World]:
    """A world with something in every channel."""
    with worlds.one(ONE, PROGRAM, begins_at=timezone.now()) as one:
        assert one.refused == []
        yield one


@pytest.fixture(scope="module")
def before(world: World) -> Looked:
    """What is seen in it, when nothing leaks any more that shows who looked before."""
    look(world, WHO)
    return look(world, WHO)


@pytest.fixture(scope="module")
def caught(world: World, before: Looked) -> list[Difference]:
    """What the comparison says of the same world, leaking."""
    with leaking():
        return differences(before, look(world, WHO))


@pytest.mark.parametrize("leak", PLANTED, ids=lambda leak: leak.channel)
def test_a_leak_is_caught_where_it_is(leak: Leak | MailLeak, caught: list[Difference]) -> None:
    assert [one for one in caught if one.outsider == leak.outsider and leak.is_at(one.address)]


def test_nothing_else_is_said_to_leak(caught: list[Difference]) -> None:
    assert [str(one) for one in caught if not any(leak.is_at(one.address) for leak in PLANTED)] == []


def test_a_search_that_finds_more_is_caught(world: World) -> None:
    looked = look(world, INSIDE, under=SEARCH)
    with leaking():
        caught = differences(looked, look(world, INSIDE, under=SEARCH))
    assert caught
    assert all(SEARCH_LEAK.is_at(one.address) for one in caught)


def test_a_row_policy_that_opens_too_much_is_caught(worlds: Worlds) -> None:
    """What somebody else reported says who it is: opened to the whole portal it is seen, and seen to differ."""
    looked, begins_at, peer = [], timezone.now(), {"peer-security": Door.PORTAL}
    for victim in (ONE, ANOTHER):
        with worlds.one(victim, [reporting.by_portal], begins_at=begins_at) as world:
            _open(world, "intake_report", "intake_words")
            looked.append(look(world, peer, under="/portal/reports"))
    caught = {one.address for one in differences(*looked)}
    assert f"/portal/reports/{world.reports[0].report}" in caught


def _open(world: World, *tables: str) -> None:
    with psycopg.connect(world.server.dsn(SUPERUSER, world.database)) as connection:
        for table in tables:
            connection.execute(f"CREATE POLICY opened ON {table} FOR SELECT TO meldpunt_portal USING (true)")
