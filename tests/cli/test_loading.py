"""`meldpunt load-epss` and `load-kev`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.triage.cast import desk
from tests.triage.test_vulnerabilities import CVE, epss_of, kev_of

from meldpunt.entrypoints.cli.main import main
from meldpunt.triage import queries

pytestmark = pytest.mark.django_db


def test_a_file_is_loaded_and_an_older_one_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer, older = tmp_path / "newer", tmp_path / "older"
    newer.write_bytes(epss_of("2026-11-29", CVE_2999_0001="0.9"))
    older.write_bytes(epss_of("2026-11-28", CVE_2999_0001="0.1"))
    assert main(["load-epss", str(newer)]) == 0
    assert main(["load-epss", str(older)]) == 1
    told = capsys.readouterr()
    assert "1 lines of 2026-11-29" in told.out
    assert "is newer: it is of 29 November 2026" in told.err
    assert main(["load-epss", "--older", str(older)]) == 0


def test_a_catalogue_is_loaded_and_what_is_no_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = tmp_path / "kev.json"
    catalogue.write_bytes(kev_of())
    assert main(["load-kev", str(catalogue)]) == 0
    assert main(["load-kev", str(tmp_path)]) == 2
    assert "directory" in capsys.readouterr().err
    assert queries.find_exploitation(desk().analyst, cve=CVE).known is not None  # type: ignore[arg-type]
