"""Files, byte for byte: what opens by a deed, which the walk cannot see, and the letter a second person approves."""

from __future__ import annotations

import pytest
from tests.cast.encore import BANK_FILE
from tests.cast.matrix import CASEWORK, DUTY, WOO
from tests.cast.members import DESK, PORTAL, come_in
from tests.cast.played import Played
from tests.cast.reading import body_of


@pytest.mark.parametrize("name", [*DESK, *PORTAL])
def test_evidence_of_an_organisation_that_nobody_unsealed_opens_for_nobody(name: str, played: Played) -> None:
    (item,) = played.column("SELECT id FROM evidence_item WHERE name = 'mosterdzaad.txt'")
    answer = come_in(name, played).browser.post(f"/desk/evidence/{item}")
    assert BANK_FILE not in body_of(answer)
    assert (answer.status_code == 409) is (name in CASEWORK)


@pytest.mark.parametrize("name", [*DESK, *PORTAL])
def test_the_file_of_a_feed_opens_for_a_purpose_and_for_who_works_on_cases(name: str, played: Played) -> None:
    item, *_ = played.column("SELECT raw_evidence[1] FROM intake_report WHERE feed <> '' ORDER BY received_at")
    browser = come_in(name, played).browser
    without, given = (browser.post(f"/desk/evidence/{item}", said) for said in ({}, {"purpose": "nagaan"}))
    assert (without.status_code == 409) is (name in CASEWORK)
    assert (given.status_code == 200) is (name in CASEWORK)
    assert without.status_code != 200


@pytest.mark.parametrize("name", [*DESK, *PORTAL])
def test_a_letter_opens_at_the_desk_for_who_may_approve_it(name: str, played: Played) -> None:
    asked = "SELECT a.disclosure_id, a.id, a.data FROM disclosure_attachment a WHERE a.name = 'brief.pdf'"
    [(disclosure, file, letter)] = played.ask(asked)
    answer = come_in(name, played).browser.get(f"/desk/disclosures/{disclosure}/files/{file}")
    assert (body_of(answer) == letter) is (name in DUTY | WOO)
