"""The processes of one server, as /proc shows them.

A file that says "pid 812 is the server" is not believed: the number may have been given to another
process, or be a zombie that a PID 1 which reaps nothing keeps for ever. What is believed is the command
line: `cluster_name` stands in that of the postmaster and of each of its children, and a zombie's is empty
(proc(5)). It can be read without the right to trace, which root lacks in most containers.
"""

import os
import signal
import time
from pathlib import Path

from meldpunt.entrypoints.postgres.places import Places
from meldpunt.entrypoints.postgres.values import Account

POLL_SECONDS = 0.02
PROC = Path("/proc")


def postmaster_of(places: Places) -> int | None:
    """The process id of the living postmaster of this server, or None."""
    try:
        first_line = (places.data / "postmaster.pid").read_text().split("\n", 1)[0]
    except (FileNotFoundError, NotADirectoryError):
        return None
    pid = int(first_line) if first_line.strip().isdigit() else 0
    return pid if pid and _is_marked(PROC / str(pid), places.mark) else None


def all_of(places: Places, runs_as: Account) -> list[int]:
    """Every living process of this server: the postmaster and its children, also orphaned ones."""
    return [
        int(entry.name)
        for entry in PROC.iterdir()
        if entry.name.isdigit() and _owner(entry) == runs_as.uid and _is_marked(entry, places.mark)
    ]


def send(pids: list[int], what: signal.Signals) -> None:
    """Signal processes, of which some may have ended since they were listed."""
    for pid in pids:
        try:
            os.kill(pid, what)
        except ProcessLookupError:
            continue


def wait_until_gone(places: Places, runs_as: Account, seconds: float) -> bool:
    """Whether the last process of this server ended within the time."""
    until = time.monotonic() + seconds
    while all_of(places, runs_as):
        if time.monotonic() > until:
            return False
        time.sleep(POLL_SECONDS)
    return True


def is_living(pid: int) -> bool:
    """Whether a process runs: neither gone nor a zombie (state in /proc/PID/stat, proc(5))."""
    try:
        after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return after_name.split()[0] not in {"Z", "X"}


def _is_marked(entry: Path, mark: str) -> bool:
    """Whether it is the server's: not a shell or a client whose arguments happen to name the same path."""
    try:
        line = (entry / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False
    program, *arguments = line.split(b"\0")
    is_postmaster = program.endswith(b"postgres") and setting_of(mark).encode() in arguments
    return is_postmaster or line.startswith(f"postgres: {mark}: ".encode())


def setting_of(mark: str) -> str:
    """The setting that makes PostgreSQL carry the mark on every command line."""
    return f"cluster_name={mark}"


def _owner(entry: Path) -> int | None:
    try:
        return entry.stat().st_uid
    except (FileNotFoundError, ProcessLookupError):
        return None
