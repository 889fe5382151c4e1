"""What an installation says about mail, read once and whole: half an office is none, and says so."""

from __future__ import annotations

import re
import secrets
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pysequoia import Tsk

from ..errors import MailHalfConfigured

_DOMAIN: Final = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}\Z", re.ASCII | re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}\Z", re.ASCII)
RETURN_PREFIX: Final = "bounces+"
RETURN_BYTES: Final = 20
SECONDS: Final = 30
"""How long a server may think about one step."""


class Security(StrEnum):
    """How the connection to the server is kept from others."""

    NONE = "none"
    """On the machine itself only."""
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class Server:
    """The mail server that takes what we send. `authorities`: a file with those it may be certified by."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""
    authorities: str = ""

    def trust(self) -> ssl.SSLContext:
        """Whom to believe about the server's name."""
        return ssl.create_default_context(cafile=self.authorities or None)


@dataclass(frozen=True)
class SmimeIdentity:
    """The certificate and key with which we sign S/MIME."""

    certificate: x509.Certificate
    key: RSAPrivateKey


@dataclass(frozen=True)
class Office:
    """Everything that sending takes. Without a key of our own nothing is signed. `site`: the public site, no slash.

    `replies_to` is where answers go, where that is not the address we write from; `phone` is called day and night.
    """

    server: Server
    name: str
    sender: str
    bounce_domain: str
    openpgp: Tsk | None = None
    smime: SmimeIdentity | None = None
    site: str = ""
    replies_to: str = ""
    phone: str = ""

    def return_address(self, code: str) -> str:
        """Where a mail comes back to: an address nobody can guess, and only one mail has."""
        return f"{RETURN_PREFIX}{code}@{self.bounce_domain}"


def new_return_code() -> str:
    """Hexadecimal, because servers on the way may change the case of an address."""
    return secrets.token_hex(RETURN_BYTES)


def new_message_id(domain: str) -> str:
    """A Message-ID that tells nothing (RFC 5322, 3.6.4)."""
    return f"<{secrets.token_hex(16)}@{domain}>"


def office_from(
    said: Mapping[str, str], *, name: str, site: str = "", addresses: Sequence[str] = (), phone: str = ""
) -> Office | None:
    """The office these settings describe; None where none of them is set. Raises MailHalfConfigured.

    `addresses` are those at which we receive mail.
    """
    if not any(said.values()):
        return None
    missing = [setting for setting in ("url", "sender", "bounce_domain") if not said[setting]]
    if missing:
        raise MailHalfConfigured(f"mail is half configured: {', '.join(_SETTING[one] for one in missing)} is not set")
    if bool(said["smime_key"]) is not bool(said["smime_certificate"]):
        raise MailHalfConfigured("mail is half configured: an S/MIME key and its certificate go together")
    sender = parseaddr(said["sender"])[1]
    if not said["sender"].isprintable() or not _ADDRESS.match(sender):
        raise MailHalfConfigured(f"{_SETTING['sender']} is no mail address")
    if not _DOMAIN.match(said["bounce_domain"]):
        raise MailHalfConfigured(f"{_SETTING['bounce_domain']} is no domain name")
    return Office(
        server=server_from(said["url"], authorities=said["authorities"]),
        name=name,
        sender=sender,
        bounce_domain=said["bounce_domain"].lower(),
        openpgp=_openpgp(said["openpgp_key"]) if said["openpgp_key"] else None,
        smime=_smime(said["smime_key"], said["smime_certificate"]) if said["smime_key"] else None,
        site=site.rstrip("/"),
        replies_to=addresses[0] if addresses and sender.lower() not in addresses else "",
        phone=phone,
    )


def server_from(url: str, *, authorities: str = "") -> Server:
    """The server of `smtp://` (STARTTLS, but for the machine itself) or `smtps://`. Raises MailHalfConfigured."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise MailHalfConfigured(f"{_SETTING['url']} cannot be read") from error
    if parts.scheme not in ("smtp", "smtps") or not host:
        raise MailHalfConfigured(f"{_SETTING['url']} is no smtp:// or smtps:// address")
    if parts.scheme == "smtps":
        security, usual = Security.TLS, 465
    elif _is_this_machine(host):
        security, usual = Security.NONE, 25
    else:
        security, usual = Security.STARTTLS, 587
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(host, port or usual, security, user, password, authorities)


_SETTING: Final = {
    "url": "MELDPUNT_SMTP_URL",
    "sender": "MELDPUNT_MAIL_FROM",
    "bounce_domain": "MELDPUNT_BOUNCE_DOMAIN",
}


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _openpgp(path: str) -> Tsk:
    try:
        key = Tsk.from_bytes(Path(path).read_bytes())
        key.signer()
    except (OSError, RuntimeError) as error:
        raise MailHalfConfigured("the OpenPGP key to sign mail with cannot be read, or asks for a password") from error
    return key


def _smime(key: str, certificate: str) -> SmimeIdentity:
    try:
        private = load_pem_private_key(Path(key).read_bytes(), password=None)
        public = x509.load_pem_x509_certificate(Path(certificate).read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise MailHalfConfigured("the S/MIME key to sign mail with cannot be read, or asks for a password") from error
    if not isinstance(private, RSAPrivateKey) or private.public_key() != public.public_key():
        raise MailHalfConfigured("the S/MIME key to sign mail with is no RSA key, or not that of its certificate")
    return SmimeIdentity(public, private)
