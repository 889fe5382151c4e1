"""Mail servers of the tests, on loopback, which keep every byte that they saw."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from tests.disclosure.posts import FROM


@dataclass
class Server:
    """A server that answers as it is told, and remembers."""

    port: int = 0
    mails: list[Envelope] = field(default_factory=list)
    to_recipient: str = ""
    to_data: str = ""
    after_data: Callable[[], None] | None = None
    seen: bytearray = field(default_factory=bytearray)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 (a hook of aiosmtpd)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.to_recipient:
            envelope.rcpt_tos.append(address)
        return self.to_recipient or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.seen += envelope.original_content or b""
        if not self.to_data:
            self.mails.append(envelope)
        if self.after_data:
            self.after_data()
        return self.to_data or "250 taken"


@contextmanager
def running() -> Iterator[Server]:
    """A server that takes everything, until it is told otherwise."""
    server = Server(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port, loop=asyncio.new_event_loop())
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
        controller.loop.close()


@contextmanager
def dying_in_data() -> Iterator[Server]:
    """A server that says 354, takes a part of the mail, and goes away."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(listening.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                for answer in (b"220 here", b"250 hello", b"250 OK", b"250 OK", b"354 go on"):
                    stream.write(answer + b"\r\n")
                    stream.flush()
                    if answer[:3] == b"354":
                        server.seen += stream.read(20)
                    else:
                        stream.readline()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(timeout=5)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def settings_for(url: str, **more: str) -> Mapping[str, str]:
    """The settings of an installation that sends by this server."""
    said = {"url": url, "sender": FROM, "bounce_domain": "terug.meldpunt.example"}
    nothing = {"authorities": "", "openpgp_key": "", "smime_key": "", "smime_certificate": ""}
    return {**nothing, **said, **more}
