"""What a machine may do here: every operation in one table, from which the paths and the docs are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from meldpunt.access.values import Permission

from .messages import BatchReceived, ReceiptGiven
from .told import DisclosureList, DisclosureShown
from .views import detection, disclosures, feeds, reports


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a machine may do here: with which permission, and what can come of it (status to message)."""

    method: str
    path: str
    permission: Permission
    view: Callable[..., object]
    answers: Mapping[int, type | None]
    refusals: tuple[int, ...] = (400, 401, 404)
    extra: Mapping[str, object] = field(default_factory=dict)


_ANY_TEXT: Final = {"schema": {"type": "string"}}
_ANY_JSON: Final = {"schema": {"oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]}}
_FEED: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": _ANY_TEXT,
            "application/json": _ANY_JSON,
            "application/x-ndjson": _ANY_TEXT,
            detection.STIX: _ANY_JSON,
        },
    }
}
_BUNDLE: Final = {
    "responses": {
        200: {"description": "A STIX 2.1 bundle", "content": {detection.STIX: {"schema": {"type": "object"}}}}
    }
}
_LINKED: Final = {
    "responses": {
        200: {"headers": {"Link": {"description": "The next page, and the one before", "schema": {"type": "string"}}}}
    }
}
_BYTES: Final = {
    "responses": {
        200: {
            "description": "The bytes of the file",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            "headers": {"Repr-Digest": {"description": "Their SHA-256", "schema": {"type": "string"}}},
        }
    }
}
_KEPT = (400, 401, 404, 413)

TABLE: Final = (
    Operation(
        "POST",
        "/reports",
        Permission.REPORT_FORWARD,
        reports.forward_report,
        {201: ReceiptGiven, 200: ReceiptGiven},
        _KEPT,
    ),
    Operation(
        "POST", "/reports/batch", Permission.REPORT_FORWARD, reports.forward_reports, {200: BatchReceived}, _KEPT
    ),
    Operation("POST", "/feeds", Permission.REPORT_FORWARD, feeds.forward_feed, {201: ReceiptGiven}, _KEPT, _FEED),
    Operation(
        "GET",
        "/indicators",
        Permission.INDICATOR_FETCH,
        detection.fetch_indicators,
        {200: None},
        extra=_BUNDLE,
    ),
    Operation(
        "POST",
        "/sightings",
        Permission.SIGHTING_POST,
        detection.post_sighting,
        {201: ReceiptGiven},
        (*_KEPT, 409),
    ),
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
    ),
    Operation(
        "POST",
        "/disclosures/{disclosure}/acknowledge",
        Permission.DISCLOSURE_READ,
        disclosures.acknowledge_disclosure,
        {200: DisclosureShown},
        (*_KEPT, 409),
    ),
)

OPERATIONS: Final[tuple[tuple[str, str, Permission | None], ...]] = (
    ("GET", "/openapi.json", None),
    *((one.method, one.path, one.permission) for one in TABLE),
)
"""Method, path under the version, and the permission asked; None is open to strangers."""
