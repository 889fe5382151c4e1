"""The log goes on under a new key, and whoever knows any of its keys can follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.ledger.cast import administrator, analyst

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB
from meldpunt.ledger import actions, bundle, keyfile, keys, notes, queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.errors import KeyLost
from meldpunt.ledger.values import EntryId, Kind
from meldpunt.ledger.verify import Verdict, verify_lines

pytestmark = pytest.mark.usefixtures("owner_dsn")
STRANGE = str(keys.SigningKey("meldpunt.example/ledger", bytes(32)).verifier)


def recorded(count: int = 1) -> list[EntryId]:
    actor = analyst()
    with bound(actor):
        return [ledger.record(actor, kind=Kind.DECIDED) for _ in range(count)]


def rotated(times: int = 1, *, kept: bool = True) -> list[str]:
    """The verifier keys of a log that changed its key so often, oldest first, with entries around each change."""
    recorded(3)
    found = [actions.sign_checkpoint(JOB).vkey]
    for _ in range(times):
        found.append(actions.rotate_key(administrator(), kept=kept)[0].vkey)
        recorded(2)
        actions.sign_checkpoint(JOB)
    return found


def exported(vkey: str | None = None) -> Verdict:
    return verify_lines((line.encode() for line in queries.export_ledger(JOB)), vkey)


def proven(entries: list[EntryId], vkey: str | None = None) -> Verdict:
    return verify_lines(queries.proofs_bundle(JOB, entries=entries).splitlines(keepends=True), vkey)


@pytest.mark.parametrize("times", [1, 3])
def test_whoever_knows_any_key_of_the_log_can_check_export_and_proofs(times: int) -> None:
    known = rotated(times)
    (entry,) = recorded()
    actions.sign_checkpoint(JOB)
    assert len(set(known)) == times + 1
    for vkey in known:
        for verdict in (exported(vkey), proven([entry], vkey)):
            assert (verdict.reason, verdict.keys) == ("everything fits", tuple(known))
            assert verdict.vkey == known[-1]


def test_whoever_knows_another_key_is_told_so() -> None:
    last = rotated()[-1]
    verdict = exported(STRANGE)
    assert not verdict.is_sound
    assert verdict.reason == (
        "the file is signed with another key than the one given, "
        f"and none of its changes of the key leads from there to {last}"
    )


def test_the_head_at_a_change_is_signed_by_both_keys_and_later_ones_by_the_new() -> None:
    recorded()
    old = keys.parse_verifier_key(actions.sign_checkpoint(JOB).vkey)
    at_change = actions.rotate_key(JOB, kept=True)[0]
    recorded()
    later = actions.sign_checkpoint(JOB)
    new = keys.parse_verifier_key(at_change.vkey)
    assert notes.open_note(at_change.note, old) == notes.open_note(at_change.note, new)
    assert [one.id for one in notes.read_note(later.note)[1]] == [new.id]


def test_a_change_of_the_key_is_an_entry_that_names_both() -> None:
    old, new = rotated()
    (entry,) = queries.list_entries(JOB, kind=Kind.KEY_ROTATED)
    assert entry.details == {"from": old, "to": new, "old-secret": "kept aside"}


def test_the_history_of_keys_says_from_which_entry_each_signs() -> None:
    known = rotated(2)
    assert [(one.vkey, one.since_size) for one in queries.list_keys(JOB)] == list(zip(known, (0, 4, 7), strict=True))


def test_a_log_that_nobody_signed_can_be_given_its_key_too() -> None:
    actions.rotate_key(JOB, kept=False)
    assert exported().is_sound


@pytest.mark.parametrize("kept", [True, False])
def test_the_old_secret_is_laid_aside_or_destroyed_as_was_said(key_folder: Path, kept: bool) -> None:
    recorded()
    old = keys.parse_verifier_key(actions.sign_checkpoint(JOB).vkey)
    _, aside = actions.rotate_key(JOB, kept=kept)
    names = {f"ledger.key.{old.id.hex()}"} if kept else set()
    assert {path.name for path in key_folder.iterdir()} == names | {"ledger.key"}
    if aside:
        assert keys.parse_signing_key(aside.read_text().strip()).verifier == old
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in key_folder.iterdir())


def test_cut_short_between_commit_and_files_the_next_signer_finishes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded()
    old = actions.sign_checkpoint(JOB).vkey
    with monkeypatch.context() as crash:
        crash.setattr(keyfile, "take_over", lambda *_args, **_kwargs: None)
        new = actions.rotate_key(JOB, kept=True)[0].vkey
    recorded()
    assert actions.sign_checkpoint(JOB).vkey == new
    assert exported(old).is_sound


def fail_after_rotating() -> None:
    with bound(JOB):
        actions.rotate_key(JOB, kept=False)
        raise ZeroDivisionError


def test_a_change_that_was_rolled_back_changes_nothing() -> None:
    recorded()
    old = actions.sign_checkpoint(JOB).vkey
    with pytest.raises(ZeroDivisionError):
        fail_after_rotating()
    recorded()
    assert actions.sign_checkpoint(JOB).vkey == old
    assert actions.rotate_key(JOB, kept=True)[0].vkey != old
    assert exported(old).is_sound


def test_a_log_does_not_go_on_under_a_key_that_nobody_announced(key_folder: Path) -> None:
    recorded()
    actions.sign_checkpoint(JOB)
    (key_folder / "ledger.key").unlink()
    recorded()
    with pytest.raises(KeyLost):
        actions.sign_checkpoint(JOB)


def test_an_analyst_changes_no_key() -> None:
    with pytest.raises(PermissionMissing):
        actions.rotate_key(analyst(), kept=True)


def with_header(**changed: object) -> Verdict:
    first, *rest = [line.encode() for line in queries.export_ledger(JOB)]
    header = replace(bundle.read_header(first), **changed)  # type: ignore[arg-type]
    return verify_lines([bundle.header_line(header).encode(), *rest])


def test_without_its_changes_of_key_a_file_does_not_fit() -> None:
    rotated()
    assert not with_header(rotations=()).is_sound


def test_a_second_signature_under_a_head_is_no_change_of_key(key_folder: Path) -> None:
    recorded(2)
    actions.sign_checkpoint(JOB)
    old = keys.parse_signing_key((key_folder / "ledger.key").read_text().strip())
    thief = keys.SigningKey(old.name, bytes(32))
    head = queries.find_checkpoint(JOB)
    assert head is not None
    text, _ = notes.read_note(head.note)
    entry = queries.prove_entry(JOB, entry=queries.list_entries(JOB)[0].id)
    proof = bundle.ProofLine(entry.content, entry.salt, entry.position, entry.path)
    stolen = bundle.RotationLine(notes.sign_note(text, old, thief), proof)
    verdict = with_header(checkpoint=notes.sign_note(text, thief), vkey=str(thief.verifier), rotations=(stolen,))
    assert verdict.reason == "an entry is given for a change of the key and is another deed"


def test_an_old_key_signs_nothing_after_its_change() -> None:
    recorded()
    actions.sign_checkpoint(JOB)
    _, aside = actions.rotate_key(JOB, kept=True)
    assert aside is not None
    old = keys.parse_signing_key(aside.read_text().strip())
    recorded()
    later = actions.sign_checkpoint(JOB)
    recorded()
    actions.sign_checkpoint(JOB)
    lines = [line.encode() for line in queries.export_ledger(JOB)]
    forged = bundle.checkpoint_line(notes.sign_note(notes.read_note(later.note)[0], old)).encode()
    place = lines.index(bundle.checkpoint_line(later.note).encode())
    verdict = verify_lines([*lines[:place], forged, *lines[place + 1 :]])
    assert (verdict.is_sound, verdict.line) == (False, place + 1)
