"""Feeds that come along with a mail. Anybody may send one, so it is read no further than a stranger deserves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from meldpunt.vocabulary.markings import most_restrictive

from ..feed_values import FeedFlag
from ..values import Attached, ReporterDetails
from .opening import MOST_LOOKED_UP, Feed, open_feed
from .rows import FeedRow

MOST_ROWS: Final = 10_000
"""Rows of one mail. What more there is lies in its attachment, and the answers say so."""
_LARGEST: Final = 5_000_000
_MOST_FILES: Final = 10
_TEXT: Final = "text"


def open_attached(text: str, attachments: Sequence[Attached]) -> tuple[Feed, ...]:
    """The feeds among the attachments, and in the text where that is one. Only of a kind that was seen before."""
    files = [(one.name, one.data) for one in attachments if len(one.data) <= _LARGEST]
    if text.lstrip().startswith(("{", "[")):
        files.append((_TEXT, text.encode("utf-8", "surrogatepass")))
    found = (open_feed(data, name=name) for name, data in files[:_MOST_FILES])
    return tuple(one for one in found if one.kept is None and one.is_known)


def join_feeds(feeds: Sequence[Feed]) -> Feed | None:
    """All of them as one, with the rows numbered through; None where there is none."""
    if not feeds:
        return None
    rows = sum(one.count for one in feeds)
    answers = _joined(feeds, cut=rows > MOST_ROWS)
    return replace(
        feeds[0],
        answers=answers,
        rows=islice(_numbered(feeds), MOST_ROWS),
        reporter=ReporterDetails(),
        looked_up=tuple(dict.fromkeys(chain.from_iterable(one.looked_up for one in feeds)))[:MOST_LOOKED_UP],
        count=min(rows, MOST_ROWS),
    )


def _numbered(feeds: Iterable[Feed]) -> Iterator[FeedRow]:
    every = chain.from_iterable(one.rows for one in feeds)
    return (replace(row, number=number) for number, row in enumerate(every, start=1))


def _joined(feeds: Sequence[Feed], *, cut: bool) -> dict[str, str]:
    """What is told of each, side by side; of markings the strictest."""
    names = dict.fromkeys(name for one in feeds for name in one.answers)
    answers = {
        name: ", ".join(dict.fromkeys(one.answers[name] for one in feeds if name in one.answers)) for name in names
    }
    flags = {flag for one in feeds for flag in one.answers.get("flags", "").split()}
    markings = [one.marking for one in feeds if one.marking]
    if markings:
        answers["marking"] = most_restrictive(*markings).value
    if flags or cut:
        answers["flags"] = " ".join(sorted(flags | ({FeedFlag.ROWS_CUT.value} if cut else set())))
    if len(feeds) > 1:
        answers.pop("type", None)
    return answers
