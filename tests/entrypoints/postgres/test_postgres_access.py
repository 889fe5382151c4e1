"""Who comes near a server, and what it lets out."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from meldpunt.entrypoints.postgres import launcher, programs
from meldpunt.entrypoints.postgres.errors import FolderBelongsToAnother, FolderOutOfReach
from meldpunt.entrypoints.postgres.places import MACHINE_WIDE, account, places_of
from meldpunt.entrypoints.postgres.processes import postmaster_of
from meldpunt.entrypoints.postgres.values import PORT, SUPERUSER, Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server to another account")
STRANGER = pwd.getpwnam("daemon").pw_uid
"""An account that every machine has, and that runs nothing."""


def ask(server: Server, statement: str) -> object:
    with psycopg.connect(server.dsn(SUPERUSER)) as connection:
        answer = connection.execute(statement.encode())
        row = answer.fetchone() if answer.description else None
        return row[0] if row else None


def sources() -> str:
    return str(Path(launcher.__file__).parents[3])


def as_stranger(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """A Python of the machine, since ours may lie where only we can go; skips when there is none."""
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if python is None:
        pytest.skip("no Python on this machine that another account could run")
    return subprocess.run(
        [python, *arguments],
        user=STRANGER,
        group=STRANGER,
        extra_groups=[],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_server_has_one_closed_way_in(folder: Path) -> None:
    server = launcher.start(folder)
    assert ask(server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(server.socket_directory.stat().st_mode) == 0o700
    assert server.socket_directory.stat().st_uid == account().uid


@as_root
def test_stranger_cannot_connect(folder: Path) -> None:
    path = launcher.start(folder).socket_directory / f".s.PGSQL.{PORT}"
    knock = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    stranger = subprocess.run(
        ["python3", "-Ic", knock, path],
        user=STRANGER,
        group=STRANGER,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PermissionError" in stranger.stderr


def test_log_tells_neither_statement_nor_row(folder: Path) -> None:
    server = launcher.start(folder)
    ask(server, "CREATE TABLE identity (name text PRIMARY KEY)")
    for _ in range(2):
        try:
            ask(server, "INSERT INTO identity VALUES ('Waterbedrijf Voorbeeld')")
        except psycopg.errors.UniqueViolation:
            log = places_of(folder).log.read_text()
    assert "duplicate key" in log
    assert "Voorbeeld" not in log


def test_folder_name_is_never_read_as_a_command(folder: Path) -> None:
    server = launcher.start(folder / "a b'$(touch x)%2F?é")
    assert ask(server, "SELECT 1") == 1
    launcher.destroy(server.folder)


@as_root
def test_folder_that_the_server_cannot_reach_is_refused_and_stays_closed(folder: Path) -> None:
    folder.chmod(0o700)
    with pytest.raises(FolderOutOfReach):
        launcher.start(folder / "below")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@as_root
def test_folder_of_another_account_is_refused(folder: Path) -> None:
    os.chown(places_of(folder).data, STRANGER, STRANGER)
    with pytest.raises(FolderBelongsToAnother):
        launcher.start(folder)


@as_root
def test_socket_directory_that_another_laid_ready_is_refused(folder: Path) -> None:
    deep = folder / ("d" * 120)
    trap = places_of(deep).socket_directory
    trap.mkdir()
    os.chown(trap, STRANGER, STRANGER)
    try:
        with pytest.raises(FolderBelongsToAnother):
            launcher.start(deep)
    finally:
        trap.rmdir()


def test_the_tests_keep_their_data_in_memory_where_nobody_else_can_write_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MELDPUNT_DATA")
    ours, on_disk = launcher.tests_folder(tmp_path), launcher.data_folder() / "tests"
    assert ours.is_relative_to(tmp_path)
    ours.parent.mkdir()
    assert launcher.tests_folder(tmp_path) == ours
    ours.parent.chmod(0o777)
    assert launcher.tests_folder(tmp_path) == on_disk
    ours.parent.rmdir()
    ours.parent.symlink_to(tmp_path)
    assert launcher.tests_folder(tmp_path) == on_disk


@as_root
def test_ordinary_account_runs_its_own_server(empty: Path) -> None:
    os.chown(empty, STRANGER, STRANGER)
    path = f"{sources()}:{Path(psycopg.__file__).parents[1]}"
    environment = {"MELDPUNT_DATA": str(empty), "MELDPUNT_POSTGRES_UNSAFE": "1", "PYTHONPATH": path}
    if as_stranger(["-c", "import meldpunt.entrypoints.postgres.launcher"], **environment).returncode != 0:
        pytest.skip("another account can read neither this checkout nor its environment")
    module = ["-m", "meldpunt.entrypoints.postgres"]
    started = as_stranger([*module, "start"], **environment)
    assert started.returncode == 0, started.stderr
    assert places_of(empty).data.stat().st_uid == STRANGER
    assert as_stranger([*module, "destroy"], **environment).returncode == 0


@as_root
def test_programs_out_of_reach_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    wheel = programs._wheel()
    for part in (wheel, wheel.parent / f"{programs.WHEEL}.libs"):
        (closed / part.name).symlink_to(part)
    monkeypatch.syspath_prepend(str(closed))
    assert ask(launcher.start(folder), "SELECT 1") == 1
    running = Path(f"/proc/{postmaster_of(places_of(folder))}/cmdline").read_bytes()
    assert running.startswith(os.fsencode(MACHINE_WIDE))
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
