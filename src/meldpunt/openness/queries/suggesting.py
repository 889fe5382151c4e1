"""What a person may want to withhold, and how the release would read."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.engines.redaction.values import Withheld

from .. import rules
from ..values import SelectionId, Suggestion
from .handling import act_day_of, get_selection
from .sources import identities_of


@look(Permission.INFORMATION_REQUEST_HANDLE)
def suggest_passages(viewer: Actor, /, *, selection: SelectionId) -> tuple[Suggestion, ...]:
    """What points at the organisations of the case or at any person, and lies in no withheld passage yet.

    Raises SelectionNotFound.
    """
    chosen = get_selection(viewer, selection=selection)
    on = act_day_of(chosen.request)
    found = rules.suggest(chosen.text, identities_of(viewer, selections=[selection]), on=on)
    withheld = chosen.passages
    return tuple(one for one in found if not any(w.start <= one.start and one.end <= w.end for w in withheld))


@look(Permission.INFORMATION_REQUEST_HANDLE)
def preview_release(viewer: Actor, /, *, selection: SelectionId) -> Withheld:
    """The text as it would be released, with its marks. Raises SelectionNotFound."""
    return rules.withheld_of(get_selection(viewer, selection=selection))
