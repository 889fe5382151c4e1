"""From which reports the documents stem, and who must therefore stay unnamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId, PartyRole
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.values import Origin
from meldpunt.engines.redaction.identity import Identity

from .. import models
from ..values import RequestId, SelectionId


@dataclass(frozen=True, slots=True)
class Concern:
    """What of a request concerns one organisation. Without `origins` it did not report it itself."""

    selections: tuple[SelectionId, ...]
    origins: tuple[Origin, ...]


_TO_HIDE = frozenset({PartyRole.REPORTER, PartyRole.VICTIM})


@look(Permission.INFORMATION_REQUEST_HANDLE)
def origins_of(viewer: Actor, /, *, selections: Sequence[SelectionId]) -> tuple[Origin, ...]:
    """Every report of the cases behind the documents: who made one finds the answer among what was told of it."""
    found = (case_queries.origins_of(viewer, case=case) for case in _cases(selections))
    return tuple(dict.fromkeys(origin for origins in found for origin in origins))


@look(Permission.INFORMATION_REQUEST_HANDLE)
def identities_of(viewer: Actor, /, *, selections: Sequence[SelectionId]) -> tuple[Identity, ...]:
    """What points at the organisations that these cases are about, whether they told us or somebody else did."""
    about = dict.fromkeys(one for case in _cases(selections) for one in _about(viewer, case))
    terms = constituency_queries.list_masking_terms(viewer, organisations=about)
    return tuple(terms[one] for one in about)


@look(Permission.INFORMATION_REQUEST_HANDLE)
def concerned_by(viewer: Actor, /, *, request: RequestId) -> Mapping[OrganisationId, Concern]:
    """Each organisation that these documents concern, with which of them and the reports it made itself."""
    found: dict[OrganisationId, Concern] = {}
    rows = models.Selection.objects.filter(request_id=request).order_by("position")
    by_case: dict[CaseId, list[SelectionId]] = {}
    for selection, case in rows.values_list("id", "case_id"):
        by_case.setdefault(CaseId(case), []).append(SelectionId(selection))
    for case, selections in by_case.items():
        for organisation in _about(viewer, case):
            own = case_queries.origins_of(viewer, case=case, organisation=organisation)
            before = found.get(organisation, Concern((), ()))
            origins = tuple(dict.fromkeys((*before.origins, *own)))
            found[organisation] = Concern((*before.selections, *selections), origins)
    return found


def _about(viewer: Actor, case: CaseId) -> tuple[OrganisationId, ...]:
    found = case_queries.get_case(viewer, case=case)
    about = dict.fromkeys(line.organisation for line in found.reports if line.organisation)
    hidden = (party.organisation for party in found.parties if party.role in _TO_HIDE)
    for organisation in (*([found.organisation] if found.organisation else []), *hidden):
        if organisation.kind == "constituent":
            about[organisation.id] = None
    return tuple(about)


def _cases(selections: Sequence[UUID]) -> list[CaseId]:
    rows = models.Selection.objects.filter(id__in=selections).order_by("case_id")
    return [CaseId(one) for one in rows.values_list("case_id", flat=True).distinct()]
