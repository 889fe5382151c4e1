"""With which certificate a machine came, as the proxy that ends its TLS says it (RFC 9440, Client-Cert).

Whoever can write that header is whoever they like, so it is believed of a peer that the settings name and that runs on
this machine. From anybody else it reaches nothing behind this, and the door of machines refuses what it came with.
`Client_Cert` is the same name here (PEP 3333), so the proxy takes out both: `docs/api.md` says how.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, TypeAlias

from django.http import HttpRequest

UNIX: Final = "unix"
"""What a peer on a socket in the file system is called in the settings: it has no address."""
_HEADER, _CHAIN = "HTTP_CLIENT_CERT", "HTTP_CLIENT_CERT_CHAIN"
_SAID, _FORGED = "meldpunt.client_certificate", "meldpunt.client_certificate_forged"
_BYTES: Final = re.compile(r":([A-Za-z0-9+/]+={0,2}):")
_LONGEST: Final = 30_000

Environment: TypeAlias = dict[str, Any]
Application: TypeAlias = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]


def believe_certificates(application: Application, peers: Collection[str]) -> Application:
    """The application, told which certificate its peer says a request came with."""

    def answer(environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = environ.pop(_HEADER, None)
        chain = environ.pop(_CHAIN, None)
        if said is not None or chain is not None:
            is_believed = (environ.get("REMOTE_ADDR") or UNIX) in peers
            fingerprint = fingerprint_in(said) if is_believed and said is not None else ""
            environ[_SAID], environ[_FORGED] = fingerprint, not fingerprint
        return application(environ, start_response)

    return answer


def fingerprint_in(said: str) -> str:
    """The SHA-256 (hex) of the DER in the header, a byte sequence of RFC 8941; empty where it is none."""
    found = _BYTES.fullmatch(said.strip()) if len(said) <= _LONGEST else None
    if found is None:
        return ""
    try:
        return hashlib.sha256(base64.b64decode(found[1], validate=True)).hexdigest()
    except binascii.Error:
        return ""


def certificate_of(request: HttpRequest) -> str:
    """The SHA-256 (hex) of the certificate that a request came with; empty where it came with none."""
    said: str = request.META.get(_SAID, "")
    return said


def is_forged(request: HttpRequest) -> bool:
    """Did somebody say which certificate they came with whose word is nothing?"""
    return bool(request.META.get(_FORGED, False))
