"""A real server per test: what it survives, and whom it meets."""

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.__main__ import NOT_RUNNING, main
from meldpunt.entrypoints.postgres.errors import (
    DataOfAnotherVersion,
    ServerDidNotStart,
)
from meldpunt.entrypoints.postgres.places import LONGEST_SOCKET_PATH, account, make_places, places_of
from meldpunt.entrypoints.postgres.processes import all_of, postmaster_of
from meldpunt.entrypoints.postgres.values import PORT, SUPERUSER, Server


def ask(server: Server, statement: str) -> object:
    with psycopg.connect(server.dsn(SUPERUSER)) as connection:
        answer = connection.execute(statement.encode())
        row = answer.fetchone() if answer.description else None
        return row[0] if row else None


def launch(folder: Path, verb: str) -> subprocess.CompletedProcess[str]:
    """The launcher as a command in a process of its own, with nothing in its environment but its folder."""
    command = [sys.executable, "-m", "meldpunt.entrypoints.postgres", verb]
    environment = {
        "MELDPUNT_DATA": str(folder),
        "MELDPUNT_POSTGRES_UNSAFE": "1",
        "PYTHONPATH": str(Path(launcher.__file__).parents[3]),
    }
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_racing_starts_end_in_one_server(empty: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: launch(empty, "start"), range(3)))
    assert [run.returncode for run in runs] == [0, 0, 0], [run.stderr for run in runs]
    assert len({run.stdout for run in runs}) == 1
    command_lines = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in all_of(places_of(empty), account())]
    assert sum(b"cluster_name=" in line for line in command_lines) == 1


def test_second_start_uses_the_first_server(folder: Path) -> None:
    first = launcher.start(folder)
    postmaster = postmaster_of(places_of(folder))
    assert launcher.start(folder) == first
    assert postmaster is not None
    assert postmaster_of(places_of(folder)) == postmaster


def test_data_outlives_a_killed_postmaster(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MELDPUNT_POSTGRES_UNSAFE")
    server = launcher.start(folder)
    ask(server, "CREATE TABLE kept AS SELECT 'acknowledged' AS word")
    killed = postmaster_of(places_of(folder)) or 0
    os.kill(killed, signal.SIGKILL)
    assert ask(launcher.start(folder), "SELECT word FROM kept") == "acknowledged"
    assert postmaster_of(places_of(folder)) != killed


def test_busy_child_of_a_killed_postmaster_does_not_meet_the_next_server(folder: Path) -> None:
    server, places = launcher.start(folder), places_of(folder)
    with psycopg.connect(server.dsn(SUPERUSER)) as busy:
        child = busy.info.backend_pid
        os.kill(child, signal.SIGSTOP)
        os.kill(postmaster_of(places) or 0, signal.SIGKILL)
        with ThreadPoolExecutor(1) as pool:
            started = pool.submit(launcher.start, folder)
            os.kill(child, signal.SIGCONT)
            started.result()
    assert child not in all_of(places, account())


@pytest.mark.parametrize("kind", ["zombie", "another process"])
def test_pid_file_of_another_process_does_not_keep_the_server_from_starting(folder: Path, kind: str) -> None:
    launcher.start(folder)
    launcher.stop(folder)
    with subprocess.Popen(["sleep", "0" if kind == "zombie" else "60"]) as other:
        if kind == "zombie":
            os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
        (places_of(folder).data / "postmaster.pid").write_text(f"{other.pid}\n{places_of(folder).data}\n")
        try:
            assert ask(launcher.start(folder), "SELECT 1") == 1
        finally:
            other.kill()


def test_client_that_names_the_server_is_not_taken_for_it(folder: Path) -> None:
    mark = places_of(folder).mark
    with subprocess.Popen(["sh", "-c", "sleep 60", "postgres", f"cluster_name={mark}"]) as client:
        try:
            assert client.pid not in all_of(places_of(folder), account())
        finally:
            client.kill()


def test_killed_initdb_leaves_nothing_that_is_taken_for_data(empty: Path) -> None:
    make_places(places_of(empty), account())
    half = places_of(empty).home / "data-unfinished"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert ask(launcher.start(empty), "SELECT 1") == 1


def test_two_folders_do_not_meet(folder: Path) -> None:
    one, other = launcher.start(folder / "one"), launcher.start(folder / "other")
    ask(one, "CREATE TABLE mine ()")
    assert ask(other, "SELECT to_regclass('mine') IS NULL") is True
    launcher.destroy(one.folder)
    assert ask(other, "SELECT 1") == 1
    launcher.destroy(other.folder)


def test_server_is_durable_unless_told_otherwise(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(launcher.start(folder), "SHOW fsync") == "off"
    monkeypatch.delenv("MELDPUNT_POSTGRES_UNSAFE")
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert ask(launcher.start(folder), f"SHOW {name}") == "on"
    assert ask(launcher.start(folder, unsafe=True), "SHOW fsync") == "on"


def test_environment_does_not_choose_the_servers_ways(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    monkeypatch.setenv("LC_ALL", "POSIX")
    monkeypatch.setenv("PGPORT", "1")
    server = launcher.start(empty)
    assert ask(server, "SHOW timezone") == "UTC"
    assert ask(server, "SELECT upper('é') COLLATE pg_catalog.default") == "É"


def test_stop_and_status_tell_whether_it_ran(folder: Path) -> None:
    assert launch(folder, "status").returncode == NOT_RUNNING
    launcher.start(folder)
    assert launch(folder, "status").returncode == 0
    assert launcher.stop(folder) is True
    assert launcher.stop(folder) is False


def test_destroy_removes_the_server_and_leaves_its_neighbours(folder: Path) -> None:
    launcher.start(folder)
    (folder / "evidence").mkdir()
    launcher.destroy(folder)
    assert not places_of(folder).home.exists()
    assert (folder / "evidence").is_dir()


def test_socket_of_a_deep_folder_has_a_short_path(folder: Path) -> None:
    deep = folder / ("d" * 60) / ("e" * 60)
    server = launcher.start(deep)
    assert ask(server, "SELECT 1") == 1
    assert len(os.fsencode(server.socket_directory / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH
    launcher.destroy(deep)
    assert not server.socket_directory.exists()


def test_data_of_another_version_is_refused_unchanged(folder: Path) -> None:
    launcher.start(folder)
    launcher.stop(folder)
    (places_of(folder).data / "PG_VERSION").write_text("14\n")
    with pytest.raises(DataOfAnotherVersion):
        launcher.start(folder)


def test_reason_why_a_server_does_not_start_is_told(folder: Path) -> None:
    launcher.start(folder)
    launcher.stop(folder)
    (places_of(folder).data / "postgresql.conf").write_text("colour = blue\n")
    with pytest.raises(ServerDidNotStart, match='unrecognized configuration parameter "colour"'):
        launcher.start(folder)


def test_refusal_is_one_line_on_the_command_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MELDPUNT_DATA", str(folder))
    monkeypatch.setenv("MELDPUNT_POSTGRES_BIN", str(folder))
    assert main(["start"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_programs_of_the_machine_serve_as_well(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = shutil.which("postgres")
    if found is None:
        pytest.skip("this machine has no PostgreSQL of its own on PATH")
    monkeypatch.setenv("MELDPUNT_POSTGRES_BIN", str(Path(found).resolve().parent))
    server = launcher.start(empty)
    assert ask(server, "SELECT pg_has_role('meldpunt_app', 'meldpunt_desk', 'MEMBER')") is True
    assert ask(server, "SELECT pg_has_role('meldpunt_app', 'meldpunt_desk', 'USAGE')") is False
