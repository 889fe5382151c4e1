"""The pages about what is told, as the desk sees them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.http import HttpResponse
from tests.desk_outward.cast import Colleague, colleague
from tests.disclosure.cast import Country, draft_for, escalation, found_country, let_in, origin_at, to, told

from meldpunt.access.values import Role
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Attachment, Disclosure, State, Unshown
from meldpunt.law import DataKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def analyst() -> Colleague:
    return colleague(Role.ANALYST, name="Marit Hoogeveld")


def refused_to_police(country: Country, by: Colleague) -> Disclosure:
    return disclosure_actions.propose_disclosure(
        by.actor, draft=draft_for(to(country.police)), seen=Unshown.IN_A_PROGRAM
    )


def letter_to_ministry(country: Country, by: Colleague) -> Disclosure:
    return disclosure_actions.propose_disclosure(by.actor, draft=escalation(country), seen=Unshown.IN_A_PROGRAM)


def state_of(disclosure: Disclosure, viewer: Colleague) -> State:
    return disclosure_queries.get_disclosure(viewer.actor, disclosure=disclosure.id).state


def test_the_list_names_who_proposed_and_narrows_by_state(country: Country, analyst: Colleague) -> None:
    refused_to_police(country, analyst)
    letter_to_ministry(country, analyst)
    everything = analyst.get("/desk/disclosures").content.decode()
    assert everything.count('<th scope="row">') == 2
    assert "Marit Hoogeveld" in everything
    refused = analyst.get("/desk/disclosures?state=refused").content.decode()
    assert refused.count('<th scope="row">') == 1


def test_a_refused_disclosure_says_why_with_its_article(country: Country, analyst: Colleague) -> None:
    refused = refused_to_police(country, analyst)
    page = analyst.get(f"/desk/disclosures/{refused.id}").content.decode()
    assert "Why this was refused" in page
    assert all(finding.verdict.explanation[0].en[:40] in page for finding in refused.findings)
    assert "Decide: tell it" not in page


def test_what_the_ground_does_not_cover_stands_beside_what_readers_get(country: Country, analyst: Colleague) -> None:
    parts = (told(DataKind.ADVICE, "Sluit de toegang."), told(DataKind.DELIBERATION, "Wij twijfelen."))
    draft = escalation(country)
    kept = disclosure_actions.propose_disclosure(
        analyst.actor,
        draft=draft_for(draft.audience, *parts, purpose=draft.purpose, conditions=draft.conditions, item=draft.item),
        seen=Unshown.IN_A_PROGRAM,
    )
    page = analyst.get(f"/desk/disclosures/{kept.id}").content.decode()
    assert page.count("Sluit de toegang.") == 2
    assert page.count("Wij twijfelen.") == 1
    assert "no ground covers this for every reader" in page


def press(who: Colleague, letter: Disclosure, button: str, reason: str, *, tab: str = "") -> HttpResponse:
    """Press a button of the page as it is now, or as it stood in `tab`."""
    page = tab or who.get(f"/desk/disclosures/{letter.id}").content.decode()
    seen = re.findall(r'name="seen" value="(\w*)"', page)
    return who.post(f"/desk/disclosures/{letter.id}/{button}", {"reason": reason, "seen": "".join(seen)})


def test_a_letter_needs_a_second_person_to_leave(country: Country, analyst: Colleague) -> None:
    letter = letter_to_ministry(country, analyst)
    press(analyst, letter, "decide", "Niet opgevolgd")
    assert state_of(letter, analyst) is State.WAITING_FOR_APPROVAL
    officer = colleague(Role.DUTY_OFFICER)
    assert "Approve: tell it" in officer.get(f"/desk/disclosures/{letter.id}").content.decode()
    press(officer, letter, "approve", "Akkoord")
    assert state_of(letter, analyst) is State.DELIVERED


def test_an_old_tab_approves_nothing_and_shows_what_it_is_now(country: Country, analyst: Colleague) -> None:
    draft = replace(escalation(country), parts=(told(DataKind.ADVICE, "Bel Maartje Korenveld."),))
    letter = disclosure_actions.disclose(
        analyst.actor,
        draft=replace(draft, origins=(origin_at(country.water),)),
        reason="Niet opgevolgd",
        seen=Unshown.IN_A_PROGRAM,
    )
    officer = colleague(Role.DUTY_OFFICER)
    tab = officer.get(f"/desk/disclosures/{letter.id}").content.decode()
    let_in("Maartje Korenveld", country.water)
    answer = press(officer, letter, "approve", "Akkoord", tab=tab)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "look again" in page
    assert "Akkoord</textarea>" in page
    assert state_of(letter, officer) is State.WAITING_FOR_APPROVAL
    press(officer, letter, "approve", "Akkoord", tab=page)
    assert state_of(letter, officer) is State.DELIVERED


def test_who_is_asked_to_approve_reads_the_letter_first(country: Country, analyst: Colleague) -> None:
    attached = Attachment("brief.pdf", "application/pdf", b"%PDF-1.7 Sluit de toegang.", DataKind.ADVICE)
    letter = disclosure_actions.disclose(
        analyst.actor,
        draft=replace(escalation(country), attachments=(attached,)),
        reason="Niet opgevolgd",
        seen=Unshown.IN_A_PROGRAM,
    )
    officer = colleague(Role.DUTY_OFFICER)
    (link,) = re.findall(r'href="([^"]+/files/[^"]+)"', officer.get(f"/desk/disclosures/{letter.id}").content.decode())
    answer = officer.get(link)
    assert (answer.content, answer["Content-Type"]) == (attached.data, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert analyst.get(link).status_code == 404
    assert "brief.pdf" in analyst.get(f"/desk/disclosures/{letter.id}").content.decode()
    assert officer.get(link.replace(str(letter.id), str(uuid4()))).status_code == 404


def test_the_fingerprint_of_a_file_shows_to_whoever_unsealed_or_approves(country: Country, analyst: Colleague) -> None:
    attached = Attachment("brief.pdf", "application/pdf", b"%PDF-1.7 Sluit de toegang.", DataKind.ADVICE)
    draft = replace(escalation(country), origins=(origin_at(country.water),), attachments=(attached,))
    letter = disclosure_actions.disclose(analyst.actor, draft=draft, reason="Niet opgevolgd", seen=Unshown.IN_A_PROGRAM)
    readers = (analyst, colleague(Role.DUTY_OFFICER))
    pages = [one.get(f"/desk/disclosures/{letter.id}").content.decode() for one in readers]
    digest = hashlib.sha256(attached.data).hexdigest()
    assert [("brief.pdf" in page, digest in page) for page in pages] == [(True, False), (True, True)]


def test_who_proposed_cannot_approve(country: Country) -> None:
    officer = colleague(Role.DUTY_OFFICER)
    letter = letter_to_ministry(country, officer)
    press(officer, letter, "decide", "Niet opgevolgd")
    assert "Approve: tell it" not in officer.get(f"/desk/disclosures/{letter.id}").content.decode()
    answer = press(officer, letter, "approve", "Akkoord")
    assert answer.status_code == 409
    assert state_of(letter, officer) is State.WAITING_FOR_APPROVAL


def test_withdrawing_takes_a_reason(country: Country, analyst: Colleague) -> None:
    letter = letter_to_ministry(country, analyst)
    answer = analyst.post(f"/desk/disclosures/{letter.id}/withdraw", {"reason": "  "})
    assert answer.status_code == 422
    assert state_of(letter, analyst) is State.PROPOSED
    analyst.post(f"/desk/disclosures/{letter.id}/withdraw", {"reason": "Ingehaald door de feiten"})
    assert state_of(letter, analyst) is State.WITHDRAWN


def test_who_has_no_part_in_telling_finds_no_page(country: Country, analyst: Colleague) -> None:
    letter = letter_to_ministry(country, analyst)
    administrator = colleague(Role.ADMINISTRATOR)
    assert administrator.get("/desk/disclosures").status_code == 404
    assert administrator.get(f"/desk/disclosures/{letter.id}").status_code == 404
    assert press(analyst, letter, "approve", "Akkoord").status_code == 404


def titles_on(page: str) -> int:
    return page.count('<th scope="row">')


def test_the_list_shows_ground_recipient_marking_and_who_approved(country: Country, analyst: Colleague) -> None:
    letter = disclosure_actions.disclose(
        analyst.actor, draft=escalation(country), reason="Niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    officer = colleague(Role.DUTY_OFFICER, name="Yara Brink")
    disclosure_actions.approve_disclosure(officer.actor, disclosure=letter.id, reason="Akkoord", seen=letter.sight)
    page = analyst.get("/desk/disclosures").content.decode()
    [ground] = letter.verdict.grounds
    shown = [ground.article, "the responsible ministry", "Het ministerie", "TLP:RED", "Yara Brink", "told"]
    assert [one for one in shown if one not in page] == []


def test_the_list_narrows_by_ground_and_by_where_it_comes_from(country: Country, analyst: Colleague) -> None:
    letter = letter_to_ministry(country, analyst)
    refused_to_police(country, analyst)
    [ground] = letter.verdict.grounds
    for asked, found in ((f"ground={ground.id}", 1), ("ground=wbp-warning", 0), ("origin=advice", 1), ("origin=x", 2)):
        assert titles_on(analyst.get(f"/desk/disclosures?{asked}").content.decode()) == found, asked


def test_what_waits_for_me_is_what_i_may_approve(country: Country) -> None:
    proposer, second = colleague(Role.DUTY_OFFICER), colleague(Role.DUTY_OFFICER)
    disclosure_actions.disclose(
        proposer.actor, draft=escalation(country), reason="Niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    refused_to_police(country, proposer)
    waiting = "/desk/disclosures?waiting=me"
    assert titles_on(second.get(waiting).content.decode()) == 1
    assert "1 disclosure waits for your approval" in second.get("/desk/disclosures").content.decode()
    assert titles_on(proposer.get(waiting).content.decode()) == 0
    assert titles_on(colleague(Role.ANALYST).get(waiting).content.decode()) == 0
