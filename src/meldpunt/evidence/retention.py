"""How long evidence is kept: rules as data, read once, and what they say of one item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from meldpunt.law.terms import Term, add_to_day, parse_term


class After(StrEnum):
    """From when a term runs."""

    SEALED = "sealed"
    ENDED = "ended"


class By(StrEnum):
    """Who destroys when the term is over."""

    OFFICER = "officer"
    JOB = "job"


@dataclass(frozen=True)
class RetentionRule:
    """For what came for `purpose`; `source` says where the term is from."""

    purpose: str
    after: After
    term: Term
    by: By
    source: str

    def last_day(self, *, sealed_at: datetime, ended_at: datetime | None, zone: ZoneInfo) -> date | None:
        """The last day on which the item is kept; None while its term did not begin."""
        # What came after the end counts from when it came.
        start = sealed_at if self.after is After.SEALED else ended_at and max(ended_at, sealed_at)
        return add_to_day(start.astimezone(zone).date(), self.term) if start else None


def rules_in_force() -> Mapping[str, RetentionRule]:
    """The rules of this installation (`EVIDENCE_RETENTION`), by purpose."""
    return read_rules(settings.EVIDENCE_RETENTION)


_KEYS: Final = {"purpose", "after", "term", "by", "source"}


def read_rules(data: Mapping[str, object]) -> Mapping[str, RetentionRule]:
    """The rules by their purpose. Raises ValueError for what is no set of rules."""
    lines = data.get("rule")
    if set(data) != {"rule"} or not isinstance(lines, list) or not lines:
        raise ValueError("a file of retention holds rules, and nothing else")
    rules = [_rule(line) for line in lines]
    if len({rule.purpose for rule in rules}) != len(rules):
        raise ValueError("two rules of retention for one purpose")
    return {rule.purpose: rule for rule in rules}


def _rule(line: Mapping[str, object]) -> RetentionRule:
    if set(line) != _KEYS or not all(isinstance(value, str) and value for value in line.values()):
        raise ValueError(f"a rule of retention says {', '.join(sorted(_KEYS))}: {dict(line)}")
    said = {key: str(value) for key, value in line.items()}
    term = parse_term(said["term"])
    if not term.ends_with_a_day:
        raise ValueError(f"a term of retention is in months and days: {said['term']}")
    return RetentionRule(said["purpose"], After(said["after"]), term, By(said["by"]), said["source"])
