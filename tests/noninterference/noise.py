"""What differs by construction and tells nobody anything; everything else is compared byte for byte.

Keys, codes, ids, cookies and form tokens are not here: both worlds throw the same dice (`sameness.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from tests.noninterference.fetching import Seen

_HASH: Final = re.compile(rb"\b[0-9a-f]{64}\b|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43,}={0,2}(?![A-Za-z0-9+/=])")
NOISE: Final = (
    (
        re.compile(r"^(/desk|/portal)?/ledger([/?]|$)|/proofs$"),
        _HASH,
        "The root of the ledger, a proof and a signature follow from every entry. Each entry is committed to with 32"
        " bytes of salt of its own that stay with it, so that a root tells nothing of what was entered.",
    ),
    (
        re.compile(r"^/desk/disclosures/[0-9a-f-]{36}"),
        _HASH,
        "The fingerprint of what was told is taken with the id of its version in it, which nobody can guess and no page"
        " shows (`disclosure.packing.content_hash`).",
    ),
)
"""Where, what it looks like there, and why it may differ."""


def without_noise(address: str, seen: Seen) -> Seen:
    """The answer, with what cannot be the same taken out. The length is compared as it was."""
    body, headers = seen.body, tuple(map(_in_order, seen.headers))
    for where, pattern, _why in NOISE:
        if where.search(address):
            body = pattern.sub(b"(hash)", body)
    return replace(seen, headers=headers, body=body)


def _in_order(header: tuple[str, str]) -> tuple[str, str]:
    """The policy for content is kept in a set, so that each process has an order of its own for what is in it."""
    name, value = header
    return (name, "; ".join(sorted(value.split("; ")))) if name == "Content-Security-Policy" else header
