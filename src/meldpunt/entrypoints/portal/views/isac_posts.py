"""A member writes, sees what the others would read, and sends; and what became of its own posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency.values import IsacId
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.portal.forms.isacs import ReasonForm, WriteForm
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.telling import tell
from meldpunt.entrypoints.web.uploads import takes_files
from meldpunt.isacs import actions as isac_actions
from meldpunt.isacs import queries as isac_queries
from meldpunt.isacs.queries.speaking import PAGE
from meldpunt.isacs.values import FileId, Post, PostId, SentFile, ThreadId
from meldpunt.isacs.words import PostState


@requires(Permission.ISAC_SPEAK)
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
def write_post(request: HttpRequest, isac: UUID) -> HttpResponse:
    """The form; then on to what the others would read. Nothing is told before that was sent."""
    actor = actor_of(request)
    thread, replaced = _of_query(request, "thread"), _replaced(request, actor)
    sent = request.method == "POST"
    form = WriteForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        thread=ThreadId(thread) if thread else None,
        replaced=replaced,
    )
    if form.is_valid():
        files = [SentFile(one.name or "", one.read()) for one in form.cleaned_data["attachments"]]
        return redirect("show_own_post", post=isac_actions.write_post(actor, form=form.post(IsacId(isac)), files=files))
    context = {"form": form, "space": isac_queries.get_space(actor, isac=IsacId(isac))}
    return render(request, "portal/isacs/write.html", context, status=422 if form.errors else 200)


@requires(Permission.ISAC_SPEAK)
@require_safe
def list_own_posts(request: HttpRequest) -> HttpResponse:
    """What the organisation wrote. On this page, and no other, one sees which posts are one's own."""
    page = page_number(request)
    posts = isac_queries.list_own_posts(actor_of(request), page=page)
    context = {"posts": posts, "page": page, "more": page + 1 if len(posts) == PAGE else 0}
    return render(request, "portal/isacs/own_posts.html", context)


@requires(Permission.ISAC_SPEAK)
@require_safe
def show_own_post(request: HttpRequest, post: UUID) -> HttpResponse:
    """As the others would read it: who they are, on what ground, and when it goes."""
    return _page(request, PostId(post))


@requires(Permission.ISAC_SPEAK)
@require_POST
def move_post(request: HttpRequest, post: UUID) -> HttpResponse:
    """Send it as it stood on the page, take it back, throw it away, or withdraw it."""
    if request.POST.get("deed") == "send":
        return _send(request, PostId(post))
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    deed(actor_of(request), PostId(post), request.POST.get("reason", ""))
    return redirect("list_own_posts")


@requires(Permission.ISAC_SPEAK)
@require_safe
def download_own_file(request: HttpRequest, post: UUID, file: UUID) -> HttpResponse:
    """A document of one's own post, as the others would get it."""
    found = isac_queries.open_own_file(actor_of(request), post=PostId(post), file=FileId(file))
    return as_download(name=found.name, media_type=found.media_type, data=found.data)


_DEEDS: Final[Mapping[str, Callable[[Actor, PostId, str], object]]] = {
    "take-back": lambda actor, post, _: isac_actions.take_back_post(actor, post=post),
    "throw-away": lambda actor, post, _: isac_actions.throw_away_post(actor, post=post),
    "withdraw": lambda actor, post, reason: isac_actions.withdraw_post(actor, post=post, reason=reason),
}


def _send(request: HttpRequest, post: PostId) -> HttpResponse:
    def send(seen: Sight) -> HttpResponse:
        isac_actions.send_post(actor_of(request), post=post, seen=seen)
        return redirect("list_own_posts")

    return tell(request, send, again=lambda status: _page(request, post, status=status))


def _page(request: HttpRequest, post: PostId, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    found = isac_queries.get_own_post(viewer, post=post)
    waits = found.state in {PostState.DRAFT, PostState.WAITING}
    context = {"post": found, "preview": _preview(viewer, found) if waits else None, "form": ReasonForm()}
    return render(request, "portal/isacs/own_post.html", context, status=status)


def _preview(viewer: Actor, post: Post) -> object:
    try:
        return isac_queries.preview_post(viewer, post=post.id)
    except NotFound:
        return None


def _replaced(request: HttpRequest, actor: Actor) -> Post | None:
    asked = _of_query(request, "replaces")
    return isac_queries.get_own_post(actor, post=PostId(asked)) if asked else None


def _of_query(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
