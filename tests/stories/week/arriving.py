"""2. A mail, a feed and a batch come in through the same entrance."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.stories.week.week import Week

from meldpunt.entrypoints.cli.story.steps.arriving import FEED, forwarded_items
from meldpunt.entrypoints.cli.story.world import story_bytes
from meldpunt.intake.values import MARK

_WIRE = {"source_reference": "sourceReference", "occurred_on": "occurredOn", "persons_affected": "personsAffected"}


def play(week: Week) -> None:
    """Each with its receipt; what cannot be read is kept with its reason, and rows find their organisations."""
    mail = week.receive("mail", "-", piped=story_bytes("mail.eml"))
    feed = week.receive("feed", "--name", FEED, "-", piped=story_bytes(FEED))
    items = [{_WIRE.get(name, name): value for name, value in one.items()} for one in forwarded_items(_today())]
    status, answer = week.call("forwarder", "report-batches", {"items": items})
    assert status == 200, answer
    received = answer["items"]
    assert isinstance(received, list)
    assert len({one["reference"] for one in received}) == len(items)
    assert all(one["code"] for one in received)
    week.found["batch"] = str(len(items))
    week.jobs()
    _see(week, mail=mail, feed=feed)


def _see(week: Week, *, mail: str, feed: str) -> None:
    """At the desk they stand in the queue."""
    marit = week.walker("analyst")
    marit.page.get_by_label("Text").fill("")
    marit.go(f"/desk/?text={feed}&state=all")
    marit.click(feed)
    marit.go("/desk/?channel=feed&state=all")
    marit.click(feed)
    week.keep("analyst", feed)
    marit.click("All rows")
    marit.reads("could be read", "Not read because")
    rows = marit.page.locator("tbody tr")
    assert rows.filter(has=marit.page.get_by_role("link")).count() > 0
    unread = rows.filter(has=marit.page.locator("code.desk-raw"))
    assert unread.count() > 0
    week.keep("analyst", feed)
    marit.go("/desk/?channel=mail&state=all")
    marit.click(mail)
    marit.reads("203[.]0[.]113[.]140", MARK)
    week.keep("analyst", mail)


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()
