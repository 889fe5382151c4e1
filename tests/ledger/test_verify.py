"""The offline check, on files made without a database."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import meldpunt
from meldpunt.ledger import bundle, keys, leaves, merkle, notes
from meldpunt.ledger.values import Entry, EntryId, Kind
from meldpunt.ledger.verify import verify_file, verify_lines

KEY = keys.SigningKey("log.example/one", bytes(range(32)))
OTHER = keys.SigningKey("log.example/one", bytes(32))
SIZE = 11


def content(number: int) -> str:
    entry = Entry(
        id=EntryId(UUID(int=number)),
        at=datetime(2026, 11, 23, 9, number, tzinfo=UTC),
        kind=Kind.DISCLOSED,
        actor=UUID(int=99),
        subject=None,
        about=UUID(int=7),
        details={"ground": "Cbw, “artikel”", "number": number},
    )
    return leaves.encode_content(entry)


def salt(number: int) -> bytes:
    return bytes([number]) * leaves.SALT_BYTES


COMMITMENTS = [leaves.commitment_to(content(number), salt=salt(number)) for number in range(SIZE)]
HASHES = [merkle.leaf_hash(leaves.leaf_text(commitment)) for commitment in COMMITMENTS]


def signed(size: int, hashes: list[bytes] = HASHES) -> str:
    head = notes.Head(KEY.name, size, merkle.root_of(hashes[:size]))
    return notes.sign_note(notes.format_checkpoint(head), KEY)


def export(
    hashes: list[bytes] = HASHES, commitments: list[bytes] = COMMITMENTS, earlier: tuple[int, ...] = (3, 8)
) -> bytes:
    lines = [bundle.header_line(bundle.Header(bundle.EXPORT, str(KEY.verifier), signed(SIZE), len(earlier)))]
    for position, (commitment, digest) in enumerate(zip(commitments, hashes, strict=True)):
        lines.append(bundle.leaf_line(position=position, commitment=commitment, digest=digest))
        if position + 1 in earlier:
            lines.append(bundle.checkpoint_line(signed(position + 1)))
    return "".join(lines).encode()


def proofs(positions: tuple[int, ...] = (2, 10)) -> bytes:
    header = bundle.Header(bundle.PROOFS, str(KEY.verifier), signed(SIZE), len(positions))

    def stored(subtree: merkle.Subtree) -> bytes:
        first = subtree.place << subtree.level
        return merkle.root_of(HASHES[first : first + (1 << subtree.level)])

    lines = [bundle.header_line(header)]
    for position in positions:
        path = tuple(merkle.hash_of(each, stored) for each in merkle.inclusion_ranges(position, SIZE))
        lines.append(bundle.proof_line(bundle.ProofLine(content(position), salt(position), position, path)))
    return "".join(lines).encode()


def verdict(data: bytes, vkey: str | None = None):  # type: ignore[no-untyped-def]
    return verify_lines(data.splitlines(keepends=True), vkey)


EXPORT, PROOFS = export(), proofs()


@pytest.mark.parametrize("data", [EXPORT, PROOFS])
def test_a_true_file_is_sound_with_and_without_the_key_given(data: bytes) -> None:
    assert verdict(data).is_sound
    assert not verdict(data).is_key_given
    assert verdict(data, str(KEY.verifier)).is_sound


@pytest.mark.parametrize("data", [EXPORT, PROOFS])
def test_a_file_signed_with_another_key_than_the_one_given_is_not_sound(data: bytes) -> None:
    assert not verdict(data, str(OTHER.verifier)).is_sound


@settings(max_examples=300)
@given(st.sampled_from([EXPORT, PROOFS]), st.data())
def test_no_byte_anywhere_can_be_changed(data: bytes, draw: st.DataObject) -> None:
    changed = bytearray(data)
    changed[draw.draw(st.integers(0, len(data) - 1))] ^= draw.draw(st.integers(1, 255))
    assert not verdict(bytes(changed)).is_sound


@given(st.sampled_from([EXPORT, PROOFS]), st.data())
def test_nothing_can_be_cut_off_or_taken_out(data: bytes, draw: st.DataObject) -> None:
    begin = draw.draw(st.integers(0, len(data) - 1))
    end = draw.draw(st.integers(begin + 1, len(data)))
    assert not verdict(data[:begin] + data[end:]).is_sound


def changed_line(line: bytes, draw: st.DataObject) -> bytes:
    """The line with one hexadecimal digit or one figure turned into another."""
    places = [place for place, one in enumerate(line) if chr(one) in "0123456789abcdef"]
    place = draw.draw(st.sampled_from(places))
    other = draw.draw(st.sampled_from([one for one in b"0123456789abcdef" if one != line[place]]))
    return line[:place] + bytes([other]) + line[place + 1 :]


@given(st.sampled_from([EXPORT, PROOFS]), st.sampled_from(["changed", "dropped", "swapped", "doubled"]), st.data())
def test_one_line_changed_dropped_swapped_or_doubled_is_found_and_the_first_such_named(
    data: bytes, fault: str, draw: st.DataObject
) -> None:
    lines = data.splitlines(keepends=True)
    at = draw.draw(st.integers(0, len(lines) - (2 if fault == "swapped" else 1)))
    faulty = {
        "changed": lambda: [*lines[:at], changed_line(lines[at], draw), *lines[at + 1 :]],
        "dropped": lambda: [*lines[:at], *lines[at + 1 :]],
        "swapped": lambda: [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]],
        "doubled": lambda: [*lines[: at + 1], *lines[at:]],
    }[fault]()
    found = verify_lines(faulty)
    pairs = zip(lines, faulty, strict=False)
    end = min(len(lines), len(faulty))
    first = next((number for number, (true, one) in enumerate(pairs) if true != one), end)
    assert not found.is_sound
    # How many lines there should be is known at the end of the file; of two proofs which comes first, and that an
    # earlier checkpoint stands too late, at the second of the two lines.
    at_end = found.line in (None, len(faulty) + 1)
    is_late = fault == "swapped" and (data is PROOFS or b'{"checkpoint"' in lines[first])
    assert found.line == first + 1 or (is_late and found.line == first + 2) or (at_end and found.position is None)
    leaf = bundle.LEAF_LINE.fullmatch(lines[first]) if first < len(lines) else None
    is_checkpoint_doubled = fault == "doubled" and b"checkpoint" in faulty[first]
    if leaf and not is_checkpoint_doubled:
        assert found.position == int(leaf[3])


def test_an_entry_that_no_longer_fits_its_leaf_is_named() -> None:
    changed = [*COMMITMENTS[:5], leaves.commitment_to(content(5).replace("Cbw", "Wob"), salt=salt(5)), *COMMITMENTS[6:]]
    found = verdict(export(commitments=changed))
    assert (found.is_sound, found.position) == (False, 5)


def test_a_leaf_rewritten_with_its_hash_is_narrowed_down_by_the_checkpoints_around_it() -> None:
    commitments = [*COMMITMENTS[:5], bytes(32), *COMMITMENTS[6:]]
    hashes = [merkle.leaf_hash(leaves.leaf_text(commitment)) for commitment in commitments]
    found = verdict(export(hashes, commitments))
    assert (found.is_sound, found.position) == (False, 3)
    assert "3 to 7" in found.reason


def test_a_missing_entry_is_named() -> None:
    lines = EXPORT.decode().splitlines(keepends=True)
    gone = [
        bundle.leaf_line(position=0, commitment=None, digest=HASHES[0]) if '"position":0' in x else x for x in lines
    ]
    assert verdict("".join(gone).encode()).position == 0


def test_proofs_hand_back_the_entries_they_prove() -> None:
    entries = verdict(PROOFS).entries
    assert [entry.position for entry in entries] == [2, 10]
    assert entries[0].details["ground"] == "Cbw, “artikel”"


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"[1]\n", b"\xff\xfe\n", b"[" * 100_000, b'{"a":1e999}\n'])
def test_what_is_no_file_of_ours_is_refused_without_a_crash(data: bytes) -> None:
    assert not verdict(data).is_sound


def test_a_file_is_read_from_disk_as_from_memory(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(EXPORT)
    assert verify_file(path) == verdict(EXPORT)


def test_the_check_needs_no_django() -> None:
    source = str(Path(meldpunt.__file__).parents[1])
    program = "import sys, meldpunt.ledger.verify; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": source}, check=False).returncode == 0
