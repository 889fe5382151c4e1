"""The log-ins of the demo, on the log-in page of the demo. Empty anywhere else."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.module_loading import import_string

register = template.Library()


@register.simple_tag
def demo_people(door: str) -> list[object]:
    """Who of the demo's cast may log in at this door, with password and the code of this moment.

    `DEMO_PEOPLE` names the function in the settings of the demo only, so that no other process can print a secret.
    """
    if not settings.DEMO:
        return []
    found: list[object] = import_string(settings.DEMO_PEOPLE)(door)
    return found
