"""One's own last deed about a report is undone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.cases import actions as case_actions
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Step, StepId

from ..one_by_one import to_report
from ..returning import back


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """What stood on the button, and nothing that was done since; each by itself, and what cannot be stays."""
    actor, undone = actor_of(request), []
    for asked in request.POST.getlist("step")[:_MOST]:
        step = triage_queries.find_step(actor, step=StepId(_id(asked)))
        if step is None:
            continue
        try:
            undone.append(case_actions.undo_step(actor, step=step.id))
        except RuleBroken as broken:
            said = gettext("%(reference)s stays as it is: %(why)s")
            messages.warning(request, said % {"reference": step.reference, "why": in_words(broken)})
    if undone:
        messages.success(request, _said(undone))
    if "next" in request.POST or len(undone) != 1:
        return back(request, otherwise="home")
    return to_report(request, undone[0].report)


_MOST = 200


def _id(asked: str) -> UUID:
    try:
        return UUID(asked)
    except ValueError:
        return UUID(int=0)


def _said(undone: list[Step]) -> str:
    """What was undone, and what no undoing takes back."""
    references = ", ".join(step.reference for step in undone[:10])
    if not any(step.has_told for step in undone):
        return gettext("Undone: %(references)s.") % {"references": references}
    told = gettext(
        "Undone: %(references)s. Whoever reported could read meanwhile how far it was, and reads this as well."
    )
    return told % {"references": references}
