"""What an organisation is told by an advice: the same for the preview and for the giving."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Draft, Preview

from ..drafting import advice_draft
from ..values import Advice


@look(Permission.ADVICE_WRITE)
def draft_advice(viewer: Actor, /, *, advice: Advice) -> Draft:
    """The advice with the reports it stems from."""
    origins = case_queries.origins_of(viewer, case=advice.case, organisation=advice.organisation.id)
    return advice_draft(advice, origins=origins)


@look(Permission.ADVICE_WRITE)
def preview_advice(viewer: Actor, /, *, advice: Advice) -> Preview:
    """Who would see this advice and why. Saves nothing; raises as `actions.give_advice`."""
    return disclosure_queries.preview_disclosure(viewer, draft=draft_advice(viewer, advice=advice))
