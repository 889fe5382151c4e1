"""Grounds on which a reporter hears only later of a disclosure made from its report."""

from dataclasses import dataclass
from datetime import date
from typing import NewType

from meldpunt.law.terms import Term
from meldpunt.law.values import RecipientKind, RegimeId
from meldpunt.vocabulary.bilingual import Bilingual

DeferralId = NewType("DeferralId", str)


@dataclass(frozen=True, slots=True)
class Deferral:
    """One ground not to tell the reporter yet, where the disclosure went to one of `recipients`.

    `longest` always has an end, and it is the only one: what the reporter was told is the latest day stays that.
    """

    id: DeferralId
    regime: RegimeId
    article: str
    source: str
    verified: bool
    subject: Bilingual
    recipients: frozenset[RecipientKind]
    longest: Term
    valid_from: date
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the ground is law on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
