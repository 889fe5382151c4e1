"""A form that is kept while somebody fills it in: by the script of its page, or by a button, and found with its code.

The code stands in the form and, once something was saved, in a signed cookie of this browser and on the page, so that
another device can go on. Nothing of it hangs on a session.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Door
from meldpunt.evidence.values import UploadId
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReceiptMalformed
from meldpunt.intake.receipts import code_from, new_code, read_code
from meldpunt.intake.values import Draft, Report

from .limits import network_of
from .uploads import attached_of

R = TypeVar("R", bound=HttpResponseBase)

FIELD: Final = "draft"
_SALT: Final = "draft"
_SECONDS: Final = intake_actions.DRAFT_DAYS * 24 * 60 * 60
_NOT_OF_THE_FORM: Final = frozenset({"csrfmiddlewaretoken", FIELD, "save", "show", "send", "drop"})


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


def origin_of(request: HttpRequest, actor: Actor) -> bytes:
    """The same for what is begun on one day from one network, or by one account; it says of neither which.

    Nothing for colleagues, who all come from one place.
    """
    who = {Door.PUBLIC: network_of(request), Door.PORTAL: str(actor.id)}.get(actor.door)
    said = f"draft {timezone.localdate()} {who}"
    return hmac.digest(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256)[:16] if who else b""


def stage_code_in(request: HttpRequest, viewer: Actor, report: Report) -> str:
    """The code of a form for a stage that was sent."""
    try:
        return read_code(request.POST.get(FIELD, ""))
    except ReceiptMalformed:
        return stage_code(viewer, report)


def stage_code(viewer: Actor, report: Report) -> str:
    """The code under which files come in for the next stage of a report.

    Whoever comes back finds them under it on any device: it follows from their receipt, and at the portal from who they
    are. What was sent under it is sent, so each stage has the next one.
    """
    next_one = f"stage {len(report.stages) + 1} of {report.id}"
    if viewer.receipt:
        return code_from(viewer.receipt, about=next_one)
    return code_from(settings.SECRET_KEY, about=f"{next_one} by {viewer.id}")


def files_under(viewer: Actor, code: str) -> dict[str, object]:
    """What a page says of the files under a code, for `web/uploads.html`."""
    return {
        "uploads": intake_queries.list_files(viewer, code=code),
        "uploads_url": reverse("begin_file"),
        "upload_limit": settings.UPLOAD_LIMIT,
        "draft_code": code,
    }


def drop(request: HttpRequest, actor: Actor) -> bool:
    """Whether the form was sent to take a file away, which it then is."""
    try:
        upload = UploadId(UUID(request.POST.get("drop", "")))
    except ValueError:
        return "drop" in request.POST
    with suppress(NotFound):
        intake_actions.end_file(actor, code=code_in(request), upload=upload)
    return True


def save_with_files(request: HttpRequest, actor: Actor) -> Draft:
    """Keep what stands in the form, and the files that were chosen in it. Raises as `save` and `keep_files`."""
    draft = save(request, actor)
    files = [one for name in request.FILES for one in request.FILES.getlist(name)]
    intake_actions.keep_files(actor, code=draft.code, files=attached_of(files))
    return draft


def save(request: HttpRequest, actor: Actor) -> Draft:
    """Keep the words that stand in the form now. Raises as `intake.actions.save_draft`."""
    fields: Mapping[str, list[str]] = {
        name: [str(value) for value in values] for name, values in request.POST.lists() if name not in _NOT_OF_THE_FORM
    }
    return intake_actions.save_draft(actor, code=code_in(request), fields=fields, origin=origin_of(request, actor))


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
