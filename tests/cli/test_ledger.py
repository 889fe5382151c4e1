"""`meldpunt ledger`: sign, export, and verify with nothing but the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from meldpunt.access.values import JOB
from meldpunt.entrypoints.cli import ledger
from meldpunt.intake import actions as intake_actions

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The ledger after one mail came in, signed and exported."""
    intake_actions.receive_mail(JOB, raw=b"Subject: x\n\ny")
    assert ledger.run(["checkpoint"]) == ledger.SOUND
    path = tmp_path / "ledger.jsonl"
    assert ledger.run(["export", str(path)]) == ledger.SOUND
    capsys.readouterr()
    return path


def key_of(export: Path) -> str:
    return json.loads(export.read_text().splitlines()[0])["vkey"]


def test_an_export_verifies_with_the_key_of_the_log(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger.run(["verify", str(export), "--key", key_of(export)]) == ledger.SOUND
    out = capsys.readouterr().out
    assert out.startswith("Everything fits:")
    assert "came with the file" not in out


def test_without_a_key_it_says_whose_word_was_taken(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger.run(["verify", str(export)]) == ledger.SOUND
    assert "This key came with the file." in capsys.readouterr().out


def test_one_changed_byte_is_found_and_named(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = bytearray(export.read_bytes())
    place = whole.index(b'{"commitment":"') + len(b'{"commitment":"')
    whole[place] = ord("1") if whole[place] == ord("0") else ord("0")
    export.write_bytes(whole)
    assert ledger.run(["verify", str(export)]) == ledger.UNSOUND
    assert capsys.readouterr().out.startswith("DOES NOT FIT at entry 0 (line 2):")


def test_verifying_needs_neither_database_nor_settings(export: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "ledger", "verify", str(export)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SOURCE),
            "DJANGO_SETTINGS_MODULE": "nowhere.at.all",
            "MELDPUNT_DATABASE_URL": "postgresql://127.0.0.1:1/none",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")


def test_an_unsigned_ledger_is_not_exported_and_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert ledger.run(["export", str(path)]) == ledger.UNSOUND
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(export: Path, tmp_path: Path) -> None:
    assert ledger.run(["export", str(tmp_path / "no" / "where")]) == ledger.EX_CANTCREAT


def test_a_file_that_is_not_there_is_no_input(tmp_path: Path) -> None:
    assert ledger.run(["verify", str(tmp_path / "nothing")]) == ledger.EX_NOINPUT
