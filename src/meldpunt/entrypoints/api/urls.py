"""The paths of this door. None ends in a slash; the version is the first segment."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, include, path

from .door import declared
from .interface import make_interface
from .operations import TABLE


def as_route(path: str) -> str:
    """A path of the table as Django writes it."""
    return path.removeprefix("/").replace("{", "<").replace("}", ">")


api: Final = make_interface()
_patterns, _app, _namespace = api.urls

# ninja's root page would be the one path that ends in a slash.
_paths = [
    declared(one, [each for each in TABLE if as_route(each.path) == str(one.pattern)])
    for one in _patterns
    if isinstance(one, URLPattern) and one.name != "api-root"
]

urlpatterns = [path("v1/", include((_paths, _app), _namespace))]

handler400 = "meldpunt.entrypoints.api.door.bad_request"
handler403 = "meldpunt.entrypoints.api.door.forbidden"
handler404 = "meldpunt.entrypoints.api.door.not_found"
handler500 = "meldpunt.entrypoints.api.door.failed"
