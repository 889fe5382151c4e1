"""What an installation has to say of itself before it speaks to anybody."""

from __future__ import annotations

import os
import sys

from django.conf import settings


def is_introduced() -> bool:
    """Whether the environment holds all of `MUST_BE_SAID`; prints what it does not."""
    unsaid = [name for name in settings.MUST_BE_SAID if not os.environ.get(name)]
    if unsaid:
        print(f"Set first: {', '.join(unsaid)} (see UPGRADING.md).", file=sys.stderr)
    return not unsaid
