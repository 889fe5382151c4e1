"""Looking for the same elsewhere: indicators out, sightings back, warnings to whom a scan found."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.noninterference.acts.reporting import OF_THE_ATTACKER, by_feed
from tests.noninterference.acts.working import need_case
from tests.noninterference.country import SENSOR_KEY
from tests.noninterference.founding import machine_of
from tests.noninterference.worlds import World

from meldpunt.access.values import JOB
from meldpunt.campaigns import actions as campaign_actions
from meldpunt.detection import actions as detection_actions
from meldpunt.detection.values import IndicatorForm, IndicatorKind
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.vocabulary.markings import PAP


def disclose_indicators(world: World) -> None:
    """What the victim saw goes to the detection network."""
    if "indicator" in world.ids:
        return
    analyst = world.actor("analyst")
    form = IndicatorForm(
        kind=IndicatorKind.DOMAIN,
        value=OF_THE_ATTACKER,
        pap=PAP.GREEN,
        description="Gezien bij een storing.",
        case=need_case(world),
    )
    found = detection_actions.add_indicator(analyst, form=form)
    detection_actions.disclose_indicators(
        analyst, indicators=[found.id], reason="Zien anderen dit?", seen=Unshown.IN_A_PROGRAM
    )
    world.ids["indicator"] = found.id


def see_it(world: World) -> None:
    """A sensor elsewhere sees it."""
    disclose_indicators(world)
    seen_at = timezone.now() - timedelta(minutes=20)
    detection_actions.post_sighting(machine_of(SENSOR_KEY), indicator=world.ids["indicator"], seen_at=seen_at, count=3)
    intake_actions.attribute_reports(JOB)


def warn_in_a_campaign(world: World) -> None:
    """Whoever a scan found is warned, and the victim answers."""
    by_feed(world)
    analyst = world.actor("analyst")
    campaign = campaign_actions.prepare_campaign(
        analyst, report=world.ids["feed"], title="Beheer staat open", text="Sluit het af."
    )
    campaign_actions.send_wave(analyst, campaign=campaign.id, reason="Makkelijk te vinden.", seen=Unshown.IN_A_PROGRAM)
    for told in disclosure_queries.list_delivered(world.reporter, item=ItemKind.WARNING):
        disclosure_actions.open_disclosure(world.reporter, disclosure=told.id)
        disclosure_actions.acknowledge_disclosure(world.reporter, disclosure=told.id, note="Dicht.")
