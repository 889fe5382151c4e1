"""Which ground is suggested for what, under the act of the day."""

from __future__ import annotations

from datetime import date

import pytest

from meldpunt.openness import rules

NUMBER = "Het nummer is 111222333."


@pytest.mark.parametrize(
    ("on", "ground"), [(date(2013, 12, 20), "wob-10-1-d"), (date(2022, 5, 1), "woo-5.1-1-e"), (date(1990, 1, 1), None)]
)
def test_number_of_a_person_is_withheld_on_the_ground_that_names_it(on: date, ground: str | None) -> None:
    (found,) = rules.suggest(NUMBER, (), on=on)
    assert (found.ground.id if found.ground else None) == ground
