"""One sender that sends much waits, in words, and keeps what it wrote; nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings

from meldpunt.access import actions as access_actions
from meldpunt.access.limits import spend
from meldpunt.access.rules.limiting import Limit, read_limits
from meldpunt.access.values import JOB, Door
from meldpunt.entrypoints.web.limits import network_of
from meldpunt.intake import queries as intake_queries

pytestmark = pytest.mark.django_db

TWO = {name: Limit(name, 2, 600) for name in ("network", "draft", "part", "account", "key", "mail")}
HERE, NEXT_DOOR, ELSEWHERE = "192.0.2.10", "192.0.2.200", "198.51.100.7"
ORIGIN = {"HTTP_ORIGIN": "http://localhost", "HTTP_HOST": "localhost"}
FORM = {"title": "De pomp staat stil", "text": "Sinds vanochtend, zonder dat iemand erbij was.", "kind": "voluntary"}


@pytest.fixture(autouse=True)
def two() -> Iterator[None]:
    with override_settings(LIMITS=TWO):
        yield


def report(address: str, language: str = "en") -> tuple[int, str, str]:
    """Status, Retry-After and page of a report from an address."""
    answer = Client().post("/report", FORM, REMOTE_ADDR=address, HTTP_ACCEPT_LANGUAGE=language, **ORIGIN)
    return answer.status_code, answer.get("Retry-After", ""), answer.content.decode()


def count() -> int:
    return sum(intake_queries.count_reports(JOB).values())


def test_the_third_report_of_a_network_waits_and_is_not_kept() -> None:
    before = count()
    assert [report(HERE)[0], report(NEXT_DOOR)[0], report(HERE)[0]] == [302, 302, 429]
    assert count() == before + 2


def test_others_go_on_while_one_network_waits() -> None:
    assert [report(HERE)[0] for _ in range(4)] == [302, 302, 429, 429]
    assert report(ELSEWHERE)[0] == 302


def test_parts_of_files_have_a_limit_of_their_own() -> None:
    address, headers = f"/report/files/{uuid4()}", {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    asked = [Client().patch(address, b"x", headers=headers, REMOTE_ADDR=HERE).status_code for _ in range(3)]
    assert asked == [415, 415, 429]
    assert report(HERE)[0] == 302


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ("Over %s seconden", "Bel ons", "Er gaat niets verloren")),
        ("en", ("in %s seconds", "Call us", "Nothing is lost")),
    ],
)
def test_who_waits_reads_for_how_long_and_whom_to_call_and_gets_the_words_back(
    language: str, said: tuple[str, ...]
) -> None:
    for _ in range(2):
        report(HERE)
    status, wait, page = report(HERE, language)
    assert status == 429
    assert 280 <= int(wait) <= 300
    assert "+31 88 000 0000" in page
    assert FORM["text"] in page
    assert all(words.replace("%s", wait) in page for words in said), page


def test_words_of_a_form_that_stood_elsewhere_are_not_given_back() -> None:
    for _ in range(2):
        report(HERE)
    answer = Client().post("/report", FORM, REMOTE_ADDR=HERE, HTTP_HOST="localhost", HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 429
    assert FORM["text"] not in answer.content.decode()


def test_reading_is_not_counted() -> None:
    assert [Client().get("/report", REMOTE_ADDR=HERE).status_code for _ in range(4)] == [200] * 4


def test_what_is_saved_on_the_way_does_not_use_up_what_may_be_sent() -> None:
    saved = [Client().post("/report/draft", FORM, REMOTE_ADDR=HERE, **ORIGIN).status_code for _ in range(3)]
    assert saved == [200, 200, 429]
    assert report(HERE)[0] == 302


def test_a_refused_act_costs_nothing_and_what_was_spent_comes_back_with_time() -> None:
    limit = Limit("network", 2, 1)
    spent = [spend(limit, sender="somebody", door=Door.PUBLIC).is_granted for _ in range(50)]
    assert spent[:2] == [True, True]
    assert not all(spent)
    _wait(0.6)
    assert spend(limit, sender="somebody", door=Door.PUBLIC).is_granted


def test_what_counts_for_nothing_any_more_is_forgotten_and_what_counts_is_not() -> None:
    short, long = Limit("network", 1, 1), Limit("account", 1, 600)
    assert spend(short, sender="one", door=Door.PUBLIC).is_granted
    assert spend(long, sender="one", door=Door.PORTAL).is_granted
    _wait(1.05)
    access_actions.remove_ended_sessions(JOB)
    assert spend(short, sender="one", door=Door.PUBLIC).is_granted
    assert not spend(long, sender="one", door=Door.PORTAL).is_granted


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.10", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.10", "192.0.2.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_sender_without_an_account_is_the_network_of_one_subscriber(address: str, network: str) -> None:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = address
    assert network_of(request) == network


def test_an_installation_writes_its_own_limits() -> None:
    limits = read_limits("network=5/60 key=0/1", known=TWO)
    assert (limits["network"], limits["key"].most, limits["mail"]) == (Limit("network", 5, 60), 0, TWO["mail"])


@pytest.mark.parametrize("said", ["network", "network=5", "everybody=5/60", "network=5/0", "network=-1/60"])
def test_what_is_no_limit_stops_the_door(said: str) -> None:
    with pytest.raises(ValueError, match="not a limit"):
        read_limits(said, known=TWO)


def _wait(seconds: float) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])
