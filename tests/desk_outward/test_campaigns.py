"""The pages of campaigns."""

from __future__ import annotations

import re

import pytest
from tests.campaigns.cast import Scene, scene
from tests.constituency.cast import member_of
from tests.desk_outward.cast import Colleague, colleague
from tests.web.shown import confirming

from meldpunt.access.values import Role
from meldpunt.campaigns import actions as campaign_actions
from meldpunt.campaigns import queries as campaign_queries
from meldpunt.campaigns.values import Campaign, WarningState
from meldpunt.constituency import actions as constituency_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def played() -> Scene:
    return scene()


@pytest.fixture
def analyst() -> Colleague:
    return colleague(Role.ANALYST)


@pytest.fixture
def campaign(played: Scene, analyst: Colleague) -> Campaign:
    return campaign_actions.prepare_campaign(
        analyst.actor, report=played.feed, title="Telnet staat open", text="Zet telnet uit."
    )


def test_a_feed_becomes_a_campaign_with_a_package_each(played: Scene, analyst: Colleague) -> None:
    assert f"/campaigns/new/{played.feed}" in analyst.get("/desk/campaigns").content.decode()
    words = {"title": "Telnet staat open", "text": "Zet telnet uit."}
    page = analyst.post(f"/desk/campaigns/new/{played.feed}", words, follow=True).content.decode()
    assert page.count('name="organisation"') == 2
    assert "198[.]51[.]100[.]0/24" in page


def test_a_wave_warns_only_who_was_ticked(played: Scene, analyst: Colleague, campaign: Campaign) -> None:
    said = {"reason": "Nu open", "organisation": [str(played.other), "no id"]}
    address = f"/desk/campaigns/{campaign.id}/wave"
    page = analyst.post(address, confirming(analyst, address, said), follow=True).content.decode()
    assert "1 sent" in page
    progress = campaign_queries.count_progress(analyst.actor, campaign=campaign.id)
    assert (progress[WarningState.SENT], progress[WarningState.NOT_SENT]) == (1, 1)


def test_a_wave_shows_whom_it_warns_of_how_much_before_anybody_is_warned(
    played: Scene, analyst: Colleague, campaign: Campaign
) -> None:
    page = analyst.post(f"/desk/campaigns/{campaign.id}/wave").content.decode()
    for package in campaign_queries.list_packages(analyst.actor, campaign=campaign.id):
        code, rows = package.organisation.code, package.rows
        assert re.search(rf'<th scope="row">{code}</th><td class="number">{rows}</td>', page)
    assert page.count("Zet telnet uit.") == 2
    assert not campaign_queries.get_campaign(analyst.actor, campaign=campaign.id).waves


def test_who_joined_the_wave_after_it_was_shown_is_not_warned_unseen(
    played: Scene, analyst: Colleague, campaign: Campaign
) -> None:
    address = f"/desk/campaigns/{campaign.id}/wave"
    shown = confirming(analyst, address, {"reason": "Nu open", "organisation": [str(played.other)]})
    answer = analyst.post(address, {key: value for key, value in shown.items() if key != "organisation"})
    assert answer.status_code == 409
    assert "What you saw has changed meanwhile" in answer.content.decode()
    assert not campaign_queries.get_campaign(analyst.actor, campaign=campaign.id).waves


def test_a_wave_without_a_reason_goes_to_nobody(analyst: Colleague, campaign: Campaign) -> None:
    address = f"/desk/campaigns/{campaign.id}/wave"
    assert analyst.post(address, confirming(analyst, address, {"reason": ""})).status_code == 422
    assert not campaign_queries.get_campaign(analyst.actor, campaign=campaign.id).waves


def test_a_closed_campaign_takes_no_wave(analyst: Colleague, campaign: Campaign) -> None:
    page = analyst.post(f"/desk/campaigns/{campaign.id}/close", {"reason": "Opgelost"}, follow=True).content.decode()
    assert "Send the wave" not in page
    assert analyst.post(f"/desk/campaigns/{campaign.id}/wave", {"reason": "Toch"}).status_code == 409


def test_a_package_is_saved_under_the_code_of_its_organisation_once_that_is_unsealed(
    analyst: Colleague, campaign: Campaign
) -> None:
    package = campaign_queries.list_packages(analyst.actor, campaign=campaign.id)[0]
    address = f"/desk/campaigns/packages/{package.id}"
    assert analyst.get(address).status_code == 409
    assert address not in analyst.get(f"/desk/campaigns/{campaign.id}").content.decode()
    constituency_actions.unseal_identity(analyst.actor, organisation=package.organisation.id, purpose="nakijken")
    assert address in analyst.get(f"/desk/campaigns/{campaign.id}").content.decode()
    answer = analyst.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="{package.organisation.code}.csv"'
    assert answer.content == campaign_queries.get_package(analyst.actor, package=package.id).data


def test_a_statistician_sees_no_campaign(campaign: Campaign) -> None:
    browser = colleague(Role.STATISTICIAN)
    assert browser.get("/desk/campaigns").status_code == 404
    assert browser.get(f"/desk/campaigns/{campaign.id}").status_code == 404


def test_a_feed_and_its_campaign_point_at_each_other(played: Scene, analyst: Colleague, campaign: Campaign) -> None:
    assert f'href="/desk/campaigns/{campaign.id}"' in analyst.get(f"/desk/reports/{played.feed}").content.decode()
    page = analyst.get(f"/desk/campaigns/{campaign.id}").content.decode()
    assert f'href="/desk/reports/{played.feed}"' in page
    assert f'href="/desk/disclosures?subject={campaign.id}"' in page


def test_beside_a_suggestion_stands_the_campaign_in_which_both_were_warned(
    analyst: Colleague, campaign: Campaign
) -> None:
    said = ReportForm("Telnet", "Ingelogd vanaf 203.0.113.200.")
    owners = {one.organisation.id for one in campaign_queries.list_packages(analyst.actor, campaign=campaign.id)}
    first, _ = (intake_actions.receive_report(member_of(one), form=said).report for one in sorted(owners)[:2])
    page = analyst.get(f"/desk/reports/{first}").content.decode()
    assert "both in campaign Telnet staat open" in page
