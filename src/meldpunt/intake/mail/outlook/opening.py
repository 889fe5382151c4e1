"""A `.msg` file is opened where it does no harm: in a process of its own that may hold little and take seconds.

The library that reads compound files compares each entry with each other: one of six megabytes took it nine seconds,
and one as large as a mail may be would take it minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from time import monotonic
from typing import Final

from .conversion import SECONDS

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES: Final = "__properties_version1.0".encode("utf-16-le")
# The address of the database and the keys of the house are none of its business.
_TOLD: Final = ("PATH", "LANG", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
_PROCESS: Final = "meldpunt.intake.mail.outlook.conversion"


def looks_like_outlook(data: bytes) -> bool:
    """Is it a compound file that may hold a message? A document of Office is one too, and has no such properties."""
    return data.startswith(_COMPOUND) and _PROPERTIES in data


def _told() -> dict[str, str]:
    return {name: os.environ[name] for name in _TOLD if name in os.environ}


@dataclass
class Opener:
    """Opens the `.msg` files of one mail, one after another, as far as its seconds go."""

    seconds: float = SECONDS

    def mail_of(self, data: bytes) -> tuple[bytes, tuple[str, ...]] | None:
        """The mail in the file, as it travels, with notes of what was left in it; None where it cannot be read."""
        if self.seconds <= 0:
            return None
        began = monotonic()
        command = [sys.executable, "-m", _PROCESS]
        try:
            done = subprocess.run(  # noqa: S603
                command, input=data, capture_output=True, check=False, timeout=self.seconds, env=_told()
            )
        except subprocess.TimeoutExpired:
            return None
        finally:
            self.seconds -= monotonic() - began
        if done.returncode != 0:
            return None
        notes, _, mail = done.stdout.partition(b"\n")
        return mail, tuple(notes.decode().split())
