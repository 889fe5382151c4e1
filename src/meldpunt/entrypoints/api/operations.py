"""What a machine may do here: every operation in one table, from which the paths and the docs are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from meldpunt.access.values import Permission

from .bodies import LARGEST_FILE
from .messages import BatchReceived, ReceiptGiven
from .reported import ReportList, ReportShown, StageShown
from .told import DisclosureList, DisclosureShown
from .views import detection, disclosures, feeds, reports


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a machine may do here: with which permission, and what can come of it (status to message).

    `takes` are the media types of what it is sent; none: whatever type a file has. `file`: bytes at most of a body that
    is a file. `gives` are the media types of what it answers.
    """

    method: str
    path: str
    permission: Permission
    view: Callable[..., object]
    answers: Mapping[int, type | None]
    refusals: tuple[int, ...] = (400, 401, 404, 406)
    extra: Mapping[str, object] = field(default_factory=dict)
    takes: tuple[str, ...] = ("application/json",)
    file: int | None = None
    gives: tuple[str, ...] = ("application/json",)


_ANY_TEXT: Final = {"schema": {"type": "string"}}
_ANY_JSON: Final = {"schema": {"oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]}}
_OPAQUE: Final = "application/octet-stream"
_FEEDS: Final = {
    "text/csv": _ANY_TEXT,
    "text/plain": _ANY_TEXT,
    "application/json": _ANY_JSON,
    "application/x-ndjson": _ANY_TEXT,
    detection.STIX: _ANY_JSON,
    _OPAQUE: _ANY_TEXT,
}
_FEED: Final = {"requestBody": {"required": True, "content": _FEEDS}}
_FILE: Final = {
    "requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}},
    "parameters": [
        {
            "name": "Content-Digest",
            "in": "header",
            "required": True,
            "description": "The sha-256 or sha-512 of the body (RFC 9530)",
            "schema": {"type": "string"},
        },
        {
            "name": "Content-Disposition",
            "in": "header",
            "required": True,
            "description": "The name of the file: attachment; filename*=UTF-8''…",
            "schema": {"type": "string"},
        },
    ],
}
_BUNDLE: Final = {
    "responses": {
        200: {"description": "A STIX 2.1 bundle", "content": {detection.STIX: {"schema": {"type": "object"}}}}
    }
}
_LINKED: Final = {
    "responses": {200: {"headers": {"Link": {"description": "The next page", "schema": {"type": "string"}}}}}
}
_BYTES: Final = {
    "responses": {
        200: {
            "description": "The bytes of the file",
            "content": {_OPAQUE: {"schema": {"type": "string", "format": "binary"}}},
            "headers": {"Repr-Digest": {"description": "Their SHA-256", "schema": {"type": "string"}}},
        }
    }
}
_SENT = (400, 401, 404, 406, 409, 413, 415, 422)

TABLE: Final = (
    Operation("GET", "/reports", Permission.REPORT_FORWARD, reports.list_reports, {200: ReportList}, extra=_LINKED),
    Operation(
        "POST",
        "/reports",
        Permission.REPORT_FORWARD,
        reports.forward_report,
        {201: ReceiptGiven, 200: ReceiptGiven},
        _SENT,
    ),
    Operation(
        "POST", "/report-batches", Permission.REPORT_FORWARD, reports.forward_reports, {200: BatchReceived}, _SENT
    ),
    Operation("GET", "/reports/{reference}", Permission.REPORT_FORWARD, reports.show_report, {200: ReportShown}),
    Operation(
        "POST",
        "/reports/{reference}/stages",
        Permission.REPORT_FORWARD,
        reports.submit_stage,
        {201: StageShown},
        _SENT,
    ),
    Operation(
        "POST",
        "/reports/{reference}/attachments",
        Permission.REPORT_FORWARD,
        reports.add_attachment,
        {201: StageShown},
        _SENT,
        _FILE,
        takes=(),
        file=LARGEST_FILE,
    ),
    Operation(
        "POST",
        "/feeds",
        Permission.REPORT_FORWARD,
        feeds.forward_feed,
        {201: ReceiptGiven},
        _SENT,
        _FEED,
        takes=tuple(_FEEDS),
        file=LARGEST_FILE,
    ),
    Operation(
        "GET",
        "/indicators",
        Permission.INDICATOR_FETCH,
        detection.fetch_indicators,
        {200: None},
        extra=_BUNDLE,
        gives=(detection.STIX, "application/json"),
    ),
    Operation("POST", "/sightings", Permission.SIGHTING_POST, detection.post_sighting, {201: ReceiptGiven}, _SENT),
    Operation(
        "GET",
        "/disclosures",
        Permission.DISCLOSURE_READ,
        disclosures.list_disclosures,
        {200: DisclosureList},
        extra=_LINKED,
    ),
    Operation(
        "GET",
        "/disclosures/{disclosure}",
        Permission.DISCLOSURE_READ,
        disclosures.fetch_disclosure,
        {200: DisclosureShown},
    ),
    Operation(
        "GET",
        "/disclosures/{disclosure}/attachments/{attachment}",
        Permission.DISCLOSURE_READ,
        disclosures.fetch_attachment,
        {200: None},
        extra=_BYTES,
        gives=(_OPAQUE,),
    ),
    Operation(
        "POST",
        "/disclosures/{disclosure}/acknowledgements",
        Permission.DISCLOSURE_READ,
        disclosures.acknowledge_disclosure,
        {200: DisclosureShown},
        _SENT,
    ),
)

OPERATIONS: Final[tuple[tuple[str, str, Permission | None], ...]] = (
    ("GET", "/openapi.json", None),
    *((one.method, one.path, one.permission) for one in TABLE),
)
"""Method, path under the version, and the permission asked; None is open to strangers."""
