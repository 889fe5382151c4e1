"""The witness of another organisation: a key, a file in which it remembers, and what the keeper hands out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from meldpunt.access.values import JOB
from meldpunt.entrypoints.cli import ledger
from meldpunt.intake import actions as intake_actions
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.keyfile import load_signing_key
from meldpunt.ledger.keys import Use

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src"
NAME = "witness.example/ledger"
Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Do a verb of the command, ask for its status, and hand back what it printed."""

    def command(*arguments: object, status: int = ledger.SOUND) -> str:
        capsys.readouterr()
        assert ledger.run([str(each) for each in arguments]) == status
        said = capsys.readouterr()
        return said.out if status == ledger.SOUND else said.err

    return command


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path / "log")


@pytest.fixture
def witnessed(tmp_path: Path, run: Run) -> Callable[..., str]:
    """Let the witness look at a file."""
    vkey = grown(run)

    def look(data: str, *, status: int = ledger.SOUND) -> str:
        path = tmp_path / "shown"
        path.write_text(data)
        state = ["--key", tmp_path / "witness.key", "--state", tmp_path / "seen.json", "--name", NAME]
        return run("witness", *state, "--log", vkey, path, status=status)

    return look


def grown(run: Run) -> str:
    """The log with one entry more, signed; its verifier key."""
    intake_actions.receive_mail(JOB, raw=f"Subject: x\n\n{uuid4()}".encode())
    return ledger_actions.sign_checkpoint(JOB).vkey


def witness_key(tmp_path: Path) -> str:
    return str(load_signing_key(tmp_path / "witness.key", name=NAME, use=Use.COSIGNATURE).verifier)


def test_a_cosigned_checkpoint_comes_back_and_goes_out_with_every_export(
    tmp_path: Path, run: Run, witnessed: Callable[..., str]
) -> None:
    cosigned = tmp_path / "cosigned"
    cosigned.write_text(witnessed(run("export")))
    vkey = witness_key(tmp_path)
    assert "now carries the cosignature" in run("cosigned", cosigned, "--witness", vkey)
    run("export", tmp_path / "export")
    assert f"Cosigned by {NAME} up to" in run("verify", tmp_path / "export", "--witness", vkey)
    assert f"Under the checkpoint stands the name of {NAME} too" in run("verify", tmp_path / "export")
    grown(run)
    run("export", tmp_path / "export")
    assert f"Cosigned by {NAME} up to" in run("verify", tmp_path / "export", "--witness", vkey)


def test_proofs_stand_under_the_head_that_a_witness_saw_as_long_as_it_covers_them(
    tmp_path: Path, run: Run, witnessed: Callable[..., str]
) -> None:
    entry = ledger_queries.list_entries(JOB)[0].id
    (tmp_path / "cosigned").write_text(witnessed(run("export")))
    run("cosigned", tmp_path / "cosigned", "--witness", witness_key(tmp_path))
    grown(run)
    (tmp_path / "proofs").write_bytes(ledger_queries.proofs_bundle(JOB, entries=[entry]))
    said = run("verify", tmp_path / "proofs", "--witness", witness_key(tmp_path))
    assert f"Cosigned by {NAME}" in said


def test_a_witness_follows_by_proofs_of_consistency_alone(run: Run, witnessed: Callable[..., str]) -> None:
    first = witnessed(run("checkpoint"))
    size = int(first.splitlines()[1])
    grown(run)
    second = witnessed(run("consistency", "--since", size))
    assert int(second.splitlines()[1]) > size
    assert second.count(f"— {NAME} ") == 1


def test_a_longer_log_without_a_proof_and_a_rolled_back_one_are_refused(
    run: Run, witnessed: Callable[..., str]
) -> None:
    shorter = run("checkpoint")
    grown(run)
    longer = run("checkpoint")
    witnessed(shorter)
    assert "ask for the consistency since" in witnessed(longer, status=ledger.UNSOUND)
    witnessed(run("consistency", "--since", shorter.splitlines()[1]))
    assert "rolled back: seen before" in witnessed(shorter, status=ledger.UNSOUND)


def test_a_witness_follows_a_log_over_a_change_of_its_key(run: Run, witnessed: Callable[..., str]) -> None:
    witnessed(run("export"))
    said = run("rotate-key", "--old", "destroy")
    assert "The old secret is destroyed." in said
    grown(run)
    assert "signed by no known key" in witnessed(run("checkpoint"), status=ledger.UNSOUND)
    witnessed(run("export"))
    size = int(run("checkpoint").splitlines()[1])
    grown(run)
    witnessed(run("consistency", "--since", size))


def test_what_a_witness_did_not_cosign_is_not_taken_for_cosigned(
    tmp_path: Path, run: Run, witnessed: Callable[..., str]
) -> None:
    witnessed(run("export"))
    (tmp_path / "note").write_text(run("checkpoint"))
    assert "no cosignature" in run("cosigned", tmp_path / "note", "--witness", witness_key(tmp_path), status=1)


def test_a_key_is_made_only_under_a_name(tmp_path: Path, run: Run) -> None:
    (tmp_path / "note").write_text("x")
    said = run("witness", "--key", tmp_path / "k", "--state", tmp_path / "s", tmp_path / "note", status=1)
    assert "give --name" in said
    assert not (tmp_path / "k").exists()


def test_witnessing_needs_neither_database_nor_settings(
    tmp_path: Path, run: Run, witnessed: Callable[..., str]
) -> None:
    shown = tmp_path / "export"
    shown.write_text(run("export"))
    given = ["--key", tmp_path / "w.key", "--name", NAME, "--state", tmp_path / "seen", "--log", grown(run)]
    answer = subprocess.run(
        [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "ledger", "witness", *map(str, given), str(shown)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "nowhere.at.all"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0
    assert f"— {NAME} " in answer.stdout


def test_a_file_that_is_not_there_is_no_input(tmp_path: Path, run: Run) -> None:
    given = ["--key", tmp_path / "k", "--name", NAME, "--state", tmp_path / "s", "--log", "x", tmp_path / "nothing"]
    assert "nothing" in run("witness", *given, status=ledger.EX_NOINPUT)
