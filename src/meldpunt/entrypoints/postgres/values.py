"""What the launcher hands out: a running server, and the account it runs as."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PORT = 5432
"""The port is only part of the socket's name: the server listens on no network address."""

SUPERUSER = "postgres"
DATABASE = "meldpunt"


@dataclass(frozen=True)
class Account:
    """The Unix account that the server runs as; `lent` when we are root and run it as another."""

    uid: int
    gid: int
    lent: bool


@dataclass(frozen=True)
class Server:
    """A server that answers.

    `folder` is the data folder it was started for, `socket_directory` the only way in.
    """

    folder: Path
    socket_directory: Path
    port: int = PORT

    def dsn(self, role: str, database: str = DATABASE) -> str:
        """Connection URI (PostgreSQL manual, 32.1.1.2) for a role, through the socket."""
        host = quote(str(self.socket_directory), safe="")
        return f"postgresql://{quote(role)}@/{quote(database)}?host={host}&port={self.port}"
