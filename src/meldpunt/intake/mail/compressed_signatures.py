"""The signatures that lie in the compressed data of an OpenPGP message, where the library looks for none.

GnuPG compresses what it signs and encrypts unless somebody forbids it. Of such a message the library gives the words,
whole or not at all, and says that it checks no signature there. So the same message is opened here once more to take
out the signatures (RFC 9580, 4.2 and 5), and nothing else: the words are those that the library gave, and the library
checks the signatures over them. Whatever goes wrong here yields no signature, and never one that is good.

Read are the keys and ciphers that GnuPG uses: RSA and ECDH (Curve25519, NIST), AES in CFB with a modification code.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap
from pysequoia import Sig, Tsk
from pysequoia.packet import Packet, PacketPile, Tag

_MOST_SIGNATURES: Final = 5
_RSA: Final = (1, 2)
_ECDH: Final = 18
_CURVE25519: Final = bytes.fromhex("2b060104019755010501")
_NIST: Final[dict[bytes, type[ec.EllipticCurve]]] = {
    bytes.fromhex("2a8648ce3d030107"): ec.SECP256R1,
    bytes.fromhex("2b81040022"): ec.SECP384R1,
    bytes.fromhex("2b81040023"): ec.SECP521R1,
}
_HASHES: Final = {8: "sha256", 9: "sha384", 10: "sha512"}
_AES_BYTES: Final = {7: 16, 8: 24, 9: 32}
_BLOCK: Final = 16
# Tag and length of the modification code, and the code itself.
_CODE: Final = 2 + 20
_UNREADABLE = (
    *(ValueError, IndexError, KeyError, TypeError, OverflowError, RuntimeError, UnsupportedAlgorithm, InvalidUnwrap),
    zlib.error,
)


@dataclass
class _Bytes:
    """A body, read from its beginning."""

    rest: bytes

    def take(self, count: int) -> bytes:
        if len(self.rest) < count:
            raise ValueError("the packet ends early")
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def octets(self) -> bytes:
        return self.take(self.take(1)[0])

    def integer(self) -> bytes:
        return self.take((int.from_bytes(self.take(2), "big") + 7) // 8)


def signatures_within(closed: bytes, key: Tsk, words: bytes, *, most: int) -> Sequence[Sig]:
    """The signatures over `words` in the compressed data of the message, at most five; none where none were found.

    `most`: bytes to which the data may open.
    """
    try:
        packets = list(PacketPile.from_bytes(closed))
        body = next(one.body for one in packets if one.tag == Tag.SEIP)
        asked = [one.body for one in packets if one.tag == Tag.PKESK]
    except (*_UNREADABLE, StopIteration):
        return ()
    for session in _session_keys(asked, key):
        try:
            inside = list(PacketPile.from_bytes(_unpacked(_compressed(_opened(body, *session)), most)))
            if any(one.tag == Tag.Literal and one.literal_data == words for one in inside):
                made = [one for one in inside if one.tag == Tag.Signature]
                return tuple(Sig.from_bytes(_whole(one)) for one in made[:_MOST_SIGNATURES])
        except _UNREADABLE:
            continue
    return ()


def _compressed(plain: bytes) -> bytes:
    body: bytes = next(iter(PacketPile.from_bytes(plain))).body
    return body


def _whole(packet: Packet) -> bytes:
    body: bytes = packet.body
    return b"\xc2\xff" + len(body).to_bytes(4, "big") + body


def _unpacked(body: bytes, most: int) -> bytes:
    kind, data = body[0], body[1:]
    return zlib.decompressobj(-15 if kind == 1 else 15).decompress(data, most)


def _opened(body: bytes, algorithm: int, secret: bytes) -> bytes:
    if body[0] != 1 or len(secret) != _AES_BYTES[algorithm]:
        raise ValueError("another form of encrypted data")
    opening = Cipher(AES(secret), CFB(bytes(_BLOCK))).decryptor()
    plain = opening.update(body[1:]) + opening.finalize()
    return plain[_BLOCK + 2 : -_CODE]


def _session_keys(asked: Sequence[bytes], key: Tsk) -> Iterator[tuple[int, bytes]]:
    """The ciphers and their keys that a key of ours opens; where nobody is named each is tried, and some are wrong."""
    held = [one for one in PacketPile.from_bytes(bytes(key)) if one.tag in (Tag.SecretKey, Tag.SecretSubkey)]
    for body in asked:
        for packet in held:
            try:
                opened = _session_key(_Bytes(body), packet)
            except _UNREADABLE:
                continue
            if opened:
                yield opened[0], opened[1:-2]


def _session_key(asked: _Bytes, packet: Packet) -> bytes:
    """As it is encrypted: the cipher, its key, and two octets of checksum. Nothing where it is not for this key."""
    named, held = (packet.fingerprint or "").lower(), _Bytes(packet.body)
    is_read = asked.take(1) == b"\x03" and held.take(5)[:1] == b"\x04"
    wanted, algorithm = asked.take(8).hex(), asked.take(1)[0]
    if not is_read or wanted not in ("0" * 16, named[-16:]) or held.take(1)[0] != algorithm:
        return b""
    return _by_rsa(asked, held) if algorithm in _RSA else _by_ecdh(asked, held, bytes.fromhex(named))


def _by_rsa(asked: _Bytes, held: _Bytes) -> bytes:
    modulus, exponent = _number(held.integer()), _number(held.integer())
    _is_open(held)
    secret = _number(held.integer())
    one, other = rsa.rsa_recover_prime_factors(modulus, exponent, secret)
    numbers = rsa.RSAPrivateNumbers(
        one,
        other,
        secret,
        rsa.rsa_crt_dmp1(secret, one),
        rsa.rsa_crt_dmq1(secret, other),
        rsa.rsa_crt_iqmp(one, other),
        rsa.RSAPublicNumbers(exponent, modulus),
    )
    private = numbers.private_key()
    return private.decrypt(asked.integer().rjust(private.key_size // 8, b"\0"), padding.PKCS1v15())


def _by_ecdh(asked: _Bytes, held: _Bytes, fingerprint: bytes) -> bytes:
    """RFC 9580, 11.5: a key that both sides can make encrypts the key of the message."""
    curve, _, derived_by = held.octets(), held.integer(), held.octets()
    _is_open(held)
    scalar, point, wrapped = held.integer(), asked.integer(), asked.octets()
    shared = _exchanged(curve, scalar, point)
    said = bytes([len(curve)]) + curve + bytes([_ECDH, len(derived_by)]) + derived_by
    said += b"Anonymous Sender    " + fingerprint
    made = hashlib.new(_HASHES[derived_by[1]], b"\0\0\0\1" + shared + said).digest()
    opened = aes_key_unwrap(made[: _AES_BYTES[derived_by[2]]], wrapped)
    return opened[: -opened[-1]]


def _exchanged(curve: bytes, scalar: bytes, point: bytes) -> bytes:
    if curve == _CURVE25519:
        # Written with the highest byte first, and used with the lowest.
        private = X25519PrivateKey.from_private_bytes(scalar.rjust(32, b"\0")[::-1])
        return private.exchange(X25519PublicKey.from_public_bytes(point.removeprefix(b"\x40")))
    named = _NIST[curve]()
    public = ec.EllipticCurvePublicKey.from_encoded_point(named, point)
    return ec.derive_private_key(_number(scalar), named).exchange(ec.ECDH(), public)


def _is_open(held: _Bytes) -> None:
    if held.take(1) != b"\0":
        raise ValueError("the key has a password")


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")
