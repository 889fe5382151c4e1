"""What differs by construction and tells nobody anything; everything else is compared byte for byte.

Keys, codes, ids, cookies and form tokens are not here: both worlds throw the same dice (`sameness.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tests.noninterference.fetching import Seen

LEDGER: Final = re.compile(r"^(/desk|/portal)?/ledger(/|$)|/proofs$")
NOISE: Final = (
    (
        re.compile(rb"\b[0-9a-f]{64}\b|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43,}={0,2}(?![A-Za-z0-9+/=])"),
        b"(hash)",
        "The root of the ledger, a proof and a signature follow from every entry. Each entry is committed to with 32"
        " bytes of salt of its own that stay with it, so that a root tells nothing of what was entered.",
    ),
)
"""What it looks like on the pages and in the files of the ledger, what stands there instead, and why."""


def without_noise(address: str, seen: Seen) -> Seen:
    """The answer, with what cannot be the same taken out; of one length, so that lengths are compared still."""
    if not LEDGER.search(address):
        return seen
    body = seen.body
    for pattern, instead, _why in NOISE:
        body = pattern.sub(instead, body)
    return replace(seen, body=body)
