"""A form that is kept while somebody fills it in: by the script of its page, or by a button, and found with its code.

The code stands in the form and, once something was saved, in a signed cookie of this browser and on the page, so that
another device can go on. Nothing of it hangs on a session.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from meldpunt.access.values import Actor
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReceiptMalformed
from meldpunt.intake.receipts import new_code, read_code
from meldpunt.intake.values import Draft

R = TypeVar("R", bound=HttpResponseBase)

FIELD: Final = "draft"
_SALT: Final = "draft"
_SECONDS: Final = intake_actions.DRAFT_DAYS * 24 * 60 * 60
_NOT_OF_THE_FORM: Final = frozenset({"csrfmiddlewaretoken", FIELD, "save", "show", "send"})


def code_in(request: HttpRequest) -> str:
    """The code of the form that was sent, or of this browser; a new one where there is none that can be."""
    for typed in (request.POST.get(FIELD, ""), _carried(request)):
        try:
            return read_code(typed)
        except ReceiptMalformed:
            continue
    return new_code()


def find_kept(request: HttpRequest, viewer: Actor) -> Draft | None:
    """What this browser saved at this door and did not send."""
    carried = _carried(request)
    return intake_queries.find_draft(viewer, code=carried) if carried else None


def as_data(draft: Draft) -> MultiValueDict[str, str]:
    """The fields as a form takes them."""
    return MultiValueDict({name: list(values) for name, values in draft.fields.items()})


def save(request: HttpRequest, actor: Actor) -> Draft:
    """Keep what stands in the form now; files are not kept. Raises as `intake.actions.save_draft`."""
    fields: Mapping[str, list[str]] = {
        name: [str(value) for value in values] for name, values in request.POST.lists() if name not in _NOT_OF_THE_FORM
    }
    return intake_actions.save_draft(actor, code=code_in(request), fields=fields)


def saved(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the script of the page shows after it saved: since when, until when, and the code."""
    draft = save(request, actor)
    return remember(render(request, "web/draft_saved.html", {"kept": draft}), request, draft.code)


def remember(response: R, request: HttpRequest, code: str) -> R:
    """Let this browser hold the code for as long as a draft is kept; scripts cannot read it."""
    response.set_signed_cookie(
        _cookie(request),
        code,
        salt=_SALT,
        max_age=_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def forget(response: R, request: HttpRequest) -> R:
    """Leave nothing of the code in this browser."""
    if _cookie(request) in request.COOKIES:
        response.delete_cookie(_cookie(request), samesite="Lax")
    return response


def discard(request: HttpRequest, actor: Actor) -> None:
    """Take away what this browser saved."""
    carried = _carried(request)
    if carried:
        intake_actions.discard_draft(actor, code=carried)


def _carried(request: HttpRequest) -> str:
    return request.get_signed_cookie(_cookie(request), default="", salt=_SALT, max_age=_SECONDS) or ""


def _cookie(request: HttpRequest) -> str:
    return f"meldpunt_draft_{request.entrance.door.value}"  # type: ignore[attr-defined]
