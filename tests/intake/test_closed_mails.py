"""Mail that gpg and openssl encrypted and signed is opened and checked, and what is not whole stays closed."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django.fixtures import Settings
from tests.constituency.keys import Owned, smime_key
from tests.disclosure.cast import Country, found_country
from tests.disclosure.posts import ADDRESS, bring, gpg, gpg_key
from tests.intake import cast
from tests.intake.test_threads import additions
from tests.programs import program

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.intake import actions, models, queries
from meldpunt.intake.mail.compressed_signatures import signatures_within
from meldpunt.intake.mail.keys import keys_in
from meldpunt.intake.values import KeptReason, Report

pytestmark = pytest.mark.django_db

OURS = "meld@meldpunt.example"
SECRET = "De kluiscode is kraaiennest."
INSIDE = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{SECRET}\r\n".encode()


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """The key ring of who writes to us; our own keys lie in a folder of ours."""
    ring, folder = tmp_path / "ring", tmp_path / "keys"
    folder.mkdir()
    settings.MAIL_KEYS = str(folder)
    gpg_key(ring, OURS)
    (folder / "meld.asc").write_bytes(gpg(ring, "--export-secret-keys", "--armor", OURS).stdout)
    smime = smime_key(OURS)
    (folder / "meld.pem").write_bytes(smime.secret + smime.public)
    (tmp_path / "meld.crt").write_bytes(smime.public)
    (folder / "leesmij.pem").write_text("geen sleutel")
    return ring


def mail(body: bytes, content_type: str, *more: str, sender: str = ADDRESS) -> bytes:
    heads = [f"From: {sender}", "Message-ID: <een@zuiderwiel.example>", "Subject: ...", "MIME-Version: 1.0", *more]
    return "\r\n".join([*heads, f"Content-Type: {content_type}", "", ""]).encode() + body


def encrypted(home: Path, *options: str, inside: bytes = INSIDE) -> bytes:
    """A mail as RFC 3156 has it, made by gpg."""
    made = gpg(home, "--trust-model", "always", "--armor", "--encrypt", *options, said=inside)
    assert made.returncode == 0, made.stderr.decode()
    return mail(_closed(made.stdout), 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary="grens"')


def _closed(armored: bytes) -> bytes:
    return (
        b"--grens\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--grens\r\n"
        b"Content-Type: application/octet-stream\r\n\r\n" + armored + b"\r\n--grens--\r\n"
    )


def signed(home: Path, *, inside: bytes = INSIDE, sent: bytes | None = None) -> bytes:
    made = gpg(home, "--armor", "--detach-sign", "--local-user", ADDRESS, said=inside)
    assert made.returncode == 0, made.stderr.decode()
    body = b"--grens\r\n" + (sent or inside) + b"\r\n--grens\r\nContent-Type: application/pgp-signature\r\n\r\n"
    kind = 'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary="grens"'
    return mail(body + made.stdout + b"\r\n--grens--\r\n", kind)


def openssl(*arguments: str, said: bytes) -> bytes:
    done = subprocess.run([program("openssl"), *arguments], input=said, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def receive(raw: bytes) -> Report:
    return queries.get_report(cast.analyst(), report=actions.receive_mail(JOB, raw=raw).report)


def found(report: Report) -> tuple[str, str]:
    return report.answers.get("encryption", ""), report.answers.get("signature", "")


def _own_key(ring: Path, folder: Path, address: str, kind: str) -> None:
    """One more key of ours, which opens what is encrypted in this way."""
    signs = {"rsa2048": "rsa2048", "cv25519": "ed25519"}.get(kind, kind)
    made = gpg(ring, "--passphrase", "", "--quick-gen-key", address, signs, "sign,cert", "never")
    assert made.returncode == 0, made.stderr.decode()
    listed = gpg(ring, "--list-keys", "--with-colons", address).stdout.decode()
    fingerprint = next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))
    added = gpg(ring, "--passphrase", "", "--quick-add-key", fingerprint, kind, "encr", "never")
    assert added.returncode == 0, added.stderr.decode()
    (folder / f"{kind}.asc").write_bytes(gpg(ring, "--export-secret-keys", "--armor", address).stdout)


@pytest.fixture
def known(home: Path) -> Country:
    """The water company, whose contact has a key on file that the desk compared."""
    country = found_country()
    bring(country, gpg_key(home))
    return country


def test_what_gpg_encrypted_is_read_and_its_code_does_not_go_in_clear_text(home: Path, settings: Settings) -> None:
    settings.MAIL = dict(settings.MAIL) | {"bounce_domain": "terug.meldpunt.example"}
    report = receive(encrypted(home, "--recipient", OURS))
    assert (report.text.strip(), found(report)) == (SECRET, ("openpgp opened", ""))
    with bound(JOB):
        assert models.AcknowledgementMail.objects.get().code == ""


@pytest.mark.usefixtures("known")
def test_a_signature_within_is_checked_against_the_key_on_file(home: Path) -> None:
    raw = encrypted(home, "--recipient", OURS, "--compress-algo", "none", "--sign", "--local-user", ADDRESS)
    report = receive(raw)
    assert (report.text.strip(), found(report)) == (SECRET, ("openpgp opened", "openpgp valid"))
    assert report.answers["signed-by"] in gpg(home, "--fingerprint", "--with-colons", ADDRESS).stdout.decode().lower()


def test_a_signature_of_a_key_that_we_do_not_know_says_nothing(home: Path) -> None:
    gpg_key(home)
    report = receive(encrypted(home, "--recipient", OURS, "--compress-algo", "none", "--sign", "-u", ADDRESS))
    assert (report.text.strip(), found(report)) == (SECRET, ("openpgp opened", "openpgp unknown-key"))


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("packed", ["zip", "zlib"])
def test_a_signature_in_compressed_data_is_checked_too(home: Path, packed: str) -> None:
    report = receive(encrypted(home, "--recipient", OURS, "--compress-algo", packed, "--sign", "-u", ADDRESS))
    assert (report.text.strip(), found(report)) == (SECRET, ("openpgp opened", "openpgp valid"))
    assert report.answers["signed-by"] in gpg(home, "--fingerprint", "--with-colons", ADDRESS).stdout.decode().lower()


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("kind", ["rsa2048", "cv25519", "nistp256", "nistp384", "nistp521"])
@pytest.mark.parametrize("options", [(), ("--hidden-recipient", OURS)], ids=["named", "hidden"])
def test_a_signature_in_compressed_data_is_found_whatever_key_of_ours_opens_it(
    home: Path, tmp_path: Path, kind: str, options: tuple[str, ...]
) -> None:
    ours = f"{kind}@meldpunt.example"
    _own_key(home, tmp_path / "keys", ours, kind)
    to = ("--hidden-recipient", ours) if options else ("--recipient", ours)
    report = receive(encrypted(home, *to, "--compress-algo", "zlib", "--sign", "-u", ADDRESS))
    assert (report.text.strip(), found(report)) == (SECRET, ("openpgp opened", "openpgp valid"))


def test_a_signature_in_compressed_data_of_nobody_on_file_says_nothing(home: Path) -> None:
    gpg_key(home)
    report = receive(encrypted(home, "--recipient", OURS, "--compress-algo", "zip", "--sign", "-u", ADDRESS))
    assert (report.text.strip(), found(report)) == (SECRET, ("openpgp opened", "openpgp unknown-key"))


def test_what_the_library_cannot_unpack_is_kept_whole(home: Path) -> None:
    report = receive(encrypted(home, "--recipient", OURS, "--compress-algo", "bzip2"))
    assert (report.kept_reason, len(report.raw_evidence)) == (KeptReason.MAIL_CLOSED, 1)


def test_no_signature_is_taken_out_that_is_not_over_the_words_that_were_opened(home: Path, tmp_path: Path) -> None:
    gpg_key(home)
    made = gpg(home, "--trust-model", "always", "-e", "-r", OURS, "-z", "6", "-s", "-u", ADDRESS, said=INSIDE).stdout
    (ours,) = keys_in(str(tmp_path / "keys")).openpgp
    assert len(signatures_within(made, ours, INSIDE, most=10_000)) == 1
    assert signatures_within(made, ours, INSIDE + b"!", most=10_000) == ()
    assert signatures_within(made, ours, INSIDE, most=10) == ()
    for place in range(0, len(made), 7):
        changed = made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :]
        assert len(signatures_within(changed, ours, INSIDE, most=10_000)) <= 1


@pytest.mark.usefixtures("known")
def test_a_key_on_file_of_somebody_else_is_no_signature_of_the_sender(home: Path) -> None:
    raw = signed(home).replace(f"From: {ADDRESS}".encode(), b"From: baas@zuiderwiel.example")
    assert found(receive(raw)) == ("", "openpgp unknown-key")


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("sent", "state"),
    [(None, "valid"), (INSIDE.replace(b"kraaiennest", b"ekster"), "invalid")],
    ids=["whole", "changed"],
)
def test_what_gpg_signed_in_clear_text_is_checked(home: Path, sent: bytes | None, state: str) -> None:
    report = receive(signed(home, sent=sent))
    assert found(report) == ("", f"openpgp {state}")
    assert report.text.strip() == (SECRET if sent is None else SECRET.replace("kraaiennest", "ekster"))


@pytest.mark.usefixtures("known")
def test_a_part_that_is_not_signed_is_not_taken_for_signed(home: Path) -> None:
    inner = signed(home).partition(b"Content-Type: multipart")[2]
    body = b"--lijst\r\nContent-Type: multipart" + inner + b"\r\n--lijst\r\n\r\nVoettekst.\r\n--lijst--\r\n"
    report = receive(mail(body, 'multipart/mixed; boundary="lijst"'))
    assert found(report) == ("", "not-of-the-whole")
    assert "Voettekst" in report.text


def test_an_encrypted_part_beside_others_is_not_opened(home: Path) -> None:
    inner = encrypted(home, "--recipient", OURS).partition(b"Content-Type: ")[2]
    body = (
        b'--lek\r\nContent-Type: text/html\r\n\r\n<img src="https://lek.example/\r\n--lek\r\nContent-Type: '
        + inner
        + b'\r\n--lek\r\nContent-Type: text/html\r\n\r\n">\r\n--lek--\r\n'
    )
    report = receive(mail(body, 'multipart/mixed; boundary="lek"'))
    assert found(report) == ("part-not-opened", "")
    assert "kraaiennest" not in repr(report)


def test_text_that_gpg_encrypted_without_mime_is_read(home: Path) -> None:
    made = gpg(home, "--trust-model", "always", "--armor", "--encrypt", "-r", OURS, said=SECRET.encode()).stdout
    report = receive(mail(made, "text/plain"))
    assert (report.text, found(report)) == (SECRET, ("openpgp opened", ""))
    beside = receive(mail(b"Zie hieronder.\r\n" + made, "text/plain"))
    assert "kraaiennest" not in beside.text


def test_what_no_key_of_ours_opens_is_kept_whole_with_its_reason(home: Path) -> None:
    gpg_key(home, "ander@elders.example")
    report = receive(encrypted(home, "--recipient", "ander@elders.example"))
    assert (report.kept_reason, found(report)) == (KeptReason.MAIL_CLOSED, ("openpgp not-opened", ""))
    assert report.raw_evidence


def test_what_was_changed_on_its_way_is_not_opened(home: Path) -> None:
    raw = encrypted(home, "--recipient", OURS)
    place = raw.index(b"-----BEGIN PGP MESSAGE") + 150
    report = receive(raw[:place] + (b"A" if raw[place : place + 1] != b"A" else b"B") + raw[place + 1 :])
    assert report.kept_reason is KeptReason.MAIL_CLOSED


def _sent(made: bytes) -> bytes:
    """What openssl wrote as a mail, from somebody."""
    return f"From: {ADDRESS}\r\nMessage-ID: <een@zuiderwiel.example>\r\nSubject: x\r\n".encode() + made


def _signer(folder: Path, owned: Owned) -> Sequence[str]:
    (folder / "noor.pem").write_bytes(owned.secret + owned.public)
    return ["-signer", str(folder / "noor.pem"), "-inkey", str(folder / "noor.pem")]


def test_what_openssl_encrypted_is_read(home: Path, tmp_path: Path) -> None:
    made = openssl("cms", "-encrypt", "-aes256", "-crlfeol", str(tmp_path / "meld.crt"), said=INSIDE)
    report = receive(_sent(made))
    assert (report.text.strip(), found(report)) == (SECRET, ("smime opened", ""))


@pytest.mark.parametrize("cipher", ["aes-128-gcm", "aes-192-gcm", "aes-256-gcm"])
def test_what_openssl_closed_with_aes_gcm_is_read_and_changed_it_is_not(
    home: Path, tmp_path: Path, cipher: str
) -> None:
    made = openssl("cms", "-encrypt", f"-{cipher}", "-crlfeol", str(tmp_path / "meld.crt"), said=INSIDE)
    assert b"authEnveloped-data" in made
    report = receive(_sent(made))
    assert (report.text.strip(), found(report)) == (SECRET, ("smime opened", ""))
    head, _, body = made.partition(b"\r\n\r\n")
    closed = bytearray(base64.b64decode(body))
    closed[-20] ^= 1
    changed = receive(_sent(head + b"\r\n\r\n" + base64.encodebytes(bytes(closed))))
    assert (changed.kept_reason, found(changed)) == (KeptReason.MAIL_CLOSED, ("smime not-opened", ""))


def test_what_is_closed_with_aes_gcm_for_another_is_kept_whole(home: Path, tmp_path: Path) -> None:
    (tmp_path / "ander.crt").write_bytes(smime_key("ander@elders.example").public)
    made = openssl("cms", "-encrypt", "-aes-256-gcm", "-crlfeol", str(tmp_path / "ander.crt"), said=INSIDE)
    assert receive(_sent(made)).kept_reason is KeptReason.MAIL_CLOSED


@pytest.mark.parametrize("clear", [True, False], ids=["multipart", "opaque"])
@pytest.mark.parametrize("on_file", [True, False])
def test_what_openssl_signed_is_checked_against_the_certificate_on_file(
    home: Path, tmp_path: Path, *, clear: bool, on_file: bool
) -> None:
    owned = smime_key(ADDRESS)
    if on_file:
        bring(found_country(), owned)
    opaque = [] if clear else ["-nodetach"]
    made = openssl("cms", "-sign", "-binary", "-crlfeol", *opaque, *_signer(tmp_path, owned), said=INSIDE)
    report = receive(_sent(made))
    assert (report.text.strip(), found(report)) == (SECRET, ("", f"smime {'valid' if on_file else 'unknown-key'}"))
    if on_file:
        certificate = x509.load_pem_x509_certificate(owned.public)
        assert certificate.public_bytes(Encoding.DER)
        assert report.answers["signed-by"]
    if clear:
        changed = receive(_sent(made.replace(b"kraaiennest", b"specht")))
        assert found(changed)[1] == "smime invalid"


def test_what_was_signed_and_then_encrypted_is_read_and_checked(home: Path, tmp_path: Path) -> None:
    owned = smime_key(ADDRESS)
    bring(found_country(), owned)
    inner = openssl("cms", "-sign", "-binary", "-crlfeol", *_signer(tmp_path, owned), said=INSIDE)
    made = openssl("cms", "-encrypt", "-binary", "-aes256", str(tmp_path / "meld.crt"), said=inner)
    report = receive(_sent(made))
    assert (report.text.strip(), found(report)) == (SECRET, ("smime opened", "smime valid"))


def test_nobody_writes_into_a_mail_what_we_found_out_about_it(home: Path) -> None:
    report = receive(mail(b"Hallo", "text/plain", "signature: openpgp valid", "Encryption: openpgp opened"))
    assert found(report) == ("", "")


def answer_to(raw: bytes) -> bytes:
    return raw.replace(b"Message-ID: <een@zuiderwiel.example>", b"In-Reply-To: <een@zuiderwiel.example>")


def test_an_encrypted_answer_is_added_as_it_was_read(home: Path) -> None:
    first = actions.receive_mail(JOB, raw=mail(b"Hallo", "text/plain"))
    actions.receive_mail(JOB, raw=answer_to(encrypted(home, "--recipient", OURS)))
    assert [SECRET in one for one in additions(first)] == [True]


def test_what_comes_encrypted_is_not_opened_by_a_code_that_went_in_clear_text(home: Path, settings: Settings) -> None:
    settings.MAIL = dict(settings.MAIL) | {"bounce_domain": "terug.meldpunt.example"}
    first = actions.receive_mail(JOB, raw=mail(b"Hallo", "text/plain"))
    closed = actions.receive_mail(JOB, raw=answer_to(encrypted(home, "--recipient", OURS)))
    assert (additions(first), closed.report != first.report) == ([], True)
    with bound(JOB):
        assert models.Mail.objects.get(report_id=closed.report).refers_to_id == first.report


def test_what_comes_encrypted_is_added_to_what_came_encrypted(home: Path, settings: Settings) -> None:
    settings.MAIL = dict(settings.MAIL) | {"bounce_domain": "terug.meldpunt.example"}
    first = actions.receive_mail(JOB, raw=encrypted(home, "--recipient", OURS))
    again = actions.receive_mail(JOB, raw=answer_to(encrypted(home, "--recipient", OURS)))
    assert (again.report, len(additions(first))) == (first.report, 1)


def test_a_small_mail_that_opens_to_hundreds_of_megabytes_is_kept_closed(home: Path) -> None:
    bomb = encrypted(
        home, "--recipient", OURS, "--compress-algo", "zlib", "-z", "9", inside=INSIDE + b"a" * 300_000_000
    )
    assert len(bomb) < 1_000_000
    report = receive(bomb)
    assert (report.kept_reason, found(report)) == (KeptReason.MAIL_CLOSED, ("openpgp opens-to-too-much", ""))
