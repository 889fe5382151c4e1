"""What may be in a certificate with which mail is closed."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st
from pysequoia import Cert, Tsk
from pysequoia.packet import Packet, PacketPile, Tag
from tests.constituency.keys import NOW, openpgp_key, revoked_openpgp_key, smime_key
from tests.programs import program

from meldpunt.constituency.certificates import is_for, openpgp, plain_fingerprint, read_certificate
from meldpunt.constituency.errors import KeyRefused, KeySecret, KeyUnfit, KeyUnreadable
from meldpunt.constituency.values import KeyKind

ADDRESS = "jantine@zuiderwiel.example"


def now() -> datetime:
    return datetime.now(UTC)


def test_an_openpgp_key_says_whose_it_is_and_until_when() -> None:
    found = read_certificate(openpgp_key(ADDRESS, lasts=timedelta(days=10)).public, at=now())
    assert found.kind is KeyKind.OPENPGP
    assert found.addresses == (ADDRESS,)
    assert len(found.fingerprint) == 40
    assert found.valid_until is not None
    assert timedelta(days=9) < found.valid_until - now() < timedelta(days=11)


def test_an_smime_certificate_says_whose_it_is_and_until_when() -> None:
    found = read_certificate(smime_key(ADDRESS).public, at=now())
    assert (found.kind, found.addresses, len(found.fingerprint)) == (KeyKind.SMIME, (ADDRESS,), 64)


def test_a_key_without_end_is_fit() -> None:
    assert read_certificate(openpgp_key(ADDRESS, lasts=None).public, at=now()).valid_until is None


def test_the_library_would_encrypt_to_a_revoked_key_and_we_do_not() -> None:
    with pytest.raises(KeyUnfit, match="revoked"):
        read_certificate(revoked_openpgp_key(ADDRESS).public, at=now())


def test_the_library_would_encrypt_to_an_expired_key_and_we_do_not() -> None:
    key = openpgp_key(ADDRESS, lasts=timedelta(days=2)).public
    read_certificate(key, at=now())
    with pytest.raises(KeyUnfit, match="expired"):
        read_certificate(key, at=now() + timedelta(days=3))


@pytest.mark.parametrize(
    "broken",
    [
        {"ends": NOW - timedelta(hours=1)},
        {"begins": NOW + timedelta(days=1)},
        {"encrypts": False},
        {"purpose": ExtendedKeyUsageOID.SERVER_AUTH},
        {"private": ec.generate_private_key(ec.SECP256R1())},
        {"private": rsa.generate_private_key(public_exponent=65537, key_size=1024)},
    ],
    ids=["expired", "not yet valid", "signing only", "for servers", "elliptic", "short"],
)
def test_an_smime_certificate_that_is_unfit_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(KeyUnfit):
        read_certificate(smime_key(ADDRESS, **broken).public, at=now())


def test_who_sends_a_secret_key_is_told_to_throw_it_away() -> None:
    pair = smime_key(ADDRESS)
    for sent in (openpgp_key(ADDRESS).secret, pair.public + pair.secret, pair.secret):
        with pytest.raises(KeySecret):
            read_certificate(sent, at=now())


@given(st.binary(max_size=300))
def test_whatever_is_sent_as_a_key_is_refused_in_words_and_without_a_path(raw: bytes) -> None:
    with pytest.raises(KeyRefused) as refused:
        read_certificate(raw, at=now())
    assert not {"rust", "sequoia", ".so"} & set(str(refused.value).lower().split())
    assert "\n" not in str(refused.value)


def test_two_keys_at_once_are_refused() -> None:
    with pytest.raises(KeyUnreadable):
        read_certificate(openpgp_key(ADDRESS).public + openpgp_key(ADDRESS).public, at=now())


def test_a_key_is_for_an_address_whatever_the_case() -> None:
    found = read_certificate(openpgp_key("Jantine@Zuiderwiel.example").public, at=now())
    assert is_for(found, ADDRESS)
    assert not is_for(found, "iemand@zuiderwiel.example")


def test_a_fingerprint_is_compared_as_it_is_read_out() -> None:
    assert plain_fingerprint("DE4B 318C : ab5f") == "de4b318cab5f"


def _gpg(home: Path, *arguments: str, said: bytes = b"") -> bytes:
    command = [
        program("gpg"),
        "--homedir",
        str(home),
        "--batch",
        "--yes",
        "--pinentry-mode",
        "loopback",
        "--passphrase",
        "",
    ]
    done = subprocess.run([*command, *arguments], input=said, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for gpg alone."""
    folder = tmp_path / "gnupg"
    folder.mkdir(mode=0o700)
    return folder


def test_a_key_for_signing_only_is_refused(home: Path) -> None:
    _gpg(home, "--quick-gen-key", ADDRESS, "ed25519", "sign", "1y")
    with pytest.raises(KeyUnfit):
        read_certificate(_gpg(home, "--export", ADDRESS), at=now())


def test_the_end_of_the_part_that_encrypts_counts_where_it_comes_first(home: Path) -> None:
    _gpg(home, "--quick-gen-key", ADDRESS, "ed25519", "sign", "2y")
    fingerprint = read_first_fingerprint(_gpg(home, "--export", ADDRESS))
    _gpg(home, "--quick-add-key", fingerprint, "cv25519", "encr", "10d")
    key = _gpg(home, "--export", ADDRESS)
    found = read_certificate(key, at=now())
    assert found.valid_until is not None
    assert found.valid_until < now() + timedelta(days=11)
    with pytest.raises(KeyUnfit):
        read_certificate(key, at=now() + timedelta(days=11))


def test_a_part_that_was_revoked_or_has_expired_is_not_encrypted_to(home: Path) -> None:
    _gpg(home, "--quick-gen-key", ADDRESS, "ed25519", "sign", "2y")
    fingerprint = read_first_fingerprint(_gpg(home, "--export", ADDRESS))
    _gpg(home, "--quick-add-key", fingerprint, "cv25519", "encr", "10d")
    _gpg(home, "--quick-add-key", fingerprint, "cv25519", "encr", "1y")
    key = _gpg(home, "--export", ADDRESS)
    assert len(subkeys(openpgp.fit_for_mail(key, at=now()))) == 2
    assert len(subkeys(openpgp.fit_for_mail(key, at=now() + timedelta(days=20)))) == 1


@pytest.mark.parametrize("_again", range(6))
def test_a_part_that_a_stranger_put_on_a_key_is_not_encrypted_to(_again: int) -> None:
    owned, strange = Tsk.generate(user_id=f"J <{ADDRESS}>"), Tsk.generate(user_id=f"M <{ADDRESS}>")
    foreign = list(PacketPile.from_bytes(bytes(strange.extract_certificate())))[4:]
    joined = bytes(owned.extract_certificate()) + b"".join(bytes(one) for one in foreign)
    own = {one.fingerprint for one in subkeys(owned.extract_certificate())}
    assert len({one.fingerprint for one in PacketPile.from_bytes(joined) if one.tag == Tag.PublicSubkey}) == 4
    assert {one.fingerprint for one in subkeys(openpgp.fit_for_mail(joined, at=now()))} < own


def test_nobody_but_the_owner_makes_an_expired_part_last_longer(home: Path) -> None:
    """The binding of a part that never ends, put on one of another that ended, as who sits in between could."""
    _gpg(home, "--quick-gen-key", ADDRESS, "ed25519", "sign", "2y")
    _gpg(home, "--quick-add-key", read_first_fingerprint(_gpg(home, "--export", ADDRESS)), "cv25519", "encr", "10d")
    ending, strange = _gpg(home, "--export", ADDRESS), Tsk.generate(user_id=f"M <{ADDRESS}>")
    endless = bytes(list(PacketPile.from_bytes(bytes(strange.extract_certificate())))[-1])
    with pytest.raises(KeyUnfit):
        read_certificate(ending + endless, at=now() + timedelta(days=11))


def subkeys(cert: Cert) -> list[Packet]:
    return [one for one in PacketPile.from_bytes(bytes(cert)) if one.tag == Tag.PublicSubkey]


def read_first_fingerprint(raw: bytes) -> str:
    return Cert.from_bytes(raw).fingerprint
