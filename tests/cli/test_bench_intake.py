"""What was promised is there, once, whatever is killed: the benchmark's own look at it, with few kills."""

from __future__ import annotations

import subprocess
import sys

BENCH = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "bench", "intake"]


def test_nothing_that_was_promised_is_lost_or_comes_twice_when_doors_database_and_listener_are_killed() -> None:
    few = [*BENCH, "--kills", "3", "--seconds", "0"]
    ran = subprocess.run(few, capture_output=True, text=True, check=False, timeout=240)
    assert ran.returncode == 0, ran.stdout + ran.stderr[-4000:]
    assert "1 × the doors, 1 × the listener for mail, 1 × the postmaster" in ran.stdout
    assert all(f" by {way}" in ran.stdout for way in ("form", "API", "mail"))
    assert "lost 0, twice 0" in ran.stdout
