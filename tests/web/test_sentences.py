"""Why something is refused is said in the language of who asked, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import force_escape
from django.test import RequestFactory
from django.urls import set_urlconf
from django.utils.translation import gettext, override
from tests.web.sentences import sentences

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Door
from meldpunt.entrypoints.web.doors import ENTRANCES
from meldpunt.entrypoints.web.errors import ErrorMiddleware
from meldpunt.vocabulary.bilingual import Bilingual

PLACE = re.compile(r"%\((\w+)\)s")
ONLY_A_PLACE = re.compile(r"%\(\w+\)s$")
WORDS = Bilingual("drie woorden ver", "three words far")


@pytest.fixture(autouse=True)
def _at_the_desk() -> Iterator[None]:
    set_urlconf(ENTRANCES[Door.DESK].urls)
    yield
    set_urlconf(None)


def asked() -> HttpRequest:
    """What somebody sent to the desk, as the middleware finds it."""
    request = RequestFactory().post("/cases")
    request.entrance = ENTRANCES[Door.DESK]  # type: ignore[attr-defined]
    return request


def page_for(broken: RuleBroken, language: str) -> str:
    middleware = ErrorMiddleware(lambda _request: HttpResponse())
    with override(language):
        answer = middleware.process_exception(asked(), broken)
    assert answer is not None
    assert answer.status_code == 409
    return answer.content.decode()


@pytest.fixture(scope="module")
def refusals() -> list[str]:
    """Read when a test asks: the whole source is too much for each worker that only collects tests."""
    return sentences()


def test_every_refusal_of_every_room_is_said_in_both_languages(refusals: list[str]) -> None:
    for sentence in refusals:
        places = dict.fromkeys(PLACE.findall(sentence), WORDS)
        broken = RuleBroken(sentence, **places)
        with override("nl"):
            dutch = gettext(sentence)
        assert dutch != sentence or ONLY_A_PLACE.match(sentence), sentence
        assert sorted(PLACE.findall(dutch)) == sorted(places), sentence
        assert force_escape(PLACE.sub(WORDS.nl, dutch)) in page_for(broken, "nl")
        assert force_escape(PLACE.sub(WORDS.en, sentence)) in page_for(broken, "en")


def test_a_number_in_a_refusal_is_grouped_as_the_language_groups_it() -> None:
    broken = RuleBroken("At most %(limit)s items go in one batch. Send several.", limit=10_000)
    assert "10.000" in page_for(broken, "nl")
    assert "10,000" in page_for(broken, "en")
    assert "10,000" in str(broken)


def test_the_rooms_refuse_in_more_than_a_hundred_sentences(refusals: list[str]) -> None:
    """Otherwise the test above would pass where it found none."""
    assert len(refusals) > 100
