"""Every write of the door."""

from .deciding import approve_disclosure, decide_disclosure, propose_disclosure, withdraw_disclosure
from .disclosing import disclose, disclose_each
from .reading import acknowledge_disclosure, open_disclosure, open_disclosures
from .superseding import supersede_disclosure

__all__ = [
    "acknowledge_disclosure",
    "approve_disclosure",
    "decide_disclosure",
    "disclose",
    "disclose_each",
    "open_disclosure",
    "open_disclosures",
    "propose_disclosure",
    "supersede_disclosure",
    "withdraw_disclosure",
]
