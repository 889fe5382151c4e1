from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.evidence import sealing
from meldpunt.evidence.errors import KeyUnusable, SealBroken
from meldpunt.evidence.keystore import FileKeyStore


@given(st.binary(max_size=200), st.data())
def test_no_byte_of_a_sealed_item_can_be_changed(data: bytes, draw: st.DataObject) -> None:
    item = uuid4()
    sealed = sealing.seal(data, item=item)
    assert sealing.unseal(sealed.ciphertext, key=sealed.key, item=item) == data
    changed = bytearray(sealed.ciphertext)
    changed[draw.draw(st.integers(0, len(changed) - 1))] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        sealing.unseal(bytes(changed), key=sealed.key, item=item)


def test_a_sealed_item_opens_under_no_other_id() -> None:
    sealed = sealing.seal(b"log", item=uuid4())
    with pytest.raises(SealBroken):
        sealing.unseal(sealed.ciphertext, key=sealed.key, item=uuid4())


@pytest.mark.parametrize("ciphertext", [b"", b"short", bytes(28)])
def test_what_was_never_sealed_does_not_open(ciphertext: bytes) -> None:
    with pytest.raises(SealBroken):
        sealing.unseal(ciphertext, key=bytes(32), item=uuid4())


def test_the_same_bytes_are_sealed_differently_each_time() -> None:
    item = uuid4()
    assert sealing.seal(b"log", item=item).ciphertext != sealing.seal(b"log", item=item).ciphertext


def test_a_key_store_opens_what_it_wrapped_also_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "evidence.key"
    wrapped = FileKeyStore(path, in_use=None).wrap(bytes(range(32)))
    assert FileKeyStore(path, in_use=None).unwrap(wrapped) == bytes(range(32))
    assert path.stat().st_mode & 0o777 == 0o600


def test_another_key_store_opens_nothing(tmp_path: Path) -> None:
    one, other = FileKeyStore(tmp_path / "one.key", in_use=None), FileKeyStore(tmp_path / "other.key", in_use=None)
    assert one.name != other.name
    with pytest.raises(SealBroken):
        other.unwrap(one.wrap(bytes(32)))


@pytest.mark.parametrize("line", ["", "AAAA", "no key at all"])
def test_a_damaged_key_file_is_refused_and_left_alone(tmp_path: Path, line: str) -> None:
    path = tmp_path / "evidence.key"
    path.write_text(line)
    with pytest.raises(KeyUnusable):
        FileKeyStore(path, in_use=None)
    assert path.read_text() == line


def test_a_key_does_not_show_in_a_traceback() -> None:
    sealed = sealing.seal(b"log", item=uuid4())
    assert repr(sealed.key) not in repr(sealed)
