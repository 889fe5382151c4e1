"""What a file is called and whether it came whole: Content-Digest (RFC 9530) and Content-Disposition (RFC 6266)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.utils.http import parse_header_parameters

from .problems import Fault, RequestUnfit

_ALGORITHMS: Final[Mapping[str, str]] = {"sha-256": "sha256", "sha-512": "sha512"}
"""Those that RFC 9530 holds to be secure; any other in the header is passed over."""
_MEMBER: Final = re.compile(r"([a-z0-9*_.-]+)=:([A-Za-z0-9+/]*={0,2}):")
_LONGEST_NAME: Final = 200
_UNNAMEABLE: Final = re.compile(r"[\x00-\x1f\x7f/\\]")


def digest_field(data: bytes) -> str:
    """The value of Content-Digest or Repr-Digest for these bytes."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def check_digest(request: HttpRequest, data: bytes) -> None:
    """Raise RequestUnfit unless the header gives a digest that these bytes have."""
    said = request.headers.get("Content-Digest", "")
    known = {name: value for name, value in _MEMBER.findall(said) if name in _ALGORITHMS}
    if not known:
        raise _unfit("Content-Digest", "missing", "give the sha-256 or sha-512 of the body, as RFC 9530 writes it")
    for name, value in known.items():
        if not hmac.compare_digest(_bytes_of(value), hashlib.new(_ALGORITHMS[name], data).digest()):
            raise _unfit("Content-Digest", "differs", f"the {name} of what came is another: send it again")


def name_in(request: HttpRequest) -> str:
    """The file name in Content-Disposition; there and not in the address, which is written into logs.

    Raises RequestUnfit.
    """
    _, said = parse_header_parameters(request.headers.get("Content-Disposition", ""))
    name = str(said.get("filename", "")).strip()
    if not name or len(name) > _LONGEST_NAME or _UNNAMEABLE.search(name):
        raise _unfit("Content-Disposition", "invalid", "name the file: attachment; filename*=UTF-8''…")
    return name


def _bytes_of(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        return b""


def _unfit(header: str, code: str, detail: str) -> RequestUnfit:
    return RequestUnfit("Some of what was sent does not fit.", [Fault("header", header, code, detail)])
