"""A report of the water company on the desk, and the people who work on it in a browser."""

from __future__ import annotations

from dataclasses import dataclass

from tests.desk_outward.cast import Colleague, colleague
from tests.triage.cast import Desk
from tests.triage.cast import desk as found_desk

from meldpunt.access.values import Role

NAME = "Waterbedrijf Zuiderwiel"


@dataclass(frozen=True)
class Room:
    """The desk of the story, and the browser of an analyst in it."""

    desk: Desk
    browser: Colleague

    @property
    def report(self) -> str:
        """Where the triage page of the report is."""
        return f"/desk/reports/{self.desk.receipt.report}"


def room(role: Role = Role.ANALYST, *, language: str = "en") -> Room:
    """A desk on which the water company has reported."""
    return Room(found_desk(), colleague(role, language=language))


def page_of(browser: Colleague, address: str, *, status: int = 200) -> str:
    """The words of a page, after checking how it answered."""
    answer = browser.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()
