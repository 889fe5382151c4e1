"""The interface of version 1, made of the table of operations."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from .bodies import BodyParser
from .description import DESCRIPTION, EXTRA, described
from .door import VERSION
from .keys import key_for
from .messages import Problem
from .once import IDEMPOTENCY_KEY, once
from .operations import TABLE, Operation
from .problems import lay_handlers


class Interface(NinjaAPI):
    """ninja's, described as the NLGov API Design Rules ask."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, object] | None = None
    ) -> OpenAPISchema:
        """The description with the version in the server's address and every error as a problem."""
        root = reverse(f"{self.urls_namespace}:openapi-json").removesuffix("/openapi.json")
        return described(super().get_openapi_schema(path_prefix=path_prefix or "", path_params=path_params), root=root)


def prepared(one: Operation) -> Callable[..., object]:
    """The view of an operation; what changes something is done once for each Idempotency-Key."""
    return once(one.view, largest=one.file) if one.method == "POST" else one.view


def extra_of(one: Operation) -> dict[str, object]:
    """What the description says of an operation beside its messages."""
    if one.method != "POST":
        return dict(one.extra)
    told = one.extra.get("parameters", [])
    return {**one.extra, "parameters": [*(told if isinstance(told, list) else []), IDEMPOTENCY_KEY]}


def make_interface() -> Interface:
    """The interface of version 1, with every operation of the table."""
    api = Interface(
        title="Meldpunt",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        urls_namespace="api",
        parser=BodyParser(),
        openapi_extra=EXTRA,
    )
    lay_handlers(api)
    for one in TABLE:
        api.default_router.add_api_operation(
            one.path,
            [one.method],
            prepared(one),
            auth=key_for(one.permission),
            response={**one.answers, **dict.fromkeys((*one.refusals, 429), Problem)},
            operation_id=one.view.__name__,
            tags=[one.path.split("/")[1]],
            by_alias=True,
            openapi_extra=extra_of(one),
        )
    return api
