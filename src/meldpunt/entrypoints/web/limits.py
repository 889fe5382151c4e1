"""What one sender may do in a while, at the doors: counted before a request begins, said in words where it waits.

Who logged in is counted as their account, a machine as its key, and everybody else as their network, so that nobody
waits for what another does. Reading is counted of machines only; logging in has limits of its own (`access.proving`).
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import set_urlconf
from django.utils.cache import add_never_cache_headers

from meldpunt.access.binding import bound
from meldpunt.access.limits import spend
from meldpunt.access.proving import find_session
from meldpunt.access.queries import find_actor_by_key
from meldpunt.access.rules.limiting import Limit, Spent
from meldpunt.access.values import Door

from .client_certificates import certificate_of
from .doors import Entrance, Respond, entrance_of, nobody_at
from .kept import comes_from_here, kept_of
from .sessions import key_of

_ONE_SUBSCRIBER: Final = {4: 24, 6: 64}
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_KEY: Final = 200
_ON_THE_WAY: Final = ("/report/draft", "/report/step/", "/report/files")
_PARTS: Final = "/report/files/"


class LimitMiddleware:
    """Counts the act of a request; what waits is answered with 429, with the words that were sent."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        entrance = entrance_of(request)
        request.entrance = entrance  # type: ignore[attr-defined]
        # For the page that says that the database is gone, as `DoorMiddleware` does.
        set_urlconf(entrance.urls)
        request.spent = _spend(request, entrance)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        spent = spent_of(request)
        entrance: Entrance = request.entrance  # type: ignore[attr-defined]
        if spent is None or spent.is_granted or entrance.door is Door.SENSOR:
            return None
        return _wait(request, spent)


def spent_of(request: HttpRequest) -> Spent | None:
    """What the request took of its sender's limit; None where it is not counted."""
    spent: Spent | None = getattr(request, "spent", None)
    return spent


def network_of(request: HttpRequest) -> str:
    """The network of one subscriber that the request came from (/24, /64); empty where that is not known."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, _ONE_SUBSCRIBER[address.version]), strict=False))


def _spend(request: HttpRequest, entrance: Entrance) -> Spent | None:
    limit, sender = _whose(request, entrance)
    if limit is None or not limit.most or not sender:
        return None
    return spend(limit, sender=sender, door=entrance.door)


def _whose(request: HttpRequest, entrance: Entrance) -> tuple[Limit | None, str]:
    limits: dict[str, Limit] = settings.LIMITS
    path = request.path_info.removeprefix(entrance.mount)
    if entrance.door is Door.DESK or path.startswith("/account/"):
        return None, ""
    if entrance.door is Door.SENSOR:
        key = _machine(request)
        return (limits["key"], key) if key else (limits["network"], f"machine {network_of(request)}")
    if request.method in _READING:
        return None, ""
    if entrance.door is Door.PORTAL:
        account = _account(request, entrance)
        if account:
            return limits["part" if path.startswith(_PARTS) else "account"], account
    if path.startswith(_PARTS):
        return limits["part"], network_of(request)
    on_the_way = path.startswith(_ON_THE_WAY)
    return limits["draft" if on_the_way else "network"], network_of(request)


def _account(request: HttpRequest, entrance: Entrance) -> str:
    key = key_of(request)
    if not key:
        return ""
    with bound(nobody_at(entrance.door)):
        session = find_session(key)
    return str(session.actor.id) if session else ""


def _machine(request: HttpRequest) -> str:
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    shown = bearer.strip() if scheme.lower() == "bearer" else request.headers.get("X-API-Key", "")
    if not shown or len(shown) > _LONGEST_KEY or not (shown.isascii() and shown.isprintable()):
        return ""
    actor = find_actor_by_key(shown, certificate=certificate_of(request))
    return str(actor.id) if actor else ""


def _wait(request: HttpRequest, spent: Spent) -> HttpResponse:
    kept = kept_of(request) if comes_from_here(request) else ()
    context = {
        "kept": kept,
        "files": bool(kept and request.FILES),
        "again": bool(kept),
        "wait": spent.wait,
        "by_account": spent.limit.name == "account",
        "phone": settings.CSIRT_CONTACT["phone"],
    }
    answer = render(request, "web/too_many.html", context, status=429)
    answer["Retry-After"] = str(max(1, spent.wait))
    add_never_cache_headers(answer)
    return answer
