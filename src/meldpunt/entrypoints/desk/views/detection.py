"""What the country looks for, and what it sees."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.detection import actions as detection_actions
from meldpunt.detection import queries as detection_queries
from meldpunt.detection.errors import IndicatorRefused
from meldpunt.detection.queries.indicators import PAGE
from meldpunt.detection.values import WHOLE, IndicatorId
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell

from ..forms.detection import FromCase, NewIndicator, Tell
from ..forms.ticking import ticked
from ..forms.turning import page_asked, turned
from ..forms.widening import ask_why_wider


@requires(Permission.INDICATOR_READ)
@require_GET
def show_picture(request: HttpRequest) -> HttpResponse:
    """What was told to the network with what came back, and what was not told yet."""
    viewer, number = actor_of(request), page_asked(request)
    lines = detection_queries.national_picture(viewer, page=number)
    context = {
        "lines": lines,
        "untold": detection_queries.list_indicators(viewer, is_told=False),
        "may_tell": may(viewer.roles, Permission.INDICATOR_DISCLOSE),
        "turn": turned(number, size=PAGE, lines=lines),
    }
    return render(request, "desk/detection/picture.html", context)


@requires(Permission.INDICATOR_READ)
@require_GET
def show_indicator(request: HttpRequest, indicator: UUID) -> HttpResponse:
    """One indicator with its sightings."""
    viewer, id_ = actor_of(request), IndicatorId(indicator)
    number = page_asked(request)
    sightings = detection_queries.list_sightings(viewer, indicator=id_, page=number)
    context = {
        "indicator": detection_queries.get_indicator(viewer, indicator=id_),
        "sightings": sightings,
        "turn": turned(number, size=PAGE, lines=sightings),
    }
    return render(request, "desk/detection/one.html", context)


@requires(Permission.INDICATOR_DISCLOSE)
@require_http_methods(["GET", "POST"])
def add_indicator(request: HttpRequest) -> HttpResponse:
    """Somebody types an indicator."""
    form = NewIndicator(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = detection_actions.add_indicator(actor_of(request), form=form.indicator())
            return redirect("show_indicator", indicator=added.id)
        except IndicatorRefused as refusal:
            form.add_error("value", in_words(refusal))
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/detection/add.html", {"form": form}, status=status)


@requires(Permission.INDICATOR_DISCLOSE)
@require_http_methods(["GET", "POST"])
def add_from_case(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take indicators from what a case is about. One that is refused holds back the others: nothing is kept."""
    viewer = actor_of(request)
    found = case_queries.get_case(viewer, case=CaseId(case))
    form = FromCase(request.POST or None, case=found)
    if request.method == "POST" and form.is_valid():
        for one in form.indicators():
            detection_actions.add_indicator(viewer, form=one)
        return redirect("show_picture")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/detection/add.html", {"form": form, "case": found}, status=status)


@requires(Permission.INDICATOR_DISCLOSE)
@require_GET
def preview_indicators(request: HttpRequest) -> HttpResponse:
    """Who would see the ticked indicators, before anybody decides."""
    return _preview(request, ticked(request.GET, "indicator"), Tell(network=_network(request)))


@requires(Permission.INDICATOR_DISCLOSE)
@require_POST
def disclose_indicators(request: HttpRequest) -> HttpResponse:
    """Tell the detection network; or first see who that would be."""
    form, chosen = Tell(request.POST, network=_network(request)), ticked(request.POST, "indicator")
    is_preview = "preview" in request.POST
    form.fields["reason"].required = not is_preview
    if not form.is_valid() or is_preview:
        return _preview(request, chosen, form, status=200 if form.is_valid() else 422)

    def disclose(seen: Sight) -> HttpResponse:
        told = detection_actions.disclose_indicators(
            actor_of(request),
            indicators=[IndicatorId(one) for one in chosen],
            reason=form.cleaned_data["reason"],
            part=form.part(),
            widening=form.cleaned_data.get("widening", ""),
            seen=seen,
        )
        return redirect("show_disclosure", disclosure=told.id)

    return tell(request, disclose, again=lambda status: _preview(request, chosen, form, status=status))


def _network(request: HttpRequest) -> tuple[Organisation, ...]:
    return constituency_queries.list_network_participants(actor_of(request))


def _preview(request: HttpRequest, chosen: tuple[UUID, ...], form: Tell, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    indicators = detection_queries.list_by_ids(viewer, indicators=chosen)
    if not indicators:
        messages.warning(request, gettext("Choose at least one indicator."))
        return redirect("show_picture")
    part = form.part() if form.is_bound else WHOLE
    why = str(form.data.get("widening", ""))
    ids = [one.id for one in indicators]
    preview = detection_queries.preview_indicators(viewer, indicators=ids, part=part, widening=why)
    form.show(preview)
    ask_why_wider(form, [preview])
    context = {"indicators": indicators, "preview": preview, "form": form}
    return render(request, "desk/detection/preview.html", context, status=status)
