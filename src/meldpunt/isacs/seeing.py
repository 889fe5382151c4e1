"""What a member saw before sending, in one short word that the page carries and the deed compares.

Of the readers only those that sit there openly: who comes to sit there hidden changes nothing that a member can see.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from django.utils.crypto import salted_hmac

from meldpunt.disclosure.values import Part, Sight
from meldpunt.law import Verdict

from .packing import pack_parts
from .values import Post

_SALT: Final = "meldpunt.isacs.sight"


def sight_of(post: Post, *, names: Sequence[str], verdict: Verdict, parts: Sequence[Part], is_hidden: bool) -> Sight:
    """The word for who reads it by name, on what ground, as what, and whether it shows a seat that is hidden."""
    shown = {
        "post": str(post.id),
        "title": post.title,
        "tlp": post.tlp.value,
        "pap": post.pap.value,
        "unattributed": post.is_unattributed,
        "replaces": [str(post.replaces or ""), post.why],
        "files": [str(one.id) for one in post.files],
        "names": sorted(names),
        "outcome": verdict.outcome.value,
        "grounds": sorted(one.id for one in verdict.grounds),
        "given": sorted(verdict.given),
        "parts": pack_parts(parts),
        "hidden": is_hidden,
    }
    text = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Sight(salted_hmac(_SALT, text, algorithm="sha256").hexdigest())
