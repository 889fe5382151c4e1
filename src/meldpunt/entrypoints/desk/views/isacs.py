"""ISACs as the desk oversees them: who sits there, what was posted, by code; and letting go earlier, or taking away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.constituency.values import IsacId
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.isacs import actions as isac_actions
from meldpunt.isacs import queries as isac_queries
from meldpunt.isacs.queries.overseeing import PAGE
from meldpunt.isacs.values import MotionId, PostId
from meldpunt.isacs.words import RemovalGround

from ..forms.isacs import Removal
from ..forms.turning import page_asked, turned


@requires(Permission.ISAC_OVERSEE)
@require_GET
def list_isacs(request: HttpRequest) -> HttpResponse:
    """Every table, with how many sit there, openly and hidden, and what waits."""
    return render(request, "desk/isacs/list.html", {"tables": isac_queries.list_tables(actor_of(request))})


@requires(Permission.ISAC_OVERSEE)
@require_GET
def show_isac(request: HttpRequest, isac: UUID) -> HttpResponse:
    """One table: its seats, what is asked, and what was posted, by code."""
    viewer, number = actor_of(request), page_asked(request)
    posts = isac_queries.list_posts(viewer, isac=IsacId(isac), page=number)
    context = {
        "table": isac_queries.get_table(viewer, isac=IsacId(isac)),
        "motions": isac_queries.list_motions(viewer, isac=IsacId(isac)),
        "posts": posts,
        "turn": turned(number, size=PAGE, lines=posts),
        "may_moderate": may(viewer.roles, Permission.ISAC_MODERATE),
    }
    return render(request, "desk/isacs/one.html", context)


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
