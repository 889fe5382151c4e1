"""The OpenAPI description, brought into the form of the NLGov REST API Design Rules 2.2."""

from __future__ import annotations

from collections.abc import Mapping
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


_OF_A_REPORT: Final = ("show_report", "submit_stage", "add_attachment")
_LINKS: Final[Mapping[str, tuple[str, tuple[str, ...], str, str]]] = {
    "forward_report": ("201", _OF_A_REPORT, "reference", "$response.body#/reference"),
    "forward_reports": ("200", _OF_A_REPORT, "reference", "$response.body#/items/0/reference"),
    "forward_feed": ("201", _OF_A_REPORT, "reference", "$response.body#/reference"),
    "list_reports": ("200", _OF_A_REPORT, "reference", "$response.body#/items/0/reference"),
    "list_disclosures": (
        "200",
        ("fetch_disclosure", "acknowledge_disclosure"),
        "disclosure",
        "$response.body#/items/0/id",
    ),
}
"""Where an answer goes on: by operation the status, what may be asked then, the parameter, and where it stands."""


def _link(operation: str, answers: Mapping[str, dict[str, object]]) -> None:
    if operation not in _LINKS:
        return
    status, followed, parameter, place = _LINKS[operation]
    answer = next(one for code, one in answers.items() if str(code) == status)
    answer["links"] = {one: {"operationId": one, "parameters": {parameter: place}} for one in followed}


def described(whole: OpenAPISchema, *, root: str) -> OpenAPISchema:
    """The description with `root` as its server, the version header on every answer, and errors as problems."""
    whole["servers"] = [{"url": root, "description": "Version 1"}]
    for path in whole["paths"].values():
        for operation in path.values():
            _link(operation["operationId"], operation["responses"])
            for status, answer in operation["responses"].items():
                answer["headers"] = answer.get("headers", {}) | _VERSION_HEADER
                if int(status) == 429:
                    answer["headers"] |= _WAIT_HEADER
                if int(status) >= 400:
                    answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
    return whole
