"""What makes an incident significant, as law writes it: criteria, each a question with what its answers mean."""

from dataclasses import dataclass
from datetime import date

from meldpunt.law.values import RegimeId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. `when_yes` and `when_open` (not known yet) are the reason in words; a no gives none."""

    id: str
    regime: RegimeId
    key: str
    question: Bilingual
    when_yes: Bilingual
    when_open: Bilingual
    article: str
    source: str
    verified: bool
    entity_kinds: frozenset[EntityKind]
    valid_from: date
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the criterion is law on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
