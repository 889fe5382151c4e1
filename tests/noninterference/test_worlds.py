"""Two worlds that differ in who the victim is are the same to everybody who was not told."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from tests.noninterference.acts import telling
from tests.noninterference.comparing import Difference, Errand, differences, look, look_at
from tests.noninterference.conftest import Beside
from tests.noninterference.outsiders import INSIDE, OUTSIDE
from tests.noninterference.programs import ACTS, BESIDE_THE_SERVICE, PROGRAMS, SEALED_ACTS, SEALED_PROGRAMS
from tests.noninterference.victims import ANOTHER, BEHIND_THE_SAME_CODE, ONE, Victim
from tests.noninterference.worlds import Act, Worlds

from meldpunt.access.values import Door

EVERYTHING = (list(ACTS), list(SEALED_ACTS))
IS_DEEP = settings.get_current_profile_name() == "deep"
PROGRAMS_DRAWN = int(os.environ.get("MELDPUNT_PROGRAMS", "100"))
BUDGET = settings(
    max_examples=PROGRAMS_DRAWN,
    phases=tuple(Phase) if IS_DEEP else (Phase.explicit,),
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
"""Otherwise no program is drawn: one is played, in which everything happens."""


@BUDGET
@given(program=PROGRAMS)
@example(program=list(ACTS))
def test_nobody_outside_can_tell_which_organisation_was_the_victim(
    worlds: Worlds, other_process: Beside, program: list[Act]
) -> None:
    found = between(worlds, other_process, (ONE, ANOTHER), program, OUTSIDE)
    assert not found, told(found)


@BUDGET
@given(program=SEALED_PROGRAMS)
@example(program=list(SEALED_ACTS))
def test_nobody_at_the_desk_can_tell_who_is_behind_a_code(
    worlds: Worlds, other_process: Beside, program: list[Act]
) -> None:
    found = between(worlds, other_process, (ONE, BEHIND_THE_SAME_CODE), program, INSIDE)
    assert not found, told(found)


def test_no_page_shows_the_id_that_salts_a_fingerprint(worlds: Worlds) -> None:
    """Fingerprints may differ (`noise.py`) because nobody can guess them."""
    with worlds.one(ONE, [telling.advise, telling.write_to_the_isac], begins_at=timezone.now()) as world:
        salts = [one.encode() for one in world.column("SELECT id FROM disclosure_version")]
        seen = look(world, INSIDE, under="/desk/disclosures").seen
    assert salts
    assert not [place for place, one in seen.items() if any(salt in one.body for salt in salts)]


def test_the_same_world_twice_is_the_same(worlds: Worlds, other_process: Beside) -> None:
    """Otherwise a difference would say nothing."""
    who = {"peer-security": Door.PORTAL, "stranger": Door.PUBLIC}
    found = between(worlds, other_process, (ONE, ONE), ACTS[:2], who)
    assert not found, told(found)


def test_nobody_can_tell_who_else_was_asked_and_what_that_one_said(worlds: Worlds, other_process: Beside) -> None:
    """Not the service that was asked at once, nor anybody who was not asked: whoever it was knows."""
    who = {name: door for name, door in OUTSIDE.items() if name not in ("supervisor-officer", "ministry-official")}
    common, begins_at = (worlds.server, worlds.template, worlds.country), timezone.now()
    one, other = (Errand(*common, ONE, program, who, begins_at) for program in BESIDE_THE_SERVICE)
    there = other_process(other)
    here = look_at(worlds.office, one)
    assert (here.refused, there.result().refused) == ((), ())
    found = differences(here, there.result())
    assert not found, told(found)


def between(
    worlds: Worlds,
    other_process: Beside,
    victims: tuple[Victim, Victim],
    program: Sequence[Act],
    who: Mapping[str, Door],
) -> list[Difference]:
    """Where the same program does not look the same, with one and with the other as its victim.

    Everything of the program in which everything happens is done: otherwise the worlds might be the same because
    nothing happened in them.
    """
    common, begins_at = (worlds.server, worlds.template, worlds.country), timezone.now()
    one, other = (Errand(*common, victim, program, who, begins_at) for victim in victims)
    there = other_process(other)
    here = look_at(worlds.office, one)
    assert program not in EVERYTHING or here.refused == ()
    return differences(here, there.result())


def told(found: list[Difference]) -> str:
    """For whoever reads the failure."""
    return "\n".join(["", *(str(one) for one in found[:20]), f"{len(found)} in all"])
