"""A server of our own for mail that is handed over: LMTP (RFC 2033) for a mail server beside us, or SMTP (RFC 5321).

It takes what is for us and nothing else, so it relays for nobody. It never queues: a mail is received while its sender
waits, or stays with its sender.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import ssl
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, Final

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connections

from meldpunt.intake.mail_values import LARGEST_MAIL

from .beating import beat_once, stop_beating
from .handing_in import LATER, Post, hand_in, is_ours, weigh

LOG: Final = logging.getLogger(__name__)
AT_ONCE: Final = 4
"""Mails that are received at the same time; each takes a connection to the database."""
MOST_CONNECTIONS: Final = 200
MOST_FROM_ONE: Final = 20
"""Connections from one address, or from one network /64: who keeps these open shuts it for nobody else."""
MOST_RECIPIENTS: Final = 100
BEAT_SECONDS: Final = 60
SECONDS: Final = 120
"""How long a client may be silent."""
_LONGEST_LINE: Final = 2**20
_NAME: Final = "meldpunt"


@dataclass(frozen=True)
class Place:
    """Where to listen: a socket in the file system, or an address and a port. `tls`: a certificate and its key."""

    socket: Path | None = None
    host: str = "127.0.0.1"
    port: int = 2525
    is_lmtp: bool = True
    tls: tuple[Path, Path] | None = None

    @property
    def is_open_to_others(self) -> bool:
        """May anybody but this machine reach it?"""
        if self.socket is not None or self.host == "localhost":
            return False
        try:
            return not ip_address(self.host).is_loopback
        except ValueError:
            return True


class _Counter:
    """How many are connected. One event loop counts, so nobody else does at the same time."""

    def __init__(self) -> None:
        self._connected: Counter[str] = Counter()

    def let_in(self, peer: str) -> bool:
        """Whether there is room for one more from there; it is counted then."""
        if self._connected.total() >= MOST_CONNECTIONS or self._connected[peer] >= MOST_FROM_ONE:
            return False
        self._connected[peer] += 1
        return True

    def let_out(self, peer: str) -> None:
        """One from there is gone."""
        self._connected[peer] -= 1
        self._connected += Counter()


class _Polite(SMTP):
    """A server of aiosmtpd that has a limit to who is connected, and takes the long lines that people send."""

    line_length_limit = _LONGEST_LINE

    def __init__(self, *given: Any, counter: _Counter, **named: Any) -> None:
        super().__init__(*given, **named)
        self._counter = counter
        self._peer: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, or say that there are too many already."""
        if self._peer is None:
            peer = _network_of(transport.get_extra_info("peername"))
            if not self._counter.let_in(peer):
                assert isinstance(transport, asyncio.WriteTransport)
                transport.write(b"421 4.3.2 too many connections, try again later\r\n")
                transport.close()
                return
            self._peer = peer
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Let somebody else in."""
        if self._peer is not None:
            self._counter.let_out(self._peer)
            self._peer = None
            super().connection_lost(error)


def _network_of(peer: object) -> str:
    """The address of who connected, of version 6 its /64; nothing for a socket in the file system."""
    host = str(peer[0]) if isinstance(peer, tuple) else ""
    with suppress(ValueError):
        if (address := ip_address(host.partition("%")[0])).version == 6:
            return str(ip_network((address, 64), strict=False))
    return host


class _PerRecipient(_Polite, LMTP):
    """LMTP answers for each recipient after the data (RFC 2033, 4.2), also where the library refuses by itself."""

    _waiting = 0

    async def push(self, status: str | bytes) -> None:
        """Send a reply, as often as there are recipients that wait for one."""
        said = status if isinstance(status, str) else status.decode("utf-8", "replace")
        waiting, self._waiting = self._waiting, 0
        if said.startswith("354") and self.envelope is not None:
            # The library forgets the envelope before it answers.
            self._waiting = len(self.envelope.rcpt_tos)
        elif waiting and said.count("\r\n") + 1 != waiting:
            said = "\r\n".join([said] * waiting)
        await super().push(said)


class _Mailroom:
    """What happens to a mail: the hooks of aiosmtpd."""

    def __init__(self, take: Callable[[Post], list[str]], threads: ThreadPoolExecutor, *, is_lmtp: bool) -> None:
        self._take = take
        self._threads = threads
        self._is_lmtp = is_lmtp

    async def handle_MAIL(  # noqa: N802 - the hooks have the names of the commands
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str | None, options: list[str]
    ) -> str:
        # The library writes the empty return path as it was sent.
        loop = asyncio.get_running_loop()
        refusal = await loop.run_in_executor(self._threads, weigh, (address or "").strip("<>"))
        if refusal:
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - the hooks have the names of the commands
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not is_ours(address):
            return "550 5.7.1 we take no mail for this address"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        # The library writes the empty return path as it was sent.
        sender = (envelope.mail_from or "").strip("<>")
        post = Post(envelope.original_content or b"", sender, tuple(envelope.rcpt_tos))
        loop = asyncio.get_running_loop()
        # Asked to stop while it is received: the commit goes on, the answer does, and then the connection ends.
        answers = await asyncio.shield(loop.run_in_executor(self._threads, self._take, post))
        if self._is_lmtp:
            return "\r\n".join(answers)
        # One answer for all. Where one failed the mail comes again, and is received once all the same.
        return max(answers, key=lambda answer: {"4": 2, "5": 1}.get(answer[0], 0))

    async def handle_exception(self, _error: Exception) -> str:
        LOG.exception("a conversation about mail failed")
        return LATER


async def listen(
    place: Place,
    *,
    take: Callable[[Post], list[str]] = hand_in,
    begun: Callable[[], None] = lambda: None,
    beat: Callable[[], None] = beat_once,
    stopped: Callable[[], None] = stop_beating,
) -> None:
    """Take mail until SIGTERM or SIGINT; what is being received then is finished and answered.

    `begun` is called once it listens, `beat` each minute from then on, and `stopped` where it was told to stop. Raises
    OSError where it cannot listen there.
    """
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    counter = _Counter()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail") as threads:
        mailroom = _Mailroom(take, threads, is_lmtp=place.is_lmtp)

        def answer() -> SMTP:
            kind = _PerRecipient if place.is_lmtp else _Polite
            return kind(mailroom, counter=counter, loop=loop, **_manners(place))

        server = await _serving(loop, answer, place)
        begun()
        await _beating(loop, threads, beat, until=ended)
        await loop.run_in_executor(threads, stopped)
        server.close()
        threads.shutdown(wait=True)
        # The answers to what was received are on their way.
        await asyncio.sleep(0.2)
    connections.close_all()


async def _beating(
    loop: asyncio.AbstractEventLoop, threads: ThreadPoolExecutor, beat: Callable[[], None], *, until: asyncio.Event
) -> None:
    while not until.is_set():
        await loop.run_in_executor(threads, beat)
        with suppress(TimeoutError):
            await asyncio.wait_for(until.wait(), timeout=BEAT_SECONDS)


def _manners(place: Place) -> dict[str, Any]:
    context = None
    if place.tls is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*place.tls)
    return {
        "data_size_limit": LARGEST_MAIL,
        "hostname": _NAME,
        "ident": _NAME,
        "enable_SMTPUTF8": True,
        "timeout": SECONDS,
        "tls_context": context,
        "require_starttls": context is not None and place.is_open_to_others,
    }


async def _serving(loop: asyncio.AbstractEventLoop, answer: Callable[[], SMTP], place: Place) -> asyncio.Server:
    if place.socket is None:
        return await loop.create_server(answer, place.host, place.port)
    # asyncio would take the place of whoever listens there still, as it does of one who was killed.
    if place.socket.is_socket() and await _is_answered(place.socket):
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
    server = await loop.create_unix_server(answer, str(place.socket))
    place.socket.chmod(0o660)
    return server


async def _is_answered(path: Path) -> bool:
    try:
        _, writer = await asyncio.open_unix_connection(str(path))
    except OSError:
        return False
    writer.close()
    return True
