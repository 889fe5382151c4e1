"""Files, byte for byte: what opens by a deed, which the walk cannot see, and the letter a second person approves."""

from __future__ import annotations

import pytest
from tests.cast.encore import BANK_FILE
from tests.cast.matrix import CASEWORK, DUTY, WOO
from tests.cast.members import DESK, PORTAL, come_in
from tests.cast.played import Played
from tests.cast.reading import body_of


@pytest.mark.parametrize("name", [*DESK, *PORTAL])
def test_evidence_opens_for_casework_alone(name: str, played: Played) -> None:
    (item,) = played.column("SELECT id FROM evidence_item WHERE name = 'mosterdzaad.txt'")
    answer = come_in(name, played).browser.post(f"/desk/evidence/{item}")
    assert (body_of(answer) == BANK_FILE) is (name in CASEWORK)


@pytest.mark.parametrize("name", [*DESK, *PORTAL])
def test_a_letter_opens_at_the_desk_for_who_may_approve_it(name: str, played: Played) -> None:
    asked = "SELECT a.disclosure_id, a.id, a.data FROM disclosure_attachment a WHERE a.name = 'brief.pdf'"
    [(disclosure, file, letter)] = played.ask(asked)
    answer = come_in(name, played).browser.get(f"/desk/disclosures/{disclosure}/files/{file}")
    assert (body_of(answer) == letter) is (name in DUTY | WOO)
