from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.ledger import keys, notes
from meldpunt.ledger.errors import LedgerError, SignatureMissing, Unreadable
from meldpunt.ledger.keyfile import load_signing_key

# The check vector of C2SP signed-note (STANDARDS 10.2).
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
TEXT = "This is an example message.\n"
SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
NOTE = f"{TEXT}\n— example.com/foo {SIGNATURE}\n"
OWN = keys.SigningKey("log.example/one", bytes(range(32)))


def test_the_published_note_opens_with_the_published_key() -> None:
    assert notes.open_note(NOTE, keys.parse_verifier_key(VKEY)) == TEXT


def test_a_signature_of_a_key_we_do_not_know_is_passed_over() -> None:
    ours = notes.sign_note(TEXT, OWN)
    both = f"{ours}— example.com/foo {SIGNATURE}\n"
    assert notes.open_note(both, OWN.verifier) == notes.open_note(both, keys.parse_verifier_key(VKEY)) == TEXT


def test_a_note_of_another_key_is_not_ours() -> None:
    with pytest.raises(SignatureMissing):
        notes.open_note(NOTE, OWN.verifier)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_changed(place: int, flip: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[place] ^= flip
    with pytest.raises((LedgerError, UnicodeDecodeError)):
        notes.open_note(changed.decode(), keys.parse_verifier_key(VKEY))


@given(st.integers(0, len(VKEY) - 1), st.sampled_from("+/=Az09"))
def test_no_character_of_a_key_can_be_changed(place: int, other: str) -> None:
    changed = VKEY[:place] + other + VKEY[place + 1 :]
    if changed != VKEY:
        with pytest.raises(Unreadable):
            keys.parse_verifier_key(changed)


@given(st.integers(0, 2**62), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_as_it_was_written(size: int, root: bytes) -> None:
    head = notes.Head("log.example/one", size, root)
    assert notes.parse_checkpoint(notes.format_checkpoint(head)) == head


@pytest.mark.parametrize(
    "text", ["", "o\n1\n", "o\n01\nAA==\n", "o\n-1\nAA==\n", "o\n1\nAA==\n", f"o\n1\n{'A' * 43}=\nextra\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        notes.parse_checkpoint(text)


def test_a_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "deeper" / "ledger.key"
    made = load_signing_key(path, name="log.example/one")
    assert load_signing_key(path, name="log.example/one") == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["ledger.key"]


def test_the_key_of_another_log_signs_nothing_here(tmp_path) -> None:  # type: ignore[no-untyped-def]
    load_signing_key(tmp_path / "ledger.key", name="log.example/one")
    with pytest.raises(LedgerError, match="not of"):
        load_signing_key(tmp_path / "ledger.key", name="log.example/two")


def test_a_signing_key_does_not_show_in_a_traceback() -> None:
    assert OWN.seed.hex() not in repr(OWN)
    assert repr(OWN) == "SigningKey(name='log.example/one')"
