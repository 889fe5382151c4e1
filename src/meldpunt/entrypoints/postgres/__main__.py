"""The launcher from the command line: `python -m meldpunt.entrypoints.postgres start|stop|status|…`."""

import argparse
import sys
from collections.abc import Callable, Sequence

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.errors import PostgresError
from meldpunt.entrypoints.postgres.names import APP, OWNER
from meldpunt.entrypoints.postgres.values import DATABASE

ROLES = {"owner": OWNER, "app": APP}

NOT_RUNNING = 3
"""Exit status of `status` for a service that is not running (LSB 5.0, 22.2)."""

INTERRUPTED = 130
"""What a shell reports for a command that ended by SIGINT: 128 and the number of the signal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; 0 when it was done, 1 with one line of reason when it could not be."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    verb: Callable[[argparse.Namespace], int] = chosen.verb
    try:
        return verb(chosen)
    except PostgresError as refusal:
        print(f"postgres: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m meldpunt.entrypoints.postgres", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="verb")
    for name, verb, meaning in (
        ("start", _start, "start the server of this checkout, or find it running"),
        ("stop", _stop, "stop it"),
        ("status", _status, "say whether it runs"),
        ("destroy", _destroy, "stop it and remove its data"),
        ("folder", _folder, "print the data folder of this checkout"),
        ("tests-folder", _tests_folder, "print the data folder of its tests"),
    ):
        verbs.add_parser(name, help=meaning).set_defaults(verb=verb)
    url = verbs.add_parser("url", help="print the connection URL of a role")
    url.add_argument("--role", choices=sorted(ROLES), default="app")
    url.add_argument("--database", default=DATABASE)
    url.set_defaults(verb=_url)
    prepare = verbs.add_parser("prepare", help="make the roles and the database on a server of your own")
    prepare.add_argument("--dsn", required=True, help="how to connect to it as superuser")
    prepare.set_defaults(verb=_prepare)
    return parser


def _start(_: argparse.Namespace) -> int:
    server = launcher.start()
    print(f"running, socket in {server.socket_directory}")
    return 0


def _stop(_: argparse.Namespace) -> int:
    print("stopped" if launcher.stop() else "was not running")
    return 0


def _status(_: argparse.Namespace) -> int:
    running = launcher.is_running()
    print("running" if running else "not running")
    return 0 if running else NOT_RUNNING


def _destroy(_: argparse.Namespace) -> int:
    launcher.destroy()
    return 0


def _folder(_: argparse.Namespace) -> int:
    print(launcher.data_folder())
    return 0


def _tests_folder(_: argparse.Namespace) -> int:
    print(launcher.tests_folder())
    return 0


def _url(chosen: argparse.Namespace) -> int:
    print(launcher.server_of().dsn(ROLES[chosen.role], chosen.database))
    return 0


def _prepare(chosen: argparse.Namespace) -> int:
    launcher.prepare(chosen.dsn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
