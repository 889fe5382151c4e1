"""The matrix is worth what its words are worth: each must lie where it says, and nothing may lie outside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from tests.cast.matrix import MATRIX, NO_WORDS, OPEN, Row
from tests.cast.members import DESK, MACHINES, MEMBERS, PORTAL, come_in
from tests.cast.paths import known_of, paths_of
from tests.cast.played import Played
from tests.cast.reading import words_in

from meldpunt.access.values import Door
from meldpunt.entrypoints.cli.story.cast import machines, players

_THAT_HOLD_WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def _tables_with_words() -> Iterator[str]:
    for model in apps.get_models():
        ours = model.__module__.startswith("meldpunt.")
        if ours and any(isinstance(field, _THAT_HOLD_WORDS) for field in model._meta.get_fields()):
            yield model._meta.db_table


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.kind)
def test_the_words_lie_in_the_tables_that_the_row_names(row: Row, played: Played) -> None:
    words = row.marker(played)
    for table in row.tables:
        holds = f"SELECT count(*) FROM {table} t WHERE strpos(lower(t::text), %s) > 0 OR strpos(t::text, %s) > 0"
        assert played.ask(holds, words, words.encode().hex()) != [(0,)], table


def test_no_two_rows_look_for_the_same_words(played: Played) -> None:
    words = [row.marker(played) for row in MATRIX]
    assert len(set(words)) == len(words)
    assert all(len(word) >= 10 for word in words if word not in ("kwikstaart", "poort dicht", "wulpversie", '"ways"'))


def test_every_table_with_words_is_in_the_matrix_or_says_why_not() -> None:
    covered = {table for row in MATRIX for table in row.tables}
    assert set(_tables_with_words()) - covered - NO_WORDS.keys() == set()
    assert covered & NO_WORDS.keys() == set()


def test_the_words_inside_a_file_are_read(played: Played) -> None:
    """A released PDF tells what it tells; without this a leak in a file would go unseen."""
    (release,) = played.column("SELECT id FROM openness_release")
    answer = come_in("stranger", played).browser.get(f"/decisions/files/{release}")
    assert "vullingen van de reinwaterkelders" in words_in(answer)


def test_every_person_and_machine_of_the_story_is_a_member() -> None:
    assert {player.cast for player in players()} == {*DESK, *PORTAL}
    assert {machine.cast for machine in machines()} == set(MACHINES)


def test_every_row_names_members_and_every_open_difference_names_a_row() -> None:
    assert all(row.seen_by | row.allowed <= set(MEMBERS) for row in MATRIX)
    assert {kind for kind, _ in OPEN} <= {row.kind for row in MATRIX}


def test_every_parameter_of_every_path_is_known(played: Played) -> None:
    known = known_of(played, Door.PUBLIC)
    doors = (door for door in Door if door is not Door.JOBS)
    asked = {name for door in doors for path in paths_of(door) for name in path.parameters}
    assert {name for name in asked if not known.values.get(name)} == set()
