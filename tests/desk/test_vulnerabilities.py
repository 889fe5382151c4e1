"""A vulnerability on the desk: typed or named, judged by form, in a list, beside the files of EPSS and KEV."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague
from tests.triage.test_vulnerabilities import CVE, GRAVEST, POINTS, VECTOR, epss_of, kev_of, reported

from meldpunt.access.values import JOB, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Registration
from meldpunt.intake import actions as intake_actions
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def address(desk: Room, more: str = "") -> str:
    return f"{desk.report}/vulnerabilities/{CVE}{more}"


def filled_in() -> dict[str, str]:
    answers = {f"matrix_{question}": answer for question, answer in GRAVEST.items()}
    points = {f"ssvc_{point}": value for point, value in POINTS.items()}
    return {"seen": "0", "vectors": VECTOR, "products": "Sluispoort\n", **answers, **points}


def test_a_vulnerability_that_is_typed_has_its_page(desk: Room) -> None:
    answer = desk.browser.get(f"{desk.report}/vulnerabilities", {"cve": " cve-2999-0001 "})
    assert answer["Location"] == address(desk)
    assert "no catalogue was loaded, so this is not known" in page_of(desk.browser, address(desk))


def test_what_is_no_id_leads_back_to_the_report_with_a_sentence(desk: Room) -> None:
    answer = desk.browser.get(f"{desk.report}/vulnerabilities", {"cve": "log4shell"})
    assert answer["Location"] == desk.report
    assert "Write the id of the vulnerability" in page_of(desk.browser, desk.report)
    page_of(desk.browser, f"{desk.report}/vulnerabilities/log4shell", status=404)


def test_a_judgement_is_kept_and_shown_with_what_would_change_it(desk: Room) -> None:
    assert desk.browser.post(address(desk, "/judge"), filled_in()).status_code == 302
    page = page_of(desk.browser, address(desk))
    for words in ("E:A/A:Y/TI:T/MWI:H", "9.8 critical", "38 of 38 points", "Urgent", "Exploitation: none → attend"):
        assert words in page, words
    assert "9.8" in page_of(desk.browser, desk.report)


@pytest.mark.parametrize(
    ("language", "why", "ties"),
    [
        ("en", "Because it registered", "tied to this CVE"),
        ("nl", "Omdat zij dit heeft opgegeven", "aan deze CVE verbonden"),
    ],
)
def test_each_user_stands_with_the_product_that_is_why_and_who_advises_says_which(
    language: str, why: str, ties: str
) -> None:
    desk = room(language=language)
    for product in ("Sluispoort", "Peilschaal"):
        form = Registration(kind="constituent", sector="banking", name=f"Bank {product}", products=(product,))
        constituency_actions.register_organisation(JOB, form=form)
    triage_actions.load_kev(JOB, raw=kev_of())
    report = reported(desk.desk, f"Door {CVE} in Sluispoort valt ook de Peilschaal uit.")
    intake_actions.lift_products(JOB)
    page = page_of(desk.browser, f"/desk/reports/{report}/vulnerabilities/{CVE}")
    assert (why in page, ties in page) == (True, True)
    assert re.findall(r'type="radio" name="product" required value="([^"]*)"', page) == ["Sluispoort", "Peilschaal"]
    tied, named = page[page.index('id="using"') : page.index('id="named"')], page[page.index('id="named"') :]
    assert ("<td>Sluispoort</td>" in tied, "<td>Peilschaal</td>" in tied) == (True, False)
    assert "<td>Peilschaal</td>" in named


def test_what_is_refused_stays_in_the_form_with_its_reason(desk: Room) -> None:
    answer = desk.browser.post(address(desk, "/judge"), {**filled_in(), "outcome": "T"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Write why the decision is another than the table gives." in page
    assert VECTOR in page


def test_a_point_that_is_open_is_filled_in_where_data_says_something(desk: Room) -> None:
    triage_actions.load_kev(JOB, raw=kev_of())
    page = page_of(desk.browser, address(desk))
    assert "Data says: active (in KEV since 28 November 2026)" in page
    assert '<option value="A" selected>active</option>' in page


def test_a_file_is_brought_and_an_older_one_refused_unless_it_is_meant(desk: Room) -> None:
    def bring(day: str, **more: str) -> int:
        file = SimpleUploadedFile("epss.csv", epss_of(day, CVE_2999_0001="0.9"))
        said = {"source": "epss", "file": file, **more}
        return desk.browser.post("/desk/vulnerabilities/files", said).status_code

    assert bring("2026-11-29") == 302
    assert bring("2026-11-28") == 422
    assert bring("2026-11-28", is_older_meant="on") == 302
    said = triage_queries.find_exploitation(desk.desk.analyst, cve=CVE)  # type: ignore[arg-type]
    assert said.epss_day is not None
    assert said.epss_day.day == 28
    assert "v2999.01.01" in page_of(desk.browser, "/desk/vulnerabilities/files")


@pytest.mark.parametrize("order", ["", "ssvc", "epss", "due", "nonsense"])
def test_the_list_leads_to_each_of_them(desk: Room, order: str) -> None:
    report = reported(desk.desk, f"Wij zien {CVE}.")
    page = page_of(desk.browser, f"/desk/vulnerabilities?order={order}")
    assert f"/desk/reports/{report}/vulnerabilities/{CVE}" in page


def test_who_reads_no_triage_sees_none_of_it(desk: Room) -> None:
    officer = colleague(Role.WOO_OFFICER, language="en")
    for path in (address(desk), "/desk/vulnerabilities", "/desk/vulnerabilities/files"):
        assert officer.get(path).status_code in (403, 404)


def test_the_pages_are_in_dutch_too() -> None:
    dutch = room(language="nl")
    triage_actions.load_kev(JOB, raw=kev_of())
    dutch.browser.post(address(dutch, "/judge"), filled_in())
    for path in (address(dutch), "/desk/vulnerabilities", "/desk/vulnerabilities/files"):
        page = page_of(dutch.browser, path)
        for english in ("known to be exploited", "Judged", "Who uses", "Chance", "Loaded files", "All vulnerabilities"):
            assert english not in page, (path, english)
