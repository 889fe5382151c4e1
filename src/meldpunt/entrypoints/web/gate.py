"""The gate: who came, and whether the view they ask for says that they may.

A view without a declaration answers 403, whoever asks. `requires` names the permission of the deed or look the
view stands for; the room checks it again. `open_to_strangers` says why nobody needs to be known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from meldpunt.access.binding import rebind
from meldpunt.access.proving import Asks, Session, find_session
from meldpunt.access.rules import may
from meldpunt.access.values import STRANGER, Actor, Door, Permission

from .doors import Respond
from .kept import is_worth_keeping, kept_of, page_before
from .sessions import key_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Declaration:
    """What a view asks of who comes: a permission, or nothing for a written reason."""

    permission: Permission | None
    reason: str = ""


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare that a view serves only actors with this permission; others see 404, strangers the log-in."""

    def declare(view: View) -> View:
        view.__dict__["declaration"] = Declaration(permission)
        return view

    return declare


def open_to_strangers(*, reason: str) -> Callable[[View], View]:
    """Declare that a view serves anyone, and why."""

    def declare(view: View) -> View:
        view.__dict__["declaration"] = Declaration(None, reason)
        return view

    return declare


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request that passed the gate."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        raise PermissionDenied
    return actor


def session_of(request: HttpRequest) -> Session | None:
    """The session that the browser brought to this door, also where it still asks a code."""
    session: Session | None = request.session  # type: ignore[assignment]
    return session


class ActorMiddleware:
    """Finds the session and its actor, bound from here on."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        door: Door = request.entrance.door  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        request.session = None  # type: ignore[assignment]
        if door in _WHO:
            request.actor = _WHO[door](request)  # type: ignore[attr-defined]
        if request.actor is not None:  # type: ignore[attr-defined]
            rebind(request.actor)  # type: ignore[attr-defined]
        answer = self.get_response(request)
        if door in _WHO and not _is_for_anybody(request) and not answer.has_header("Cache-Control"):
            # Nothing stays behind in a browser that others use after this one, nor in a proxy on the way.
            answer["Cache-Control"] = "private, no-store"
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> HttpResponse | None:
        declaration: Declaration | None = getattr(view, "declaration", None)
        if declaration is None:
            raise PermissionDenied("the view has no declaration")
        if declaration.permission is None:
            return None
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None:
            return _to_login(request)
        if not may(actor.roles, declaration.permission):
            raise Http404
        return None


def _is_for_anybody(request: HttpRequest) -> bool:
    """Whether a page shows nothing that depends on who asked: the public site, read without a receipt."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    return request.method in {"GET", "HEAD"} and actor is not None and actor.door is Door.PUBLIC and not actor.receipt


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the log-in, or to what the session still asks: a code, or at the desk to set up a second factor."""
    session = session_of(request)
    if session is not None and session.asks is Asks.FACTOR:
        return redirect("account_set_up_factor")
    if session is not None:
        return redirect(f"{reverse('account_code')}?{urlencode({'next': page_before(request)})}")
    login = f"{reverse('account_login')}?{urlencode({'next': page_before(request)})}"
    kept = kept_of(request)
    if not is_worth_keeping(kept):
        return redirect(login)
    # The session ended while somebody wrote. The form passed the check on its origin, so it may be sent again.
    context = {"kept": kept, "login": login, "files": bool(request.FILES), "again": True}
    answer = render(request, "web/logged_out.html", context, status=401)
    add_never_cache_headers(answer)
    return answer


def _of_session(request: HttpRequest) -> Actor | None:
    """The account that logged in here, with all that was asked of it."""
    door: Door = request.entrance.door  # type: ignore[attr-defined]
    session = find_session(key_of(request))
    if session is None or session.actor.door is not door:
        return None
    request.session = session  # type: ignore[assignment]
    return session.actor if session.asks is Asks.NOTHING else None


def _of_receipt(request: HttpRequest) -> Actor:
    """Whoever comes to the public door, with the receipt code they showed earlier, if any."""
    from_cookie = request.get_signed_cookie(
        RECEIPT_COOKIE, default="", salt="receipt", max_age=settings.RECEIPT_SECONDS
    )
    return replace(STRANGER, receipt=from_cookie or "")


RECEIPT_COOKIE = "meldpunt_receipt"

_WHO: dict[Door, Callable[[HttpRequest], Actor | None]] = {
    Door.DESK: _of_session,
    Door.PORTAL: _of_session,
    Door.PUBLIC: _of_receipt,
}
