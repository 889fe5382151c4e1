"""Every write of the room, one verb each."""

from .holding import hold_evidence, lift_hold, note_end
from .opening import DEFAULT_LIMIT, open_evidence, seal_evidence
from .rewrapping import rewrap_keys
from .shredding import shred_due, shred_evidence

__all__ = [
    "DEFAULT_LIMIT",
    "hold_evidence",
    "lift_hold",
    "note_end",
    "open_evidence",
    "rewrap_keys",
    "seal_evidence",
    "shred_due",
    "shred_evidence",
]
