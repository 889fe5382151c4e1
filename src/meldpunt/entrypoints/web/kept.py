"""What somebody wrote in a form that could not be taken just now. It goes back to who wrote it: nobody types twice."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from .doors import Entrance

_OF_THE_FORM = frozenset({"csrfmiddlewaretoken", "next"})


@dataclass(frozen=True, slots=True)
class Kept:
    """One field as it was sent."""

    name: str
    value: str

    @property
    def is_written(self) -> bool:
        """Whether a person typed it, rather than chose it: only that is worth showing."""
        return " " in self.value.strip()


def kept_of(request: HttpRequest) -> tuple[Kept, ...]:
    """The fields of a form that was sent, in their order. Nothing of logging in, where passwords and codes are."""
    if request.method != "POST" or _is_log_in(request):
        return ()
    sent = request.POST.lists()
    return tuple(Kept(name, value) for name, values in sent if name not in _OF_THE_FORM for value in values)


def is_worth_keeping(kept: tuple[Kept, ...]) -> bool:
    """Whether anything in it took work to write."""
    return any(one.is_written for one in kept)


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the form stood on a page of our own. The browser says so itself; no other site can (Fetch, 3.2)."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def page_before(request: HttpRequest) -> str:
    """The page to come back to: the one that was asked, or the one on which the form stood."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    entrance: Entrance = request.entrance  # type: ignore[attr-defined]
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}):
        return f"{entrance.mount}/"
    parts = urlsplit(before)
    return parts._replace(scheme="", netloc="", fragment="").geturl() or f"{entrance.mount}/"


def _is_log_in(request: HttpRequest) -> bool:
    return request.path_info.startswith("/account/")
