"""What is kept until when, who holds it and who destroys it, as the desk reads it."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague
from tests.evidence.test_inside import GIF, zipped
from tests.evidence.test_retention import sealed
from tests.triage.cast import told

from meldpunt.access.values import Role
from meldpunt.cases import actions as case_actions
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import actions as constituency_actions
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import Kept
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Attached, ReportId

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def with_a_file(desk: Room) -> ReportId:
    file = Attached(name="klokbeker.txt", media_type="text/plain", data=b"een regel")
    return intake_actions.receive_report(desk.desk.reporter, form=told("Nog een"), attachments=[file]).report


def kept(desk: Room, report: ReportId) -> Kept:
    return next(one for one in evidence_queries.list_kept(desk.browser.actor) if one.about == report)


def test_the_page_names_no_file_and_says_what_goes_when(desk: Room) -> None:
    with_a_file(desk)
    page = page_of(desk.browser, "/desk/evidence")
    assert "klokbeker" not in page
    assert "work goes on" in page
    assert "12 months after the work on it ended" in page


def test_the_term_begins_when_the_case_closes_and_stops_when_it_opens_again(desk: Room) -> None:
    report = with_a_file(desk)
    case = case_actions.accept_report(desk.browser.actor, report=report, title="Pompen", reason="Vitaal proces.")
    assert kept(desk, report).until is None
    case_actions.close_case(desk.browser.actor, case=case, reason="klaar")
    assert kept(desk, report).until is not None
    case_actions.reopen_case(desk.browser.actor, case=case, reason="toch niet")
    assert kept(desk, report).until is None
    assert case_queries.get_case(desk.browser.actor, case=case).closed_at is None


def test_a_hold_is_placed_on_the_page_of_the_report_and_ended_on_the_list(desk: Room) -> None:
    report = with_a_file(desk)
    assert not kept(desk, report).is_held
    desk.browser.post(f"/desk/reports/{report}/hold", {"ground": "court", "reason": " "})
    assert not kept(desk, report).is_held
    desk.browser.post(f"/desk/reports/{report}/hold", {"ground": "court", "reason": "de rechter vroeg erom"})
    assert kept(desk, report).is_held
    (hold,) = evidence_queries.list_holds(desk.browser.actor)
    assert "de rechter vroeg erom" in page_of(colleague(Role.WOO_OFFICER), "/desk/evidence")
    desk.browser.post(f"/desk/evidence/holds/{hold.id}/lift", {"reason": "uitspraak gedaan"})
    assert not kept(desk, report).is_held


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_who_works_on_no_case_finds_no_such_page(role: Role) -> None:
    assert page_of(colleague(role), "/desk/evidence", status=404)


def test_an_analyst_destroys_nothing(desk: Room) -> None:
    item = kept(desk, with_a_file(desk))
    assert desk.browser.post("/desk/evidence/shred", {"item": str(item.id)}).status_code == 404


def test_the_duty_officer_destroys_what_is_ticked_and_due_and_nothing_else(desk: Room) -> None:
    officer, rule = colleague(Role.DUTY_OFFICER), settings.EVIDENCE_RETENTION["rule"][0]
    long_kept = sealed()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "EVIDENCE_RETENTION", {"rule": [{**rule, "after": "sealed", "term": "P1D"}]})
        new, old = kept(desk, with_a_file(desk)).id, long_kept
        assert f'value="{old}"' in page_of(officer, "/desk/evidence")
        answer = officer.post("/desk/evidence/shred", {"item": [str(new), str(old)]}, follow=True)
    assert "1 file was destroyed" in answer.content.decode()
    found = [evidence_queries.get_evidence(desk.browser.actor, item=one).shredded_at for one in (new, old)]
    assert [one is None for one in found] == [True, False]


def test_what_was_set_aside_says_why_and_opens_for_who_ticks_that_they_want_it(desk: Room) -> None:
    polyglot = Attached("strik.gif", "image/gif", GIF + zipped({"Strik.class": b"x"}))
    report = intake_actions.receive_report(desk.browser.actor, form=told("Een plaatje"), attachments=[polyglot]).report
    page = page_of(desk.browser, f"/desk/reports/{report}")
    assert "two types of file at once" in page
    assert "not scanned for viruses" in page
    item = kept(desk, report).id
    assert desk.browser.post(f"/desk/evidence/{item}").status_code == 409
    answer = desk.browser.post(f"/desk/evidence/{item}", {"anyway": "1"})
    assert answer.content == polyglot.data
    assert "strik.gif.quarantine" in answer["Content-Disposition"]


def test_names_in_an_archive_are_listed_behind_the_seal(desk: Room) -> None:
    archive = Attached("logboek.zip", "application/zip", zipped({"pompen/ochtend.csv": b"een"}))
    report = intake_actions.receive_report(desk.desk.reporter, form=told("Een archief"), attachments=[archive]).report
    assert "ochtend.csv" not in page_of(desk.browser, f"/desk/reports/{report}")
    constituency_actions.unseal_identity(desk.browser.actor, organisation=desk.desk.water, purpose="bekijken")
    assert "pompen/ochtend.csv" in page_of(desk.browser, f"/desk/reports/{report}")
