"""Starts and stops the PostgreSQL of a checkout.

One server per data folder, reachable through a socket in a closed directory and through nothing else.
Every verb holds a file lock of the data folder, so racing starts follow each other and the later ones
find what the first one started. A server outlives whoever started it, also when that was killed: it is
not lost, for the next `start` finds it and uses it, and `stop` ends it from any process.
"""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from meldpunt.entrypoints.postgres.databases import create_database, drop_database
from meldpunt.entrypoints.postgres.errors import DataOfAnotherVersion, ServerDidNotStart, ServerDidNotStop
from meldpunt.entrypoints.postgres.places import (
    Places,
    account,
    data_folder,
    make_folder,
    make_places,
    places_of,
    remove_tree,
    tests_folder,
)
from meldpunt.entrypoints.postgres.processes import (
    POLL_SECONDS,
    all_of,
    is_living,
    postmaster_of,
    send,
    setting_of,
    wait_until_gone,
)
from meldpunt.entrypoints.postgres.programs import Programs, programs_for, run_as
from meldpunt.entrypoints.postgres.roles import prepare
from meldpunt.entrypoints.postgres.values import PORT, SUPERUSER, Account, Server

__all__ = [
    "Server",
    "create_database",
    "data_folder",
    "destroy",
    "drop_database",
    "is_running",
    "prepare",
    "server_of",
    "start",
    "stop",
    "tests_folder",
]

START_SECONDS = 60.0
STOP_SECONDS = 30.0
LARGEST_LOG_BYTES = 10_000_000

BUILTIN_PROVIDER_SINCE = 17
"""The major version from which sorting and case need not come from the C library of the machine."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # A log must not tell what a row policy hides: neither the statement that failed, nor the
    # DETAIL of an error, which quotes the row.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
UNSAFE_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "256MB"}


def start(folder: Path | None = None, *, unsafe: bool = False) -> Server:
    """Start the server of a data folder, or find it running, and prepare its roles and database.

    Durable by default. `unsafe`, or MELDPUNT_POSTGRES_UNSAFE=1, gives up durability for speed: for tests.
    A server that runs without durability is restarted for a caller who asked for it.
    Raises the errors of `errors.py`.
    """
    unsafe = unsafe or os.environ.get("MELDPUNT_POSTGRES_UNSAFE") == "1"
    places, runs_as = places_of(folder or data_folder()), account()
    with _only_one(places):
        make_places(places, runs_as)
        server = server_of(places.folder)
        if not _is_answering(places) or not (unsafe or _is_durable(server)):
            _end(places, runs_as)
            _begin(places, runs_as, unsafe=unsafe)
        prepare(server.dsn(SUPERUSER, SUPERUSER))
    return server


def stop(folder: Path | None = None) -> bool:
    """Stop the server of a data folder; False when none ran. Raises ServerDidNotStop."""
    places, runs_as = places_of(folder or data_folder()), account()
    if not places.folder.is_dir():
        return False
    with _only_one(places):
        return _end(places, runs_as)


def destroy(folder: Path | None = None) -> None:
    """Stop the server and remove all it kept. What else lies in the data folder stays."""
    places, runs_as = places_of(folder or data_folder()), account()
    if not places.folder.is_dir():
        return
    with _only_one(places):
        _end(places, runs_as)
        remove_tree(places.socket_directory)
        remove_tree(places.home)


def is_running(folder: Path | None = None) -> bool:
    """Whether the server of a data folder runs."""
    return postmaster_of(places_of(folder or data_folder())) is not None


def server_of(folder: Path | None = None) -> Server:
    """The server of a data folder, whether it runs or not."""
    places = places_of(folder or data_folder())
    return Server(folder=places.folder, socket_directory=places.socket_directory)


@contextmanager
def _only_one(places: Places) -> Iterator[None]:
    """Hold the lock of the data folder; the kernel lets go of it when its holder dies (flock(2))."""
    make_folder(places.folder, account())
    # Not inheritable (PEP 446): a server that inherited it would hold the lock for as long as it runs.
    descriptor = os.open(places.lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _begin(places: Places, runs_as: Account, *, unsafe: bool) -> None:
    """Start a postmaster where none runs, making the data first when there is none."""
    programs = programs_for(runs_as)
    _clear_remains(places, runs_as)
    if not places.data.exists():
        _make_data(programs, places, runs_as, unsafe=unsafe)
    _require_same_version(programs, places)
    if places.log.stat().st_size > LARGEST_LOG_BYTES:
        places.log.replace(places.log.with_suffix(".log.1"))
        make_places(places, runs_as)
    settings = SETTINGS | (UNSAFE_SETTINGS if unsafe else {})
    arguments = [f"-c{name}={value}" for name, value in settings.items()]
    postgres = [str(programs.folder / "postgres"), "-D", str(places.data), "-k", str(places.socket_directory)]
    # The shell leaves the server without a parent, so that it neither becomes our zombie nor ends with us.
    shell = ["sh", "-c", 'log=$1; shift; "$@" >>"$log" 2>&1 & echo $!', "sh", str(places.log)]
    mark = ["-c", setting_of(places.mark), "-p", str(PORT)]
    begun = run_as(runs_as, [*shell, *postgres, *mark, *arguments])
    if not _becomes_answering(places, int(begun.stdout)):
        tail = places.log.read_text(errors="replace")[-2000:]
        raise ServerDidNotStart(f"the server ended; the end of {places.log}:\n{tail}")


def _clear_remains(places: Places, runs_as: Account) -> None:
    """Make a start possible after the postmaster was killed.

    Its children end by themselves when they notice; none may be left, since removing postmaster.pid takes
    away PostgreSQL's own guard against two servers in one folder.
    """
    if not wait_until_gone(places, runs_as, seconds=2.0):
        send(all_of(places, runs_as), signal.SIGQUIT)
    if not wait_until_gone(places, runs_as, seconds=STOP_SECONDS):
        raise ServerDidNotStop(f"processes {all_of(places, runs_as)} of a killed server do not end")
    (places.data / "postmaster.pid").unlink(missing_ok=True)
    for remains in places.socket_directory.glob(".s.PGSQL.*"):
        remains.unlink()


def _make_data(programs: Programs, places: Places, runs_as: Account, *, unsafe: bool) -> None:
    """Run initdb in a folder beside, and move it into place whole: a killed initdb leaves no half data.

    Provider and locale are named, because initdb otherwise takes them from the environment. `trust` is
    safe only because the socket's directory is closed.
    """
    half = places.home / "data-unfinished"
    remove_tree(half)
    half.mkdir(mode=0o700)
    os.chown(half, runs_as.uid, runs_as.gid)
    provider = ["--locale-provider=builtin"] if programs.major >= BUILTIN_PROVIDER_SINCE else []
    answer = run_as(
        runs_as,
        [
            str(programs.folder / "initdb"),
            *("-D", str(half), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--data-checksums", "--text-search-config=simple", *provider),
            *(["--no-sync"] if unsafe else []),
        ],
    )
    if answer.returncode != 0:
        raise ServerDidNotStart(f"initdb failed:\n{answer.stdout[-2000:]}")
    half.rename(places.data)


def _require_same_version(programs: Programs, places: Places) -> None:
    written_by = (places.data / "PG_VERSION").read_text().strip()
    if written_by != str(programs.major):
        raise DataOfAnotherVersion(f"{places.data} is of PostgreSQL {written_by}, found {programs.major}")


def _is_answering(places: Places) -> bool:
    """Whether a server runs already; one that is starting, or recovering from a crash, is waited for."""
    postmaster = postmaster_of(places)
    return postmaster is not None and _becomes_answering(places, postmaster)


def _becomes_answering(places: Places, postmaster: int) -> bool:
    """Wait for the first connection that is let in; False when the postmaster ended without.

    Raises ServerDidNotStart when it lives and still does not answer.
    """
    until = time.monotonic() + START_SECONDS
    while is_living(postmaster):
        try:
            psycopg.connect(server_of(places.folder).dsn(SUPERUSER, SUPERUSER), connect_timeout=5).close()
        except psycopg.OperationalError as refusal:
            if time.monotonic() > until:
                raise ServerDidNotStart(f"process {postmaster} gives no answer: {refusal}") from refusal
            time.sleep(POLL_SECONDS)
        else:
            return True
    return False


def _is_durable(server: Server) -> bool:
    """Whether what it acknowledges is on disk; one that dies under the question is not."""
    try:
        with psycopg.connect(server.dsn(SUPERUSER, SUPERUSER), connect_timeout=5) as connection:
            return connection.execute("SHOW fsync").fetchone() == ("on",)
    except psycopg.OperationalError:
        return False


def _end(places: Places, runs_as: Account) -> bool:
    """End the server: sessions are cut off cleanly (SIGINT, fast shutdown), then at once (SIGQUIT)."""
    for what in (signal.SIGINT, signal.SIGQUIT):
        postmaster = postmaster_of(places)
        if postmaster is None:
            return what is not signal.SIGINT
        send([postmaster], what)
        wait_until_gone(places, runs_as, seconds=STOP_SECONDS)
    if postmaster_of(places) is not None:
        raise ServerDidNotStop(f"the server of {places.folder} does not end")
    return True
