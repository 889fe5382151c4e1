"""What is told of a feed in the answers of its report, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meldpunt.intake.feed_values import FeedFlag, FeedFormat


@dataclass(frozen=True, slots=True)
class FeedTold:
    """Its format, the traffic light its sender put on it, and what to know before working with it."""

    format: FeedFormat
    marking: str
    unknown_classes: str
    flags: tuple[FeedFlag, ...]


def feed_told(answers: Mapping[str, str]) -> FeedTold | None:
    """What the answers tell; None where the report is of no feed, or its answers are masked beyond reading."""
    formats = [one for one in answers.get("format", "").split(", ") if one in set(FeedFormat)]
    if not formats:
        return None
    flags = [flag for flag in answers.get("flags", "").split() if flag in set(FeedFlag)]
    return FeedTold(
        FeedFormat(formats[0]),
        answers.get("marking", ""),
        answers.get("unknown_classes", ""),
        tuple(map(FeedFlag, flags)),
    )
