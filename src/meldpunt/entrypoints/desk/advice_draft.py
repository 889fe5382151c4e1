"""What an organisation would be told by an advice, for a preview."""

from __future__ import annotations

from meldpunt.access.values import Actor
from meldpunt.advice.drafting import advice_draft
from meldpunt.advice.values import Advice
from meldpunt.cases import queries as case_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Preview


def preview_advice(viewer: Actor, advice: Advice) -> Preview:
    """Who would see this advice and why. Saves nothing; raises as `disclosure.preview_disclosure` does."""
    origins = case_queries.origins_of(viewer, case=advice.case, organisation=advice.organisation.id)
    return disclosure_queries.preview_disclosure(viewer, draft=advice_draft(advice, origins=origins))
