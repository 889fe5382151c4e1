"""A witness cosigns one history of a log and refuses every other, with nothing but files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import meldpunt
from meldpunt.ledger import bundle, consistency, keys, leaves, merkle, notes, witness
from meldpunt.ledger.errors import LedgerError, SignatureMissing, Unreadable, WitnessRefused
from meldpunt.ledger.verify import verify_lines
from meldpunt.ledger.witness import Seen, look_at

LOG = keys.SigningKey("log.example/one", bytes(range(32)))
OWN = keys.SigningKey("witness.example/two", bytes(range(1, 33)), keys.Use.COSIGNATURE)
VKEY = str(LOG.verifier)
TREE = [bytes([number]) * 32 for number in range(24)]
FORK = [*TREE[:5], bytes(32), *TREE[6:]]


def hashes(tree: list[bytes]) -> list[bytes]:
    return [merkle.leaf_hash(leaves.leaf_text(commitment)) for commitment in tree]


def note(size: int, tree: list[bytes] = TREE, key: keys.SigningKey = LOG) -> str:
    head = notes.Head(key.name, size, merkle.root_of(hashes(tree)[:size]))
    return notes.sign_note(notes.format_checkpoint(head), key)


def export(size: int, tree: list[bytes] = TREE, key: keys.SigningKey = LOG) -> bytes:
    lines = [bundle.header_line(bundle.Header(bundle.EXPORT, str(key.verifier), note(size, tree, key)))]
    pairs = zip(tree[:size], hashes(tree), strict=False)
    lines += [bundle.leaf_line(position=at, commitment=one, digest=leaf) for at, (one, leaf) in enumerate(pairs)]
    return "".join(lines).encode()


def asked(since: int, size: int, tree: list[bytes] = TREE, old: list[bytes] = TREE) -> bytes:
    def stored(subtree: merkle.Subtree) -> bytes:
        first = subtree.place << subtree.level
        return merkle.root_of(hashes(old)[first : first + (1 << subtree.level)])

    ranges = merkle.consistency_ranges(since, size) if 0 < since < size else ()
    path = tuple(merkle.hash_of(each, stored) for each in ranges)
    return consistency.format_consistency(consistency.Consistency(since, path, note(size, tree))).encode()


def looked(data: bytes, seen: Seen | None = None) -> Seen:
    return look_at(data.splitlines(keepends=True), seen=seen, vkeys=[] if seen else [VKEY])


def seen(size: int, tree: list[bytes] = TREE) -> Seen:
    return Seen(VKEY, note(size, tree))


@given(st.integers(0, 24), st.integers(0, 24))
def test_what_extends_the_last_head_is_cosigned_and_what_is_shorter_refused(old: int, new: int) -> None:
    for data in (export(new), asked(old, new) if old <= new else note(new).encode()):
        if old <= new:
            assert looked(data, seen(old)) == seen(new)
        else:
            with pytest.raises(WitnessRefused, match="rolled back"):
                looked(data, seen(old))


@given(st.integers(6, 24), st.integers(6, 24))
def test_a_forked_log_is_refused_and_both_heads_are_named(old: int, new: int) -> None:
    if new < old:
        return
    root = {tree is FORK: keys.encode(merkle.root_of(hashes(tree)[:old])) for tree in (TREE, FORK)}
    with pytest.raises(WitnessRefused) as refused:
        looked(export(new, FORK), seen(old))
    assert f"seen before {old} entries with root {root[False]}" in str(refused.value)
    assert f"shown now {old} entries with root {root[True]}" in str(refused.value)
    for data in (asked(old, new, FORK, FORK), asked(old, new, FORK, TREE)):
        with pytest.raises(WitnessRefused):
            looked(data, seen(old))


def test_a_rolled_back_log_is_refused_and_both_heads_are_named() -> None:
    with pytest.raises(WitnessRefused) as refused:
        looked(export(7), seen(9))
    for size in (7, 9):
        assert f"{size} entries with root {keys.encode(merkle.root_of(hashes(TREE)[:size]))}" in str(refused.value)


def test_a_longer_checkpoint_without_its_proof_is_refused() -> None:
    with pytest.raises(WitnessRefused, match="since 5"):
        looked(note(9).encode(), seen(5))


def test_a_log_is_seen_first_with_a_key_from_elsewhere() -> None:
    assert looked(note(9).encode()) == looked(export(9)) == seen(9)
    with pytest.raises(WitnessRefused, match="give its verifier key"):
        look_at([note(9).encode()], seen=None, vkeys=[])


def test_another_key_and_another_log_are_refused() -> None:
    thief = keys.SigningKey(LOG.name, bytes(32))
    other = keys.SigningKey("log.example/other", bytes(32))
    for data in (export(9, key=thief), note(9, key=thief).encode()):
        with pytest.raises(SignatureMissing):
            looked(data, seen(5))
    with pytest.raises(WitnessRefused, match=r"log\.example/other"):
        look_at(export(9, key=other).splitlines(keepends=True), seen=seen(5), vkeys=[str(other.verifier)])


def test_proofs_of_entries_are_no_view_of_the_log() -> None:
    header = bundle.header_line(bundle.Header(bundle.PROOFS, VKEY, note(9)))
    with pytest.raises(WitnessRefused, match="give an export"):
        looked(header.encode(), seen(5))


def test_a_broken_export_is_not_cosigned() -> None:
    lines = export(9).splitlines(keepends=True)
    with pytest.raises(WitnessRefused, match="at entry 3"):
        look_at([*lines[:4], *lines[5:]], seen=seen(5), vkeys=[])


@given(st.integers(0, 2**40))
def test_a_cosignature_says_who_and_when_and_nothing_can_be_changed_in_it(at: int) -> None:
    cosigned = witness.cosign(seen(9), OWN, at=at)
    assert notes.open_note(cosigned, LOG.verifier) == notes.open_note(note(9), LOG.verifier)
    assert notes.find_cosignature(cosigned, OWN.verifier) == at
    assert notes.find_cosignature(note(9), OWN.verifier) is None
    assert notes.cosigner_names(cosigned) == (OWN.name,)
    other = witness.cosign(seen(8), OWN, at=at).splitlines(keepends=True)[-1]
    with pytest.raises(SignatureMissing):
        notes.find_cosignature(note(9) + other, OWN.verifier)


# The example of C2SP tlog-cosignature: it says at which second it was made.
EXAMPLE = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501


def test_the_published_example_has_the_form_that_we_read() -> None:
    text, signatures = notes.read_note(EXAMPLE)
    assert notes.parse_checkpoint(text).size == 20852163
    assert notes.cosigner_names(EXAMPLE) == ("witness.example.com/w1",)
    assert int.from_bytes(signatures[1].signed[:8], "big") == 1679315147


def test_the_signed_message_of_a_cosignature_is_the_published_one() -> None:
    text, _ = notes.read_note(EXAMPLE)
    line = notes.cosignature_line(text, OWN, at=1679315147)
    signed = keys.decode(line.split(" ")[2].strip())
    message = "cosignature/v1\ntime 1679315147\n" + text
    assert signed[:12] == OWN.verifier.id + (1679315147).to_bytes(8, "big")
    assert OWN.verifier.fits(signed[12:], message.encode())


def test_a_key_of_a_witness_is_none_of_a_log_and_the_reverse() -> None:
    assert OWN.verifier.id != keys.SigningKey(OWN.name, OWN.seed).verifier.id
    with pytest.raises(Unreadable, match="of a witness, not of a log"):
        keys.parse_verifier_key(str(OWN.verifier))
    with pytest.raises(Unreadable, match="of a log, not of a witness"):
        keys.parse_verifier_key(VKEY, use=keys.Use.COSIGNATURE)


def test_verifying_asks_the_cosignature_of_a_witness_that_is_named() -> None:
    head = witness.cosign(seen(9), OWN, at=1_800_000_000)
    header = bundle.header_line(bundle.Header(bundle.EXPORT, VKEY, head)).encode()
    lines = [header, *export(9).splitlines(keepends=True)[1:]]
    verdict = verify_lines(lines, VKEY, witnesses=[str(OWN.verifier)])
    (one,) = verdict.cosigned
    assert (verdict.is_sound, one.name, one.size, one.at.timestamp()) == (True, OWN.name, 9, 1_800_000_000)
    assert verify_lines(lines, VKEY).claimed == (OWN.name,)
    assert not verify_lines(export(9).splitlines(keepends=True), VKEY, witnesses=[str(OWN.verifier)]).is_sound


def test_an_earlier_checkpoint_may_be_the_one_that_was_cosigned() -> None:
    _, *rest = export(9).splitlines(keepends=True)
    earlier = bundle.checkpoint_line(witness.cosign(seen(4), OWN, at=7)).encode()
    header = bundle.header_line(bundle.Header(bundle.EXPORT, VKEY, note(9), 1)).encode()
    verdict = verify_lines([header, *rest[:4], earlier, *rest[4:]], VKEY, witnesses=[str(OWN.verifier)])
    assert [(one.name, one.size) for one in verdict.cosigned] == [(OWN.name, 4)]


@pytest.mark.parametrize("data", [b"", b"\n", b"old\n\n", b"old 1\nAA==\n\nx", b"\xff\n", b"{}\n", b'{"a":1}\n'])
def test_what_is_no_view_of_a_log_is_refused_without_a_crash(data: bytes) -> None:
    with pytest.raises(LedgerError):
        looked(data, seen(5))


def test_what_a_witness_remembers_reads_as_it_was_written() -> None:
    assert witness.read_seen(witness.format_seen(seen(9))) == seen(9)
    with pytest.raises(LedgerError):
        witness.read_seen(witness.format_seen(Seen(VKEY, note(9, key=keys.SigningKey(LOG.name, bytes(32))))))


def test_witnessing_needs_no_django() -> None:
    source = str(Path(meldpunt.__file__).parents[1])
    program = "import sys, meldpunt.ledger.witness; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": source}, check=False).returncode == 0
