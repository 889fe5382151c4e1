"""A command with a database of its own leaves the machine as it found it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from meldpunt.entrypoints.postgres import launcher

COMMAND = """
from meldpunt.entrypoints.cli.own_database import database_of_its_own
with database_of_its_own("short"):
    from django.db import connection
    print(connection.cursor().execute("SELECT current_database() LIKE 'short_%'").fetchone()[0])
"""


def test_a_server_that_was_started_for_a_command_ends_with_it(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND],
        env=os.environ
        | {"MELDPUNT_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr[-2000:]
    assert not launcher.is_running(folder)
