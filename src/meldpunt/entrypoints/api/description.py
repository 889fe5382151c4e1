"""The OpenAPI description, brought into the form of the NLGov REST API Design Rules 2.1."""

from __future__ import annotations

from typing import Final

from ninja.openapi.schema import OpenAPISchema

from .problems import MEDIA_TYPE

DESCRIPTION: Final = (
    "For systems that forward reports, for sensors of the detection network, and for systems of an organisation that "
    "fetch what was disclosed to it. A receipt is given after what was sent is durable. Repeat a request whose answer "
    "you did not get, under the same Idempotency-Key. Show your key as Authorization: Bearer or X-API-Key. Errors are "
    "problems (RFC 9457)."
)
EXTRA: Final = {
    "info": {
        "contact": {"name": "Meldpunt", "url": "https://meldpunt.example/api", "email": "api@meldpunt.example"},
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    },
    "tags": [
        {"name": "reports", "description": "Reports that another system forwards"},
        {"name": "report-batches", "description": "Many reports at once"},
        {"name": "feeds", "description": "Feeds as the files they are"},
        {"name": "indicators", "description": "What the detection network looks for"},
        {"name": "sightings", "description": "That it was seen"},
        {"name": "disclosures", "description": "What was disclosed to an organisation, for a machine of its own"},
    ],
}
_VERSION_HEADER: Final = {
    "API-Version": {"description": "The full version of this interface", "schema": {"type": "string"}}
}

_WAIT_HEADER: Final = {
    "Retry-After": {"description": "In how many seconds it may be sent again", "schema": {"type": "integer"}}
}


def described(whole: OpenAPISchema, *, root: str) -> OpenAPISchema:
    """The description with `root` as its server, the version header on every answer, and errors as problems."""
    whole["servers"] = [{"url": root, "description": "Version 1"}]
    for path in whole["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                answer["headers"] = answer.get("headers", {}) | _VERSION_HEADER
                if int(status) == 429:
                    answer["headers"] |= _WAIT_HEADER
                if int(status) >= 400:
                    answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
    return whole
