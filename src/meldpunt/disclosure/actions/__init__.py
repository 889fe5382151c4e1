"""Every write of the door."""

from .deciding import approve_disclosure, decide_disclosure, propose_disclosure, withdraw_disclosure
from .disclosing import disclose, disclose_each
from .reading import acknowledge_disclosure, open_disclosure, open_disclosures
from .returning import record_bounce
from .sending import claim_envelope, send_envelope
from .settling import settle_alarm
from .superseding import supersede_disclosure
from .writing_back import claim_letter, send_letter

__all__ = [
    "acknowledge_disclosure",
    "approve_disclosure",
    "claim_envelope",
    "claim_letter",
    "decide_disclosure",
    "disclose",
    "disclose_each",
    "open_disclosure",
    "open_disclosures",
    "propose_disclosure",
    "record_bounce",
    "send_envelope",
    "send_letter",
    "settle_alarm",
    "supersede_disclosure",
    "withdraw_disclosure",
]
