"""What an outsider is answered who sends forms and messages: to where it may, and to where it guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import Resolver404, get_resolver
from django.utils import timezone
from tests.cast.members import MOUNTS
from tests.cast.paths import AVOIDED, Known, Path, paths_of
from tests.cast.reading import deeds_in
from tests.noninterference.companies import COMPANIES
from tests.noninterference.fetching import LOOKED_AT_SECONDS, Seen, fitting, seen_in
from tests.noninterference.outsiders import Outsider
from tests.noninterference.victims import FIRST, OTHER
from tests.noninterference.worlds import World

from meldpunt.access.values import Door
from meldpunt.entrypoints.web.doors import ENTRANCES

GUESSED: Final = "12345678-1234-4234-8234-123456789abc"
"""An id that nothing has."""

_ITSELF: Final = re.compile(r"<form(?![^>]*\baction=)[^>]*\bmethod=\"post\"")
_OWN_LOGIN: Final = ("account_", "mfa_", "choose_language")
_DEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "move_post": ("send", "take-back", "throw-away", "withdraw"),
    "decide_motion": ("grant", "decline", "take-back"),
    "move_seat": ("remove", "chair"),
}


@dataclass
class Trier:
    """Sends what it finds and what it guesses; afterwards nothing of it happened."""

    who: Outsider
    known: Known
    fetched: Mapping[str, Seen]
    world: World
    tried: dict[str, Seen] = field(default_factory=dict)
    led: set[tuple[str, str, str]] = field(default_factory=set)
    """Which sorts of forms were followed to where they lead."""

    def try_all(self) -> dict[str, Seen]:
        """By address, with what was sent there."""
        with transaction.atomic():
            for path in paths_of(self.who.door):
                if path.name not in AVOIDED and not path.name.startswith(_OWN_LOGIN):
                    for address in dict.fromkeys(self._addresses(path)):
                        self._try(path, address)
            transaction.set_rollback(True)
        return self.tried

    def _addresses(self, path: Path) -> Iterator[str]:
        """Those of forms that the outsider sees, and where only a form can be sent, some that it should not know."""
        of_path = [one for one in self.fetched if _name_of(self.who.door, one) == path.name]
        yield from (one for one in of_path if _ITSELF.search(self.fetched[one].body.decode("latin-1")))
        if any(self.fetched[one].status == 405 for one in of_path):
            yield from (one for one in self._deeds() if _name_of(self.who.door, one) == path.name)
            guessed = dict.fromkeys(path.parameters, GUESSED) | {
                name: "1" for name in path.parameters if name == "number"
            }
            every = [*fitting(path, self.known)]
            yield from (*every[:1], *every[-1:], path.filled(guessed))

    def _deeds(self) -> Iterator[str]:
        for address, page in self.fetched.items():
            if page.status == 200 and b"<form" in page.body:
                yield from (urlsplit(urljoin(address, one)).path for one in deeds_in(page.body.decode()))

    def _try(self, path: Path, address: str) -> None:
        for said, body in self._bodies(path):
            place = f"POST {address} {said}"
            answer = self._send(place, address, body)
            if answer.status == 404:
                break
            target = dict(answer.headers).get("Location", "")
            where = (path.name, said, _name_of(self.who.door, target))
            # What a page says after a form is the same for forms of one sort.
            if target.startswith(f"{MOUNTS[self.who.door]}/") and where not in self.led:
                self.led.add(where)
                self._send(f"{place}, then {target}", target, None)

    def _send(self, place: str, address: str, body: Mapping[str, object] | None) -> Seen:
        self.world.sameness.at(f"{self.who.name}: {place}", seconds=LOOKED_AT_SECONDS)
        browser, headers = self.who.browser, dict(self.who.headers)
        answer: HttpResponseBase
        if body is None:
            answer = browser.get(address, headers=headers)
        elif self.who.door is Door.SENSOR:
            answer = browser.post(address, body, content_type="application/json", headers=headers)
        else:
            answer = browser.post(address, body, headers=headers)
        assert answer.status_code < 500, (self.who.name, place)
        self.tried[place] = seen_in(answer)
        return self.tried[place]

    def _bodies(self, path: Path) -> Iterator[tuple[str, dict[str, object]]]:
        filled = self._message() if self.who.door is Door.SENSOR else self._form()
        if path.name == "follow_report":
            reference = self.world.reports[-1].reference if self.world.reports else "none"
            yield from ((f"with {code}", filled | {"code": code}) for code in (reference, reference[::-1]))
        elif "sighting" in path.name:
            ids = (*self.known.values["indicator"], GUESSED)
            yield from ((f"of {one}", filled | {"indicator": one}) for one in ids)
        else:
            for deed in _DEEDS.get(path.name, ("",)):
                yield (f"filled in {deed}".strip(), filled | {"deed": deed})
        yield "empty", {}

    def _form(self) -> dict[str, object]:
        """Every field of every form, in words about both who could be the victim."""
        said = " en ".join(one.name for one in COMPANIES if one.cast in (FIRST, OTHER))
        words = ("title", "text", "subject", "question", "necessity", "ground", "nature", "explanation", "words")
        soon = timezone.localtime().replace(microsecond=0).isoformat()[:16]
        return {
            **dict.fromkeys((*words, "reason", "note", "why", "own_interest", "question-1"), f"Weet u van {said}?"),
            "what": "incident",
            "kind": "voluntary",
            "organisation_named": said,
            "name": "N. N.",
            "email": "n@people.example",
            "attribution": "named",
            "tlp": "TLP:AMBER",
            "pap": "PAP:AMBER",
            "language": "nl",
            "stage": "notification",
            "stance": "none",
            "severity": "high",
            "objection": "none",
            "outcome": "part",
            "answer": "done",
            "kinds": ["incident-nature", "reporter-identity"],
            "wanted_at": f"{int(soon[:4]) + 1}-01-02T12:00",
            "key": "geen sleutel",
            "contact": GUESSED,
        }

    def _message(self) -> dict[str, object]:
        both = [one.name for one in COMPANIES if one.cast in (FIRST, OTHER)]
        items = [{"title": "Storing", "organisation": one, "sourceReference": f"W-{n}"} for n, one in enumerate(both)]
        seen_at = timezone.now().isoformat()
        return {**items[0], "items": [*items, {}], "seenAt": seen_at, "indicator": GUESSED, "note": both[1]}


def _name_of(door: Door, address: str) -> str:
    try:
        found = get_resolver(ENTRANCES[door].urls).resolve(urlsplit(address).path.removeprefix(MOUNTS[door]) or "/")
    except Resolver404:
        return ""
    return found.url_name or ""
