"""What stands on pages of the desk about one's own work: what can be undone, and whether single keys act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import ngettext, pgettext

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Habit, Step, StepKind

from ..labels import label_of
from ..one_by_one import review_of

register = template.Library()

_SHOWN_ON: Final = frozenset(
    {"home", "show_report", "show_case", "show_vulnerability", "list_set_aside", "begin_review", "show_review"}
)
_BACK_ON: Final = frozenset({"home", "list_set_aside", "show_review", "show_vulnerability"})


@register.inclusion_tag("desk/undo.html", takes_context=True)
def undo_bar(context: Context) -> dict[str, object]:
    """What one did last and can undo; nothing on pages that have nothing to do with reports."""
    actor: Actor | None = context.get("actor")
    request: HttpRequest | None = context.get("request")
    shown = getattr(request and request.resolver_match, "url_name", "")
    if actor is None or request is None or shown not in _SHOWN_ON or not may(actor.roles, Permission.TRIAGE_DECIDE):
        return {"steps": ()}
    steps = triage_queries.find_last_steps(actor)
    review = review_of(request)
    return {
        "steps": steps,
        "words": _words(steps) if steps else "",
        "within": f"?review={review}" if review else "",
        "next": request.get_full_path() if shown in _BACK_ON else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def habit_of(context: Context) -> Habit:
    """How whoever looks wants the desk to behave."""
    actor: Actor | None = context.get("actor")
    if actor is None or not may(actor.roles, Permission.TRIAGE_READ):
        return Habit()
    return triage_queries.get_habit(actor)


@register.filter
def step_name(step: Step) -> str:
    """What was done, in a word."""
    done = label_of(step.decision) if step.decision else str(_KINDS[step.kind]())
    return f"{done} {step.cve}" if step.cve else done


_KINDS: Final = {
    StepKind.TAKEN: lambda: pgettext("step", "taken"),
    StepKind.RELEASED: lambda: pgettext("step", "released"),
    StepKind.ASSESSED: lambda: pgettext("step", "assessed"),
    StepKind.JUDGED: lambda: pgettext("step", "judged"),
    StepKind.SCALED: lambda: pgettext("step", "placed on scales"),
    StepKind.DECIDED: lambda: pgettext("step", "decided"),
}


def _words(steps: Sequence[Step]) -> str:
    if len(steps) == 1:
        return f"{step_name(steps[0])} {steps[0].reference}"
    counted = ngettext("%(count)d report", "%(count)d reports", len({step.report for step in steps}))
    return f"{step_name(steps[0])}, {counted % {'count': len({step.report for step in steps})}}"
