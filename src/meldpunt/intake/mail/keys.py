"""The secret keys of the house, with which mail that was closed to it is opened: files in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pysequoia import Tsk

_OPENPGP: Final = (".asc", ".pgp", ".gpg")


@dataclass(frozen=True)
class OwnKeys:
    """OpenPGP keys, and S/MIME certificates each with its key. `unread` are files that hold neither."""

    openpgp: tuple[Tsk, ...] = ()
    smime: tuple[tuple[x509.Certificate, RSAPrivateKey], ...] = ()
    unread: tuple[str, ...] = ()


def keys_in(folder: str) -> OwnKeys:
    """Every key in the folder: OpenPGP in `.asc`, `.pgp` or `.gpg`, S/MIME as key and certificate in one `.pem`.

    None has a password. One that cannot be read is named and keeps nobody from using the others.
    """
    if not folder:
        return OwnKeys()
    openpgp: list[Tsk] = []
    smime: list[tuple[x509.Certificate, RSAPrivateKey]] = []
    unread: list[str] = []
    for path in sorted(Path(folder).iterdir()):
        try:
            if path.suffix in _OPENPGP:
                openpgp.append(_openpgp(path.read_bytes()))
            elif path.suffix == ".pem":
                smime.append(_smime(path.read_bytes()))
        except (OSError, ValueError, TypeError, RuntimeError):
            unread.append(path.name)
    return OwnKeys(tuple(openpgp), tuple(smime), tuple(unread))


def _openpgp(raw: bytes) -> Tsk:
    key = Tsk.from_bytes(raw)
    key.decryptor()
    return key


def _smime(raw: bytes) -> tuple[x509.Certificate, RSAPrivateKey]:
    private, certificate = load_pem_private_key(raw, password=None), x509.load_pem_x509_certificate(raw)
    if not isinstance(private, RSAPrivateKey) or private.public_key() != certificate.public_key():
        raise ValueError("no RSA key, or not that of its certificate")
    return certificate, private
