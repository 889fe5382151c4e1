"""Who carries what fails next: the organisations to warn."""

from __future__ import annotations

from collections.abc import Mapping

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.services import queries as service_queries
from meldpunt.services.values import service_in
from meldpunt.triage.values import Estimate


def carriers_of(viewer: Actor, estimate: Estimate | None) -> Mapping[str, tuple[Organisation, ...]]:
    """Per process or service that fails next the organisations that carry it, as the viewer may know them."""
    if estimate is None or not may(viewer.roles, Permission.CONSTITUENCY_READ):
        return {}
    nodes = [one.node for one in estimate.next_hit]
    services = service_queries.list_by_ids(viewer, services=[one for node in nodes if (one := service_in(node))])
    delivered = {one.node: (one.organisation,) for one in services.values() if one.organisation}
    processes = [node for node in nodes if not service_in(node)]
    return {**constituency_queries.list_carriers(viewer, processes=processes), **delivered}
