"""A feed comes in: one report, and a row for each thing it tells, read or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission

from .. import rules
from ..feed_values import LARGEST_FEED, FeedFormat
from ..formats.opening import Feed, open_feed
from ..queries.mappings import mappings_in_use
from ..values import Channel, Receipt, ReporterDetails, ReportForm, ReportKind
from .reception import FEED_PURPOSE, Arrival, admit, new_report_id, seal_whole, wait_for_turn

_MEDIA_TYPES: Final[Mapping[FeedFormat, str]] = {
    FeedFormat.SHADOWSERVER: "text/csv",
    FeedFormat.MAPPED: "text/csv",
    FeedFormat.STIX: "application/stix+json",
    FeedFormat.UNKNOWN: "application/octet-stream",
}
_NOBODY: Final = ReporterDetails()


@deed(Permission.REPORT_FORWARD)
def receive_feed(actor: Actor, /, *, raw: bytes, name: str) -> Receipt:
    """Receive a feed in any format that `docs/feeds.md` names; what is in it says which. `name` is its file name.

    What is no known format, or could be two, is kept whole with its reason; so is each row that cannot be read. What
    has no RSIT type is `other/undetermined`, and the answers of the report say so. Raises ReportTooLarge.
    """
    return _receive(actor, raw=raw, name=name)


@deed(Permission.REPORT_COMPLETE)
def hand_in_feed(
    actor: Actor, /, *, raw: bytes, name: str, reporter: ReporterDetails = _NOBODY, organisation_named: str = ""
) -> Receipt:
    """As `receive_feed`, for a file that somebody gave the desk: who it came from is sealed. Raises ReportTooLarge."""
    return _receive(actor, raw=raw, name=name, reporter=reporter, organisation_named=organisation_named)


def _receive(
    actor: Actor, *, raw: bytes, name: str, reporter: ReporterDetails = _NOBODY, organisation_named: str = ""
) -> Receipt:
    rules.check_size("feed", len(raw), limit=LARGEST_FEED)
    report = new_report_id()
    feed = open_feed(raw, name=name, mappings=mappings_in_use())
    media_type = _MEDIA_TYPES.get(feed.format, "application/json")
    sealed = seal_whole(actor, report=report, name=name, media_type=media_type, data=raw, purpose=FEED_PURPOSE)
    form = ReportForm(
        title=feed.title,
        text=feed.text,
        kind=ReportKind.THREAT,
        answers=feed.answers,
        reporter=feed.reporter if reporter == _NOBODY else reporter,
        organisation_named=organisation_named,
        tlp=feed.marking,
    )
    wait_for_turn(actor)
    return admit(actor, arrival_of(Arrival(report, Channel.FEED, form, kept=feed.kept, raw=sealed), feed))


def arrival_of(arrival: Arrival, feed: Feed) -> Arrival:
    """The arrival with what the feed brings."""
    return replace(arrival, feed=rules.feed_column(feed.report), rows=feed.rows, looked_up=feed.looked_up)
