"""Every error of this door as a problem (RFC 9457): what went wrong, and each thing that has to change.

Missing and forbidden look the same (404). What rooms refuse is said in their own words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from meldpunt.access.errors import AccessRefused, KeyUsedBefore, RuleBroken, StillAnswering
from meldpunt.access.rules.limiting import Spent
from meldpunt.detection.errors import SightingBackwards
from meldpunt.disclosure.errors import CursorMalformed as DisclosureCursorMalformed
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.intake.errors import (
    CursorMalformed,
    ReportEmpty,
    ReportTooLarge,
    SightingImpossible,
    TimeImpossible,
    TooManyItems,
)

from .bodies import BodyTooLarge, BodyUnreadable

MEDIA_TYPE: Final = "application/problem+json"

_STATUS_OF: Final[Mapping[type[RuleBroken], HTTPStatus]] = {
    ReportTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooManyItems: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TimeImpossible: HTTPStatus.BAD_REQUEST,
    ReportEmpty: HTTPStatus.BAD_REQUEST,
    CursorMalformed: HTTPStatus.BAD_REQUEST,
    DisclosureCursorMalformed: HTTPStatus.BAD_REQUEST,
    KeyUsedBefore: HTTPStatus.UNPROCESSABLE_ENTITY,
    SightingImpossible: HTTPStatus.BAD_REQUEST,
    SightingBackwards: HTTPStatus.BAD_REQUEST,
}
"""A rule that what was sent can never meet; every other broken rule is a matter of this moment (409)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a request that has to change (NLGov API Design Rules, /core/error-handling/invalid-input).

    `place` is "body", "query", "path" or "header"; `pointer` a JSON pointer into the body (RFC 6901), or a name.
    """

    place: str
    pointer: str
    code: str
    detail: str

    def as_json(self) -> dict[str, object]:
        """The member of `errors`."""
        location = {"pointer": f"#{self.pointer}"} if self.place == "body" else {"name": self.pointer}
        return {"in": self.place, "location": location, "code": self.code, "detail": self.detail}


class RequestUnfit(Exception):
    """A request that does not fit in something that no schema says; `faults` name each thing that has to change."""

    def __init__(self, detail: str, faults: Sequence[Fault]) -> None:
        super().__init__(detail)
        self.faults = tuple(faults)


def problem(status: int, *, detail: str = "", faults: Sequence[Fault] = ()) -> HttpResponse:
    """An answer that says what went wrong."""
    body: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status)}
    if detail:
        body["detail"] = detail
    if faults:
        body["errors"] = [fault.as_json() for fault in faults]
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Meldpunt"'
    return response


def not_here() -> HttpResponse:
    """There is no such thing, or not for this key."""
    return problem(HTTPStatus.NOT_FOUND, detail="There is nothing here, or nothing for this key.")


def too_many(spent: Spent) -> HttpResponse:
    """More came in a while than one sender may send: nothing of this request was kept, so it may be sent again."""
    limit = spent.limit
    detail = (
        f"{limit.most} requests in {limit.seconds} seconds is what one sender may send. "
        f"Nothing of this request was kept: send it again in {max(1, spent.wait)} seconds."
    )
    response = problem(HTTPStatus.TOO_MANY_REQUESTS, detail=detail)
    response["Retry-After"] = str(max(1, spent.wait))
    return response


def lay_handlers(api: NinjaAPI) -> None:
    """Give the API its one translator; what is not listed is left to Django, whose transaction rolls back."""
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(AccessRefused, lambda _request, _error: not_here())
    api.add_exception_handler(Http404, lambda _request, _error: not_here())
    api.add_exception_handler(RuleBroken, _broken)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(RequestUnfit, _unfit)
    api.add_exception_handler(BodyTooLarge, _too_large)
    api.add_exception_handler(RequestDataTooBig, _json_too_large)
    api.add_exception_handler(BodyUnreadable, _unreadable)
    api.add_exception_handler(HttpError, _other)


def faults_in(errors: Sequence[Mapping[str, object]], *, skip: int = 0) -> tuple[Fault, ...]:
    """The errors of a validation, without the first `skip` parts of where each stands."""
    return tuple(_fault(error, skip) for error in errors)


def _fault(error: Mapping[str, object], skip: int) -> Fault:
    where = error["loc"]
    parts = [str(part) for part in where] if isinstance(where, tuple) else []
    place = parts[0] if parts and parts[0] in ("query", "path", "header") else "body"
    escaped = [part.replace("~", "~0").replace("/", "~1") for part in parts[skip:]]
    pointer = "".join(f"/{part}" for part in escaped) if place == "body" else ".".join(parts[1:])
    return Fault(place, pointer, code=str(error["type"]), detail=str(error["msg"]))


def _unknown(_request: HttpRequest, _error: object) -> HttpResponse:
    detail = "Show a valid key, with the certificate that it asks: Authorization: Bearer, or X-API-Key."
    return problem(HTTPStatus.UNAUTHORIZED, detail=detail)


def _broken(_request: HttpRequest, error: RuleBroken | type[RuleBroken]) -> HttpResponse:
    if isinstance(error, type):
        return problem(_STATUS_OF.get(error, HTTPStatus.CONFLICT))
    response = problem(_STATUS_OF.get(type(error), HTTPStatus.CONFLICT), detail=in_words(error))
    if isinstance(error, StillAnswering):
        response["Retry-After"] = "1"
    return response


def _invalid(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    # ninja names the place and the parameter first: ("body", "report", "awareAt").
    faults = faults_in([] if isinstance(error, type) else error.errors, skip=2)
    return problem(HTTPStatus.BAD_REQUEST, detail="Some of what was sent does not fit.", faults=faults)


def _unfit(_request: HttpRequest, error: RequestUnfit | type[RequestUnfit]) -> HttpResponse:
    faults = [] if isinstance(error, type) else error.faults
    return problem(HTTPStatus.BAD_REQUEST, detail=str(error), faults=faults)


def _too_large(_request: HttpRequest, error: object) -> HttpResponse:
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail=str(error))


def _json_too_large(request: HttpRequest, _error: object) -> HttpResponse:
    return _too_large(request, BodyTooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))


def _unreadable(_request: HttpRequest, error: object) -> HttpResponse:
    return problem(HTTPStatus.BAD_REQUEST, detail=str(error))


def _other(_request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    """ninja answers any failure of a parser with one sentence; ours knew better, and is its cause."""
    if isinstance(error, type):
        return problem(HTTPStatus.BAD_REQUEST)
    cause = error.__cause__
    return problem(error.status_code, detail=str(cause if isinstance(cause, BodyUnreadable) else error))
