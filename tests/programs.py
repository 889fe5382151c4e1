"""Programs of the machine that tests run beside ours: what readers of mail open it with."""

from __future__ import annotations

import os
import shutil

import pytest


def program(name: str) -> str:
    """Where it is; without it the build fails, and somebody's own machine says why a test did not run."""
    # Servers lie where only root looks by itself.
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing")
        pytest.skip(f"{name} is missing: ./dev test installs it where it may")
    return found
