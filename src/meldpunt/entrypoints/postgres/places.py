"""Where the server of this checkout keeps its things, and who may come near them."""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from meldpunt.entrypoints.postgres.errors import FolderBelongsToAnother, FolderOutOfReach
from meldpunt.entrypoints.postgres.values import PORT, Account

LONGEST_SOCKET_PATH = 107
"""Bytes in `sun_path` of unix(7), less the closing NUL."""

MACHINE_WIDE = Path("/var/lib/meldpunt")
"""FHS 5.8: where root's servers live, since an unprivileged account can reach it."""

MEMORY = Path("/dev/shm")  # noqa: S108 - only a folder of ours in it is used
"""Where Linux keeps files in memory, as far as it does."""

MEMORY_BYTES = 4_000_000_000
"""How large that must be: the tests keep some 200 MB there, and fill four times as much while they run."""


@dataclass(frozen=True)
class Places:
    """Everything the server owns: below `home`, and a socket directory with a short path.

    `lock` stays outside `home`, so that removing the one never unlinks the other while it is held.
    `mark` is how the processes of this server, and of no other, are recognised.
    """

    folder: Path
    home: Path
    data: Path
    socket_directory: Path
    log: Path
    lock: Path
    mark: str


def data_folder() -> Path:
    """The data folder of this checkout: MELDPUNT_DATA, or a place that the server's account can reach.

    `.meldpunt` in the checkout for an ordinary user; for root a folder of the machine named after the
    checkout, because the server then runs as `nobody`, and a checkout may lie where `nobody` cannot go.
    """
    named = os.environ.get("MELDPUNT_DATA")
    if named:
        return Path(named).resolve()
    checkout = _checkout()
    if os.geteuid() == 0:
        return MACHINE_WIDE / _short_hash(checkout)
    return checkout / ".meldpunt"


def tests_folder(memory: Path = MEMORY) -> Path:
    """The data folder of the tests: in memory where the machine has room for it, else below that of the checkout.

    A copy of a database is a thousand files. A disk may take half a second of the processor to make them where others
    were just removed, memory takes a twentieth of that.
    """
    mine = memory / f"meldpunt-{_short_hash(_checkout())}"
    if os.environ.get("MELDPUNT_DATA") or not _has_room(memory) or not _is_ours_alone(mine):
        return data_folder() / "tests"
    return mine / "tests"


def account() -> Account:
    """PostgreSQL refuses to run as root, so root lends it to `nobody`; others run it themselves."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), lent=False)
    nobody = pwd.getpwnam("nobody")
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid, lent=True)


def places_of(folder: Path) -> Places:
    """Name the places of the server that belongs to a data folder; makes nothing."""
    folder = folder.resolve()
    home = folder / "postgres"
    mark = f"meldpunt-{_short_hash(folder)}"
    socket_directory = home / "socket"
    if len(os.fsencode(socket_directory / f".s.PGSQL.{PORT}.lock")) > LONGEST_SOCKET_PATH:
        socket_directory = Path(tempfile.gettempdir()) / f"{mark}-{account().uid}"
    return Places(
        folder=folder,
        home=home,
        data=home / "data",
        socket_directory=socket_directory,
        log=home / "server.log",
        lock=folder / "postgres.lock",
        mark=mark,
    )


def make_places(places: Places, runs_as: Account) -> None:
    """Make the folders, each with the least access that works; existing ones are checked, not changed.

    Raises FolderBelongsToAnother, FolderOutOfReach.
    """
    make_folder(places.folder, runs_as)
    make_folder(places.home, runs_as)
    _require_reach(places.home, runs_as)
    _make_private_folder(places.socket_directory, runs_as)
    if places.data.exists():
        _require_owner(places.data, runs_as)
    if not places.log.exists():
        places.log.touch(mode=0o600)
        os.chown(places.log, runs_as.uid, runs_as.gid)


def make_folder(folder: Path, runs_as: Account) -> None:
    """Make a folder and its missing parents for ourselves, and for the server's account to pass through.

    One that is there keeps its mode: a wheel's launcher that opened other people's folders was why we
    wrote ours. Raises FolderBelongsToAnother.
    """
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder(folder.parent, runs_as)
    try:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711 if runs_as.lent else 0o700)
    except PermissionError as refusal:
        raise FolderBelongsToAnother(f"{folder} cannot be made by this account; set MELDPUNT_DATA") from refusal


def remove_tree(folder: Path) -> None:
    """Remove a folder that may not be there."""
    if folder.exists():
        shutil.rmtree(folder)


def _make_private_folder(folder: Path, runs_as: Account) -> None:
    """A folder that only the server's account (and root) can enter: whoever enters it is superuser.

    The path may lie in a folder where everybody writes, so one that is there already is only trusted
    when it is a real directory, ours, and closed to others.
    """
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, runs_as.uid, runs_as.gid)
    except FileExistsError:
        _require_owner(folder, runs_as)
        if folder.is_symlink() or folder.lstat().st_mode & 0o077:
            raise FolderBelongsToAnother(f"{folder} is open to others; remove it") from None


def _require_owner(folder: Path, runs_as: Account) -> None:
    owner = folder.lstat().st_uid
    if owner != runs_as.uid:
        raise FolderBelongsToAnother(
            f"{folder} belongs to account {owner}, the server runs as {runs_as.uid}; set MELDPUNT_DATA"
        )


def _require_reach(folder: Path, runs_as: Account) -> None:
    """Root can enter everything, `nobody` cannot: say so before initdb says something stranger."""
    if not runs_as.lent:
        return
    for step in (folder, *folder.parents):
        if not step.stat().st_mode & 0o001:
            raise FolderOutOfReach(
                f"the server runs as account {runs_as.uid}, which cannot enter {step}; set MELDPUNT_DATA"
            )


def _has_room(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).total >= MEMORY_BYTES


def _is_ours_alone(folder: Path) -> bool:
    """Where everybody writes, another may have laid it ready or open: it is not there yet, or ours and closed."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o002


def _checkout() -> Path:
    """The folder with pyproject.toml above this file; without one, the user's own data folder (XDG)."""
    checkout = Path(__file__).resolve().parents[4]
    if (checkout / "pyproject.toml").is_file():
        return checkout
    xdg = os.environ.get("XDG_DATA_HOME")
    return (Path(xdg) if xdg else Path.home() / ".local" / "share") / "meldpunt"


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
