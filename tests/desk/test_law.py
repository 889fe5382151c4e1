"""The law as the desk reads it: what held on a day, and what it says to a question."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from tests.desk.cast import page_of
from tests.desk_outward.cast import Colleague, colleague

from meldpunt.access.values import Role
from meldpunt.law import DUTCH

pytestmark = pytest.mark.django_db
THE_LETTER = date(2013, 12, 12)
DESK = [Role.ANALYST, Role.DUTY_OFFICER, Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR]
TO_THE_POLICE = "/desk/law/verdict?on=2026-11-23&kind=disclose&recipient=police&purpose=consult&kinds=reporter-identity"


@pytest.fixture
def analyst() -> Colleague:
    return colleague(Role.ANALYST)


def row_of(page: str, ground: str) -> str:
    """The row of one fact of the law, without its tags."""
    found = re.search(rf'<(?:tr|li) id="{re.escape(ground)}">(.*?)</(?:tr|li)>', page, re.DOTALL)
    assert found is not None, ground
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.group(1))).split())


@pytest.mark.parametrize("role", DESK)
def test_everybody_of_the_desk_reads_the_law_and_puts_questions_to_it(role: Role) -> None:
    browser = colleague(role)
    assert 'href="/desk/law"' in page_of(browser, "/desk/law")
    assert "Verdict" in page_of(browser, TO_THE_POLICE)


def test_the_law_of_a_day_holds_every_ground_of_that_day_and_no_other(analyst: Colleague) -> None:
    page = page_of(analyst, "/desk/law?on=2013-12-12")
    kinds = {"ground": DUTCH.grounds, "withholding": DUTCH.withholding, "deferral": DUTCH.deferrals}
    facts = [(kind, fact) for kind, known in {**kinds, "clock": DUTCH.clocks}.items() for fact in known]
    assert len(facts) > 200
    for kind, fact in facts:
        assert (f'id="{kind}-{fact.id}"' in page) == fact.is_valid_on(THE_LETTER), fact.id


def test_a_ground_says_what_it_covers_what_it_asks_and_that_nobody_read_it(analyst: Colleague) -> None:
    page = page_of(analyst, "/desk/law?on=2026-11-23")
    row = row_of(page, "ground-cbw-ministry-escalation")
    for words in ("Cbw; NIS2 art. 9, 13 not verified", "the responsible ministry", "escalate", "the advice"):
        assert words in row
    assert "advice that was given" in row
    assert "not verified" not in row_of(page, "ground-awb-4-8-hearing")


def test_a_ground_to_withhold_shows_its_successors_and_where_it_does_not_reach(analyst: Colleague) -> None:
    old = row_of(page_of(analyst, "/desk/law?on=2013-12-12"), "withholding-wob-10-2-g")
    assert "Woo art. 5.1 lid 5" in old
    assert "Woo art. 5.1 lid 2 onder i" in old
    assert "Not for environmental information (Wob art. 10 lid 6)" in old
    new = page_of(analyst, "/desk/law?on=2026-11-23")
    assert "older than 5 years" in new
    assert "Woo art. 5.1 lid 4 not verified" in row_of(new, "withholding-woo-5.1-4")


def test_a_deferral_says_toward_whom_and_for_how_long(analyst: Colleague) -> None:
    row = row_of(page_of(analyst, "/desk/law?on=2026-11-23"), "deferral-uavg-41-d")
    assert "the police and the public prosecutor; at most 6 months" in row


def test_the_list_is_narrowed_to_one_recipient(analyst: Colleague) -> None:
    page = page_of(analyst, "/desk/law?on=2026-11-23&recipient=police")
    assert 'id="ground-cbw-police-consent"' in page
    assert 'id="deferral-uavg-41-d"' in page
    assert 'id="ground-cbw-ministry-consult"' not in page


@pytest.mark.parametrize("query", ["?on=tomorrow", "?on=2026-02-30", "?recipient=nobody", "?on=0001-01-01"])
def test_a_day_nobody_can_read_means_today(analyst: Colleague, query: str) -> None:
    page_of(analyst, f"/desk/law{query}")


def test_a_question_is_answered_sentence_by_sentence_with_the_article(analyst: Colleague) -> None:
    refused = page_of(analyst, TO_THE_POLICE)
    assert "This is refused: on 23 November 2026 there is no ground to disclose this" in refused
    assert "consent of the reporter (Cbw; NIS2 art. 13(4))" in refused
    allowed = page_of(analyst, f"{TO_THE_POLICE}&conditions=reporter-consent")
    assert "May go to the police and the public prosecutor, to consult: who reported" in allowed
    assert '/desk/law?on=2026-11-23#ground-cbw-police-consent"' in allowed


def test_the_same_question_on_another_day_is_answered_by_the_law_of_that_day(analyst: Colleague) -> None:
    then = page_of(analyst, f"{TO_THE_POLICE.replace('2026-11-23', '2013-12-12')}&conditions=reporter-consent")
    assert "Wbp art. 8 onder e" in then
    assert "Cbw" not in then


def test_a_question_about_nothing_is_answered_and_one_that_is_none_is_shown_with_its_fault(analyst: Colleague) -> None:
    bare = "/desk/law/verdict?on=2026-11-23&kind=supply&recipient=police&purpose=answer-inquiry"
    assert "no kind of data was named" in page_of(analyst, bare)
    wrong = page_of(analyst, bare.replace("2026-11-23", "never").replace("police", "dinner"))
    assert "utrecht-form-field-description--invalid" in wrong
    assert "Verdict" not in wrong


def test_the_law_is_read_in_dutch_too() -> None:
    browser = colleague(Role.WOO_OFFICER, language="nl")
    page = page_of(browser, "/desk/law?on=2026-11-23")
    assert "Het recht op 23 november 2026" in page
    assert "niet geverifieerd" in page
    assert "Dit mag niet" in page_of(browser, TO_THE_POLICE)
