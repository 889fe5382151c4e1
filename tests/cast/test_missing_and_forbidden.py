"""What is not there and what is not for you answer with the same bytes, whatever is asked and however."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import islice
from uuid import UUID, uuid5

import pytest
from django.http import HttpResponseBase
from tests.cast.members import Member, come_in, door_of
from tests.cast.paths import Known, addresses, known_of, paths_of
from tests.cast.played import Played
from tests.cast.reading import body_of, deeds_in
from tests.cast.walking import is_shut

OUTSIDERS = (
    "statistician",
    "administrator",
    "bank-security",
    "military-intelligence-officer",
    "ministry-official",
    "stranger",
    "receipt-of-mail",
)
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
NOT_THIS_METHOD = HTTPStatus.METHOD_NOT_ALLOWED
"""What asks in a way that a path does not know is refused before anything looks at the id: one id shows that it is."""

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MADE_ANEW = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
Answer = tuple[int, str, dict[str, str]]
_NOWHERE = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")


def _elsewhere(address: str) -> str:
    """The same address with ids that nothing has."""
    return _ID.sub(lambda found: str(uuid5(_NOWHERE, found.group())), address)


def _ask(member: Member, method: str, address: str) -> HttpResponseBase:
    return member.browser.generic(method, address, headers=dict(member.headers))


def _answer(answer: HttpResponseBase) -> Answer:
    """Status, body and headers, without what names the address itself or is made anew for each page."""
    body = _MADE_ANEW.sub("", _ID.sub("-", body_of(answer).decode("utf-8", "replace")))
    headers = {name: _ID.sub("-", value) for name, value in answer.headers.items()}
    return answer.status_code, body, headers


def _closed(member: Member, known: Known) -> dict[str, Answer]:
    """Every address with an id of the story that does not open for this member, and how it answers to GET.

    One where the gate is shut anyway.
    """
    answers: dict[str, Answer] = {}
    for path in paths_of(member.door):
        found = (address for address in addresses(path, known) if _ID.search(address))
        answers |= dict(_gets(member, islice(found, 1) if is_shut(member, path) else found))
    opened = [address for address, answer in answers.items() if answer[0] in (200, 302)]
    # Nobody is hidden from themselves, nor what a form lets them act on.
    open_ids = {str(member.actor.id)} | {one for address in (*opened, *_deeds(member)) for one in _ID.findall(address)}
    return {address: answer for address, answer in answers.items() if not open_ids & set(_ID.findall(address))}


def _gets(member: Member, found: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    """How each address answers to GET; one of a shape that knows no GET says so for all of them."""
    shapes: dict[str, Answer] = {}
    for address in found:
        shape = _ID.sub("-", address)
        if shape not in shapes or shapes[shape][0] != NOT_THIS_METHOD:
            shapes[shape] = _answer(_ask(member, "GET", address))
        yield address, shapes[shape]


def _deeds(member: Member) -> Iterator[str]:
    """The address of each form on each page without an id."""
    for path in paths_of(member.door):
        if not path.parameters and not is_shut(member, path):
            yield from deeds_in(body_of(_ask(member, "GET", path.filled({}))).decode("utf-8", "replace"))


@pytest.mark.parametrize("name", OUTSIDERS)
def test_what_is_hidden_answers_as_what_does_not_exist(name: str, played: Played) -> None:
    member, missing, differ = come_in(name, played), {}, []
    for address, got in _closed(member, known_of(played, door_of(name))).items():
        for method in METHODS:
            # One address of its shape that leads nowhere stands for all of them.
            kind = (method, _ID.sub("-", address))
            if kind not in missing:
                missing[kind] = _answer(_ask(member, method, _elsewhere(address)))
            elif missing[kind][0] == NOT_THIS_METHOD:
                continue
            if (got if method == "GET" else _answer(_ask(member, method, address))) != missing[kind]:
                differ.append((method, address))
    assert differ == []


def test_a_sensor_may_not_sight_what_it_was_not_told(played: Played) -> None:
    """Neither an indicator that exists and went to nobody nor one that was never made is there for it."""
    sensor = come_in("sensor", played)
    (untold,) = played.column("SELECT id FROM detection_indicator WHERE value = 'lepelaar.nachtuil.example'")
    answers = []
    for indicator in (untold, str(uuid5(_NOWHERE, untold))):
        body = json.dumps({"indicator": f"indicator--{indicator}", "seenAt": "2026-11-20T09:30:00+01:00", "count": 1})
        answer = sensor.browser.post(
            "/api/v1/sightings", body, content_type="application/json", headers=dict(sensor.headers)
        )
        answers.append(_answer(answer))
    assert answers[0] == answers[1]
    assert answers[0][0] in (400, 404)
