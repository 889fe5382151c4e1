"""From which reports the documents stem, and who must therefore stay unnamed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId, PartyRole
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.values import Origin
from meldpunt.engines.redaction.identity import Identity

from .. import models
from ..values import SelectionId

_TO_HIDE = frozenset({PartyRole.REPORTER, PartyRole.VICTIM})


@look(Permission.INFORMATION_REQUEST_HANDLE)
def origins_of(viewer: Actor, /, *, selections: Sequence[SelectionId]) -> tuple[Origin, ...]:
    """Every report of the cases behind the documents: who made one finds the answer among what was told of it."""
    found = (case_queries.origins_of(viewer, case=case) for case in _cases(selections))
    return tuple(dict.fromkeys(origin for origins in found for origin in origins))


@look(Permission.INFORMATION_REQUEST_HANDLE)
def identities_of(viewer: Actor, /, *, selections: Sequence[SelectionId]) -> tuple[Identity, ...]:
    """What points at the organisations that these cases are about, whether they told us or somebody else did."""
    about: dict[OrganisationId, None] = {}
    for case in _cases(selections):
        found = case_queries.get_case(viewer, case=case)
        about |= dict.fromkeys(line.organisation for line in found.reports if line.organisation)
        hidden = (party.organisation for party in found.parties if party.role in _TO_HIDE)
        for organisation in (*([found.organisation] if found.organisation else []), *hidden):
            if organisation.kind == "constituent":
                about[organisation.id] = None
    terms = constituency_queries.list_masking_terms(viewer, organisations=about)
    return tuple(terms[one] for one in about)


def _cases(selections: Sequence[UUID]) -> list[CaseId]:
    rows = models.Selection.objects.filter(id__in=selections).order_by("case_id")
    return [CaseId(one) for one in rows.values_list("case_id", flat=True).distinct()]
