"""All that the house knows of one value, put together from what the rooms say. Nobody outside is asked here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.detection import queries as detection_queries
from meldpunt.detection.values import Indicator
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId
from meldpunt.engines.matching.grammar import parse_address, parse_host, parse_url
from meldpunt.engines.matching.values import Address, Host, ObservableKind
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import NotToBeAsked


def find_value(viewer: Actor, observable: UUID) -> tuple[str, str] | None:
    """Kind and value behind the id, of a report or of a case; None where it is not there or sealed for the viewer."""
    line = intake_queries.find_observable(viewer, observable=observable)
    return (line.kind, line.value) if line else case_queries.find_observable(viewer, observable=observable)


def holders_of(viewer: Actor, *, kind: str, value: str, at: datetime) -> tuple[tuple[Organisation, str], ...]:
    """Who of the constituency holds or hosts it by its register, each with the prefix or domain that says so.

    By code: the name shows where that organisation is unsealed.
    """
    address, host = _place_of(kind, value)
    if (address is None and host is None) or not may(viewer.roles, Permission.ATTRIBUTE):
        return ()
    registry = constituency_queries.compile_registry(
        viewer, addresses=[address] if address else [], hosts=[host] if host else []
    )
    found = registry.attribute(at=at, address=address, host=host)
    known = constituency_queries.list_by_ids(viewer, organisations={UUID(one.owner) for one in found})
    owners = [(OrganisationId(UUID(one.owner)), one.matched) for one in found]
    return tuple((known[owner], matched) for owner, matched in owners if owner in known)


def told_of(viewer: Actor, indicator: Indicator | None) -> Mapping[DisclosureId, str]:
    """The disclosures that told this indicator, with their titles."""
    if indicator is None or not may(viewer.roles, Permission.DISCLOSURE_PROPOSE):
        return {}
    return disclosure_queries.list_titles(viewer, disclosures=indicator.disclosures)


def indicator_of(viewer: Actor, *, value: str) -> Indicator | None:
    """The indicator with this value, for who may read indicators."""
    if not may(viewer.roles, Permission.INDICATOR_READ):
        return None
    return detection_queries.find_by_value(viewer, value=value)


def registry_of(viewer: Actor, *, kind: str, value: str) -> Mapping[str, object]:
    """What a registry would be asked, or in words why it is not; nothing where none is known."""
    if not may(viewer.roles, Permission.REPORT_COMPLETE):
        return {}
    try:
        return {"question": intake_actions.may_ask_registry(viewer, kind=kind, value=value)}
    except NotToBeAsked as refusal:
        return {"not_asked": in_words(refusal)}


def _place_of(kind: str, value: str) -> tuple[Address | None, Host | None]:
    """What of the value a register can know: the address or host in it."""
    if kind == ObservableKind.ADDRESS:
        return parse_address(value), None
    if kind == ObservableKind.DOMAIN:
        return None, parse_host(value)
    if kind == ObservableKind.MAIL:
        return None, parse_host(value.rpartition("@")[2])
    if kind == ObservableKind.URL:
        host = parse_url(value).host
        return (None, host) if isinstance(host, str) else (host, None)
    return None, None
