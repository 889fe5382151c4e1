"""Every target takes its seeds and some rubbish; and what would be a finding is found, kept and said."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from tests.fuzz.__main__ import main, watch
from tests.fuzz.board import Board
from tests.fuzz.mutating import LONGEST, Mutator
from tests.fuzz.targets import MODULES, load

_INPUTS = 30


@pytest.mark.parametrize("name", MODULES)
def test_a_target_holds_for_its_seeds_and_for_what_is_made_of_them(name: str) -> None:
    target = load(name)
    mutator = Mutator(target.seeds, target.words, Random(name))
    for data in [*target.seeds, *islice(iter(mutator.next, None), _INPUTS)]:
        target.examine(data)


def test_what_is_made_of_a_seed_differs_from_it_and_is_never_too_long() -> None:
    mutator = Mutator([b"a" * LONGEST, b"seed", b""], [b"word"], Random(1))
    made = [mutator.next() for _ in range(500)]
    assert len(set(made)) > 300
    assert max(map(len, made)) <= LONGEST
    assert any(b"word" in one for one in made)


_CHILD = """
import sys, time
from pathlib import Path
from tests.fuzz.board import Board
board = Board(Path(sys.argv[1]))
board.begin(b"first")
board.begin(b"the last one")
{}
"""


@pytest.mark.parametrize(
    ("end", "is_hanging", "status"),
    [
        ("", False, 0),
        ("raise AssertionError", False, 1),
        ("import os; os.abort()", False, -6),
        ("time.sleep(60)", True, -9),
    ],
    ids=["well", "raises", "crashes", "hangs"],
)
def test_who_watches_knows_how_a_process_ended_and_at_which_input(
    tmp_path: Path, end: str, status: int, *, is_hanging: bool
) -> None:
    path = tmp_path / "board"
    board = Board(path)
    child = subprocess.Popen([sys.executable, "-c", _CHILD.format(end), str(path)], stderr=subprocess.DEVNULL)
    assert watch(child, board, hangs=1.0, compiling=5.0) is is_hanging
    assert child.returncode == status
    assert (board.count, board.data) == (2, b"the last one")


def test_a_target_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no such target: nothing" in capsys.readouterr().err
