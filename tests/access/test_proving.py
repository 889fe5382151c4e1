"""Somebody has the database password of the desk or of the portal, and goes after the log-ins of others."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from meldpunt.access import actions, proving
from meldpunt.access.binding import bound
from meldpunt.access.proving import Answer, Asks
from meldpunt.access.values import JOB, ActorId, Door, OrganisationId, Permission, Role
from meldpunt.entrypoints.cli.story.people import code_now
from meldpunt.entrypoints.jobs import schedule
from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER
from meldpunt.entrypoints.web.doors import nobody_at

Thief = psycopg.Connection[tuple[object, ...]]
PASSWORD, SECRET = "zeven ganzen vliegen laag", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TABLES = ("password", "factor", "recovery", "session", "guess", "failure", "pepper")


@dataclass(frozen=True)
class Victim:
    """Somebody with a password and a second factor."""

    account: ActorId
    email: str
    door: Door


def _victim(door: Door) -> Victim:
    email = f"{uuid4().hex}@people.example"
    role, whose = (Role.ANALYST, None) if door is Door.DESK else (Role.CONSTITUENT, OrganisationId(uuid4()))
    account = actions.create_account(
        JOB, email=email, name="Iemand", roles=[role], password=PASSWORD, organisation=whose
    )
    actions.give_second_factor(JOB, account=account, secret=SECRET)
    return Victim(account, email, door)


@pytest.fixture(params=[Door.DESK, Door.PORTAL])
def victim(request: pytest.FixtureRequest, own_database: str) -> Victim:
    return _victim(request.param)


@pytest.fixture
def thief(victim: Victim, postgres_server: launcher.Server, own_database: str) -> Iterator[Thief]:
    """A session of the victim's door that claims to be the victim, with every permission."""
    dsn = postgres_server.dsn(f"meldpunt_{victim.door}", own_database)
    with psycopg.connect(dsn, autocommit=True) as session:
        for setting, value in {"actor": str(victim.account), "permissions": " ".join(Permission)}.items():
            session.execute("SELECT set_config(%s, %s, false)", (f"meldpunt.{setting}", value))
        yield session


def said(thief: Thief, query: str, *given: object) -> object:
    (found,) = thief.execute(query.encode(), given).fetchone() or (None,)
    return found


def offer(thief: Thief, kind: str, name: str, *guesses: bytes) -> UUID:
    offered = uuid4()
    thief.execute("SELECT access_offer(%s, %s, %s, %s)", (offered, kind, name, list(guesses)))
    return offered


def guess_password(thief: Thief, victim: Victim, guess: bytes) -> object:
    offered = offer(thief, "password", f"{victim.door}:{victim.email}", guess)
    asked = "SELECT access_open_session(%s, %s, %s, %s, %s)"
    return said(thief, asked, offered, victim.door.value, victim.email, uuid4().hex, uuid4().hex)


def log_in(victim: Victim, *, code: str = "") -> proving.Session:
    visitor = uuid4().hex
    with bound(nobody_at(victim.door)):
        answer, key = proving.open_session(victim.door, email=victim.email, password=PASSWORD, visitor=visitor)
        assert answer is Answer.OPEN
        session = proving.find_session(key)
        assert session is not None
        assert session.asks is Asks.CODE
        if code:
            assert proving.pass_code(session, code=code, visitor=visitor) is Answer.OPEN
            session = proving.find_session(key)
            assert session is not None
    return session


def as_superuser(server: launcher.Server, database: str, query: str, *given: object) -> list[tuple[object, ...]]:
    with psycopg.connect(server.dsn(SUPERUSER, database), autocommit=True) as superuser:
        cursor = superuser.execute(query.encode(), given)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "attempt",
    [
        "TABLE {t}",
        "SELECT count(*) FROM {t}",
        "COPY {t} TO STDOUT",
        "INSERT INTO {t} DEFAULT VALUES",
        "DELETE FROM {t}",
        "TRUNCATE {t}",
        "BEGIN; LOCK TABLE {t}",
        "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
        "CREATE TRIGGER one BEFORE INSERT ON {t} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_no_door_reads_or_writes_what_somebody_proves_themselves_by(thief: Thief, table: str, attempt: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        thief.execute(attempt.replace("{t}", f"access_{table}").encode())


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE access_password SET verifier = sha256('mine')",
        "UPDATE access_factor SET secret = 'twelve bytes'",
        "UPDATE access_account SET email = 'mine@people.example'",
        "UPDATE access_account SET last_login = now()",
        "SELECT access_give_factor('{id}', 'twelve bytes')",
        "SELECT access_weighed(gen_random_uuid(), 'password', '', '')",
        "SELECT access_code_fits(gen_random_uuid(), '{id}', '')",
        "SELECT access_code('twelve bytes', 1)",
        "SELECT access_tidy()",
        "ALTER FUNCTION access_open_session SET search_path = pg_temp",
        "CREATE OR REPLACE FUNCTION public.access_code(bytea, bigint) RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
        "SET session_replication_role = replica",
    ],
)
def test_no_door_replaces_a_log_in_or_what_compares_it(thief: Thief, victim: Victim, attempt: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        thief.execute(attempt.replace("{id}", str(victim.account)).encode())


def test_not_even_who_manages_accounts_replaces_a_password(thief: Thief, victim: Victim) -> None:
    if victim.door is Door.PORTAL:
        with pytest.raises(InsufficientPrivilege):
            thief.execute("SELECT access_give_password(%s, 'm=8,t=1,p=1', 'mine')", (victim.account,))
    else:
        assert said(thief, "SELECT access_give_password(%s, 'm=8,t=1,p=1', 'mine')", victim.account) is None
    assert log_in(victim).actor.id == victim.account


def test_a_guess_that_is_rolled_back_is_not_answered(thief: Thief, victim: Victim) -> None:
    """Nor one of a savepoint, or that the same statement made."""
    with thief.transaction(force_rollback=True):
        assert guess_password(thief, victim, b"first") == "wrong"
        with thief.transaction():
            assert guess_password(thief, victim, right_guess(thief, victim)) == "wrong"
    offered = uuid4()
    in_one = (
        "WITH made AS MATERIALIZED (SELECT access_offer(%s, 'password', %s, ARRAY[%s::bytea]))"
        " SELECT access_open_session(%s, %s, %s, 'key', gen_random_uuid()::text) FROM made"
    )
    name, given = f"{victim.door}:{victim.email}", right_guess(thief, victim)
    assert said(thief, in_one, offered, name, given, offered, victim.door.value, victim.email) == "wrong"


def right_guess(thief: Thief, victim: Victim) -> bytes:
    """What a door derives from the right password: to show that a refusal is not for a wrong one."""
    with bound(nobody_at(victim.door)):
        (found,) = proving.passwords.derive(victim.door, victim.email, PASSWORD)
    return found.hash


def test_guesses_count_whatever_is_rolled_back_and_the_right_one_comes_too_late(thief: Thief, victim: Victim) -> None:
    name, answers = f"{victim.door}:{victim.email}", []
    for number in range(5):
        offered = offer(thief, "password", name, f"guess {number}".encode())
        with thief.transaction(force_rollback=True):
            given = (offered, victim.door.value, victim.email, "k", uuid4().hex)
            answers.append(said(thief, "SELECT access_open_session(%s, %s, %s, %s, %s)", *given))
    assert answers == ["wrong"] * 5
    assert guess_password(thief, victim, right_guess(thief, victim)) == "busy"


def test_guesses_that_are_offered_side_by_side_are_all_counted(
    thief: Thief, victim: Victim, postgres_server: launcher.Server, own_database: str
) -> None:
    dsn, name = postgres_server.dsn(f"meldpunt_{victim.door}", own_database), f"{victim.door}:{victim.email}"
    sessions = [psycopg.connect(dsn) for _ in range(8)]
    offered = [offer(session, "password", name, b"wrong") for session in sessions]
    asked, answers = "SELECT access_open_session(%s, %s, %s, 'k', gen_random_uuid()::text)", []
    # The last to be written is the first to be committed.
    for session, one in reversed(list(zip(sessions, offered, strict=True))):
        session.commit()
        answers.append(said(thief, asked, one, victim.door.value, victim.email))
        session.close()
    assert answers == ["wrong"] * 5 + ["busy"] * 3


def test_one_offer_holds_one_guess(thief: Thief, victim: Victim) -> None:
    name = f"{victim.door}:{victim.email}"
    offered = offer(thief, "password", name, b"one", b"two", right_guess(thief, victim))
    asked = "SELECT access_open_session(%s, %s, %s, 'k', gen_random_uuid()::text)"
    assert said(thief, asked, offered, victim.door.value, victim.email) == "wrong"


def test_an_offer_of_a_code_holds_one_however_many_ways_passwords_are_hashed_in(
    thief: Thief, victim: Victim, postgres_server: launcher.Server, own_database: str
) -> None:
    begun, other = log_in(victim), _victim(victim.door)
    raised = "UPDATE access_password SET parameters = 'm=16,t=1,p=1' WHERE account = %s"
    as_superuser(postgres_server, own_database, raised, other.account)
    offered = offer(thief, "code", str(victim.account), b"no code", code_now(SECRET).encode())
    as_superuser(postgres_server, own_database, "DELETE FROM access_password WHERE account = %s", other.account)
    assert said(thief, "SELECT access_pass_code(%s, %s, 'x')", offered, begun.key) == "wrong"


def test_what_is_kept_of_a_password_opens_nothing(
    thief: Thief, victim: Victim, postgres_server: launcher.Server, own_database: str
) -> None:
    read = "SELECT verifier FROM access_password WHERE account = %s"
    ((verifier,),) = as_superuser(postgres_server, own_database, read, victim.account)
    assert isinstance(verifier, bytes)
    assert guess_password(thief, victim, verifier) == "wrong"
    assert guess_password(thief, victim, right_guess(thief, victim)) == "open"


def test_a_guess_for_one_account_is_answered_for_no_other(thief: Thief, victim: Victim) -> None:
    other = _victim(victim.door)
    offered = offer(thief, "password", f"{victim.door}:{other.email}", right_guess(thief, victim))
    asked = "SELECT access_open_session(%s, %s, %s, 'k', gen_random_uuid()::text)"
    assert said(thief, asked, offered, victim.door.value, victim.email) == "wrong"


def test_a_right_guess_opens_one_session(thief: Thief, victim: Victim) -> None:
    offered = offer(thief, "password", f"{victim.door}:{victim.email}", right_guess(thief, victim))
    asked = "SELECT access_open_session(%s, %s, %s, %s, gen_random_uuid()::text)"
    keys = [uuid4().hex, uuid4().hex]
    answers = [said(thief, asked, offered, victim.door.value, victim.email, key) for key in keys]
    assert answers == ["open", "wrong"]


def test_an_address_without_an_account_is_answered_like_one_that_has_it(thief: Thief, victim: Victim) -> None:
    nobody = Victim(victim.account, f"{uuid4().hex}@people.example", victim.door)
    salts = [said(thief, "SELECT access_salt(%s, %s)", victim.door.value, one.email) for one in (victim, nobody) * 2]
    assert salts[0] == salts[2] != salts[1] == salts[3]
    assert {len(str(salt)) for salt in salts} == {32}
    answers = [[guess_password(thief, one, b"wrong") for _ in range(6)] for one in (victim, nobody)]
    assert answers[0] == answers[1] == ["wrong"] * 5 + ["busy"]
    thief.execute("SELECT set_config('meldpunt.actor', '', false)")
    for email in (victim.email, nobody.email):
        thief.execute("SELECT set_config('meldpunt.login', %s, false)", (email,))
        assert said(thief, "SELECT count(*) FROM access_account WHERE email = %s", email) == 0


def test_how_long_a_salt_takes_says_nothing_of_who_has_an_account(thief: Thief, victim: Victim) -> None:
    """Both are computed from the address and looked up nowhere: medians differ less than what each varies."""
    took: dict[str, list[float]] = {victim.email: [], f"{uuid4().hex}@people.example": []}
    for email in itertools.islice(itertools.cycle(took), 1_000):
        begun = time.perf_counter()
        thief.execute("SELECT access_salt(%s, %s)", (victim.door.value, email))
        took[email].append(time.perf_counter() - begun)
    known, unknown = (statistics.quantiles(times, n=4) for times in took.values())
    assert abs(known[1] - unknown[1]) < max(known[2] - known[0], unknown[2] - unknown[0], 20e-6)


def test_a_session_asks_the_code_and_a_code_opens_once(thief: Thief, victim: Victim) -> None:
    begun = log_in(victim)
    code = code_now(SECRET)
    other = log_in(victim, code=code)
    assert other.asks is Asks.NOTHING
    with bound(nobody_at(victim.door)):
        assert proving.pass_code(begun, code=code, visitor=uuid4().hex) is Answer.WRONG
        assert proving.find_session(begun.key) == begun


def test_codes_are_guessed_five_times_whoever_begins_how_many_sessions(thief: Thief, victim: Victim) -> None:
    asked, answers = "SELECT access_pass_code(%s, %s, %s)", []
    for number in range(6):
        session = log_in(victim)
        guess = code_now(SECRET).encode() if number == 5 else b"no code"
        offered = offer(thief, "code", str(victim.account), guess)
        answers.append(said(thief, asked, offered, session.key, uuid4().hex))
        with bound(nobody_at(victim.door)):
            proving.end_session(session.key)
    assert answers == ["wrong"] * 5 + ["busy"]


@pytest.mark.parametrize("key", ["", "x" * 43, "' OR true --"])
def test_without_a_session_a_code_opens_nothing(thief: Thief, victim: Victim, key: str) -> None:
    offered = offer(thief, "code", str(victim.account), code_now(SECRET).encode())
    assert said(thief, "SELECT access_pass_code(%s, %s, gen_random_uuid()::text)", offered, key) == "wrong"
    assert said(thief, "SELECT access_drop_factor(%s, %s, gen_random_uuid()::text)", offered, key) == "wrong"
    assert said(thief, "SELECT access_renew_recovery(%s, %s, ARRAY['\\x00'::bytea], '')", offered, key) == "wrong"
    enrolled = "SELECT access_enrol_factor(%s, 'twelve bytes', '000000', ARRAY['\\x00'::bytea])"
    assert said(thief, enrolled, key) is False
    assert thief.execute("SELECT * FROM access_session_of(%s)", (key,)).fetchall() == []


def test_a_password_is_not_changed_without_the_old_one(thief: Thief, victim: Victim) -> None:
    """Not even in a session that is open."""
    session = log_in(victim, code=code_now(SECRET))
    offered = offer(thief, "password", f"{victim.door}:{victim.email}", b"wrong")
    changed = "SELECT access_change_password(%s, %s, 'm=8,t=1,p=1', 'mine', gen_random_uuid()::text)"
    assert said(thief, changed, offered, session.key) == "wrong"
    assert guess_password(thief, victim, b"mine") == "wrong"


def test_an_open_session_enrols_no_second_factor_over_the_first(thief: Thief, victim: Victim) -> None:
    session = log_in(victim, code=code_now(SECRET))
    with bound(nobody_at(victim.door)):
        assert proving.enrol_factor(session, secret=SECRET, code=code_now(SECRET)) == ()
        assert proving.drop_factor(session, code="000000", visitor=uuid4().hex) is Answer.WRONG


def test_a_plan_that_is_printed_shows_no_secret(
    thief: Thief, victim: Victim, postgres_server: launcher.Server, own_database: str
) -> None:
    """PostgreSQL prints plans to whoever asks, and in them what a function compares."""
    heard: list[str] = []
    thief.add_notice_handler(lambda one: heard.append(f"{one.message_primary} {one.message_detail}"))
    for setting in ("debug_print_plan", "debug_print_parse", "debug_print_rewritten"):
        thief.execute(f"SET {setting} = on".encode())
    thief.execute("SET client_min_messages = log; SET plan_cache_mode = force_custom_plan")
    session = log_in(victim)
    guess_password(thief, victim, b"wrong")
    offered = offer(thief, "code", str(victim.account), b"000000")
    said(thief, "SELECT access_pass_code(%s, %s, gen_random_uuid()::text)", offered, session.key)
    said(thief, "EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT access_salt('desk', 'x')")
    assert len(heard) > 4
    tables = ("password", "factor", "pepper", "session")
    kept = [as_superuser(postgres_server, own_database, f"SELECT t::text FROM access_{table} AS t") for table in tables]
    digests = [part for rows in kept for (row,) in rows for part in str(row).split('"') if part.startswith("\\\\x")]
    assert len(digests) > 3
    printed = "".join("".join(heard).split())
    for digest in digests:
        as_printed = "".join(str(byte if byte < 128 else byte - 256) for byte in bytes.fromhex(digest[3:]))
        assert digest[3:] not in printed
        assert as_printed not in printed


def test_a_temporary_table_or_a_search_path_changes_no_comparison(
    thief: Thief, victim: Victim, postgres_server: launcher.Server, own_database: str
) -> None:
    """Not even where a database lets everybody make them."""
    grant = f'GRANT TEMP ON DATABASE "{own_database}" TO meldpunt_{victim.door}'
    as_superuser(postgres_server, own_database, grant)
    thief.execute("CREATE TEMP TABLE access_password (account uuid, parameters text, verifier bytea)")
    thief.execute("INSERT INTO access_password VALUES (%s, '', sha256('mine'))", (victim.account,))
    thief.execute("CREATE TEMP TABLE access_guess AS SELECT gen_random_uuid() AS id")
    thief.execute("CREATE FUNCTION pg_temp.access_weighed(uuid, text, text, text) RETURNS text"
                  " LANGUAGE sql AS $$ SELECT 'answer' $$")  # fmt: skip
    thief.execute("CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'")
    thief.execute("GRANT ALL ON access_password, access_guess TO PUBLIC; SET search_path = pg_temp, public")
    assert guess_password(thief, victim, b"mine") == "wrong"


def test_a_right_password_of_a_closed_account_opens_nothing(thief: Thief, victim: Victim) -> None:
    session = log_in(victim)
    actions.close_account(JOB, account=victim.account, is_closed=True)
    assert guess_password(thief, victim, right_guess(thief, victim)) == "closed"
    with bound(nobody_at(victim.door)):
        assert proving.find_session(session.key) is None


def test_recovery_codes_open_once_each(victim: Victim) -> None:
    session = log_in(victim, code=code_now(SECRET))
    fresh = log_in(victim)
    with bound(nobody_at(victim.door)):
        assert proving.count_recovery_codes(session) == 0
        answer, codes = proving.renew_recovery_codes(session, code=code_now(SECRET), visitor=uuid4().hex)
        assert (answer, codes) == (Answer.WRONG, ())  # it opened the session, and opens nothing twice
        assert proving.pass_code(fresh, code="abcdefghjkmn", visitor=uuid4().hex) is Answer.WRONG


def test_log_ins_that_ended_open_nothing_and_are_removed(
    victim: Victim, postgres_server: launcher.Server, own_database: str
) -> None:
    ended, running = log_in(victim), log_in(victim)
    schedule.expire_sessions(0)
    ending = "UPDATE access_session SET ends_at = now() WHERE digest = sha256(%s)"
    as_superuser(postgres_server, own_database, ending, ended.key.encode())
    with bound(nobody_at(victim.door)):
        assert proving.find_session(ended.key) is None
        assert proving.find_session(running.key) == running
    assert (schedule.expire_sessions(0), schedule.expire_sessions(0)) == (1, 0)
