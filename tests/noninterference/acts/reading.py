"""How the victim reads what it was told: with keys of its own, and by a machine."""

from __future__ import annotations

from tests.noninterference.acts.telling import advise
from tests.noninterference.country import READER_KEYS
from tests.noninterference.founding import machine_of
from tests.noninterference.worlds import World

from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries


def bring_a_key(world: World) -> None:
    """Whoever has the night at the victim brings a key, and the desk calls."""
    mail, officer = world.victim.company.night_mail, world.actor("second-duty-officer")
    ways = constituency_queries.list_reachable(world.reporter, organisation=world.organisation)
    [contact] = [one.contact for one in ways if one.mail == mail]
    raw = world.country.keyrings[mail]["public"].encode("latin-1")
    key = constituency_actions.bring_key(world.reporter, contact=contact, raw=raw)
    ways = constituency_queries.list_reachable(world.reporter, organisation=world.organisation)
    fingerprint = next(one.fingerprint for way in ways for one in way.keys if one.id == key)
    constituency_actions.verify_key(officer, key=key, fingerprint=fingerprint, how="Gebeld.")
    world.ids["key"] = key


def take_the_key_back(world: World) -> None:
    """That key is not used any more."""
    if "key" not in world.ids:
        bring_a_key(world)
    reason = f"Laptop van {world.victim.company.night} kwijt."
    constituency_actions.revoke_key(world.reporter, key=world.ids.pop("key"), reason=reason)  # type: ignore[arg-type]


def fetch_by_machine(world: World) -> None:
    """The victim's own machine fetches its advice and says that it arrived."""
    advise(world)
    machine = machine_of(READER_KEYS[world.victim.seat])
    for told in disclosure_queries.list_delivered(machine):
        disclosure_actions.open_disclosure(machine, disclosure=told.id)
        if told.withdrawn_at is None:
            disclosure_actions.acknowledge_disclosure(machine, disclosure=told.id, note="Binnen.")
