"""8. The quarter's overview: counted, small cells protected, attacked, and published."""

from __future__ import annotations

from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import State, Unshown
from meldpunt.statistics import actions as statistics_actions
from meldpunt.statistics import queries as statistics_queries

from ..world import World
from .arriving import quarter_before


def play(world: World) -> None:
    """Compile and publish the last whole quarter."""
    statistician = world.actor("statistician")
    first, last = quarter_before(world.today)
    overview = statistics_actions.compile_overview(statistician, first_day=first, last_day=last)
    world.ids["overview"] = overview
    found = statistics_queries.get_overview(statistician, overview=overview)
    world.tell(f"  {found.first_day} to {found.last_day}: attacker's check passed: {found.audit.passed}")
    told = statistics_actions.publish_overview(
        statistician, overview=overview, reason="Het kwartaaloverzicht.", seen=Unshown.IN_A_PROGRAM
    )
    if told.state is State.WAITING_FOR_APPROVAL:
        told = disclosure_actions.approve_disclosure(
            world.actor("duty-officer"),
            disclosure=told.id,
            reason="De cijfers verraden niemand.",
            seen=told.sight,
        )
    world.tell(f"  overview {told.state.value}: {', '.join(file.name for file in told.attachments)}")
