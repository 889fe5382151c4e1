"""`meldpunt services import`: a file comes in, or every wrong line is printed and nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.constituency.cast import WATER, analyst, register
from tests.services.test_importing import FILE, WHY

from meldpunt.entrypoints.cli import services
from meldpunt.services import queries

pytestmark = pytest.mark.django_db


def test_a_file_comes_in_and_says_what_it_brought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register(WATER)
    (tmp_path / "graph.csv").write_text(FILE)
    assert services.run(["import", str(tmp_path / "graph.csv"), "--reason", WHY]) == 0
    assert capsys.readouterr().out == "2 services, 2 dependencies, of which 0 told anew\n"
    assert queries.count_services(analyst()) == 2


def test_wrong_lines_are_printed_and_the_status_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "graph.csv").write_text(FILE)
    assert services.run(["import", str(tmp_path / "graph.csv"), "--reason", WHY]) == 1
    assert "  line 2: No organisation has the code DW-01.\n" in capsys.readouterr().err
    assert services.run(["import", str(tmp_path / "nowhere.csv"), "--reason", WHY]) == 1
    assert queries.count_services(analyst()) == 0
