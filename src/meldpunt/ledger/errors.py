"""Ways in which the ledger goes wrong.

MeldpuntError
└── LedgerError
    ├── Unreadable          a note, export or proof file that does not have the form it should have
    ├── SignatureMissing    no valid signature of the key that was asked for
    └── LedgerBroken        what is stored is not what was once committed to: stop and look, do not repair
RuleBroken
└── NotYetSigned            the entry is recorded but no signed checkpoint covers it yet
"""

from __future__ import annotations

from meldpunt.access.errors import MeldpuntError, RuleBroken


class LedgerError(MeldpuntError):
    """The ledger, or something that claims to come from one, is not as it should be."""


class Unreadable(LedgerError):
    """Not in the form of a note, an export or a bundle of proofs. The message says where."""


class SignatureMissing(LedgerError):
    """The note carries no valid signature of the key that was asked for."""


class LedgerBroken(LedgerError):
    """Stored entries, hashes and signed checkpoints contradict each other.

    Keep the database as it is, compare with exported checkpoints, and find out who wrote in it.
    """


class NotYetSigned(RuleBroken):
    """No signed checkpoint covers the entry yet; sign one and ask again."""
