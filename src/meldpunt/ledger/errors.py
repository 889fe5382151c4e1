"""Ways in which the ledger goes wrong.

MeldpuntError
└── LedgerError
    ├── Unreadable          a note, export or proof file that does not have the form it should have
    ├── SignatureMissing    no valid signature of the key that was asked for
    ├── RotationBroken      a change of the log's key that does not hold
    ├── KeyLost             the key that signed last is not where it is kept
    ├── WitnessRefused      a log that is not what the witness saw before
    └── LedgerBroken        what is stored is not what was once committed to: stop and look, do not repair
RuleBroken
├── NotYetSigned            the entry is recorded but no signed checkpoint covers it yet
├── ErasureRefused          the content of this entry is gone already, or always stays
└── LedgerBusy              somebody keeps the turn to add to the tree; what was done stands
"""

from __future__ import annotations

from meldpunt.access.errors import MeldpuntError, RuleBroken


class LedgerError(MeldpuntError):
    """The ledger, or something that claims to come from one, is not as it should be."""


class Unreadable(LedgerError):
    """Not in the form of a note, an export or a bundle of proofs. The message says where."""


class SignatureMissing(LedgerError):
    """The note carries no valid signature of the key that was asked for."""


class RotationBroken(LedgerError):
    """The old key did not say, in a tree that it signed, that the new key takes over."""


class KeyLost(LedgerError):
    """Put the key that signed last back, from wherever it was kept; a log cannot go on under a key nobody announced."""


class WitnessRefused(LedgerError):
    """Not to be cosigned. Keep both files: together they may prove that the log showed two faces."""


class LedgerBroken(LedgerError):
    """Stored entries, hashes and signed checkpoints contradict each other.

    Keep the database as it is, compare with exported checkpoints, and find out who wrote in it.
    """


class NotYetSigned(RuleBroken):
    """No signed checkpoint covers the entry yet; sign one and ask again."""


class ErasureRefused(RuleBroken):
    """Look at the entry: it says whether its content was erased before."""

    def __init__(self) -> None:
        super().__init__("The content of this entry was erased before, or is of a kind that always stays.")


class LedgerBusy(RuleBroken):
    """Try again. Whoever keeps the turn is ended by the jobs within two minutes (`free_turn`)."""

    def __init__(self) -> None:
        super().__init__("Somebody else has been adding to the ledger for several seconds. Try again in a moment.")
