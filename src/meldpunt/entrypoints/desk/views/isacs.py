"""ISACs as the desk oversees them: who sits there, what was posted, by code; and letting go earlier, or taking away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import IsacId
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.isacs import actions as isac_actions
from meldpunt.isacs import queries as isac_queries
from meldpunt.isacs.queries.overseeing import PAGE
from meldpunt.isacs.values import MotionId, PostId
from meldpunt.isacs.words import RemovalGround

from ..forms.isacs import NewSeat, NewTable, Removal
from ..forms.turning import page_asked, turned


@requires(Permission.ISAC_OVERSEE)
@require_GET
def list_isacs(request: HttpRequest) -> HttpResponse:
    """Every table, with how many sit there, openly and hidden, and what waits."""
    return _list(request, form=None)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def create_isac(request: HttpRequest) -> HttpResponse:
    """A table for a sector."""
    form = NewTable(request.POST)
    if not form.is_valid():
        return _list(request, form=form)
    given = form.cleaned_data
    isac = constituency_actions.create_isac(actor_of(request), sector=given["sector"], name=given["name"])
    return redirect("show_isac", isac=isac)


@requires(Permission.ISAC_OVERSEE)
@require_GET
def show_isac(request: HttpRequest, isac: UUID) -> HttpResponse:
    """One table: its seats, what is asked, and what was posted, by code."""
    return _table(request, IsacId(isac), form=None)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def give_seat(request: HttpRequest, isac: UUID) -> HttpResponse:
    """A seat for an organisation that asked for it elsewhere, by its code."""
    actor, form = actor_of(request), NewSeat(request.POST)
    table = isac_queries.get_table(actor, isac=IsacId(isac)).isac.id
    organisation = _organisation_of(actor, form)
    if organisation is None:
        return _table(request, table, form=form)
    constituency_actions.join_isac(actor, isac=table, organisation=organisation, hidden=form.cleaned_data["is_hidden"])
    return redirect("show_isac", isac=isac)


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def change_seat(request: HttpRequest, isac: UUID, organisation: UUID) -> HttpResponse:
    """Let who sits there chair, hide or show the seat, or end it."""
    told = request.POST.get("deed", "")
    given: Any = {"isac": IsacId(isac), "organisation": OrganisationId(organisation)}
    if told == "chair":
        constituency_actions.pass_chair(actor_of(request), **given)
    elif told in ("hide", "show"):
        constituency_actions.hide_seat(actor_of(request), **given, is_hidden=told == "hide")
    elif told == "end":
        constituency_actions.leave_isac(actor_of(request), **given)
    return redirect("show_isac", isac=isac)


def _list(request: HttpRequest, *, form: NewTable | None) -> HttpResponse:
    viewer = actor_of(request)
    context = {
        "tables": isac_queries.list_tables(viewer),
        "form": form or NewTable(),
        "may_seat": may(viewer.roles, Permission.CONSTITUENCY_MANAGE),
    }
    return render(request, "desk/isacs/list.html", context, status=422 if form else 200)


def _organisation_of(actor: Actor, form: NewSeat) -> OrganisationId | None:
    """Whose code the form names; else it says that there is no such code."""
    if not form.is_valid():
        return None
    code = form.cleaned_data["code"].strip().upper()
    found = constituency_queries.list_organisations(actor, text=code)
    known = next((one.id for one in found if one.code == code), None)
    if known is None:
        form.add_error("code", gettext("There is no organisation with this code."))
    return known


def _table(request: HttpRequest, isac: IsacId, *, form: NewSeat | None) -> HttpResponse:
    viewer, number = actor_of(request), page_asked(request)
    posts = isac_queries.list_posts(viewer, isac=isac, page=number)
    context = {
        "table": isac_queries.get_table(viewer, isac=isac),
        "motions": isac_queries.list_motions(viewer, isac=isac),
        "posts": posts,
        "turn": turned(number, size=PAGE, lines=posts),
        "may_moderate": may(viewer.roles, Permission.ISAC_MODERATE),
        "may_seat": may(viewer.roles, Permission.CONSTITUENCY_MANAGE),
        "form": form or NewSeat(),
    }
    return render(request, "desk/isacs/one.html", context, status=422 if form else 200)


@requires(Permission.ISAC_OVERSEE)
@require_GET
def show_post(request: HttpRequest, post: UUID) -> HttpResponse:
    """One post; its author by code, and its words masked, until somebody unsealed them for a purpose."""
    return _show(request, PostId(post), form=None)


@requires(Permission.ISAC_MODERATE)
@require_POST
def hurry_post(request: HttpRequest, post: UUID) -> HttpResponse:
    """Let it go at the next full hour."""
    isac_actions.hurry_post(actor_of(request), post=PostId(post), reason=request.POST.get("reason", ""))
    return redirect("show_post", post=post)


@requires(Permission.ISAC_MODERATE)
@require_http_methods(["POST"])
def remove_post(request: HttpRequest, post: UUID) -> HttpResponse:
    """Take it away from its readers."""
    form = Removal(request.POST)
    if not form.is_valid():
        return _show(request, PostId(post), form=form)
    given = form.cleaned_data
    isac_actions.remove_post(
        actor_of(request), post=PostId(post), ground=RemovalGround(given["ground"]), reason=given["reason"]
    )
    return redirect("show_post", post=post)


@requires(Permission.ISAC_MODERATE)
@require_POST
def decide_motion(request: HttpRequest, isac: UUID, motion: UUID) -> HttpResponse:
    """Admit or decline in the place of a chair."""
    isac_actions.decide_motion_at_desk(
        actor_of(request),
        motion=MotionId(motion),
        is_granted=request.POST.get("deed") == "grant",
        reason=request.POST.get("reason", ""),
    )
    return redirect("show_isac", isac=isac)


def _show(request: HttpRequest, post: PostId, *, form: Removal | None) -> HttpResponse:
    viewer = actor_of(request)
    context = {
        "post": isac_queries.get_post(viewer, post=post),
        "form": form or Removal(),
        "may_moderate": may(viewer.roles, Permission.ISAC_MODERATE),
    }
    return render(request, "desk/isacs/post.html", context, status=422 if form else 200)
