"""`meldpunt match`: a registry in one file, and each organisation's rows; or one line that says why not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from meldpunt.entrypoints.cli.match import run

_CLAIMS = "owner,role,kind,value,valid_from,valid_until\nwater,owner,prefix,192.0.2.0/24,2026-01-01 00:00:00,\n"
_FEED = "timestamp,ip\n2026-10-01 12:00:00,192.0.2.1\n2026-10-01 12:00:00,198.51.100.1\n"


@pytest.fixture
def registry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    (tmp_path / "claims.csv").write_text(_CLAIMS)
    assert run(["compile", "--claims", str(tmp_path / "claims.csv"), "--out", str(tmp_path)]) == 0
    return capsys.readouterr().out.strip()


def test_a_file_is_attributed_and_said_in_words(
    registry: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feed.csv").write_text(_FEED)
    assert run(["attribute", str(tmp_path / "feed.csv"), "--registry", registry, "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().out
    assert "feed.csv: 2 rows; 1 attributed, 1 of nobody, 0 of another shape, 0 over several lines; " in told
    assert "fields that cannot be read: none; read by address=ip, time=timestamp" in told
    assert (tmp_path / "out" / "packages" / "001-feed.csv" / "water.csv").exists()


def test_for_a_program_it_prints_the_manifest(
    registry: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feed.csv").write_text(_FEED)
    out = tmp_path / "out"
    assert run(["attribute", str(tmp_path / "feed.csv"), "--registry", registry, "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((out / "manifest.json").read_text())


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        ("from,to\n" + "192.0.2.1,192.0.2.2\n" * 6, "more than one column could be the address: from, to"),
        ("name\nx\n", "no column says whose a row is: name"),
        ('ip,time\n"192.0.2.1\n', "feed.csv: a record that begins near byte 8 does not end"),
        ("ip\n192.0.2.1\n", "no column says when a row was; name it, or say when (--at): ip"),
        ("", "feed.csv: it has no first line that could name its columns"),
    ],
)
def test_without_an_answer_it_says_why_in_one_line_and_leaves_no_manifest(
    feed: str, why: str, registry: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "feed.csv").write_text(feed)
    out = tmp_path / "out"
    assert run(["attribute", str(tmp_path / "feed.csv"), "--registry", registry, "--out", str(out)]) == 1
    assert capsys.readouterr().err == f"meldpunt match: {why}\n"
    assert not (out / "manifest.json").exists()


def test_a_wrong_claim_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "claims.csv").write_text(_CLAIMS + "bank,owner,prefix,192.0.2.1/24,2026-01-01 00:00:00,\n")
    assert run(["compile", "--claims", str(tmp_path / "claims.csv"), "--out", str(tmp_path)]) == 1
    assert "prefix: bits are set beyond the prefix" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_registry_of_the_house_is_compiled_with_ids_and_no_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.constituency.cast import WATER, register

    organisation = register(WATER)
    assert run(["compile", "--out", str(tmp_path)]) == 0
    held = Path(capsys.readouterr().out.strip()).read_bytes()
    assert str(organisation).encode() in held
    assert WATER.name.encode() not in held


def test_attributing_needs_no_database_and_no_django(registry: str, tmp_path: Path) -> None:
    (tmp_path / "feed.csv").write_text(_FEED)
    script = (
        "import sys; from meldpunt.entrypoints.cli.match import run; status = run(sys.argv[1:]);"
        " assert not any(name == 'django' or name.startswith('django.') for name in sys.modules); sys.exit(status)"
    )
    asked = ["attribute", str(tmp_path / "feed.csv"), "--registry", registry, "--out", str(tmp_path / "out")]
    assert subprocess.run([sys.executable, "-c", script, *asked], check=False, timeout=120).returncode == 0
