"""The tables of ISACs: what was told there, and who sits there."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import IsacId, SeatId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import DisclosureId
from meldpunt.entrypoints.portal.forms.isacs import ReasonForm, SeatForm
from meldpunt.entrypoints.portal.indicators import FORMATS
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.reading import is_looked_at
from meldpunt.isacs import actions as isac_actions
from meldpunt.isacs import queries as isac_queries
from meldpunt.isacs.queries.reading import POSTS, THREADS
from meldpunt.isacs.values import MotionId, ThreadId

_LONGEST_QUESTION = 200


@requires(Permission.ISAC_SPEAK)
@require_safe
def list_spaces(request: HttpRequest) -> HttpResponse:
    """Where the organisation sits and sat, where it may ask for a seat, and what became of asking."""
    viewer = actor_of(request)
    context = {
        "spaces": isac_queries.list_spaces(viewer),
        "open_tables": isac_queries.list_open_tables(viewer),
        "motions": isac_queries.list_own_motions(viewer),
        "form": SeatForm(),
    }
    return render(request, "portal/isacs/spaces.html", context)


@requires(Permission.ISAC_SPEAK)
@require_safe
def show_space(request: HttpRequest, isac: UUID) -> HttpResponse:
    """The threads of one table, or what was found in them."""
    viewer, page, asked = actor_of(request), page_number(request), request.GET.get("q", "")[:_LONGEST_QUESTION]
    threads = isac_queries.list_threads(viewer, isac=IsacId(isac), page=page)
    context = {
        "space": isac_queries.get_space(viewer, isac=IsacId(isac)),
        "threads": threads,
        "found": isac_queries.search_posts(viewer, isac=IsacId(isac), text=asked),
        "asked": asked,
        "page": page,
        "more": page + 1 if len(threads) == THREADS else 0,
    }
    return render(request, "portal/isacs/space.html", context)


@requires(Permission.ISAC_SPEAK)
@require_safe
def show_thread(request: HttpRequest, thread: UUID) -> HttpResponse:
    """What was told in it; from now on it counts as read, unless nobody looked."""
    viewer, page = actor_of(request), page_number(request)
    said = isac_queries.get_thread(viewer, thread=ThreadId(thread), page=page)
    if is_looked_at(request):
        disclosure_actions.open_disclosures(viewer, disclosures=[one.told.id for one in said])
    context = {
        "said": said,
        "thread": thread,
        "space": isac_queries.get_space(viewer, isac=said[0].isac),
        "page": page,
        "more": page + 1 if len(said) == POSTS else 0,
    }
    return render(request, "portal/isacs/thread.html", context)


@requires(Permission.ISAC_SPEAK)
@require_safe
def download_indicators(request: HttpRequest, disclosure: UUID, format: str) -> HttpResponse:  # noqa: A002 (of the path)
    """The indicators of one post, for a machine, with the marking in it."""
    if format not in FORMATS:
        raise Http404
    said = isac_queries.get_said(actor_of(request), disclosure=DisclosureId(disclosure))
    media_type, write = FORMATS[format]
    return as_download(name=f"indicators.{format}", media_type=media_type, data=write(said))


@requires(Permission.ISAC_SPEAK)
@require_safe
def show_table(request: HttpRequest, isac: UUID) -> HttpResponse:
    """Who sits there openly; for the chair all of them, and who asks for a seat."""
    viewer = actor_of(request)
    context = {
        "space": isac_queries.get_space(viewer, isac=IsacId(isac)),
        "table": constituency_queries.list_table(viewer, isac=IsacId(isac)),
        "asked": isac_queries.list_asked(viewer, isac=IsacId(isac)),
        "form": ReasonForm(),
    }
    return render(request, "portal/isacs/table.html", context)


@requires(Permission.ISAC_SPEAK)
@require_POST
def ask_for_seat(request: HttpRequest, isac: UUID) -> HttpResponse:
    """Ask the chair for a seat."""
    form = SeatForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        isac_actions.ask_for_seat(
            actor_of(request), isac=IsacId(isac), words=given["words"], is_hidden=given["is_hidden"]
        )
    return redirect("list_spaces")


@requires(Permission.ISAC_SPEAK)
@require_POST
def leave_table(request: HttpRequest, isac: UUID) -> HttpResponse:
    """Give up the seat."""
    isac_actions.leave_table(actor_of(request), isac=IsacId(isac))
    return redirect("list_spaces")


@requires(Permission.ISAC_SPEAK)
@require_POST
def move_seat(request: HttpRequest, isac: UUID, seat: UUID) -> HttpResponse:
    """As chair, end somebody's seat or pass the chair."""
    actor, place, told = actor_of(request), SeatId(seat), IsacId(isac)
    if request.POST.get("deed") == "chair":
        isac_actions.pass_chair(actor, isac=told, seat=place)
    else:
        isac_actions.remove_member(actor, isac=told, seat=place, reason=request.POST.get("reason", ""))
    return redirect("list_spaces")


@requires(Permission.ISAC_SPEAK)
@require_POST
def decide_motion(request: HttpRequest, motion: UUID) -> HttpResponse:
    """As chair admit or decline; or take back what one asked oneself."""
    actor, deed, reason = actor_of(request), request.POST.get("deed"), request.POST.get("reason", "")
    if deed == "take-back":
        isac_actions.take_back_motion(actor, motion=MotionId(motion))
    else:
        isac_actions.decide_motion(actor, motion=MotionId(motion), is_granted=deed == "grant", reason=reason)
    return redirect("list_spaces")
