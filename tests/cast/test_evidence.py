"""Files that open by a deed and not by a link: the walk cannot see them."""

from __future__ import annotations

import pytest
from tests.cast.encore import BANK_FILE
from tests.cast.matrix import CASEWORK
from tests.cast.members import DESK, PORTAL, come_in
from tests.cast.played import Played
from tests.cast.reading import body_of


@pytest.mark.parametrize("name", [*DESK, *PORTAL])
def test_evidence_opens_for_casework_alone(name: str, played: Played) -> None:
    (item,) = played.column("SELECT id FROM evidence_item WHERE name = 'mosterdzaad.txt'")
    answer = come_in(name, played).browser.post(f"/desk/evidence/{item}")
    assert (body_of(answer) == BANK_FILE) is (name in CASEWORK)
