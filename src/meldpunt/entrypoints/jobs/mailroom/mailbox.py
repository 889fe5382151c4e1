"""A mailbox over IMAP (RFC 3501, RFC 9051), of which the inbox is what nobody received yet."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

SECONDS: Final = 30
"""How long a server may think about one step."""
_SIZE: Final = re.compile(rb"UID (\d+)[^)]*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^)]*UID (\d+)")


class MailboxUnreadable(Exception):
    """The server was not reached, is not who it says, does not let us in, or says no. The message holds no password."""


class Security(StrEnum):
    """How the connection is kept from others; none of it on the machine itself only."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class Place:
    """Where a mailbox is. `authorities`: a file with those the server may be certified by."""

    host: str
    port: int
    security: Security
    user: str
    password: str
    folder: str = "INBOX"
    received: str = "Received"
    authorities: str = ""

    @property
    def name(self) -> str:
        """What the desk reads: everything but the password."""
        return f"{self.user}@{self.host}/{self.folder}"[:300]


def place_from(url: str, *, received: str = "Received", authorities: str = "") -> Place | None:
    """The mailbox of `imaps://user:password@host/folder` or `imap://` (STARTTLS, but for the machine itself).

    None where none is set. Raises MailboxUnreadable.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise MailboxUnreadable("MELDPUNT_IMAP_URL cannot be read") from error
    if parts.scheme not in ("imap", "imaps") or not host or not parts.username:
        raise MailboxUnreadable("MELDPUNT_IMAP_URL is no imaps://user:password@host/folder")
    if parts.scheme == "imaps":
        security, usual = Security.TLS, 993
    else:
        security, usual = Security.NONE if _is_this_machine(host) else Security.STARTTLS, 143
    return Place(
        host=host,
        port=port or usual,
        security=security,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        received=received,
        authorities=authorities,
    )


class Mailbox:
    """An open mailbox. Its methods raise MailboxUnreadable where the server says no or goes away."""

    def __init__(self, imap: imaplib.IMAP4, place: Place) -> None:
        self._imap = imap
        self._place = place
        # Before somebody logged in, a server does not say all that it can.
        self._can = _words(_asked(imap.capability()))
        with suppress(imaplib.IMAP4.error):
            imap.create(_quoted(place.received))
        _asked(imap.select(_quoted(place.folder)))
        self.uid_validity = int((imap.response("UIDVALIDITY")[1] or [b"0"])[0] or 0)

    def uids(self) -> tuple[int, ...]:
        """Every mail that was not moved yet, the oldest first. A mail that somebody opened too."""
        with _translated():
            found = _asked(self._imap.uid("SEARCH", "UNDELETED"))
        return tuple(sorted(map(int, found[0].split()))) if found and found[0] else ()

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """The bytes of each of these, without those that are gone. Of some hundreds: a command is one line."""
        if not uids:
            return {}
        with _translated():
            lines = _asked(self._imap.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)"))
        sizes = dict[int, int]()
        for line in lines:
            said = _SIZE.search(line)
            if said:
                uid, size = (said[1], said[2]) if said[1] else (said[4], said[3])
                sizes[int(uid)] = int(size)
        return sizes

    def read(self, uid: int) -> bytes | None:
        """The bytes of a mail, which stays unread for everybody else; None where it is gone."""
        with _translated():
            status, data = self._imap.uid("FETCH", str(uid), "(BODY.PEEK[])")
        if status != "OK":
            raise MailboxUnreadable("the server does not give a mail")
        return next((part[1] for part in data if isinstance(part, tuple)), None)

    def put_away(self, uid: int) -> None:
        """Move a mail to the folder of what was received, seen; nothing is ever deleted that is not there as well."""
        with _translated():
            _asked(self._imap.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)"))
            if b"MOVE" in self._can:
                _asked(self._imap.uid("MOVE", str(uid), _quoted(self._place.received)))
                return
            _asked(self._imap.uid("COPY", str(uid), _quoted(self._place.received)))
            _asked(self._imap.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)"))
            if b"UIDPLUS" in self._can:
                _asked(self._imap.uid("EXPUNGE", str(uid)))


@contextmanager
def opened(place: Place) -> Iterator[Mailbox]:
    """The mailbox, as long as the block lasts. Raises MailboxUnreadable."""
    with _translated():
        imap = _connected(place)
    try:
        with _translated():
            # The library quotes the password, and not the name.
            imap.login(_quoted(place.user), place.password)
            mailbox = Mailbox(imap, place)
        yield mailbox
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            imap.logout()


def _connected(place: Place) -> imaplib.IMAP4:
    trust = ssl.create_default_context(cafile=place.authorities or None)
    if place.security is Security.TLS:
        return imaplib.IMAP4_SSL(place.host, place.port, ssl_context=trust, timeout=SECONDS)
    imap = imaplib.IMAP4(place.host, place.port, timeout=SECONDS)
    if place.security is Security.STARTTLS:
        try:
            imap.starttls(ssl_context=trust)
        except (imaplib.IMAP4.error, OSError):
            imap.shutdown()
            raise
    return imap


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (imaplib.IMAP4.error, OSError) as problem:
        # What a server says of a log-in may quote it.
        raise MailboxUnreadable(type(problem).__name__) from problem


def _asked(answer: tuple[str, Sequence[object]]) -> list[bytes]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"the server answered {status}")
    return [part for part in data if isinstance(part, bytes)]


def _words(lines: list[bytes]) -> frozenset[bytes]:
    return frozenset(b" ".join(lines).upper().split())


def _quoted(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        raise MailboxUnreadable("names and passwords of a mailbox are ASCII")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
