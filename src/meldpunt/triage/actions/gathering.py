"""What looks alike stands on one line of the queue."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.wave_values import Untouched

from ..rules.nature import suggest_rsit
from ..rules.waves import WINDOW, Likeness, gather
from ..wordlist import find_alarms, rsit_words


@deed(Permission.ATTRIBUTE)
def gather_waves(actor: Actor, /) -> int:
    """Let look-alikes of the last day stand behind the first of them, for a job; how many do from now on.

    It decides nothing, and any of them that is touched has a line of its own again, so it needs no ledger entry.
    """
    intake_actions.stand_up(actor)
    untouched = intake_queries.list_untouched(actor, since=WINDOW)
    return intake_actions.stand_behind(actor, heads=gather(untouched, looks=_looks, now=timezone.now()))


def _looks(one: Untouched) -> Likeness:
    suggested = suggest_rsit(title=one.title, text=one.text, words=rsit_words())
    return find_alarms(f"{one.title} {one.text}"), suggested[0].type.id if suggested else ""
