"""Which grounds could fit a question, found by deed, recipient and purpose instead of looking through all."""

from collections.abc import Iterable, Mapping
from itertools import product
from types import MappingProxyType
from typing import TypeAlias

from meldpunt.law.values import Ground, GroundKind, Purpose, RecipientKind

Fitting: TypeAlias = Mapping[tuple[GroundKind, RecipientKind, Purpose], tuple[Ground, ...]]


def index_of(grounds: Iterable[Ground]) -> Fitting:
    """For each deed, recipient and purpose the grounds of all times that name them, in the order of the law.

    Only processing may leave recipients or purposes open; then it names them all.
    """
    found: dict[tuple[GroundKind, RecipientKind, Purpose], list[Ground]] = {}
    for ground in grounds:
        recipients, purposes = ground.recipients or RecipientKind, ground.purposes or Purpose
        for recipient, purpose in product(recipients, purposes):
            found.setdefault((ground.kind, recipient, purpose), []).append(ground)
    return MappingProxyType({question: tuple(fitting) for question, fitting in found.items()})
