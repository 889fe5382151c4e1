"""What the database roles cannot do, on a real server."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors, sql

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.errors import SuperuserNeeded
from meldpunt.entrypoints.postgres.names import APP, DESK, DOORS, OWNER, PORTAL
from meldpunt.entrypoints.postgres.values import SUPERUSER, Server

EVERYBODY = (OWNER, APP, *DOORS)

CATALOGUE = """
    SELECT array_agg(r::text ORDER BY r.rolname) FROM (
        SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
               rolbypassrls, rolconfig FROM pg_roles) r
    UNION ALL SELECT array_agg(m::text ORDER BY m::text) FROM pg_auth_members m
    UNION ALL SELECT array_agg(d.datacl::text ORDER BY d.datname) FROM pg_database d
    UNION ALL SELECT array_agg(n.nspacl::text ORDER BY n.nspname) FROM pg_namespace n
    UNION ALL SELECT array_agg(e.extname::text ORDER BY e.extname) FROM pg_extension e
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="meldpunt-"))
    folder.chmod(0o755)
    yield launcher.start(folder, unsafe=True)
    launcher.destroy(folder)
    shutil.rmtree(folder)


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    launcher.create_database(server, "hall")
    yield "hall"
    launcher.drop_database(server, "hall")


def connect(server: Server, role: str, database: str) -> psycopg.Connection:
    return psycopg.connect(server.dsn(role, database), autocommit=True)


def lay_forbidden_row(server: Server, database: str) -> None:
    """A row behind forced row security without a policy, of the owner, that every door may select."""
    with connect(server, OWNER, database) as owner:
        owner.execute("CREATE TABLE secret AS SELECT 1 AS row")
        owner.execute("ALTER TABLE secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        owner.execute(sql.SQL("GRANT SELECT ON secret TO {}").format(sql.SQL(", ").join(map(sql.Identifier, DOORS))))


@pytest.mark.parametrize("role", [OWNER, *DOORS])
def test_no_role_sees_past_row_level_security(server: Server, database: str, role: str) -> None:
    lay_forbidden_row(server, database)
    with connect(server, role, database) as someone:
        assert someone.execute("SELECT * FROM secret").fetchall() == []
        someone.execute("SET row_security = off")
        with pytest.raises(errors.InsufficientPrivilege):
            someone.execute("SELECT * FROM secret")


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_role_gives_itself_more(server: Server, database: str, role: str) -> None:
    with connect(server, role, database) as someone:
        for statement in (
            f"ALTER ROLE {role} BYPASSRLS",
            f"ALTER ROLE {role} SUPERUSER",
            f"GRANT {OWNER} TO {DESK}",
            f"SET ROLE {SUPERUSER}",
            "CREATE ROLE another",
            "CREATE DATABASE another",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                someone.execute(statement.encode())


@pytest.mark.parametrize("role", [APP, *DOORS])
@pytest.mark.parametrize(
    "statement", ["CREATE TABLE public.mine ()", "CREATE TEMPORARY TABLE mine ()", "CREATE SCHEMA mine"]
)
def test_no_door_makes_anything(server: Server, database: str, role: str, statement: str) -> None:
    with connect(server, role, database) as door, pytest.raises(errors.InsufficientPrivilege):
        door.execute(statement.encode())


@pytest.mark.parametrize("role", [APP, *DOORS])
def test_the_words_of_a_session_show_in_no_other(server: Server, role: str) -> None:
    with connect(server, role, "meldpunt") as reporting, connect(server, role, "postgres") as thief:
        reporting.execute("SELECT set_config('meldpunt.receipt', 'MW9H-RH16-G77T', false)")
        seen = thief.execute("SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()").fetchall()
        assert not any("MW9H" in str(query) for (query,) in seen)
        with pytest.raises(errors.InsufficientPrivilege):
            thief.execute("SET track_activities = on")


@pytest.mark.parametrize("role", [APP, *DOORS])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT n_live_tup FROM pg_stat_user_tables",
        "SELECT query FROM pg_stat_activity",
        "SELECT pg_total_relation_size('pg_class')",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'kept here')",
    ],
)
def test_no_door_counts_what_others_write_or_keeps_what_no_policy_knows(
    server: Server, database: str, role: str, statement: str
) -> None:
    with connect(server, role, database) as someone, pytest.raises(errors.InsufficientPrivilege):
        someone.execute(statement.encode())


def test_who_watches_the_server_still_can(server: Server, database: str) -> None:
    with connect(server, SUPERUSER, database) as superuser:
        superuser.execute("SET ROLE pg_monitor")
        assert superuser.execute("SELECT count(*) FROM pg_stat_user_tables").fetchone() == (0,)


def test_application_is_nothing_until_it_becomes_a_door(server: Server, database: str) -> None:
    lay_forbidden_row(server, database)
    with connect(server, APP, database) as app:
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("SELECT * FROM public.secret")
        for door in DOORS:
            with app.transaction():
                app.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(door)))
                assert app.execute("SELECT * FROM public.secret").fetchall() == []
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute("SELECT * FROM public.secret")


def test_application_cannot_become_the_owner(server: Server, database: str) -> None:
    with connect(server, APP, database) as app, pytest.raises(errors.InsufficientPrivilege):
        app.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(OWNER)))


def test_door_cannot_become_another_door(server: Server, database: str) -> None:
    for door in DOORS:
        other = PORTAL if door == DESK else DESK
        with connect(server, door, database) as visitor, pytest.raises(errors.InsufficientPrivilege):
            visitor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(other)))


def test_role_that_we_did_not_name_cannot_enter(server: Server, database: str) -> None:
    with connect(server, SUPERUSER, "postgres") as superuser:
        superuser.execute("CREATE ROLE passer_by LOGIN")
    for name in (database, "meldpunt"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            connect(server, "passer_by", name)


def test_prepare_done_twice_changes_nothing(server: Server) -> None:
    with connect(server, SUPERUSER, "meldpunt") as superuser:
        before = superuser.execute(CATALOGUE).fetchall()
        launcher.prepare(server.dsn(SUPERUSER, "postgres"))
        assert superuser.execute(CATALOGUE).fetchall() == before


def test_prepare_takes_back_what_a_role_was_given_since(server: Server) -> None:
    with connect(server, SUPERUSER, "meldpunt") as superuser:
        before = superuser.execute(CATALOGUE).fetchall()
        superuser.execute(f"ALTER ROLE {DESK} BYPASSRLS INHERIT".encode())
        superuser.execute(f"GRANT CREATE ON SCHEMA public TO {DESK}".encode())
        superuser.execute(f"GRANT TEMPORARY ON DATABASE meldpunt TO {DESK}".encode())
        launcher.prepare(server.dsn(SUPERUSER, "postgres"))
        assert superuser.execute(CATALOGUE).fetchall() == before


def test_prepare_is_refused_to_who_is_not_superuser(server: Server) -> None:
    with pytest.raises(SuperuserNeeded):
        launcher.prepare(server.dsn(OWNER, "meldpunt"))


def test_extensions_are_there_for_the_owners_migrations(server: Server, database: str) -> None:
    with connect(server, OWNER, database) as owner:
        for extension in ("pg_trgm", "btree_gist", "unaccent", "citext"):
            owner.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        assert owner.execute("SELECT public.unaccent('één')").fetchone() == ("een",)


def test_database_from_a_template_has_its_tables_and_the_same_doors(server: Server, database: str) -> None:
    lay_forbidden_row(server, database)
    launcher.create_database(server, "copy", template=database)
    try:
        test_no_door_makes_anything(server, "copy", DESK, "CREATE TEMPORARY TABLE mine ()")
        with connect(server, DESK, "copy") as desk:
            assert desk.execute("SELECT * FROM secret").fetchall() == []
    finally:
        launcher.drop_database(server, "copy")


def test_database_is_dropped_under_its_visitors(server: Server) -> None:
    launcher.create_database(server, "brief")
    with connect(server, DESK, "brief") as visitor:
        launcher.drop_database(server, "brief")
        with pytest.raises(psycopg.OperationalError):
            visitor.execute("SELECT 1")
    launcher.drop_database(server, "brief")
