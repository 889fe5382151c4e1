"""A campaign from feed to acknowledgement."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from tests.campaigns import cast
from tests.disclosure.cast import actor_of, analyst, constituent, stranger

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Door, OrganisationId, Role
from meldpunt.campaigns import actions, queries
from meldpunt.campaigns.errors import CampaignClosed, CampaignNotFound, NobodyToWarn, WordingMissing
from meldpunt.campaigns.values import Campaign, CampaignId, CampaignState, PackageId, PackageLine, WarningState
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Delivered, ItemKind, Unshown
from meldpunt.intake import queries as intake_queries
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db

ANALYST = analyst()


@pytest.fixture
def scene() -> cast.Scene:
    return cast.scene()


@pytest.fixture
def campaign(scene: cast.Scene) -> Campaign:
    return actions.prepare_campaign(ANALYST, report=scene.feed, title="Open telnet", text="Zet telnet uit.")


def packages(campaign: Campaign) -> dict[OrganisationId, PackageLine]:
    return {line.organisation.id: line for line in queries.list_packages(ANALYST, campaign=campaign.id)}


def data_of(campaign: Campaign, organisation: OrganisationId) -> bytes:
    """The package of one organisation, for an analyst who unsealed it."""
    viewer = analyst()
    constituency_actions.unseal_identity(viewer, organisation=organisation, purpose="nakijken")
    return queries.get_package(viewer, package=packages(campaign)[organisation].id).data


def told_to(organisation: OrganisationId) -> tuple[Delivered, ...]:
    return disclosure_queries.list_delivered(constituent(organisation), item=ItemKind.WARNING)


def test_one_package_per_organisation_and_the_rest_counted_by_network(scene: cast.Scene, campaign: Campaign) -> None:
    assert {owner: line.rows for owner, line in packages(campaign).items()} == {scene.country.water: 2, scene.other: 1}
    counted = [(one.network, one.rows) for one in campaign.unattributed]
    assert counted == [("198.51.100.0/24", 2), ("2001:db8:5::/48", 1)]
    assert campaign.line.rsit == "vulnerable/vulnerable-system"


def test_a_package_opens_for_who_unsealed_its_organisation_and_is_sent_by_who_did_not(
    scene: cast.Scene, campaign: Campaign
) -> None:
    with pytest.raises(IdentitySealed):
        queries.get_package(ANALYST, package=packages(campaign)[scene.country.water].id)
    actions.send_wave(ANALYST, campaign=campaign.id, reason="Kwetsbaar.", seen=Unshown.IN_A_PROGRAM)
    (told,) = told_to(scene.country.water)
    assert told.attachments


def test_the_ledger_says_which_feed_was_read_whole(scene: cast.Scene, campaign: Campaign) -> None:
    (entry,) = ledger_queries.list_entries(ANALYST, subject=campaign.id, kind=Kind.COMPILED)
    assert entry.details["read_whole"] == str(scene.feed)


def test_a_package_holds_no_row_of_another(scene: cast.Scene, campaign: Campaign) -> None:
    text = data_of(campaign, scene.country.water).decode()
    assert "192.0.2.9" in text
    assert "192.0.2.10" in text
    assert "203.0.113.7" not in text
    assert "198.51.100" not in text


def test_formulas_and_contact_data_do_not_leave(scene: cast.Scene, campaign: Campaign) -> None:
    text = data_of(campaign, scene.country.water).decode()
    assert '"\'=cmd()"' in text
    assert "beheer@" not in text


def test_a_feed_of_nobody_makes_no_campaign() -> None:
    feed = cast.receive_feed().report
    with pytest.raises(NobodyToWarn):
        actions.prepare_campaign(ANALYST, report=feed, title="Open telnet", text="Zet telnet uit.")


def test_each_organisation_is_told_of_its_own_systems_alone(scene: cast.Scene, campaign: Campaign) -> None:
    wave = actions.send_wave(ANALYST, campaign=campaign.id, reason="Misbruik is gezien.", seen=Unshown.IN_A_PROGRAM)
    assert (wave.number, len(wave.sent), wave.refused, wave.waiting) == (1, 2, (), ())
    (told,) = told_to(scene.country.water)
    (file,) = told.attachments
    reader = constituent(scene.country.water)
    opened = disclosure_queries.open_attachment(reader, disclosure=told.id, attachment=file.id)
    assert opened.data == data_of(campaign, scene.country.water)
    assert told_to(scene.country.energy) == ()


def test_progress_is_what_the_readers_did(scene: cast.Scene, campaign: Campaign) -> None:
    actions.send_wave(ANALYST, campaign=campaign.id, reason="Misbruik is gezien.", seen=Unshown.IN_A_PROGRAM)
    assert packages(campaign)[scene.country.water].state is WarningState.SENT
    (told,) = told_to(scene.country.water)
    disclosure_actions.open_disclosure(constituent(scene.country.water), disclosure=told.id)
    assert packages(campaign)[scene.country.water].state is WarningState.READ
    disclosure_actions.acknowledge_disclosure(constituent(scene.country.water), disclosure=told.id)
    counted = queries.count_progress(ANALYST, campaign=campaign.id)
    assert (counted[WarningState.ACKNOWLEDGED], counted[WarningState.SENT]) == (1, 1)


def test_the_second_wave_goes_to_who_has_not_acknowledged(scene: cast.Scene, campaign: Campaign) -> None:
    actions.send_wave(ANALYST, campaign=campaign.id, reason="Misbruik is gezien.", seen=Unshown.IN_A_PROGRAM)
    (told,) = told_to(scene.country.water)
    disclosure_actions.acknowledge_disclosure(constituent(scene.country.water), disclosure=told.id)
    second = actions.send_wave(ANALYST, campaign=campaign.id, reason="Nog steeds open.", seen=Unshown.IN_A_PROGRAM)
    assert (second.number, len(second.sent)) == (2, 1)
    assert packages(campaign)[scene.country.water].wave == 1
    assert [wave.warnings for wave in queries.get_campaign(ANALYST, campaign=campaign.id).waves] == [2, 1]


def test_a_wave_goes_to_the_organisations_named(scene: cast.Scene, campaign: Campaign) -> None:
    actions.send_wave(
        ANALYST,
        campaign=campaign.id,
        reason="Eerst deze.",
        organisations=[scene.country.water],
        seen=Unshown.IN_A_PROGRAM,
    )
    assert len(told_to(scene.country.water)) == 1
    assert packages(campaign)[scene.other].state is WarningState.NOT_SENT


def test_the_feed_is_marked_and_its_reporter_has_the_trace(scene: cast.Scene, campaign: Campaign) -> None:
    actions.send_wave(ANALYST, campaign=campaign.id, reason="Misbruik is gezien.", seen=Unshown.IN_A_PROGRAM)
    report = intake_queries.get_report(ANALYST, report=scene.feed)
    assert [line.mark for line in report.progress] == [actions.WARNED]
    assert queries.list_campaigns(ANALYST)[0].state is CampaignState.RUNNING
    lines = disclosure_queries.trace_report(stranger(scene.code), report=scene.feed)
    told = {one.label.en for line in lines for one in line.addressees}
    assert told == {"an organisation in the sector drinking water", "an organisation in the sector transport"}


@pytest.mark.parametrize("organisations", [[], [OrganisationId(uuid4())]])
def test_a_wave_to_nobody_is_refused(campaign: Campaign, organisations: list[OrganisationId]) -> None:
    with pytest.raises(NobodyToWarn):
        actions.send_wave(
            ANALYST, campaign=campaign.id, reason="Nu.", organisations=organisations, seen=Unshown.IN_A_PROGRAM
        )


def test_a_wave_without_a_reason_leaves_nothing(scene: cast.Scene, campaign: Campaign) -> None:
    with pytest.raises(WordingMissing):
        actions.send_wave(ANALYST, campaign=campaign.id, reason=" ", seen=Unshown.IN_A_PROGRAM)
    assert told_to(scene.country.water) == ()


def test_no_wave_leaves_a_closed_campaign(campaign: Campaign) -> None:
    closed = actions.close_campaign(ANALYST, campaign=campaign.id, reason="Opgelost.")
    assert closed.line.state is CampaignState.CLOSED
    with pytest.raises(CampaignClosed):
        actions.send_wave(ANALYST, campaign=campaign.id, reason="Nog een keer.", seen=Unshown.IN_A_PROGRAM)


def test_a_campaign_that_is_not_there_is_not_found() -> None:
    with pytest.raises(CampaignNotFound):
        actions.send_wave(ANALYST, campaign=CampaignId(uuid4()), reason="Nu.", seen=Unshown.IN_A_PROGRAM)


@pytest.mark.parametrize("role", [Role.CONSTITUENT, Role.PARTY])
def test_nobody_outside_runs_or_reads_a_campaign(scene: cast.Scene, campaign: Campaign, role: Role) -> None:
    outsider = actor_of(role, Door.PORTAL, organisation=scene.country.water)
    with pytest.raises(PermissionMissing):
        queries.get_package(outsider, package=PackageId(uuid4()))
    with pytest.raises(PermissionMissing):
        actions.send_wave(outsider, campaign=campaign.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)


@pytest.mark.parametrize("table", ["campaign", "package", "wave", "warned"])
@pytest.mark.parametrize("door", ["portal", "public", "sensor", "jobs"])
def test_no_other_door_reaches_the_tables(campaign: Campaign, table: str, door: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE meldpunt_{door}")
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"SELECT count(*) FROM campaigns_{table}")


def test_a_package_can_never_be_changed(campaign: Campaign) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), bound(ANALYST), connection.cursor() as cursor:
        cursor.execute("UPDATE campaigns_package SET data = 'x'")


def test_a_job_reads_no_campaign() -> None:
    with pytest.raises(PermissionMissing):
        queries.list_campaigns(JOB)
