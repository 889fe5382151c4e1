"""The desk writes to whoever reported: who would see what first, then the reply."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.disclosure.values import Preview, Sight, State
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId

from ..conversation import conversation_of
from ..forms.replying import Reply
from ..forms.widening import ask_why_wider
from ..one_by_one import after_telling, within


@requires(Permission.REPORT_COMPLETE)
@require_http_methods(["GET", "POST"])
def write_reply(request: HttpRequest, report: UUID) -> HttpResponse:
    """What they would read, and how it reaches them; once that was seen, the reply."""
    viewer, of, form = actor_of(request), ReportId(report), Reply(request.POST or None)
    if not (request.method == "POST" and form.is_valid()):
        return _show(request, of, form)

    def reply(seen: Sight) -> HttpResponse:
        told = intake_actions.reply_to_reporter(viewer, report=of, form=form.reply(), seen=seen)
        return _say(request, of, told.state)

    def show(status: int) -> HttpResponse:
        preview = intake_queries.preview_reply(viewer, report=of, form=form.reply())
        return _show(request, of, form, preview, status=status)

    try:
        return tell(request, reply, again=show) if form.is_confirmed else show(200)
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _show(request, of, form)


def _say(request: HttpRequest, report: ReportId, state: State) -> HttpResponse:
    if state is State.DELIVERED:
        messages.success(request, gettext("Whoever reported was told."))
    elif state is State.REFUSED:
        messages.warning(request, gettext("The law refuses this reply. It is kept with the verdict; nobody was told."))
    else:
        messages.success(request, gettext("The reply waits for a second person; whoever reported sees nothing yet."))
    return after_telling(request, actor_of(request), report)


def _show(
    request: HttpRequest, report: ReportId, form: Reply, preview: Preview | None = None, *, status: int = 0
) -> HttpResponse:
    viewer = actor_of(request)
    if preview:
        form.show(preview)
    if preview or not form.non_field_errors():
        ask_why_wider(form, [preview] if preview else ())
    found = intake_queries.get_report(viewer, report=report)
    context = {
        "form": form,
        "report": found,
        "preview": preview,
        "conversation": conversation_of(viewer, found),
        "within": within(request),
        "takes_mail": intake_queries.takes_mail(viewer, report=report),
    }
    status = status or (422 if form.is_bound and form.errors else 200)
    return render(request, "desk/reports/reply.html", context, status=status)
