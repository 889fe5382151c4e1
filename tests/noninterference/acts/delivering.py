"""What the victim tells of its own services, and what the desk does with it."""

from __future__ import annotations

from tests.noninterference.worlds import World

from meldpunt.access.values import JOB
from meldpunt.services import actions as service_actions
from meldpunt.services import queries as service_queries
from meldpunt.services.values import OwnLeanForm, OwnServiceForm, ServiceId


def tell_of_a_service(world: World) -> None:
    """The victim tells of a service that bears its name, and of whom it leans on; nobody else sees that it did."""
    need_service(world)


def lean_on_somebody(world: World) -> None:
    """The victim names a provider, and the desk says which service that is."""
    service = need_service(world)
    form = OwnLeanForm(service, "", (20, 40, 60), (1, 2, 4), "Kabel De Kwelder", "telecom")
    service_actions.tell_own_dependency(world.reporter, form=form)
    service_actions.read_namings(JOB)
    analyst = world.actor("analyst")
    for named in service_queries.list_named(analyst):
        service_actions.place_naming(analyst, naming=named.id)


def count_anew(world: World) -> None:
    """The victim says that more people use it."""
    service_actions.count_served(world.reporter, service=need_service(world), people=200)


def need_service(world: World) -> ServiceId:
    """A service of the victim's own."""
    if "service" not in world.ids:
        name = f"pompen van {world.victim.company.name}"
        added = service_actions.add_own_service(world.reporter, form=OwnServiceForm(name, people=100))
        service_actions.tell_own_dependency(world.reporter, form=OwnLeanForm(added, "E1", (20, 40, 60), (1, 2, 4)))
        world.ids["service"] = added
    return ServiceId(world.ids["service"])
