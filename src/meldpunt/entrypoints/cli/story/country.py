"""The country is founded: its organisations, parties, ISACs, detection network, and the people of the story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meldpunt.access import queries as access_queries
from meldpunt.access.binding import bound
from meldpunt.access.values import Actor, Door, OrganisationId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import IsacId, Oversight

from .cast import Cast, Machine, Player, machines, players, story_data
from .registrations import Entrant, constituents, parties

HIDDEN_EACH = 5
"""Every so many-th member of an ISAC sits there without the others knowing."""

SENSOR_EACH = 3
"""Every so many-th organisation of a sector in the detection network hosts a sensor."""


def is_founded(viewer: Actor) -> bool:
    """Whether the country is there already."""
    return constituency_queries.count_organisations(viewer) > 0


def found_country(actor: Actor) -> Cast:
    """Found the whole country in one transaction, so that a run that is killed halfway leaves none of it.

    `actor` may manage the constituency and accounts and speaks at the jobs door. Raises `RegistrationRefused` where
    the country is there already.
    """
    with bound(actor):
        entrants = [*parties(), *constituents()]
        ids = constituency_actions.register_organisations(actor, forms=[entrant.form for entrant in entrants])
        placed = list(zip(ids, entrants, strict=True))
        organisations = {entrant.cast: id_ for id_, entrant in placed if entrant.cast}
        _appoint_authorities(actor, organisations)
        isacs = _seat_isacs(actor, placed)
        _join_network(actor, placed, organisations)
        actors = {player.cast: _admit(actor, player, organisations) for player in players()}
        actors |= {machine.cast: _issue(actor, machine, organisations) for machine in machines()}
    return Cast(actors=actors, organisations=organisations, isacs=isacs)


def _appoint_authorities(actor: Actor, organisations: Mapping[str, OrganisationId]) -> None:
    for row in story_data("parties").rows("authorities"):
        for sector in row.texts("sectors"):
            for oversight in Oversight:
                party = organisations[row.text(oversight.value)]
                constituency_actions.appoint_authority(actor, sector=sector, oversight=oversight, party=party)


def _seat_isacs(actor: Actor, placed: Sequence[tuple[OrganisationId, Entrant]]) -> dict[str, IsacId]:
    isacs: dict[str, IsacId] = {}
    for row in story_data("parties").rows("isacs"):
        sectors = row.texts("sectors")
        isac = constituency_actions.create_isac(actor, sector=sectors[0], name=row.text("name"))
        isacs[sectors[0]] = isac
        for number, organisation in enumerate(_of_sectors(placed, sectors)):
            constituency_actions.join_isac(
                actor,
                isac=isac,
                organisation=organisation,
                hidden=number % HIDDEN_EACH == HIDDEN_EACH - 1,
                chair=number == 0,
            )
    return isacs


def _join_network(
    actor: Actor,
    placed: Sequence[tuple[OrganisationId, Entrant]],
    organisations: Mapping[str, OrganisationId],
) -> None:
    network = story_data("cast").row("network")
    chosen = [organisations[cast] for cast in network.texts("participants")]
    for sector in network.texts("sectors"):
        chosen += _of_sectors(placed, (sector,))[::SENSOR_EACH]
    for organisation in dict.fromkeys(chosen):
        constituency_actions.join_detection_network(actor, organisation=organisation)


def _of_sectors(placed: Sequence[tuple[OrganisationId, Entrant]], sectors: Sequence[str]) -> list[OrganisationId]:
    return [
        organisation
        for organisation, entrant in placed
        if entrant.form.kind == "constituent" and entrant.form.sector in sectors
    ]


def _admit(actor: Actor, player: Player, organisations: Mapping[str, OrganisationId]) -> Actor:
    organisation = organisations[player.organisation] if player.organisation else None
    admitted = constituency_actions.admit_person(
        actor,
        email=player.mail,
        name=player.name,
        roles=player.roles,
        password=player.password,
        organisation=organisation,
    )
    return Actor(
        id=admitted,
        name=player.name,
        door=Door.PORTAL if organisation else Door.DESK,
        roles=player.roles,
        organisation=organisation,
    )


def _issue(actor: Actor, machine: Machine, organisations: Mapping[str, OrganisationId]) -> Actor:
    key = constituency_actions.issue_key(
        actor,
        name=machine.name,
        role=machine.role,
        organisation=organisations[machine.organisation],
        key=machine.key,
    )
    found = access_queries.find_actor_by_key(key)
    if found is None:
        raise LookupError(f"the key of {machine.name} opens nothing")
    return found
