"""With which status the commands of the ledger end."""

from __future__ import annotations

from typing import Final

SOUND: Final = 0
UNSOUND: Final = 1
EX_NOINPUT: Final = 66
EX_CANTCREAT: Final = 73
