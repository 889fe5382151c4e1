"""An authority with its certificates, made by openssl, and a proxy that ends TLS, as an installation has them."""

from __future__ import annotations

import base64
import hashlib
import http.client
import secrets
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True)
class Issued:
    """A certificate with its secret key, in files."""

    certificate: Path
    key: Path

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return ssl.PEM_cert_to_DER_cert(self.certificate.read_text())

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the DER, in hex."""
        return hashlib.sha256(self.der).hexdigest()


class Authority:
    """Issues certificates for servers and clients, also such as expired before they were made."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.root = Issued(folder / f"{name}.pem", folder / f"{name}.key")
        subject = ["-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE"]
        openssl("req", "-x509", *_new_key(self.root.key), "-out", self.root.certificate, "-days", "30", *subject)

    def issue(self, name: str, *, usage: str = "clientAuth", ended: bool = False) -> Issued:
        """A certificate in this name, for a month, or one that ended yesterday."""
        made = Issued(self.folder / f"{self.name}-{name}.pem", self.folder / f"{self.name}-{name}.key")
        request, extensions = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        extensions.write_text(f"extendedKeyUsage={usage}\nsubjectAltName=IP:127.0.0.1\n")
        openssl("req", *_new_key(made.key), "-out", request, "-subj", f"/O=Voorbeeld/CN={name}")
        if ended:
            self._sign(request, extensions, made.certificate, timedelta(days=-60), timedelta(days=-1))
        else:
            self._sign(request, extensions, made.certificate, timedelta(days=-1), timedelta(days=30))
        return made

    def _sign(self, request: Path, extensions: Path, out: Path, begin: timedelta, end: timedelta) -> None:
        """`openssl ca`, which lets one say when a certificate begins and ends."""
        config = self.folder / f"{self.name}.cnf"
        (self.folder / f"{self.name}.txt").touch()
        (self.folder / f"{self.name}.serial").write_text(f"{secrets.randbits(64):016X}")
        config.write_text(
            f"[ca]\ndefault_ca=own\n[own]\ndatabase={self.folder}/{self.name}.txt\nunique_subject=no\n"
            f"serial={self.folder}/{self.name}.serial\nnew_certs_dir={self.folder}\ndefault_md=sha256\npolicy=any\n"
            "[any]\ncommonName=supplied\norganizationName=optional\n"
        )
        signer = ["-cert", self.root.certificate, "-keyfile", self.root.key, "-extfile", extensions]
        dates = ["-startdate", _as_asn1(begin), "-enddate", _as_asn1(end)]
        openssl("ca", "-batch", "-notext", "-config", config, "-in", request, "-out", out, *signer, *dates)


def _as_asn1(later: timedelta) -> str:
    return (datetime.now(UTC) + later).strftime("%Y%m%d%H%M%SZ")


def openssl(*arguments: str | Path) -> None:
    """Run openssl; raises where it fails."""
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def _new_key(path: Path) -> list[str | Path]:
    return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path]


@contextmanager
def ending_tls(server: Issued, clients: Authority, *, behind: Path) -> Iterator[int]:
    """A proxy that ends TLS and passes requests to a socket, with the certificate they came with; its port.

    It holds certificates to the authority of `clients`, and takes out what a client says of itself.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server.certificate, server.key)
    context.verify_mode = ssl.CERT_OPTIONAL
    context.load_verify_locations(clients.root.certificate)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listening, context, behind), daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, behind: Path) -> None:
    while True:
        try:
            plain, _ = listening.accept()
        except OSError:
            return
        with plain:
            try:
                with context.wrap_socket(plain, server_side=True) as client:
                    client.settimeout(10)
                    _pass_on(client, behind)
            except OSError:
                continue


def _pass_on(client: ssl.SSLSocket, behind: Path) -> None:
    head, _, body = _received(client)
    taken_out = (b"client-cert", b"client_cert", b"connection:")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(taken_out)]
    lines.append(b"Connection: close")
    shown = client.getpeercert(binary_form=True)
    if shown:
        lines.append(b"Client-Cert: :" + base64.b64encode(shown) + b":")
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(str(behind))
        server.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + body)
        while data := server.recv(65536):
            client.sendall(data)


def _received(client: ssl.SSLSocket) -> tuple[bytes, bytes, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        more = client.recv(65536)
        if not more:
            raise OSError("the client went")
        data += more
    head, end, body = data.partition(b"\r\n\r\n")
    length = next((int(one[15:]) for one in head.split(b"\r\n") if one.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += client.recv(65536)
    return head, end, body


def fetch(
    port: int, path: str, *, trusted: Authority, shown: Issued | None, headers: dict[str, str]
) -> tuple[int, bytes]:
    """What an answer over TLS is, for a client that shows this certificate. Raises OSError where TLS fails."""
    context = ssl.create_default_context(cafile=str(trusted.root.certificate))
    if shown:
        context.load_cert_chain(shown.certificate, shown.key)
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
