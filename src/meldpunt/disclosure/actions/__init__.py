"""Every write of the door."""

from .deciding import approve_disclosure, decide_disclosure, disclose, propose_disclosure, withdraw_disclosure
from .reading import acknowledge_disclosure, open_disclosure

__all__ = [
    "acknowledge_disclosure",
    "approve_disclosure",
    "decide_disclosure",
    "disclose",
    "open_disclosure",
    "propose_disclosure",
    "withdraw_disclosure",
]
