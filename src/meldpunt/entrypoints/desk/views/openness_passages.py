"""One document of a request: which passages are withheld, and on what ground."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.values import PassageId, Selection, SelectionId, State, Suggestion

from ..forms.openness import Suggested, Withhold, ground_choices
from ..marking import lines_of
from ..outward_labels import outward_label

_AROUND = 40
"""Characters of the text shown on each side of a suggestion."""


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_GET
def show_selection(request: HttpRequest, selection: UUID) -> HttpResponse:
    """The text in numbered lines, with suggestions and what is withheld."""
    return _page(request, SelectionId(selection))


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def withhold_passage(request: HttpRequest, selection: UUID) -> HttpResponse:
    """Withhold what lies between two places in the text."""
    viewer, id_ = actor_of(request), SelectionId(selection)
    found = openness_queries.get_selection(viewer, selection=id_)
    grounds = openness_queries.get_request(viewer, request=found.request).grounds
    form = Withhold(request.POST, text=found.text, grounds=grounds)
    if not form.is_valid():
        return _page(request, id_, form=form, status=422)
    start, end = form.range
    said = form.cleaned_data
    openness_actions.withhold_passage(
        viewer, selection=id_, start=start, end=end, ground=said["ground"], note=said["note"]
    )
    return redirect("show_selection", selection=selection)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def take_suggestion(request: HttpRequest, selection: UUID) -> HttpResponse:
    """Withhold a passage that was suggested."""
    form = Suggested(request.POST)
    if not form.is_valid():
        return _page(request, SelectionId(selection), status=422)
    openness_actions.withhold_passage(actor_of(request), selection=SelectionId(selection), **form.cleaned_data)
    return redirect("show_selection", selection=selection)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def remove_passage(request: HttpRequest, passage: UUID) -> HttpResponse:
    """No longer withhold it."""
    left = openness_actions.remove_passage(actor_of(request), passage=PassageId(passage))
    return redirect("show_selection", selection=left.id)


def _page(
    request: HttpRequest, selection: SelectionId, *, form: Withhold | None = None, status: int = 200
) -> HttpResponse:
    viewer = actor_of(request)
    found = openness_queries.get_selection(viewer, selection=selection)
    asked = openness_queries.get_request(viewer, request=found.request)
    suggestions = openness_queries.suggest_passages(viewer, selection=selection)
    context = {
        "selection": found,
        "asked": asked,
        "is_open": asked.state is State.OPEN,
        "lines": lines_of(found.text, found.passages),
        "passages": [(one, found.text[one.start : one.end]) for one in found.passages],
        "suggestions": [_in_place(one, found) for one in suggestions],
        "grounds": ground_choices(asked.grounds),
        "preview": openness_queries.preview_release(viewer, selection=selection),
        "form": form or Withhold(text=found.text, grounds=asked.grounds),
    }
    return render(request, "desk/openness/selection.html", context, status=status)


def _in_place(one: Suggestion, selection: Selection) -> dict[str, object]:
    """A suggestion with the words around it."""
    text = selection.text
    return {
        "suggestion": one,
        "what": outward_label(one.kind) or one.kind.value,
        "before": text[max(one.start - _AROUND, 0) : one.start],
        "words": text[one.start : one.end],
        "after": text[one.end : one.end + _AROUND],
    }
