"""Databases that belong to the owner and that the doors may enter."""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from meldpunt.entrypoints.postgres.names import APP, DOORS, OWNER
from meldpunt.entrypoints.postgres.values import SUPERUSER, Server

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent", "citext")
"""Made by the superuser; one that the server does not have is left out, and its user says what is missing."""

_NOT_FOR_EVERYBODY = "^(lo_(creat|create|from_bytea|put|truncate)|lowrite|pg_stat_get_.*|pg_.*_size)$"
"""Functions that PostgreSQL gives to everybody: large objects, which no row policy knows of, and the counts that tell
whoever is in how many rows were written to each table, also to those it may not read."""

_TAKE_BACK = """
SELECT format('REVOKE EXECUTE ON ROUTINE %%s FROM PUBLIC', oid::regprocedure),
       format('GRANT EXECUTE ON ROUTINE %%s TO pg_monitor', oid::regprocedure)
FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ %s
AND EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)
"""


def create_database(server: Server, name: str, template: str | None = None) -> None:
    """Make a database as `prepare` makes the first one; from a template that nobody is connected to.

    Raises psycopg.errors.DuplicateDatabase when it is there already.
    """
    dsn = server.dsn(SUPERUSER, SUPERUSER)
    with psycopg.connect(dsn, autocommit=True) as connection:
        _create(connection, name, template)
    open_to_doors(dsn, name)


def drop_database(server: Server, name: str) -> None:
    """Drop a database, cutting off who is connected; one that is not there is dropped already."""
    with psycopg.connect(server.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def make_database(connection: psycopg.Connection, name: str, template: str | None) -> None:
    """Make a database of the owner unless it is there."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
        _create(connection, name, template)


def open_to_doors(superuser_dsn: str, database: str) -> None:
    """Let the doors in and nobody else; they may use what is there and make nothing, not even for a moment.

    Rights on a database are not copied from its template, so this is done for each.
    """
    with psycopg.connect(make_conninfo(superuser_dsn, dbname=database)) as connection:
        _let_in(connection, database)
        available = connection.execute(
            "SELECT name FROM pg_available_extensions WHERE name = ANY(%s) AND installed_version IS NULL",
            (list(EXTENSIONS),),
        )
        for (extension,) in available.fetchall():
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(sql.Identifier(extension))
            )


def _let_in(connection: psycopg.Connection, database: str) -> None:
    named = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(OWNER),
        "doors": sql.SQL(", ").join(map(sql.Identifier, DOORS)),
        "app": sql.Identifier(APP),
    }
    for statement in (
        "ALTER DATABASE {database} OWNER TO {owner}",
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC, {doors}, {app}",
        "GRANT CONNECT ON DATABASE {database} TO {doors}, {app}",
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC, {doors}, {app}",
        "GRANT USAGE ON SCHEMA public TO {doors}",
    ):
        connection.execute(sql.SQL(statement).format(**named))
    for statements in connection.execute(_TAKE_BACK, (_NOT_FOR_EVERYBODY,)).fetchall():
        for statement in statements:
            connection.execute(statement)


def _create(connection: psycopg.Connection, name: str, template: str | None) -> None:
    """Text sorts by code point: Dutch order is made above the database, never by its collation."""
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template or "template0")
        )
    )
