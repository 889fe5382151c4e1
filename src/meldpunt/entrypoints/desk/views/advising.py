"""Advice to others whom a report concerns: who they are, what each would read and on which ground, then it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.advice import actions as advice_actions
from meldpunt.advice import queries as advice_queries
from meldpunt.disclosure.values import Disclosure, Preview, Sight, State
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId

from ..forms.advising import AdviseOthers, WhomItConcerns
from ..forms.widening import ask_why_wider


@requires(Permission.ADVICE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def advise_others(request: HttpRequest, report: UUID) -> HttpResponse:
    """Whom it concerns, as the address says; what they would read; once that was seen, one disclosure each."""
    viewer, of = actor_of(request), ReportId(report)
    about, whom = intake_queries.get_report(viewer, report=of), WhomItConcerns(request.GET)
    concerned = whom.concerned() if whom.is_valid() else None
    context: dict[str, object] = {"report": about, "whom": whom, "concerned": concerned}
    if concerned is None:
        return render(request, "desk/advice/others.html", context)
    known = advice_queries.list_concerned(viewer, report=of, concerned=concerned)
    form = AdviseOthers(request.POST or None, concerned=known, about=about)
    context |= {"known": known, "form": form}
    if not (request.method == "POST" and form.is_valid()):
        return _show(request, form, context)
    said = form.said(known)

    def show(status: int) -> HttpResponse:
        previews = advice_queries.preview_others(viewer, report=of, concerned=concerned, **said)
        return _show(request, form, context, previews, status=status)

    def advise(seen: Sight) -> HttpResponse:
        told = advice_actions.advise_others(
            viewer, report=of, concerned=concerned, **said, reason=form.cleaned_data["reason"], seen=seen
        )
        _say(request, told)
        return redirect("show_report", report=report)

    try:
        return tell(request, advise, again=show) if form.is_confirmed else show(200)
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _show(request, form, context)


def _say(request: HttpRequest, told: Sequence[Disclosure]) -> None:
    delivered = sum(one.state is State.DELIVERED for one in told)
    refused = sum(one.state is State.REFUSED for one in told)
    said = gettext("Advised: %(told)d. Waiting for a second person: %(waiting)d. Refused by the law: %(refused)d.")
    counts = {"told": delivered, "waiting": len(told) - delivered - refused, "refused": refused}
    (messages.success if delivered else messages.warning)(request, said % counts)


def _show(
    request: HttpRequest,
    form: AdviseOthers,
    context: dict[str, object],
    previews: Sequence[Preview] = (),
    *,
    status: int = 0,
) -> HttpResponse:
    form.show(*previews)
    if previews or not form.non_field_errors():
        ask_why_wider(form, previews)
    context |= {"previews": _alike(previews), "is_shown": bool(previews)}
    status = status or (422 if form.is_bound and form.errors else 200)
    return render(request, "desk/advice/others.html", context, status=status)


def _alike(previews: Sequence[Preview]) -> list[tuple[Preview, list[Preview]]]:
    """Those that read the same on the same grounds stand together, the first of them shown whole."""
    found: defaultdict[object, list[Preview]] = defaultdict(list)
    for one in previews:
        found[one.verdict.outcome, one.verdict.grounds, one.edited.title, one.edited.parts, one.draft.tlp].append(one)
    return [(those[0], those) for those in found.values()]
