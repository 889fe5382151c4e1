"""Ways in which evidence goes wrong.

MeldpuntError
├── RuleBroken
│   ├── EvidenceTooLarge    more bytes than this installation takes in one item
│   ├── UploadsFull         so many files, or bytes of files, that are not sent yet
│   ├── UploadElsewhere     a part that does not follow on what is kept
│   ├── UploadUnfinished    a file of which not everything came in
│   ├── EvidenceShredded    its key was destroyed; nobody can open it any more
│   ├── EvidenceHeld        somebody said why it has to stay
│   ├── EvidenceSetAside    it may do harm; whoever wants it all the same says so
│   ├── ReasonMissing       a hold, or its end, without a reason
│   └── KeyUnusable         the file with the key is gone, not to be read, no key, or another key
└── SealBroken              ciphertext, key or hash do not belong together: tampering or a lost key store
"""

from __future__ import annotations

from meldpunt.access.errors import MeldpuntError, RuleBroken


class EvidenceTooLarge(RuleBroken):
    """The data is larger than `EVIDENCE_LIMIT` (bytes)."""


class UploadsFull(RuleBroken):
    """What was kept before stays; what is sent meanwhile goes without this file, or later."""


class UploadElsewhere(RuleBroken):
    """Ask how far it came, and go on from there."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__("Of this file %(offset)s bytes are kept. Go on from there.", offset=offset)


class UploadUnfinished(RuleBroken):
    """Wait until all of it came in, or take it away."""

    def __init__(self, name: str) -> None:
        super().__init__("“%(name)s” has not come in whole. Send the rest of it, or take it away.", name=name)


class EvidenceShredded(RuleBroken):
    """The item was shredded; what is left is that it existed and when it was destroyed."""


class EvidenceHeld(RuleBroken):
    """A hold stops it from being destroyed. End the hold first, with a reason."""


class EvidenceSetAside(RuleBroken):
    """Open it with `anyway`: a virus was found in it, or what it is and what it has in it do not fit."""


class ReasonMissing(RuleBroken):
    """Say why: whoever answers for what was kept or destroyed reads it later."""


class SealBroken(MeldpuntError):
    """The item does not open under its own key. Look at the key store first (`evidence.key`), then for tampering."""


class KeyUnusable(RuleBroken):
    """Put `evidence.key` back from where it is kept, readable by the doors; `why` is for whoever looks after them.

    What was sealed before is as it was, and what is sent meanwhile goes without files, or later.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__("No file can be sealed or opened just now, so nothing was kept. Send it without, or later.")
