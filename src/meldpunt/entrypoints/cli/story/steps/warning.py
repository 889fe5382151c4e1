"""Beside step 6: the feed's victims are warned, each with its own rows and nobody else's."""

from __future__ import annotations

from meldpunt.campaigns import actions as campaign_actions
from meldpunt.campaigns import queries as campaign_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind, Unshown

from ..world import World


def play(world: World) -> None:
    """Prepare packages, send a wave, and let the bank acknowledge."""
    analyst = world.actor("analyst")
    campaign = campaign_actions.prepare_campaign(
        analyst,
        report=world.receipts["feed"].report,
        title="Beheer op afstand staat open naar internet",
        text="Op onderstaande adressen is beheer op afstand bereikbaar. Sluit het af of zet er een VPN voor.",
    )
    world.ids["campaign"] = campaign.id
    wave = campaign_actions.send_wave(
        analyst, campaign=campaign.id, reason="Kwetsbaar en makkelijk te vinden.", seen=Unshown.IN_A_PROGRAM
    )
    world.tell(f"  wave {wave.number} of the warning went out")
    bank = world.actor("bank-security")
    for told in disclosure_queries.list_delivered(bank, item=ItemKind.WARNING):
        disclosure_actions.open_disclosure(bank, disclosure=told.id)
        disclosure_actions.acknowledge_disclosure(bank, disclosure=told.id, note="Poort dicht.")
    progress = campaign_queries.count_progress(analyst, campaign=campaign.id)
    world.tell("  " + ", ".join(f"{state.value} {count}" for state, count in progress.items() if count))
