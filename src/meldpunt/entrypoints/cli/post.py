"""The mail server of the demo: on loopback, it takes everything and keeps it as files that one can open."""

from __future__ import annotations

import os
import socket
from itertools import count
from pathlib import Path
from typing import Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

FOLDER: Final = Path(os.environ.get("MELDPUNT_DATA", ".meldpunt")) / "mail"


class _Kept:
    """Writes each mail to a file of its own, by the order in which they came."""

    def __init__(self) -> None:
        FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._numbers = count(len(list(FOLDER.glob("*.eml"))) + 1)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (a hook)
        name = f"{next(self._numbers):04}-{envelope.rcpt_tos[0].replace('/', '_')}.eml"
        (FOLDER / name).write_bytes(envelope.original_content or b"")
        return "250 kept"


def open_post() -> None:
    """Take mail on a free port until this process ends, and let the settings that are read after this send by it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    Controller(_Kept(), hostname="127.0.0.1", port=port).start()
    os.environ.update(
        MELDPUNT_SMTP_URL=f"smtp://127.0.0.1:{port}",
        MELDPUNT_MAIL_FROM="csirt@meldpunt.example",
        MELDPUNT_BOUNCE_DOMAIN="terug.meldpunt.example",
    )
