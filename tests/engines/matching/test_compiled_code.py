"""What was compiled from a source that has changed since is not run."""

import os
from pathlib import Path

from meldpunt.engines.matching.kernel import remove_stale


def _written(path: Path, *, at: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    os.utime(path, (at, at))
    return path


def test_what_was_compiled_before_any_source_changed_is_removed_and_the_rest_kept(tmp_path: Path) -> None:
    _written(tmp_path / "caller.py", at=100)
    _written(tmp_path / "called.py", at=200)
    stale = _written(tmp_path / "__pycache__" / "caller.f-1.nbi", at=150)
    fresh = _written(tmp_path / "__pycache__" / "called.g-1.nbi", at=250)
    remove_stale(tmp_path)
    assert (stale.exists(), fresh.exists()) == (False, True)
