"""What a machine sends twice under one Idempotency-Key is done once, and answered as it was the first time.

Follows the draft of the IETF on the header (draft-ietf-httpapi-idempotency-key-header): the same request has the same
answer, another under the same key is 422, and one that is still being answered is 409. What was refused changed
nothing, so it is not kept.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec, TypeVar, get_type_hints

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from meldpunt.access.answering import Answer, find_answer, keep_answer

from .bodies import read_body
from .keys import machine_of
from .problems import Fault, RequestUnfit

P = ParamSpec("P")
R = TypeVar("R")

HEADER: Final = "Idempotency-Key"
LONGEST: Final = 200
IDEMPOTENCY_KEY: Final = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A new one for each request. The same request sent again within seven days has the same answer, and "
    "nothing happens twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
}
_KEPT: Final = ("Content-Type", "Location", "Link", "Repr-Digest")


def once(
    view: Callable[Concatenate[HttpRequest, P], R], *, largest: int | None
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """The view, asked no more where its answer is known. `largest`: bytes at most of a body that is a file."""

    @functools.wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        if largest is not None:
            request.file = read_body(request, limit=largest)  # type: ignore[attr-defined]
        name = name_of(request)
        if name is None:
            return view(request, *args, **kwargs)
        asked = request_of(request)
        known = find_answer(machine_of(request), name=name, request=asked)
        if known is not None:
            return HttpResponse(known.body, status=known.status, headers=known.headers)
        request.kept_under = (name, asked)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    # ninja reads annotations where a view was written, and this is not there.
    kinds, signature = get_type_hints(view, include_extras=True), inspect.signature(view)
    named = [one.replace(annotation=kinds[one.name]) for one in signature.parameters.values()]
    answer.__signature__ = signature.replace(parameters=named)  # type: ignore[attr-defined]
    return answer


def keep(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep the answer of a request that may be repeated, in the transaction of what it did."""
    asked: tuple[str, bytes] | None = getattr(request, "kept_under", None)
    if asked is None or response.status_code >= 300 or not isinstance(response, HttpResponse):
        return
    headers = {name: response[name] for name in _KEPT if response.has_header(name)}
    answer = Answer(response.status_code, headers, bytes(response.content))
    keep_answer(machine_of(request), name=asked[0], request=asked[1], answer=answer)


def file_of(request: HttpRequest) -> bytes:
    """The body of an operation that takes a file."""
    found: bytes = request.file  # type: ignore[attr-defined]
    return found


def name_of(request: HttpRequest) -> str | None:
    """The Idempotency-Key, with or without the quotes of a string (RFC 8941, 3.3.3). Raises RequestUnfit."""
    given = request.headers.get(HEADER)
    if given is None:
        return None
    name = re.sub(r'\A"(.*)"\Z', r"\1", given.strip())
    if not 1 <= len(name) <= LONGEST or not (name.isascii() and name.isprintable()):
        wrong = Fault("header", HEADER, "invalid", f"1 to {LONGEST} characters of ASCII that print")
        raise RequestUnfit("The Idempotency-Key is no key.", [wrong])
    return name


def request_of(request: HttpRequest) -> bytes:
    """What has to be the same for a request to be the same: what is asked of what, and the body byte for byte."""
    file: bytes | None = getattr(request, "file", None)
    said = request.headers.get("Content-Disposition", "") if file is not None else ""
    body = request.body if file is None else file
    return b"\n".join([f"{request.method} {request.get_full_path()}".encode(), said.encode(), body])
