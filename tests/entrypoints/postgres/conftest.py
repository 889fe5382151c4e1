"""Data folders for the servers of these tests."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from meldpunt.entrypoints.postgres import launcher


def made_folder() -> Path:
    """A data folder that the server's account can reach; pytest's own are closed to all but us."""
    made = Path(tempfile.mkdtemp(prefix="server-", dir=launcher.data_folder()))
    made.chmod(0o755)
    return made


@pytest.fixture(scope="module")
def used() -> Iterator[Path]:
    """A data folder whose server ran and was stopped: its data saves the others the making of theirs."""
    made = made_folder()
    launcher.start(made, unsafe=True)
    launcher.stop(made)
    yield made
    launcher.destroy(made)
    shutil.rmtree(made)


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder in which no server ever ran; fast and not durable, unless the test says otherwise."""
    monkeypatch.setenv("MELDPUNT_POSTGRES_UNSAFE", "1")
    made = made_folder()
    yield made
    launcher.destroy(made)
    shutil.rmtree(made)


@pytest.fixture
def folder(empty: Path, used: Path) -> Path:
    """A data folder with data and without a running server."""
    subprocess.run(["cp", "-a", used / "postgres", empty / "postgres"], check=True)
    return empty
