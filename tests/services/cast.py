"""A bank, a water company, and a provider that both lean on; for tests of this room and of those downstream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.constituency.cast import BANK, WATER, somebody

from meldpunt.access.values import JOB, Actor, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.services import actions
from meldpunt.services.values import DependencyForm, DependencyId, ServiceForm, ServiceId, Sureness, node_of

DAY = date(2026, 11, 2)
WHY = "Verteld in de jaarlijkse oefening."


@dataclass(frozen=True)
class Register:
    """Payments of the bank and pumping of the water company lean on the network of a provider outside."""

    analyst: Actor
    keeper: Actor
    bank: OrganisationId
    water: OrganisationId
    payments: ServiceId
    pumping: ServiceId
    network: ServiceId


def leaning(
    of: ServiceId | str,
    on: ServiceId | str,
    *,
    strength: tuple[float, float, float] = (40, 60, 90),
    buffer_hours: tuple[float, float, float] = (0, 2, 4),
) -> DependencyForm:
    """One leans on the other; ends are services or processes."""
    ends = [one if isinstance(one, str) else node_of(one) for one in (of, on)]
    return DependencyForm(ends[0], ends[1], strength, buffer_hours, "de beheerder", DAY, Sureness.TOLD)


def lean(actor: Actor, form: DependencyForm) -> DependencyId:
    """Tell it."""
    return actions.tell_dependency(actor, form=form, reason=WHY)


def register(actor: Actor, form: ServiceForm) -> ServiceId:
    """Register it."""
    return actions.register_service(actor, form=form, reason=WHY)


def founded() -> Register:
    """The register, with what leans on what: payments carry F1, and pumping D1."""
    bank, water = (constituency_actions.register_organisation(JOB, form=form) for form in (BANK, WATER))
    analyst = somebody(Door.DESK, Role.ANALYST)
    payments = register(analyst, ServiceForm("betaalautomaten", organisation=bank))
    pumping = register(analyst, ServiceForm("pompen op afstand", organisation=water))
    network = register(analyst, ServiceForm("vast net", provider="Waddenkabel", sector="telecom"))
    lean(analyst, leaning(payments, network))
    lean(analyst, leaning(pumping, network, buffer_hours=(6, 12, 24)))
    lean(analyst, leaning("F1", payments, strength=(60, 80, 95), buffer_hours=(0, 1, 2)))
    keeper = somebody(Door.DESK, Role.DUTY_OFFICER)
    return Register(analyst, keeper, bank, water, payments, pumping, network)
