"""What everybody may read, and what nobody may read by guessing."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.constituency.cast import register
from tests.disclosure import cast as door
from tests.public_site.cast import report
from tests.statistics.cast import period, statistician
from tests.statistics.cast import report as reported

from meldpunt.constituency.values import Registration
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, DisclosureId, ItemKind, Unshown
from meldpunt.evidence.retention import rules_in_force
from meldpunt.law import DataKind, Purpose
from meldpunt.statistics import actions as statistics_actions
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db


def publish_figures(*attachments: Attachment) -> DisclosureId:
    draft = door.draft_for(
        [Audience(AudienceKind.PUBLIC)],
        door.told(DataKind.AGGREGATE_FIGURES, "Er waren 12 meldingen."),
        purpose=Purpose.PUBLISH_FIGURES,
        item=ItemKind.WARNING,
        title="Twaalf meldingen",
        tlp=TLP.CLEAR,
        attachments=attachments,
    )
    return disclosure_actions.disclose(
        door.duty_officer(), draft=draft, reason="Het kwartaal is om.", seen=Unshown.IN_A_PROGRAM
    ).id


@pytest.fixture
def overview() -> str:
    names = [f"Bank {number}" for number in range(6)]
    banks = [register(Registration(kind="constituent", sector="banking", name=name)) for name in names]
    for bank in banks:
        reported(bank, sector="banking", kind="availability/ddos")
    who, (first_day, last_day) = statistician(), period()
    made = statistics_actions.compile_overview(who, first_day=first_day, last_day=last_day)
    return str(
        statistics_actions.publish_overview(
            who, overview=made, reason="Het kwartaal is om.", seen=Unshown.IN_A_PROGRAM
        ).id
    )


def test_an_overview_is_a_table_with_a_chart_beside_it(client: Client, overview: str) -> None:
    assert overview in client.get("/overview").content.decode()
    page = client.get(f"/publications/{overview}", follow=True).content.decode()
    assert "<caption>" in page
    chart = re.search(r'src="(/overview/[^"]+)"', page)
    assert chart
    answer = client.get(chart[1])
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_files_of_an_overview_are_saved_and_never_shown_in_place(client: Client, overview: str) -> None:
    page = client.get(f"/overview/{overview}").content.decode()
    links = re.findall(r'href="(/publications/[^"]+/files/[^"]+)"', page)
    assert len(links) == 4
    for link in links:
        answer = client.get(link)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_overview_speaks_one_language_at_a_time(client: Client, overview: str) -> None:
    assert "Toelichting" in client.get(f"/overview/{overview}").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get(f"/overview/{overview}").content.decode()
    assert "Explanation" in page
    assert "Toelichting" not in page


def test_a_publication_is_read_by_everybody(client: Client) -> None:
    told = publish_figures()
    assert "Twaalf meldingen" in client.get("/").content.decode()
    assert "Er waren 12 meldingen." in client.get(f"/publications/{told}").content.decode()


def test_a_withdrawn_publication_says_so_and_shows_nothing(client: Client) -> None:
    told = publish_figures()
    disclosure_actions.withdraw_disclosure(door.duty_officer(), disclosure=told, reason="Een getal klopte niet.")
    assert "Twaalf meldingen" not in client.get("/publications").content.decode()
    page = client.get(f"/publications/{told}").content.decode()
    assert "Een getal klopte niet." in page
    assert "12 meldingen" not in page


def test_a_file_named_to_mislead_is_saved_under_a_plain_name(client: Client) -> None:
    html = Attachment("a\r\nX: 1/..\\b.html", "text/html", b"<script>", DataKind.AGGREGATE_FIGURES)
    told = publish_figures(html)
    page = client.get(f"/publications/{told}").content.decode()
    link = re.search(r'href="(/publications/[^"]+/files/[^"]+)"', page)
    assert link
    answer = client.get(link[1])
    assert answer["Content-Type"] == "application/octet-stream"
    assert "\n" not in answer["Content-Disposition"]


def test_what_was_told_to_one_is_not_published(client: Client) -> None:
    country = door.found_country()
    draft = door.for_intelligence(country)
    told = disclosure_actions.disclose(
        door.analyst(), draft=draft, reason="Zij kennen deze dader.", seen=Unshown.IN_A_PROGRAM
    ).id
    report(client)
    for page in (f"/publications/{told}", f"/overview/{told}", f"/follow/messages/{told}"):
        assert client.get(page).status_code == 404
    assert str(told) not in client.get("/publications").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "onzin", "9" * 5_000, "２", ""])
def test_a_page_number_of_nonsense_is_no_failure(client: Client, page: str) -> None:
    assert client.get("/publications", {"page": page}).status_code == 200


@pytest.mark.parametrize("page", ["publications/{}", "overview/{}", "decisions/files/{}"])
def test_an_unknown_publication_is_not_found(client: Client, page: str) -> None:
    assert client.get("/" + page.format(uuid4())).status_code == 404


@pytest.mark.parametrize("page", ["", "report", "follow", "about", "privacy", "accessibility", "request-information"])
def test_a_standing_page_has_one_heading_and_speaks_both_languages(client: Client, page: str) -> None:
    dutch = client.get(f"/{page}").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    english = client.get(f"/{page}").content.decode()
    assert dutch.count("<h1") == english.count("<h1") == 1
    assert 'lang="nl"' in dutch
    heading = re.compile(r"<h1[^>]*>([^<]+)")
    assert heading.findall(dutch) != heading.findall(english)


def test_security_txt_names_a_way_in_and_expires_within_a_year(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT00:00:00Z", fields["Expires"])


def test_a_reader_with_a_receipt_sees_the_same_publications(client: Client) -> None:
    publish_figures()
    before = client.get("/publications").content
    report(client)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub(b"", client.get("/publications").content) == token.sub(b"", before)


def test_the_privacy_page_says_from_when_what_is_told_is_sealed_and_who_reads_it_before(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get("/privacy").content.decode()
    assert "As soon as it is known which organisation a report is about, all of that is sealed" in page
    assert "Before that, the analysts who handle reports can read it" in page
    assert "As long as it is not known which organisation it is about" in client.get("/report").content.decode()


def test_the_privacy_page_says_how_long_files_are_kept_by_the_rules_in_force(client: Client) -> None:
    """GDPR article 13(2)(a)."""
    client.post("/language/", {"language": "en", "next": "/"})
    page = client.get("/privacy").content.decode()
    for rule in rules_in_force().values():
        assert f": {rule.term.wording.en} after " in page
