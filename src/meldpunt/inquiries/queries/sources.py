"""From which reports a case stems, whom its words may point at, and who must stay unnamed whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId, PartyRole
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.values import Origin
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.triage.values import Disruption

_HIT: frozenset[PartyRole] = frozenset({PartyRole.REPORTER, PartyRole.VICTIM})
_MARK = "afgeschermd"


@dataclass(frozen=True, slots=True)
class Source:
    """What a disclosure from a case rests on. `unnamed` points at who was hit and did not tell us itself."""

    origins: tuple[Origin, ...] = ()
    about: tuple[UUID, ...] = ()
    unnamed: tuple[Identity, ...] = ()
    disruption: Disruption | None = None

    def mask(self, text: str) -> str:
        """The door masks whoever reported; an organisation that somebody else reported about is masked here."""
        return hide(text, self.unnamed, ground=_MARK).text


def source_of(viewer: Actor, case: CaseId | None) -> Source:
    """What the case brings along; nothing where there is none. Raises cases.CaseNotFound."""
    if case is None:
        return Source()
    found = case_queries.get_case(viewer, case=case)
    origins = case_queries.origins_of(viewer, case=case)
    about = dict.fromkeys(one.organisation for one in found.reports if one.organisation)
    hit = [one.organisation for one in found.parties if one.role in _HIT]
    for organisation in (*([found.organisation] if found.organisation else []), *hit):
        if organisation.kind == "constituent":
            about[organisation.id] = None
    told_us = {one.organisation for one in origins}
    terms = constituency_queries.list_masking_terms(
        viewer, organisations=[OrganisationId(one) for one in about if one not in told_us]
    )
    return Source(origins, tuple(about), tuple(terms.values()), found.disruption)
