"""Files that leave through a page: saved, never shown in place, and never believed to be what they claim."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from meldpunt.disclosure.values import Delivered

_OF_OUR_MAKING: Final = {
    "application/pdf": "application/pdf",
    "text/csv": "text/csv; charset=utf-8",
    "application/json": "application/json",
    "application/x-ndjson": "application/x-ndjson",
    "application/stix+json": "application/stix+json;version=2.1",
}
_UNKNOWN: Final = "application/octet-stream"


def as_download(*, name: str, media_type: str, data: bytes) -> HttpResponse:
    """The bytes as a file to save. A type we do not make ourselves is announced as bytes and nothing more."""
    response = HttpResponse(data, content_type=_OF_OUR_MAKING.get(media_type, _UNKNOWN))
    _harden(response, "default-src 'none'; sandbox")
    _name(response, name)
    return response


def as_stream(*, name: str, size: int, pieces: Iterable[bytes]) -> StreamingHttpResponse:
    """Bytes that are too many for memory as a file to save, of no type; each piece is asked for when it leaves."""
    response = StreamingHttpResponse(pieces, content_type=_UNKNOWN)
    response["Content-Length"] = str(size)
    _harden(response, "default-src 'none'; sandbox")
    _name(response, name)
    return response


def _name(response: HttpResponseBase, name: str) -> None:
    shown = "".join(sign for sign in name if sign.isprintable()).replace("/", "_").replace("\\", "_")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=shown or "file")


def as_picture(svg: bytes) -> HttpResponse:
    """A chart we drew ourselves, for an `<img>`. Opened by itself it can load, run and send nothing."""
    response = HttpResponse(svg, content_type="image/svg+xml")
    _harden(response, "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    return response


def _harden(response: HttpResponseBase, policy: str) -> None:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = policy
    response["Cache-Control"] = "private, no-store"


def marked_name(name: str, told: Delivered) -> str:
    """The name of a file that goes with it, with both markings in it: they travel where the page does not."""
    path = PurePath(name)
    marking = f"{told.tlp.value} {told.pap.value}".replace(":", "-")
    return f"{path.stem} ({marking}){path.suffix}"
