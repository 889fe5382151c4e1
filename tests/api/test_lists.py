"""Lists come in pages. None skips or repeats anything, whatever comes in meanwhile, nor names what is another's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.disclosure.cast import Country, found_country
from tests.intake import cast as intake_cast

from meldpunt.access.values import JOB
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import State

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def key() -> str:
    return cast.forwarder_key()


def forward(client: Client, key: str, *titles: str) -> list[str]:
    answer = cast.post(client, "/report-batches", {"items": [{"title": one} for one in titles]}, key=key)
    return [one["reference"] for one in json.loads(answer.content)["items"]]


def next_of(answer: HttpResponse) -> str | None:
    """The address in Link, under the version; None on the last page."""
    if not answer.has_header("Link"):
        return None
    found = re.fullmatch(r'</api/v1(/[^>]*)>; rel="next"', answer["Link"])
    assert found, answer["Link"]
    return found[1]


def pages(client: Client, key: str, path: str, between: Callable[[], object] = lambda: None) -> Iterator[list[str]]:
    """The names of each page, with something happening between one and the next."""
    following: str | None = path
    while following:
        answer = cast.get(client, following, key=key)
        assert answer.status_code == 200, answer.content
        yield [one.get("reference") or one["id"] for one in json.loads(answer.content)["items"]]
        following = next_of(answer)
        between()


def test_every_report_is_found_again_newest_first(client: Client, key: str) -> None:
    sent = [*forward(client, key, "een", "twee"), *forward(client, key, "drie")]
    (found,) = pages(client, key, "/reports")
    assert sorted(found) == sorted(sent)
    assert found[0] == sent[-1]


def test_pages_of_reports_skip_and_repeat_nothing_while_more_come_in(client: Client, key: str) -> None:
    sent = forward(client, key, *"abcdefg")
    found = [
        name for page in pages(client, key, "/reports?limit=2", lambda: forward(client, key, "nieuw")) for name in page
    ]
    assert sorted(found) == sorted(sent)


def test_pages_of_disclosures_skip_and_repeat_nothing_while_more_are_told(client: Client, country: Country) -> None:
    key = cast.reader_key(country.water)
    before = cast.tell(country.bank)
    told = [str(cast.tell(country.water).id) for _ in range(3)]
    found = [
        name for page in pages(client, key, "/disclosures?limit=2", lambda: cast.tell(country.water)) for name in page
    ]
    assert sorted(found) == sorted(told)
    assert str(before.id) not in found


def test_a_link_asks_what_its_page_was_asked(client: Client, key: str) -> None:
    forward(client, key, "a", "b")
    answer = cast.get(client, "/reports?limit=1&state=received&kind=voluntary", key=key)
    following = next_of(answer)
    assert following
    asked = parse_qs(urlsplit(following).query)
    assert (asked["limit"], asked["state"], asked["kind"]) == (["1"], ["received"], ["voluntary"])


@pytest.mark.parametrize(("path", "mine"), [("/reports", "/reports"), ("/disclosures", "/disclosures")])
def test_a_list_goes_on_only_after_what_its_reader_has(client: Client, country: Country, path: str, mine: str) -> None:
    """A name that is somebody else's, and one that is nobody's, have the same answer."""
    other = cast.forwarder_key() if path == "/reports" else cast.reader_key(country.bank)
    key = cast.forwarder_key() if path == "/reports" else cast.reader_key(country.water)
    hidden = forward(client, other, "x")[0] if path == "/reports" else str(cast.tell(country.bank).id)
    nobodys = "MP-0000-0000" if path == "/reports" else "00000000-0000-4000-8000-000000000000"
    answers = [cast.get(client, f"{path}?after={one}", key=key) for one in (hidden, nobodys)]
    assert [one.status_code for one in answers] == [400, 400]
    assert answers[0].content == answers[1].content


FILTERS = {
    "state=kept": ["kept"],
    "state=received": ["voluntary", "near miss"],
    "kind=near-miss": ["near miss"],
    "sourceReference=N-1": ["near miss"],
    "sourceReference=N-2": [],
    "kind=threat": [],
}


@pytest.mark.parametrize("asked", FILTERS)
def test_a_list_is_narrowed_to_what_is_asked(client: Client, key: str, asked: str) -> None:
    items = [{"title": "x"}, {"title": "x", "kind": "near-miss", "sourceReference": "N-1"}, {"title": 3}]
    answer = cast.post(client, "/report-batches", {"items": items}, key=key)
    names = dict(zip(("voluntary", "near miss", "kept"), json.loads(answer.content)["items"], strict=True))
    (found,) = pages(client, key, f"/reports?{asked}")
    assert sorted(found) == sorted(names[one]["reference"] for one in FILTERS[asked])


def test_since_is_the_moment_of_reception_and_later(client: Client, key: str) -> None:
    (reference,) = forward(client, key, "x")
    line = json.loads(cast.get(client, "/reports", key=key).content)["items"][0]
    assert [*pages(client, key, f"/reports?since={line['receivedAt']}")] == [[reference]]
    later = (datetime.now(tz=UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [*pages(client, key, f"/reports?since={later}")] == [[]]


def test_disclosures_are_narrowed_by_kind_and_time(client: Client, country: Country) -> None:
    key = cast.reader_key(country.water)
    told = str(cast.tell(country.water).id)
    later = (datetime.now(tz=UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    asked = {"item=letter": [told], "item=overview": [], f"since={later}": [], "since=2026-01-01T00:00:00Z": [told]}
    assert {one: next(pages(client, key, f"/disclosures?{one}")) for one in asked} == asked


@pytest.mark.parametrize("path", ["/reports", "/disclosures"])
@pytest.mark.parametrize(
    "asked",
    ["limit=0", "limit=201", "limit=x", "after=x", "after=", "since=gisteren", "since=2026-11-20", "state=x&item=x"],
)
def test_a_page_that_is_none_is_a_problem_that_names_what_is_wrong(
    client: Client, country: Country, path: str, asked: str
) -> None:
    key = cast.forwarder_key() if path == "/reports" else cast.reader_key(country.water)
    answer = cast.get(client, f"{path}?{asked}", key=key)
    assert answer.status_code == 400, asked
    assert json.loads(answer.content)["errors"][0]["location"]["name"] in asked


def test_a_list_says_how_far_each_report_is(client: Client, key: str) -> None:
    receipt = json.loads(cast.post(client, "/reports", cast.ITEM, key=key).content)
    report = intake_queries.follow_report(reporter_with(receipt["code"])).id
    intake_actions.note_progress(JOB, report=report, mark=State.ACCEPTED.value)
    (line,) = json.loads(cast.get(client, "/reports?state=accepted", key=key).content)["items"]
    assert (line["state"], line["sector"]) == ("accepted", "municipalities")
    whole = json.loads(cast.get(client, f"/reports/{line['reference']}", key=key).content)
    assert [one["mark"] for one in whole["progress"]] == ["accepted"]
    assert intake_queries.get_report(intake_cast.analyst(), report=report).state is State.ACCEPTED
