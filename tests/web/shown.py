"""What a page shows of who would read something, sent along with what confirms it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpResponseBase
from django.test import Client


def seen_in(answer: HttpResponseBase, *, which: int = -1) -> str:
    """What stands on the page that answered; the last, where a disclosure and a form stand on it together."""
    return re.findall(r'name="seen" value="(\w+)"', answer.content.decode())[which]  # type: ignore[attr-defined]


def confirming(browser: Client, address: str, said: Mapping[str, object], *, which: int = -1) -> dict[str, object]:
    """The form with what its preview showed, as it is sent by the button under it."""
    return {**said, "confirm": "yes", "seen": seen_in(browser.post(address, dict(said)), which=which)}
