"""A registry on loopback that speaks RDAP over TLS, and the authority that vouches for it."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from time import sleep

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DOMAIN = {
    "objectClassName": "domain",
    "ldhName": "nepbank.example",
    "status": ["active", "client transfer prohibited"],
    "events": [{"eventAction": "registration", "eventDate": "2026-11-01T00:00:00Z"}],
    "nameservers": [{"objectClassName": "nameserver", "ldhName": "ns1.nepbank.example"}],
    "entities": [
        {
            "objectClassName": "entity",
            "roles": ["registrar"],
            "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Namen\u202e & <b>Zonen</b>"]]],
            "entities": [
                {
                    "objectClassName": "entity",
                    "roles": ["abuse"],
                    "vcardArray": ["vcard", [["email", {}, "text", "misbruik@namen.example"]]],
                }
            ],
        }
    ],
}


@dataclass
class Registry:
    """What was asked, and what is answered by path: an object, bytes, a status, or seconds to wait."""

    at: str
    authorities: Path
    answers: dict[str, object] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def bootstrap(self, folder: Path) -> Path:
        """The files of IANA, in which this is the registry of .example and of the documentation addresses."""
        for name, entries in (("dns", ["example"]), ("ipv4", ["203.0.113.0/24"]), ("ipv6", ["2001:db8::/32"])):
            (folder / f"{name}.json").write_text(json.dumps({"version": "1.0", "services": [[entries, [self.at]]]}))
        return folder


@contextmanager
def registry(folder: Path) -> Iterator[Registry]:
    """The registry as long as the test goes on."""
    authorities, own = _certified(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, dict(self.headers)))
            said = found.answers.get(self.path, 404)
            if isinstance(said, float):
                sleep(said)
                return
            status = said if isinstance(said, int) else 302 if isinstance(said, str) else 200
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            if isinstance(said, str):
                self.send_header("Location", said)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    found = Registry(f"https://127.0.0.1:{server.server_address[1]}/rdap/", authorities)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def _certified(folder: Path) -> tuple[Path, Path]:
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "register")]),
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    authorities, own = folder / "ca.pem", folder / "own.pem"
    authorities.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    own.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + authorities.read_bytes()
    )
    return authorities, own
