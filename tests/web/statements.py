"""How many questions a page asks of the database, and whether more rows make it ask more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_LITERAL = re.compile(r"\bs\d+_x\d+\b|'(?:[^']|'')*'(?:::\w+)?|\b\d+\b")
_LIST = re.compile(r"(?:«»(?:, )?)+")


@dataclass(frozen=True)
class Asked:
    """One answer: its page, and the statements behind it, with what they were about taken out."""

    page: str
    statements: tuple[str, ...]


def ask(browser: Client, address: str) -> Asked:
    """Get the page and listen. What a process reads once is read before."""
    browser.get(address)
    with CaptureQueriesContext(connection) as heard:
        answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return Asked(answer.content.decode(errors="replace"), tuple(_shape(one["sql"]) for one in heard))


def assert_asks_no_more(browser: Client, address: str, grow: Callable[[], object]) -> None:
    """Ask for the page, let it have more rows, ask again: it is longer, and cost no more statements."""
    before = ask(browser, address)
    grow()
    after = ask(browser, address)
    assert len(after.page) > len(before.page), "there is nothing more on the page, so nothing was measured"
    more = Counter(after.statements) - Counter(before.statements)
    grown = len(after.statements) - len(before.statements)
    assert grown <= 0, "\n".join([f"{grown} more:", *(f"{times} x {said}" for said, times in more.most_common())])


def _shape(sql: str) -> str:
    return " ".join(_LIST.sub("«» ", _LITERAL.sub("«»", sql)).split())
