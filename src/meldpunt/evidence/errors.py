"""Ways in which evidence goes wrong.

MeldpuntError
├── RuleBroken
│   ├── EvidenceTooLarge    more bytes than this installation takes in one item
│   └── EvidenceShredded    its key was destroyed; nobody can open it any more
└── SealBroken              ciphertext, key or hash do not belong together: tampering or a lost key store
"""

from __future__ import annotations

from meldpunt.access.errors import MeldpuntError, RuleBroken


class EvidenceTooLarge(RuleBroken):
    """The data is larger than `EVIDENCE_LIMIT` (bytes)."""


class EvidenceShredded(RuleBroken):
    """The item was shredded; what is left is that it existed and when it was destroyed."""


class SealBroken(MeldpuntError):
    """The item does not open under its own key. Look at the key store first (`evidence.key`), then for tampering."""
