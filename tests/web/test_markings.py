"""TLP and PAP travel with every rendering of what was told: page, list, file and feed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from tests.detection import cast as network
from tests.disclosure import cast as door
from tests.portal.cast import browser_of
from tests.public_site.cast import code_of, report

from meldpunt.access.rules import digest_of
from meldpunt.access.values import STRANGER
from meldpunt.detection.bundle import bundle_of
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Disclosure, ItemKind, Origin, Unshown
from meldpunt.intake import queries as intake_queries
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import PAP, TLP

ENTRYPOINTS = Path(__file__).parents[2] / "src" / "meldpunt" / "entrypoints"
OUTWARD = sorted((ENTRYPOINTS / "portal").rglob("*.html")) + sorted((ENTRYPOINTS / "public_site").rglob("*.html"))
LINKS = {"message_link.html"}
"""Only part of a line: the list around it says the markings, which the pages below show."""


@pytest.mark.parametrize("template", OUTWARD, ids=lambda path: path.name)
def test_no_outward_template_shows_a_title_without_both_markings(template: Path) -> None:
    source = template.read_text()
    if "told.title }}" not in source or template.name in LINKS:
        return
    shows_both = "told.tlp" in source and "told.pap" in source
    assert shows_both or '{% include "web/delivered.html"' in source


def labels(page: str) -> tuple[bool, bool]:
    return "TLP:AMBER+STRICT" in page or "TLP:CLEAR" in page, "PAP:AMBER" in page or "PAP:GREEN" in page


def told_to_bank(country: door.Country, *files: Attachment) -> Disclosure:
    draft = door.draft_for(
        door.to(country.bank),
        door.told(DataKind.ADVICE, "Werk bij."),
        purpose=Purpose.ADVISE,
        item=ItemKind.LETTER,
        title="Werk bij",
        tlp=TLP.AMBER_STRICT,
        attachments=files,
    )
    return disclosure_actions.disclose(door.analyst(), draft=draft, reason="nodig", seen=Unshown.IN_A_PROGRAM)


@pytest.mark.django_db
def test_the_portal_shows_both_in_its_lists_and_on_the_message() -> None:
    country = door.found_country()
    told = told_to_bank(country)
    bank = browser_of(country.bank)
    for address in ("/portal/", "/portal/messages", f"/portal/messages/{told.id}"):
        page = bank.get(address).content.decode()
        assert "Werk bij" in page
        assert labels(page) == (True, True), address


@pytest.mark.django_db
def test_a_file_carries_both_in_its_name() -> None:
    country = door.found_country()
    told = told_to_bank(country, Attachment("maatregelen.txt", "text/plain", b"Werk bij.", DataKind.ADVICE))
    (file,) = told.attachments
    answer = browser_of(country.bank).get(f"/portal/messages/{told.id}/files/{file.id}")
    assert "maatregelen (TLP-AMBER+STRICT PAP-AMBER).txt" in answer["Content-Disposition"]


@pytest.mark.django_db
def test_the_public_site_shows_both_in_its_lists_and_on_the_publication(client: Client) -> None:
    draft = door.draft_for(
        [Audience(AudienceKind.PUBLIC)],
        door.told(DataKind.AGGREGATE_FIGURES, "Er waren 12 meldingen."),
        purpose=Purpose.PUBLISH_FIGURES,
        item=ItemKind.WARNING,
        title="Twaalf meldingen",
        tlp=TLP.CLEAR,
    )
    told = disclosure_actions.disclose(
        door.duty_officer(), draft=draft, reason="Het kwartaal is om.", seen=Unshown.IN_A_PROGRAM
    )
    for address in ("/", "/publications", f"/publications/{told.id}"):
        page = client.get(address).content.decode()
        assert "Twaalf meldingen" in page
        assert labels(page) == (True, True), address


@pytest.mark.django_db
def test_the_holder_of_a_receipt_sees_both(client: Client) -> None:
    report(client)
    code = code_of(client)
    mine = intake_queries.follow_report(replace(STRANGER, receipt=code))
    draft = door.draft_for(
        [Audience(AudienceKind.REPORTER, mine.id)],
        purpose=Purpose.ASK,
        item=ItemKind.QUESTION,
        title="Een vraag",
        tlp=TLP.AMBER_STRICT,
        origins=(Origin(mine.id, None, digest_of(code)),),
    )
    told = disclosure_actions.disclose(door.analyst(), draft=draft, reason="nodig", seen=Unshown.IN_A_PROGRAM)
    client.post("/follow", {"code": code})
    for address in ("/follow", f"/follow/messages/{told.id}"):
        page = client.get(address).content.decode()
        assert "Een vraag" in page
        assert labels(page) == (True, True), address


@pytest.mark.django_db
def test_the_feed_of_a_sensor_carries_both_with_each_indicator() -> None:
    network.found_country()
    indicator = network.add(tlp=TLP.AMBER_STRICT)
    (found,) = [
        one for one in json.loads(bundle_of([indicator], csirt="CSIRT"))["objects"] if one["type"] == "indicator"
    ]
    assert found["object_marking_refs"] == [TLP.AMBER_STRICT.stix_id]
    assert found["labels"] == [PAP.GREEN.value]
    told = network.tell(indicator)
    kept = disclosure_queries.get_disclosure(network.analyst(), disclosure=told.id)
    assert (kept.tlp, kept.pap) == (TLP.AMBER_STRICT, PAP.GREEN)
