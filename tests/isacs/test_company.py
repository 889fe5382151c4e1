"""Nobody is told from the rest in a round of its own: a round waits until enough organisations tell something."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from tests.isacs.cast import Around, gather, read_by, release, send

from meldpunt.access.values import Actor
from meldpunt.isacs import queries
from meldpunt.isacs.values import PostId
from meldpunt.isacs.words import PostState

pytestmark = pytest.mark.django_db


def unattributed(by: Actor, around: Around) -> PostId:
    return send(by, around.isac, is_unattributed=True)


def state(of: Actor, post: PostId) -> PostState:
    return queries.get_own_post(of, post=post).state


def test_one_author_alone_waits_for_the_next_round_and_then_both_go() -> None:
    around = gather()
    first = unattributed(around.open, around)
    release()
    assert state(around.open, first) is PostState.WAITING
    assert read_by(around.third, around.isac) == set()
    second = unattributed(around.hidden, around)
    release()
    assert {state(around.open, first), state(around.hidden, second)} == {PostState.TOLD}


def test_two_posts_of_one_organisation_are_no_company() -> None:
    around = gather()
    posts = [unattributed(around.open, around) for _ in range(2)]
    release()
    assert {state(around.open, one) for one in posts} == {PostState.WAITING}


def test_how_many_is_for_the_house_to_say(settings: Settings) -> None:
    settings.ISAC_FEWEST_AUTHORS = 3
    around = gather()
    posts = [(by, unattributed(by, around)) for by in (around.open, around.hidden)]
    release()
    assert {state(by, post) for by, post in posts} == {PostState.WAITING}
    posts.append((around.third, unattributed(around.third, around)))
    release()
    assert {state(by, post) for by, post in posts} == {PostState.TOLD}


def test_what_goes_under_a_name_waits_for_nobody() -> None:
    around = gather()
    post = send(around.open, around.isac)
    release()
    assert state(around.open, post) is PostState.TOLD


def test_the_author_reads_that_it_may_wait_longer() -> None:
    around = gather()
    post = unattributed(around.open, around)
    assert queries.preview_post(around.open, post=post).fewest == 2


def test_a_post_is_written_once_and_not_tried_first() -> None:
    around = gather()
    for _ in range(3):
        send(around.open, around.isac)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        release()
    sealed = [one["sql"] for one in asked if one["sql"].startswith('INSERT INTO "disclosure_version"')]
    assert len(sealed) == 1
