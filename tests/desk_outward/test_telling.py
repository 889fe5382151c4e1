"""Writing a letter from a case, and a new version of what was told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk_outward.cast import Colleague, colleague
from tests.disclosure.cast import let_in
from tests.response import cast
from tests.web.shown import confirming, seen_in

from meldpunt.access.values import Role
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import AudienceKind, Disclosure, State

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Een vraag over de pompen",
    "purpose": "advise",
    "tlp": "TLP:RED",
    "pap": "PAP:AMBER",
    "advice": "Bel mij vanavond over de pompen.",
    "conditions": ["about-recipient"],
}


@pytest.fixture
def scene() -> cast.Scene:
    return cast.scene()


@pytest.fixture
def analyst(scene: cast.Scene) -> Colleague:
    return colleague(Role.ANALYST)


def latest(viewer: Colleague) -> Disclosure:
    line = disclosure_queries.list_disclosures(viewer.actor)[0]
    return disclosure_queries.get_disclosure(viewer.actor, disclosure=line.id)


def told_letter(scene: cast.Scene, analyst: Colleague, **more: object) -> Disclosure:
    said, address = {**SAID, "organisations": [str(scene.water)], **more}, f"/desk/cases/{scene.case}/letter"
    page = analyst.post(address, confirming(analyst, address, said), follow=True)
    analyst.post(f"/desk/disclosures/{latest(analyst).id}/decide", {"reason": "nodig", "seen": seen_in(page)})
    return latest(analyst)


def test_a_letter_starts_from_the_narrowest_and_from_nobody(scene: cast.Scene, analyst: Colleague) -> None:
    page = analyst.get(f"/desk/cases/{scene.case}/letter").content.decode()
    assert '<option value="TLP:RED" selected>' in page
    assert not re.search(r'type="checkbox"[^>]* checked', page)
    assert 'name="widening"' not in page
    answer = analyst.post(f"/desk/cases/{scene.case}/letter", SAID)
    assert answer.status_code == 422
    assert "Choose at least one reader." in answer.content.decode()


def test_who_would_read_it_shows_before_anything_is_kept(scene: cast.Scene, analyst: Colleague) -> None:
    before = len(disclosure_queries.list_disclosures(analyst.actor))
    one = let_in("Roos Kempen", scene.water)
    page = analyst.post(f"/desk/cases/{scene.case}/letter", {**SAID, "people": [str(one.id)]}).content.decode()
    assert "1 reader" in page
    assert "a person at" in page
    assert "Roos" not in page
    assert len(disclosure_queries.list_disclosures(analyst.actor)) == before


def test_a_letter_to_one_person_is_read_by_that_person_alone(scene: cast.Scene, analyst: Colleague) -> None:
    one, other = let_in("Roos Kempen", scene.water), let_in("Teun Waalwijk", scene.water)
    told = told_letter(scene, analyst, organisations=[], people=[str(one.id)])
    assert told.state is State.DELIVERED
    assert [each.kind for each in told.readers] == [AudienceKind.PERSON]
    assert next(read.id for read in disclosure_queries.list_delivered(one)) == told.id
    assert told.id not in {read.id for read in disclosure_queries.list_delivered(other)}


def test_going_wider_asks_why_and_only_then(scene: cast.Scene, analyst: Colleague) -> None:
    address = f"/desk/cases/{scene.case}/letter"
    wider = {**SAID, "organisations": [str(scene.water)], "tlp": "TLP:AMBER"}
    page = analyst.post(address, wider).content.decode()
    assert "TLP:AMBER instead of TLP:RED" in page
    assert 'name="widening"' in page
    confirmed = confirming(analyst, address, wider)
    refused = analyst.post(address, confirmed)
    assert refused.status_code == 422
    assert 'name="widening"' in refused.content.decode()
    analyst.post(address, {**confirmed, "widening": "Ook haar beheerder moet dit weten."})
    assert latest(analyst).widening == "Ook haar beheerder moet dit weten."


def test_a_marking_that_forbids_the_audience_is_said_on_the_form(scene: cast.Scene, analyst: Colleague) -> None:
    said = {**SAID, "network": ["all"], "tlp": "TLP:AMBER+STRICT"}
    answer = analyst.post(f"/desk/cases/{scene.case}/letter", said)
    assert answer.status_code == 422
    assert "PAP:AMBER forbids what can be noticed" in answer.content.decode()


def test_a_deferral_goes_with_ground_and_term(scene: cast.Scene, analyst: Colleague) -> None:
    until = (timezone.localtime() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    address = f"/desk/cases/{scene.case}/letter"
    half = {**SAID, "organisations": [str(scene.water)], "deferred_until": until}
    assert analyst.post(address, half).status_code == 422
    unfit = analyst.post(address, {**half, "deferral": "uavg-41-a"})
    assert unfit.status_code == 422
    assert "does not let the reporter hear later" in unfit.content.decode()


def test_a_new_version_starts_from_the_words_before_it(scene: cast.Scene, analyst: Colleague) -> None:
    old = told_letter(scene, analyst)
    assert f"/desk/disclosures/{old.id}/supersede" in analyst.get(f"/desk/disclosures/{old.id}").content.decode()
    address = f"/desk/disclosures/{old.id}/supersede"
    page = analyst.get(address).content.decode()
    assert "Bel mij vanavond over de pompen." in page
    said = {**SAID, "readers": ["0"], "part0": "Bel mij morgen over de pompen.", "superseding": "De dag klopte niet."}
    preview = analyst.post(address, said).content.decode()
    assert "Bel mij morgen over de pompen." in preview
    assert latest(analyst).id == old.id
    page = analyst.post(address, confirming(analyst, address, said), follow=True)
    new = latest(analyst)
    analyst.post(f"/desk/disclosures/{new.id}/decide", {"reason": "nodig", "seen": seen_in(page)})
    assert "De dag klopte niet." in analyst.get(f"/desk/disclosures/{old.id}").content.decode()
    kept = disclosure_queries.get_disclosure(analyst.actor, disclosure=old.id)
    assert (kept.state, kept.replaced and kept.replaced.disclosure) == (State.SUPERSEDED, new.id)


def test_who_reads_it_masked_writes_no_new_version(scene: cast.Scene, analyst: Colleague) -> None:
    one = let_in("Roos Kempen", scene.water)
    old = told_letter(scene, analyst, advice="Vraag naar Roos Kempen.", people=[str(one.id)], organisations=[])
    answer = analyst.get(f"/desk/disclosures/{old.id}/supersede")
    assert answer.status_code == 409
    assert "Unseal first" in answer.content.decode()


def test_who_does_no_casework_writes_no_letter(scene: cast.Scene) -> None:
    statistician = colleague(Role.STATISTICIAN)
    assert statistician.get(f"/desk/cases/{scene.case}/letter").status_code == 404
