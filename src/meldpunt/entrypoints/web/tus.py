"""Files that come in part by part: the tus protocol 1.0.0 (tus.io/protocols/resumable-upload), for every door alike.

Core, creation, creation-with-upload, expiration, checksum and termination. Whose file it is says the code of the draft
it belongs to, in a header of its own (`Meldpunt-Draft`): in an address it would stand in logs. To who has another code,
or none, there is nothing here, whatever there is.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date

from meldpunt.access.errors import NotFound, RuleBroken
from meldpunt.access.values import Actor
from meldpunt.entrypoints.web.drafts import origin_of
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.evidence.errors import EvidenceTooLarge, KeyUnusable, UploadElsewhere, UploadsFull
from meldpunt.evidence.values import Upload, UploadId
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import DraftSent, DraftsFull, ReceiptMalformed

VERSION: Final = "1.0.0"
MOST_AT_ONCE: Final = 8 * 1024 * 1024
"""Bytes of one request. They lie in memory until they are sealed, and are kept all together."""
_EXTENSIONS: Final = "creation,creation-with-upload,expiration,checksum,termination"
_ALGORITHMS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    # SHA-1 because the protocol asks it of every server; it guards against a bad line and nobody's intent.
    "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
}
_PART: Final = "application/offset+octet-stream"
_LONGEST_METADATA: Final = 8_000
_CHECKSUM_MISMATCH: Final = 460
_REFUSED: Final[Mapping[type[RuleBroken], int]] = {
    UploadElsewhere: 409,
    EvidenceTooLarge: 413,
    DraftSent: 410,
    UploadsFull: 507,
    DraftsFull: 507,
    KeyUnusable: 503,
}


class _Refused(Exception):
    """What was asked is not what the protocol says."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        self.status, self.why, self.headers = status, why, headers
        super().__init__(why)


@dataclass(frozen=True)
class _Sender:
    """Who sends, the code they hold, and what they ask."""

    actor: Actor
    code: str
    request: HttpRequest


def answer_files(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What this door takes (OPTIONS), and a new file (POST)."""
    return _answered(request, actor, {"OPTIONS": _say_what_is_taken, "POST": _begin})


def answer_file(request: HttpRequest, actor: Actor, upload: UUID) -> HttpResponse:
    """How far one file came (HEAD), its next part (PATCH), or its end (DELETE)."""
    one = UploadId(upload)
    return _answered(
        request,
        actor,
        {
            "OPTIONS": _say_what_is_taken,
            "HEAD": lambda sender: _said(intake_queries.get_file(sender.actor, code=sender.code, upload=one)),
            "PATCH": lambda sender: _append(sender, one),
            "DELETE": lambda sender: _end(sender, one),
        },
    )


def _answered(
    request: HttpRequest, actor: Actor, verbs: Mapping[str, Callable[[_Sender], HttpResponse]]
) -> HttpResponse:
    verb = request.method or ""
    if verb == "POST":
        # For who is behind something that lets nothing else through.
        verb = request.headers.get("X-HTTP-Method-Override", verb).upper()
    sender = _Sender(actor, request.headers.get("Meldpunt-Draft", ""), request)
    try:
        if verb not in verbs:
            raise _Refused(405, "", Allow=", ".join(verbs))
        if verb != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            raise _Refused(412, "", **{"Tus-Version": VERSION})
        answer = verbs[verb](sender)
    except _Refused as refused:
        answer = _plain(refused.why, refused.status)
        for name, value in refused.headers.items():
            answer[name] = value
    except (NotFound, ReceiptMalformed):
        answer = _plain("", 404)
    except (UploadElsewhere, EvidenceTooLarge, DraftSent, DraftsFull, UploadsFull, KeyUnusable) as broken:
        answer = _plain(in_words(broken), _REFUSED[type(broken)])
    answer["Tus-Resumable"] = VERSION
    answer["Cache-Control"] = "private, no-store"
    return answer


def _say_what_is_taken(_sender: _Sender) -> HttpResponse:
    answer = HttpResponse(status=204)
    answer["Tus-Version"] = VERSION
    answer["Tus-Extension"] = _EXTENSIONS
    answer["Tus-Max-Size"] = str(settings.UPLOAD_LIMIT)
    answer["Tus-Checksum-Algorithm"] = ",".join(_ALGORITHMS)
    return answer


def _begin(sender: _Sender) -> HttpResponse:
    said = sender.request.headers.get("Upload-Metadata", "")
    metadata = _metadata_in(said)
    length = _number_in(sender.request, "Upload-Length")
    first = _body(sender.request) if sender.request.content_type == _PART else b""
    upload = intake_actions.begin_file(
        sender.actor,
        code=sender.code,
        name=metadata.get("filename", b"").decode(errors="replace"),
        media_type=metadata.get("filetype", b"").decode(errors="replace"),
        length=length,
        metadata=said,
        origin=origin_of(sender.request, sender.actor),
    )
    if first:
        upload = intake_actions.append_to_file(sender.actor, code=sender.code, upload=upload.id, offset=0, data=first)
    answer = _said(upload, status=201)
    answer["Location"] = reverse("continue_file", kwargs={"upload": upload.id})
    return answer


def _append(sender: _Sender, upload: UploadId) -> HttpResponse:
    if sender.request.content_type != _PART:
        raise _Refused(415, "")
    offset = _number_in(sender.request, "Upload-Offset")
    # Whose it is comes first: what is refused for the bytes would say that there is something.
    intake_queries.get_file(sender.actor, code=sender.code, upload=upload)
    data = _body(sender.request)
    kept = intake_actions.append_to_file(sender.actor, code=sender.code, upload=upload, offset=offset, data=data)
    return _said(kept, status=204)


def _end(sender: _Sender, upload: UploadId) -> HttpResponse:
    intake_actions.end_file(sender.actor, code=sender.code, upload=upload)
    return HttpResponse(status=204)


def _said(upload: Upload, *, status: int = 200) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer["Upload-Offset"] = str(upload.offset)
    answer["Upload-Length"] = str(upload.length)
    answer["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    if upload.metadata:
        answer["Upload-Metadata"] = upload.metadata
    return answer


def _body(request: HttpRequest) -> bytes:
    """The bytes that came, and as they say to be. Where the line broke, those until then."""
    stated = request.META.get("CONTENT_LENGTH") or ""
    if not stated.isdecimal():
        raise _Refused(411, "")
    if int(stated) > MOST_AT_ONCE:
        raise _Refused(413, f"At most {MOST_AT_ONCE} bytes in one request.")
    data = bytearray()
    try:
        while len(data) < int(stated) and (piece := request.read(min(1024 * 1024, int(stated) - len(data)))):
            data += piece
    except UnreadablePostError:
        pass
    checksum = request.headers.get("Upload-Checksum")
    if checksum is not None:
        _check(bytes(data), checksum)
    return bytes(data)


def _check(data: bytes, checksum: str) -> None:
    name, _, given = checksum.partition(" ")
    if name not in _ALGORITHMS:
        raise _Refused(400, "", **{"Tus-Checksum-Algorithm": ",".join(_ALGORITHMS)})
    if _decoded(given) != _ALGORITHMS[name](data):
        raise _Refused(_CHECKSUM_MISMATCH, "")


def _number_in(request: HttpRequest, name: str) -> int:
    said = request.headers.get(name, "")
    if not (said.isascii() and said.isdecimal() and len(said) < 19):
        raise _Refused(400, "")
    return int(said)


def _metadata_in(said: str) -> dict[str, bytes]:
    if len(said) > _LONGEST_METADATA:
        raise _Refused(400, "")
    pairs = [one.strip().partition(" ") for one in said.split(",") if one.strip()]
    return {name: _decoded(value) for name, _, value in pairs}


def _decoded(said: str) -> bytes:
    try:
        return base64.b64decode(said.strip(), validate=True)
    except (binascii.Error, ValueError) as reason:
        raise _Refused(400, "") from reason


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
