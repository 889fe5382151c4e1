"""What every page knows: its door, who looks, the languages, and whether this is the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from .navigation import Menu, menu_for


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every template."""
    entrance = getattr(request, "entrance", None)
    actor = getattr(request, "actor", None)
    return {
        "door": entrance.door.value if entrance else "public",
        "mount": entrance.mount if entrance else "",
        "actor": actor,
        "demo": settings.DEMO,
        "menu": menu_for(entrance.door, actor, path=request.path, mount=entrance.mount) if entrance else Menu(),
    }
