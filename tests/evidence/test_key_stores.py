"""Keys of items under a file, under a key service, and put from one under the other.

The service is a real HTTPS server of this test that does the cryptography of transit: OpenBao and Vault themselves are
in no archive that the project installs from.
"""

from __future__ import annotations

import base64
import json
import secrets
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from tests.evidence.test_evidence import ANALYST, DUTY_OFFICER, REPORTER

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.evidence import actions, key_in_use, models, queries
from meldpunt.evidence.errors import KeyUnusable, SealBroken
from meldpunt.evidence.transit import TransitKeyStore
from meldpunt.evidence.values import EvidenceId

TOKEN = "s.waterlelie"


class Transit(ThreadingHTTPServer):
    """What the service knows: its keys by version, and what went wrong with it."""

    versions: list[bytes]
    sleeps = 0.0
    answers: int | None = None
    lies: object = None
    opens_to: bytes | None = None
    asked = 0

    def handle_error(self, *_: object) -> None:
        """Who hangs up in the middle says nothing on the screen of the tests."""


class Answering(BaseHTTPRequestHandler):
    server: Transit

    def do_POST(self) -> None:
        self.server.asked += 1
        time.sleep(self.server.sleeps)
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["X-Vault-Token"] != TOKEN:
            return self.say(403, {})
        if self.server.answers is not None:
            return self.say(self.server.answers, {})
        if self.server.lies is not None:
            return self.say(200, {"data": {"ciphertext": self.server.lies, "plaintext": self.server.lies}})
        what = self.path.split("/")[-2]
        try:
            plain = base64.b64decode(said["plaintext"]) if what == "encrypt" else self.opened(said["ciphertext"])
        except (InvalidTag, ValueError, IndexError):
            return self.say(400, {"errors": ["invalid ciphertext"]})
        given = (
            {"plaintext": base64.b64encode(self.server.opens_to or plain).decode()}
            if what == "decrypt"
            else {"ciphertext": self.wrapped(plain)}
        )
        return self.say(200, {"data": given})

    def opened(self, text: str) -> bytes:
        _, version, rest = text.split(":")
        data = base64.b64decode(rest)
        return AESGCM(self.server.versions[int(version[1:]) - 1]).decrypt(data[:12], data[12:], None)

    def wrapped(self, plain: bytes) -> str:
        nonce = secrets.token_bytes(12)
        sealed = nonce + AESGCM(self.server.versions[-1]).encrypt(nonce, plain, None)
        return f"vault:v{len(self.server.versions)}:{base64.b64encode(sealed).decode()}"

    def say(self, status: int, body: dict[str, object]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if status == 307:
            self.send_header("Location", "https://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("transit")
    asked = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=transit"
    made = [*asked.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "ca.pem"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    (folder / "token").write_text(f"{TOKEN}\n")
    return folder


@pytest.fixture
def transit(certificate: Path) -> Iterator[Transit]:
    server = Transit(("127.0.0.1", 0), Answering)
    server.versions = [secrets.token_bytes(32)]
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate / "ca.pem", certificate / "key.pem")
    server.socket = trust.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def address(transit: Transit, certificate: Path, *, token: str = "token", ca: str = "ca.pem") -> str:
    at = f"https://127.0.0.1:{transit.server_address[1]}/transit/meldpunt"
    return f"{at}?token={certificate / token}" + (f"&ca={certificate / ca}" if ca else "")


def sealed() -> EvidenceId:
    return actions.seal_evidence(
        REPORTER, name="a.txt", data=b"een regel", media_type="text/plain", about=uuid4(), purpose="report"
    )


def opens(item: EvidenceId) -> bool:
    return actions.open_evidence(ANALYST, item=item).data == b"een regel"


def stores() -> set[str]:
    with bound(ANALYST):
        return {store.partition(":")[0] for store in models.Key.objects.values_list("store", flat=True)}


def ciphertexts() -> set[bytes]:
    with bound(ANALYST):
        return {bytes(one) for one in models.Content.objects.values_list("ciphertext", flat=True)}


def test_the_service_gives_back_what_it_wrapped_and_nothing_else(transit: Transit, certificate: Path) -> None:
    store = TransitKeyStore(address(transit, certificate))
    wrapped = store.wrap(bytes(range(32)))
    assert store.unwrap(wrapped) == bytes(range(32))
    for other in (b"vault:v1:AAAA", b"vault:v9:AAAA", b"no", wrapped[:-4]):
        with pytest.raises(SealBroken):
            store.unwrap(other)


def test_a_service_that_is_not_the_one_we_know_gets_no_token(transit: Transit, certificate: Path) -> None:
    with pytest.raises(KeyUnusable):
        TransitKeyStore(address(transit, certificate, ca="")).wrap(bytes(32))
    assert transit.asked == 0
    TransitKeyStore(address(transit, certificate)).wrap(bytes(32))
    assert transit.asked == 1


@pytest.mark.parametrize("status", [307, 403, 404, 429, 500, 503])
def test_a_service_that_refuses_is_no_reason_to_think_that_a_seal_is_broken(
    transit: Transit, certificate: Path, status: int
) -> None:
    store = TransitKeyStore(address(transit, certificate))
    wrapped = store.wrap(bytes(32))
    transit.answers = status
    for ask in (lambda: store.unwrap(wrapped), lambda: store.wrap(bytes(32))):
        with pytest.raises(KeyUnusable):
            ask()


def test_a_service_that_does_not_understand_what_it_is_given_to_wrap_broke_no_seal(
    transit: Transit, certificate: Path
) -> None:
    transit.answers = 400
    with pytest.raises(KeyUnusable):
        TransitKeyStore(address(transit, certificate)).wrap(bytes(32))


def test_a_service_that_does_not_answer_is_waited_for_no_longer_than_said(transit: Transit, certificate: Path) -> None:
    transit.sleeps = 1.0
    began = time.monotonic()
    with pytest.raises(KeyUnusable):
        TransitKeyStore(address(transit, certificate), patience=0.2).wrap(bytes(32))
    assert time.monotonic() - began < 0.9


@pytest.mark.parametrize("said", ["http://x/transit/k?token=t", "https://x/k?token=t", "https://x/transit/k", "vault"])
def test_an_address_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(KeyUnusable):
        TransitKeyStore(said)


@pytest.mark.parametrize("said", ["", False, ["a"], "vault:v1:", "Klopt.", "vault:v0:" + "A" * 80, "QUJD"], ids=repr)
def test_a_service_that_answers_with_anything_else_seals_and_opens_nothing(
    transit: Transit, certificate: Path, said: object
) -> None:
    """Under what is no wrapped key an item would be lost, and nobody would know before it is asked for."""
    store = TransitKeyStore(address(transit, certificate))
    wrapped = store.wrap(bytes(32))
    transit.lies = said
    for asked in (lambda: store.wrap(bytes(32)), lambda: store.unwrap(wrapped), lambda: store.rewrap(wrapped)):
        with pytest.raises(KeyUnusable):
            asked()


@pytest.mark.django_db
class TestMoving:
    """Items of several stores lie beside each other, and move without their ciphertext."""

    def test_what_was_sealed_under_the_file_moves_to_the_service(
        self, transit: Transit, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        items = [sealed()]
        monkeypatch.setattr(settings, "EVIDENCE_KEYS", [address(transit, certificate), "file"])
        items.append(sealed())
        assert stores() == {"file", "transit"}
        assert all(map(opens, items))
        before = ciphertexts()
        assert actions.rewrap_keys(DUTY_OFFICER) == 1
        monkeypatch.setattr(settings, "EVIDENCE_KEYS", [address(transit, certificate)])
        assert stores() == {"transit"}
        assert all(map(opens, items))
        assert ciphertexts() == before
        assert actions.rewrap_keys(DUTY_OFFICER) == 0

    def test_a_new_version_in_the_service_takes_the_keys_over(
        self, transit: Transit, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "EVIDENCE_KEYS", [address(transit, certificate)])
        item = sealed()
        transit.versions.append(secrets.token_bytes(32))
        assert actions.rewrap_keys(DUTY_OFFICER) == 1
        transit.versions[0] = bytes(32)
        assert opens(item)

    def test_a_service_that_gives_back_another_key_takes_no_key_over(
        self, transit: Transit, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item = sealed()
        monkeypatch.setattr(settings, "EVIDENCE_KEYS", [address(transit, certificate), "file"])
        transit.opens_to = bytes(32)
        with pytest.raises(KeyUnusable):
            actions.rewrap_keys(DUTY_OFFICER)
        assert stores() == {"file"}
        assert opens(item)

    def test_the_file_is_replaced_by_giving_it_a_name_of_its_own(self, key_folder: Path) -> None:
        item = sealed()
        (key_folder / key_in_use.KEY_FILE).rename(key_folder / "evidence-2026.key")
        assert opens(item)
        new = sealed()
        assert actions.rewrap_keys(DUTY_OFFICER) == 1
        (key_folder / "evidence-2026.key").unlink()
        assert opens(item)
        assert opens(new)

    def test_no_new_key_is_made_while_an_old_one_is_missing(self, key_folder: Path) -> None:
        sealed()
        (key_folder / key_in_use.KEY_FILE).rename(key_folder / "evidence-2026.key")
        sealed()
        (key_folder / "evidence-2026.key").unlink()
        assert "items were sealed under" in queries.find_key_trouble(ANALYST)

    def test_an_analyst_puts_no_key_under_another(self) -> None:
        with pytest.raises(PermissionMissing):
            actions.rewrap_keys(ANALYST)
        sealed()
        with bound(ANALYST):
            assert models.Key.objects.update(store="x") == 0
