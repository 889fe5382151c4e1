"""What may be named as out on the page of a report: what its organisation carries and delivers, and what was named."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from meldpunt.access.values import Actor
from meldpunt.services import queries as service_queries
from meldpunt.services.values import Service, service_in
from meldpunt.triage.values import Triage

from .forms.assessment import Estimate

_AVAILABILITY = "availability"


def fresh_estimate(viewer: Actor, triage: Triage, typed: Mapping[str, str] | None = None) -> Estimate:
    """The form as the estimate left it; else with what the organisation delivers and carries.

    All of that is suggested as out where the report is about availability. It has room for what was `typed` into it
    and not sent.
    """
    named = set(typed.values()) if typed else set()
    assessment = triage.assessment
    outage = assessment.estimate.outage if assessment and assessment.estimate else None
    if outage:
        services = named_services(viewer, {*outage.shares, *named})
        return Estimate(services=services, outage=outage, typed=typed, version=triage.version)
    organisation = triage.organisation
    delivered = service_queries.list_of_organisation(viewer, organisation=organisation.id) if organisation else ()
    is_out = bool(assessment and assessment.rsit_class and assessment.rsit_class.id == _AVAILABILITY)
    share = "1" if is_out else ""
    others = [one for one in named_services(viewer, named) if one not in delivered]
    return Estimate(
        processes=triage.processes,
        services=delivered,
        others=others,
        share=share,
        typed=typed,
        version=triage.version,
    )


def posted_estimate(viewer: Actor, data: Mapping[str, str]) -> Estimate:
    """The form as it was sent, with the services that it names."""
    return Estimate(data, services=named_services(viewer, set(data.values())))


def named_services(viewer: Actor, nodes: Collection[str]) -> tuple[Service, ...]:
    """The services among these nodes."""
    ids = [one for node in nodes if (one := service_in(node))]
    return tuple(service_queries.list_by_ids(viewer, services=ids).values()) if ids else ()
