"""The roles of Meldpunt: one that owns, one per door, and one that is nothing and may become each door.

Authorisation stands on what these roles cannot do: none is superuser, none bypasses row-level security, no
door owns anything, and no setting of a role is relied upon that the role itself could change.
"""

import psycopg
from psycopg import sql

from meldpunt.entrypoints.postgres.databases import make_database, open_to_doors
from meldpunt.entrypoints.postgres.errors import SuperuserNeeded
from meldpunt.entrypoints.postgres.names import APP, DOORS, OWNER
from meldpunt.entrypoints.postgres.values import DATABASE

ATTRIBUTES = {
    OWNER: "LOGIN INHERIT",
    APP: "LOGIN NOINHERIT",
    **dict.fromkeys(DOORS, "LOGIN NOINHERIT"),
}
NOTHING_ELSE = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"

LOCK_KEY = 0x6D656C64
"""Advisory lock of whoever prepares: two at the same time would trip over each other's catalogue rows."""

MEMBERSHIP_OPTIONS_SINCE = 160_000
"""Before PostgreSQL 16 whether a membership is inherited was an attribute of the member alone."""


def prepare(superuser_dsn: str) -> None:
    """Make or repair the roles and the database `meldpunt`; done twice it changes nothing.

    For a production server too, PostgreSQL 15 or newer; it sets no password: how a role proves who it is
    belongs to the server's pg_hba.conf. Raises SuperuserNeeded.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        if connection.info.parameter_status("is_superuser") != "on":
            raise SuperuserNeeded("roles and extensions are made by a superuser; connect as one")
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_KEY,))
        for role, attributes in ATTRIBUTES.items():
            _make_role(connection, role, attributes)
        for visitor in (APP, *DOORS):
            _keep_words_unseen(connection, visitor)
        for door in DOORS:
            _let_become(connection, door)
        # For ledger_free_turn alone, which ends sessions that keep others from adding to the ledger.
        connection.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(sql.Identifier(OWNER)))
        make_database(connection, DATABASE, template=None)
    open_to_doors(superuser_dsn, DATABASE)


def _make_role(connection: psycopg.Connection, role: str, attributes: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
    rights = sql.SQL(f"{attributes} {NOTHING_ELSE}")
    connection.execute(sql.SQL("{} {} {}").format(verb, sql.Identifier(role), rights))


def _let_become(connection: psycopg.Connection, door: str) -> None:
    """Let the application become a door with SET ROLE, without having any of its rights before."""
    grant = sql.SQL("GRANT {} TO {}").format(sql.Identifier(door), sql.Identifier(APP))
    if connection.info.server_version >= MEMBERSHIP_OPTIONS_SINCE:
        grant += sql.SQL(" WITH INHERIT FALSE, SET TRUE, ADMIN FALSE")
    connection.execute(grant)


def _keep_words_unseen(connection: psycopg.Connection, role: str) -> None:
    """Show no running statement of the role in `pg_stat_activity`; only a superuser can change that back.

    The view shows a role its own sessions, values and all: whoever has the password of a door would read what others
    report at that moment, and the receipt codes they come back with. So would whoever looks after the server.
    """
    connection.execute(sql.SQL("ALTER ROLE {} SET track_activities = off").format(sql.Identifier(role)))
