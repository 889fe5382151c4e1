"""axe looks at each shape of page once in each language: WCAG 2.0 to 2.2 A and AA, and its best practices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
_RULES: dict[str, object] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""Target size (WCAG 2.2, 2.5.8) is the one rule of AA that axe leaves out unless asked."""
_SHARED_IDS = """() => {
    const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
    return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
}"""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Looked:
    """Which pages were looked at. A fault names rule, page and snippet; it stops the walk, unless we are patient."""

    is_patient: bool = False
    faults: list[str] = field(default_factory=list)
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    def look(self, page: Page) -> None:
        """Look at a page unless one of its shape was seen in this language. Raises AssertionError."""
        known = (shape_of(page.url), language_of(page), _kind(page))
        if known in self.seen:
            return
        self.seen.add(known)
        self.faults += list(_faults(page))
        assert self.is_patient or not self.faults, self.faults


def _faults(page: Page) -> Iterator[str]:
    where = f"{page.url} ({language_of(page)})"
    if page.locator("h1").count() != 1:
        yield f"{where}: not one heading of the first level"
    if shared := page.evaluate(_SHARED_IDS):
        yield f"{where}: ids that two elements share, so that a label points at the wrong one: {shared}"
    found = _AXE.run(page, options=_RULES)
    if found.violations_count:
        yield f"{where}\n{found.generate_report()}"


def shape_of(url: str) -> str:
    """The path with ids taken out: pages of one shape come from one template."""
    return _ID.sub("ID", urlsplit(url).path)


def language_of(page: Page) -> str:
    """What the page says its language is."""
    return page.locator("html").get_attribute("lang") or ""


def _kind(page: Page) -> str:
    """A form that was refused looks different from the form; the rest of a template is met on the way."""
    return "refused" if page.locator("[role=alert], .utrecht-form-field--invalid").count() else ""
