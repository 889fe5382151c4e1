"""The steps in their order, and playing them."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from meldpunt.access.values import JOB
from meldpunt.vocabulary.bilingual import Bilingual

from .. import keys
from ..country import found_country
from ..second_factors import enrol_second_factors
from ..world import Step, World, told_changes
from . import (
    advising,
    arriving,
    checking,
    consulting,
    counting,
    detecting,
    inquiring,
    judging,
    releasing,
    reporting,
    responding,
    telling,
    triaging,
    warning,
    waving,
)


def _triage(world: World) -> None:
    triaging.play(world)
    judging.play(world)
    waving.play(world)


def _look_along(world: World) -> None:
    consulting.play(world)
    inquiring.play(world)


def _advise_and_respond(world: World) -> None:
    advising.play(world)
    responding.play(world)


def _detect_and_warn(world: World) -> None:
    detecting.play(world)
    keys.wait_until_run_out(world)
    warning.play(world)
    telling.play(world)


STEPS: tuple[Step, ...] = (
    Step(1, Bilingual("Het waterbedrijf meldt", "The drinking-water company reports"), reporting.play),
    Step(2, Bilingual("Wat er nog meer binnenkomt", "What else comes in"), arriving.play),
    Step(3, Bilingual("Triage en een zaak", "Triage, and a case"), _triage),
    Step(4, Bilingual("Andere overheden kijken mee", "Other authorities look along"), _look_along),
    Step(
        5,
        Bilingual("Advies, opvolging en een brief aan de minister", "Advice, follow-up, and a letter to the minister"),
        _advise_and_respond,
    ),
    Step(6, Bilingual("Het detectienetwerk kijkt mee", "The detection network looks along"), _detect_and_warn),
    Step(7, Bilingual("Een verzoek om openbaarheid", "A freedom-of-information request"), releasing.play),
    Step(8, Bilingual("Het kwartaaloverzicht", "The overview of the quarter"), counting.play),
    Step(9, Bilingual("De melder controleert", "The reporter checks"), checking.play),
)


def play_all(tell: Callable[[str], None], *, language: str = "en") -> World:
    """Found the country and play every step, telling each and what it changed."""
    tell("0. A country is founded" if language == "en" else "0. Een land wordt gesticht")
    world = World(cast=found_country(JOB), today=timezone.localdate(), tell=tell)
    enrol_second_factors(world.cast)
    keys.play(world)
    tell(f"  {len(world.cast.organisations)} organisations of the story among the registered, with their people")
    for step in STEPS:
        tell(f"{step.number}. {step.title.en if language == 'en' else step.title.nl}")
        with told_changes(world):
            step.play(world)
    return world
