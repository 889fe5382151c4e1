"""2. A mail, a Shadowserver report and a batch over the API come in through the same entrance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

from meldpunt.access.values import JOB
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.feed_values import ColumnMapping, ColumnUse, TimeForm

from ..world import World, story_bytes

FEED = "2026-11-21-scan_rdp-netherlands-geo.csv"
VPN = "TZ-0009"
"""The incident that names a vulnerability."""
SOURCE = "Honingpot van de Waddenzee"
COLUMNS = ColumnMapping(
    columns=("gezien", "machine", "soort"),
    uses=(ColumnUse.TIME, ColumnUse.ADDRESS, ColumnUse.CLASS),
    delimiter=";",
    zone="Europe/Amsterdam",
    time_form=TimeForm.DAY_FIRST,
    classes={"zombie": "malicious-code/infected-system"},
)


def quarter_before(day: date) -> tuple[date, date]:
    """First and last day of the last whole quarter before `day`."""
    first_of_this = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    last = first_of_this - timedelta(days=1)
    return date(last.year, 3 * ((last.month - 1) // 3) + 1, 1), last


def forwarded_items(today: date) -> list[Mapping[str, object]]:
    """The regulator's batch: incidents of the last whole quarter, dated by the day of that quarter."""
    first, last = quarter_before(today)
    items: list[Mapping[str, object]] = []
    for item in json.loads(story_bytes("incidents.json")):
        day = min(first + timedelta(days=item.pop("day")), last)
        items.append(item | {"occurred_on": day.isoformat()})
    return items


def play(world: World) -> None:
    """Pour in what comes by mail, feed and machine; then attribute and acknowledge, as the jobs do."""
    mail = intake_actions.receive_mail(JOB, raw=story_bytes("mail.eml"))
    feed = intake_actions.receive_feed(JOB, raw=story_bytes(FEED), name=FEED)
    items = forwarded_items(world.today)
    batch = intake_actions.receive_forwarded(world.actor("forwarder"), items=items)
    intake_actions.make_feed_mapping(world.actor("analyst"), name=SOURCE, file_name="waddenzee.csv", mapping=COLUMNS)
    vpn = next(receipt for item, receipt in zip(items, batch, strict=True) if item["source_reference"] == VPN)
    world.receipts |= {"mail": mail, "feed": feed, "vpn": vpn}
    world.tell(f"  mail {mail.reference}, feed {feed.reference}, batch of {len(batch)} reports, each with a receipt")
    attributed = intake_actions.attribute_reports(JOB)
    acknowledged = intake_actions.acknowledge_reports(JOB)
    world.tell(f"  attributed {attributed} reports and rows; acknowledged {acknowledged}")
    for row in intake_queries.list_feed_rows(JOB, report=feed.report):
        if not row.is_readable:
            world.tell(f"  row {row.number} could not be read and is kept whole: {row.reason}")
