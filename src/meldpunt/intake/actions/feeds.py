"""A feed comes in: one report, and a row for each of its lines, read or kept."""

from __future__ import annotations

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission

from .. import rules
from ..shadowserver import open_feed
from ..values import Channel, Receipt, ReportForm, ReportKind
from .reception import Arrival, admit, new_report_id, seal_whole


@deed(Permission.REPORT_FORWARD)
def receive_feed(actor: Actor, /, *, raw: bytes, name: str) -> Receipt:
    """Receive a Shadowserver report; `name` is its file name, which says what kind it is.

    A feed without a header or rows is kept whole with its reason; so is each row that cannot be read. A kind never
    seen before is read by its common columns, and its answers say so. Raises ReportTooLarge.
    """
    rules.check_size("feed", len(raw), limit=rules.LARGEST_FEED)
    report = new_report_id()
    sealed = seal_whole(actor, report=report, name=name, media_type="text/csv", data=raw)
    feed = open_feed(raw, name=name)
    form = ReportForm(
        title=f"Shadowserver: {feed.report}",
        text="",
        kind=ReportKind.THREAT,
        answers={"file": name, "report": feed.report, "known": "yes" if feed.is_known else "no"},
    )
    arrival = Arrival(
        report,
        Channel.FEED,
        form,
        kept=feed.kept,
        feed=rules.feed_column(feed.report),
        raw=sealed,
        rows=feed.rows,
    )
    return admit(actor, arrival)
