"""The periodic overview: counted, made safe, checked by an attacker, published."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.web.downloads import as_picture
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.entrypoints.web.templatetags.words import active_language
from meldpunt.statistics import actions as statistics_actions
from meldpunt.statistics import queries as statistics_queries
from meldpunt.statistics.values import FigureTable, HiddenFigure, Overview, OverviewId, State

from ..forms.confirming import Confirm
from ..forms.statistics import Compile
from ..forms.turning import page_asked, turned


@requires(Permission.FIGURES_READ)
@require_GET
def list_overviews(request: HttpRequest) -> HttpResponse:
    """Overviews, the latest period first."""
    viewer, number = actor_of(request), page_asked(request)
    lines = statistics_queries.list_overviews(viewer, page=number)
    context = {
        "lines": lines,
        "may_compile": may(viewer.roles, Permission.FIGURES_COMPILE),
        "turn": turned(number, size=statistics_queries.PAGE, lines=lines),
    }
    return render(request, "desk/statistics/list.html", context)


@requires(Permission.FIGURES_COMPILE)
@require_http_methods(["GET", "POST"])
def compile_overview(request: HttpRequest) -> HttpResponse:
    """Count the reports of a period and make the table safe."""
    form = Compile(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = statistics_actions.compile_overview(
            actor_of(request), first_day=said["first_day"], last_day=said["last_day"], rules=form.rules()
        )
        return redirect("show_overview", overview=made)
    return render(
        request,
        "desk/statistics/compile.html",
        {"form": form},
        status=422 if request.method == "POST" else 200,
    )


@requires(Permission.FIGURES_READ)
@require_GET
def show_overview(request: HttpRequest, overview: UUID) -> HttpResponse:
    """The table with why each figure is hidden, and what the attacker's check said."""
    return _page(request, OverviewId(overview), Confirm())


@requires(Permission.FIGURES_READ)
@require_GET
def show_figures_chart(request: HttpRequest, overview: UUID) -> HttpResponse:
    """The chart in the visitor's language, from what may be published only."""
    found = statistics_queries.get_overview(actor_of(request), overview=OverviewId(overview))
    if not found.charts:
        raise Http404
    return as_picture(found.charts[active_language()].encode())


@requires(Permission.FIGURES_PUBLISH)
@require_POST
def publish_overview(request: HttpRequest, overview: UUID) -> HttpResponse:
    """Offer it to the door, for everybody."""
    form = Confirm(request.POST)
    if not form.is_valid():
        return _page(request, OverviewId(overview), form, status=422)

    def publish(seen: Sight) -> HttpResponse:
        told = statistics_actions.publish_overview(
            actor_of(request), overview=OverviewId(overview), reason=form.cleaned_data["reason"], seen=seen
        )
        return redirect("show_disclosure", disclosure=told.id)

    return tell(request, publish, again=lambda status: _page(request, OverviewId(overview), form, status=status))


def _page(request: HttpRequest, overview: OverviewId, form: Confirm, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    found = statistics_queries.get_overview(viewer, overview=overview)
    may_publish = found.state is State.CHECKED and may(viewer.roles, Permission.FIGURES_PUBLISH)
    preview = statistics_queries.preview_overview(viewer, overview=found) if may_publish else None
    if preview:
        form.show(preview)
    context = {
        "overview": found,
        "hidden": _named(found),
        "form": form,
        "may_publish": may_publish,
        "preview": preview,
    }
    return render(request, "desk/statistics/one.html", context, status=status)


def _named(overview: Overview) -> list[dict[str, object]]:
    """Each hidden figure with the names of its row and column."""
    table = overview.table
    return [_named_figure(one, table) for one in overview.hidden] if table else []


def _named_figure(one: HiddenFigure, table: FigureTable) -> dict[str, object]:
    names = {heading.id: heading.name for heading in (*table.rows, *table.columns, table.totals.heading)}
    return {
        "row": names.get(one.row, one.row),
        "column": names.get(one.column, one.column),
        "figure": one,
        "protects": [(names.get(row, row), names.get(column, column)) for row, column in one.protects],
    }
