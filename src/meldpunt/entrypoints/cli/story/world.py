"""What the steps of the story share: who plays, what was found on the way, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from uuid import UUID

from meldpunt.access.values import JOB, Actor, OrganisationId
from meldpunt.intake.values import Receipt
from meldpunt.ledger import queries as ledger_queries
from meldpunt.vocabulary.bilingual import Bilingual

from .cast import Cast

Tell = Callable[[str], None]
"""Says one line to whoever watches the story."""


@dataclass
class World:
    """The cast, the receipts and ids that later steps build on, and the day the story is played on."""

    cast: Cast
    today: date
    tell: Tell
    receipts: dict[str, Receipt] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    """Codes with which somebody returns who did not report: the one who asks for information."""

    def actor(self, name: str) -> Actor:
        """Somebody of the cast."""
        return self.cast.actors[name]

    def organisation(self, name: str) -> OrganisationId:
        """An organisation of the cast."""
        return self.cast.organisations[name]


@dataclass(frozen=True)
class Step:
    """One of the nine steps of the story."""

    number: int
    title: Bilingual
    play: Callable[[World], None]


def story_bytes(name: str) -> bytes:
    """A file that the story brings along, as it would come in."""
    return (resources.files(__package__) / "data" / name).read_bytes()


@contextmanager
def told_changes(world: World) -> Iterator[None]:
    """Afterwards tell how many ledger entries of each kind the block added."""
    before = _kinds()
    yield
    added = {kind: count - before.get(kind, 0) for kind, count in _kinds().items() if count > before.get(kind, 0)}
    if added:
        world.tell("  ledger: " + ", ".join(f"{kind} +{count}" for kind, count in sorted(added.items())))


def _kinds() -> dict[str, int]:
    return {kind.value: count for kind, count in ledger_queries.count_entries(JOB).items()}
