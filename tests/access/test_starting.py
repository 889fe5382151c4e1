"""Who lost a password or a second factor begins anew, and nobody else does: not even with the password of a door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from meldpunt.access import actions, proving, starting
from meldpunt.access.binding import bound
from meldpunt.access.proving import Answer, Asks, Session
from meldpunt.access.values import JOB, Actor, ActorId, Door, OrganisationId, Permission, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import RuleBroken
from meldpunt.entrypoints.cli.story.people import code_now
from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER
from meldpunt.entrypoints.web.doors import nobody_at

Thief = psycopg.Connection[tuple[object, ...]]
OLD, NEW, SECRET = "zeven ganzen vliegen laag", "acht karpers zwemmen traag", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Person:
    """Somebody who comes in with a password and an app, and one session of theirs."""

    account: ActorId
    email: str
    door: Door
    session: Session


def person(role: Role, *, by: Actor = JOB, password: str = OLD) -> Person:
    """Let in by the platform, or by an administrator: then they vouch for nobody yet."""
    whose = OrganisationId(uuid4()) if role is Role.CONSTITUENT else None
    email, door = f"{uuid4().hex}@people.example", Door.PORTAL if whose else Door.DESK
    account = actions.create_account(
        by, email=email, name="Iemand", roles=[role], password=password, organisation=whose
    )
    actions.give_second_factor(JOB, account=account, secret=SECRET)
    return Person(account, email, door, log_in(email, door, password, code_now(SECRET)))


def log_in(email: str, door: Door, password: str, code: str) -> Session:
    visitor = uuid4().hex
    with bound(nobody_at(door)):
        answer, key = proving.open_session(door, email=email, password=password, visitor=visitor)
        assert answer is Answer.OPEN
        begun = proving.find_session(key)
        assert begun is not None
        assert proving.pass_code(begun, code=code, visitor=visitor) is Answer.OPEN
        opened = proving.find_session(key)
        assert opened is not None
    return opened


@pytest.fixture(scope="module")
def server(postgres_server: launcher.Server, own_database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The superuser, who lets time pass and codes be shown again."""
    with psycopg.connect(postgres_server.dsn(SUPERUSER, own_database), autocommit=True) as superuser:
        yield superuser


@pytest.fixture
def asker(own_database: str) -> Person:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def officer(own_database: str) -> Person:
    return person(Role.DUTY_OFFICER)


@pytest.fixture(params=[Role.ANALYST, Role.CONSTITUENT])
def loser(request: pytest.FixtureRequest, own_database: str) -> Person:
    return person(request.param)


@pytest.fixture
def thief(postgres_server: launcher.Server, own_database: str, asker: Person) -> Iterator[Thief]:
    """A session with the desk's database password that claims to be the administrator, with every permission."""
    with psycopg.connect(postgres_server.dsn("meldpunt_desk", own_database), autocommit=True) as session:
        for setting, value in {"actor": str(asker.account), "permissions": " ".join(Permission)}.items():
            session.execute("SELECT set_config(%s, %s, false)", (f"meldpunt.{setting}", value))
        yield session


def ask(asker: Person, loser: Person) -> tuple[UUID, str]:
    """Which new start it is, and the first half of its code."""
    half = constituency_actions.ask_new_start(asker.session.actor, session=asker.session, account=loser.account)
    officer = Actor(asker.account, "", Door.DESK, frozenset({Role.ADMINISTRATOR}))
    [start] = [one.id for one in starting.list_waiting(officer) if one.account == loser.account]
    return start, half


def approve(server: Thief, approver: Person, start: UUID, *, code: str = "") -> tuple[Answer, str]:
    """With a code that nobody showed yet, as half a minute later."""
    server.execute("UPDATE access_factor SET used_until = 0 WHERE account = %s", (approver.account,))
    return constituency_actions.approve_new_start(
        approver.session.actor,
        session=approver.session,
        start=start,
        code=code or code_now(SECRET),
        visitor=uuid4().hex,
    )


def given(server: Thief, asker: Person, approver: Person, loser: Person) -> str:
    start, first = ask(asker, loser)
    answer, second = approve(server, approver, start)
    assert answer is Answer.OPEN
    return first + second


def begin(loser: Person, code: str, *, door: Door | None = None, email: str = "") -> Answer:
    at = door or loser.door
    with bound(nobody_at(at)):
        return constituency_actions.begin_anew(
            at, email=email or loser.email, code=code, password=NEW, visitor=uuid4().hex
        )


def comes_in(loser: Person, password: str) -> bool:
    with bound(nobody_at(loser.door)):
        answer, _ = proving.open_session(loser.door, email=loser.email, password=password, visitor=uuid4().hex)
    return answer is Answer.OPEN


def said(thief: Thief, query: str, *values: object) -> object:
    (found,) = thief.execute(query.encode(), values).fetchone() or (None,)
    return found


def test_who_lost_everything_comes_in_again_with_a_password_of_their_own(
    server: Thief, asker: Person, officer: Person, loser: Person
) -> None:
    code = given(server, asker, officer, loser)
    assert len(code) == 24
    with bound(nobody_at(loser.door)):
        assert proving.find_session(loser.session.key) is None
    assert not comes_in(loser, OLD)
    spelled = f"{code[:12].upper()} {code[12:18]}-{code[18:]}"
    assert begin(loser, spelled) is Answer.OPEN
    with bound(nobody_at(loser.door)):
        _, key = proving.open_session(loser.door, email=loser.email, password=NEW, visitor=uuid4().hex)
        session = proving.find_session(key)
        assert session is not None
        # The factor is gone as well: at the desk a new one is asked before anything opens.
        assert session.asks is (Asks.FACTOR if loser.door is Door.DESK else Asks.NOTHING)


def test_a_code_opens_once(server: Thief, asker: Person, officer: Person, loser: Person) -> None:
    code = given(server, asker, officer, loser)
    assert [begin(loser, code) for _ in range(2)] == [Answer.OPEN, Answer.WRONG]


def test_neither_half_opens_and_not_in_the_other_order(
    server: Thief, asker: Person, officer: Person, loser: Person
) -> None:
    code = given(server, asker, officer, loser)
    wrong = [code[:12], code[12:], code[12:] + code[:12], code[:12] * 2, code + "a", ""]
    assert {begin(loser, one) for one in wrong} == {Answer.WRONG}
    assert begin(loser, code) is Answer.OPEN


def test_wrong_codes_of_strangers_keep_nobody_out(server: Thief, asker: Person, officer: Person, loser: Person) -> None:
    code = given(server, asker, officer, loser)
    assert [begin(loser, "x" * 24) for _ in range(8)] == [Answer.WRONG] * 8
    assert begin(loser, code) is Answer.OPEN


def test_a_code_is_of_one_account_at_one_door(server: Thief, asker: Person, officer: Person, loser: Person) -> None:
    code, other = given(server, asker, officer, loser), person(Role.ANALYST)
    elsewhere = Door.PORTAL if loser.door is Door.DESK else Door.DESK
    assert begin(loser, code, door=elsewhere) is Answer.WRONG
    assert begin(loser, code, door=Door.DESK, email=other.email) is Answer.WRONG
    assert comes_in(other, OLD)


@pytest.mark.parametrize("late", ["asked_at", "approved_at"])
def test_a_new_start_lapses_after_a_day(
    server: Thief, asker: Person, officer: Person, loser: Person, late: str
) -> None:
    later = f"UPDATE access_newstart SET {late} = {late} - interval '25 hours' WHERE id = %s"
    start, first = ask(asker, loser)
    if late == "asked_at":
        server.execute(later.encode(), (start,))
        with pytest.raises(actions.NotFound):
            approve(server, officer, start)
        assert comes_in(loser, OLD)
    else:
        _, second = approve(server, officer, start)
        server.execute(later.encode(), (start,))
        assert begin(loser, first + second) is Answer.WRONG


def test_who_asks_does_not_approve_and_neither_is_its_owner(server: Thief, asker: Person) -> None:
    colleague = person(Role.ADMINISTRATOR)
    start, _ = ask(asker, colleague)
    for own in (asker, colleague):
        with pytest.raises(RuleBroken):
            approve(server, own, start)
        asked = proving.guess_code(own.session, code_now(SECRET))
        with bound(own.session.actor):
            answer = proving.answer_of("access_approve_start", asked, start, own.session.key, b"half", uuid4().hex)
        assert answer is Answer.WRONG
    with pytest.raises(RuleBroken):
        constituency_actions.ask_new_start(asker.session.actor, session=asker.session, account=asker.account)
    assert comes_in(colleague, OLD)


def test_who_speaks_for_an_organisation_is_vouched_for_by_a_duty_officer(server: Thief, asker: Person) -> None:
    loser, other = person(Role.CONSTITUENT), person(Role.ADMINISTRATOR)
    start, _ = ask(asker, loser)
    with pytest.raises(RuleBroken):
        approve(server, other, start)
    offered = proving.guess_code(other.session, code_now(SECRET))
    with bound(other.session.actor):
        answer = proving.answer_of("access_approve_start", offered, start, other.session.key, b"half", uuid4().hex)
    assert answer is Answer.WRONG
    assert comes_in(loser, OLD)


def test_approving_asks_a_code_of_ones_own(server: Thief, asker: Person, officer: Person, loser: Person) -> None:
    start, _ = ask(asker, loser)
    assert approve(server, officer, start, code="no code") == (Answer.WRONG, "")
    assert comes_in(loser, OLD)


def test_an_administrator_makes_nobody_to_approve_for_them(server: Thief, asker: Person, loser: Person) -> None:
    made = person(Role.DUTY_OFFICER, by=asker.session.actor)
    start, _ = ask(asker, loser)
    assert approve(server, made, start) == (Answer.WRONG, "")
    second = person(Role.ADMINISTRATOR, by=asker.session.actor)
    with pytest.raises(RuleBroken):
        constituency_actions.ask_new_start(second.session.actor, session=second.session, account=loser.account)
    server.execute("UPDATE access_password SET vouches_from = vouches_from - interval '7 days'")
    assert approve(server, made, start)[0] is Answer.OPEN


def test_who_began_anew_vouches_for_nobody_yet(server: Thief, asker: Person, officer: Person) -> None:
    other = person(Role.DUTY_OFFICER)
    assert begin(other, given(server, asker, officer, other)) is Answer.OPEN
    (waits,) = server.execute(
        "SELECT vouches_from > now() + interval '6 days' FROM access_password WHERE account = %s", (other.account,)
    ).fetchone() or (None,)
    assert waits is True


def test_asking_again_undoes_what_waited_and_not_what_was_given(
    server: Thief, asker: Person, officer: Person, loser: Person
) -> None:
    first, _ = ask(asker, loser)
    second, half = ask(asker, loser)
    with pytest.raises(actions.NotFound):
        approve(server, officer, first)
    _, other = approve(server, officer, second)
    ask(asker, loser)
    assert begin(loser, half + other) is Answer.OPEN


@pytest.mark.parametrize("closed", ["before", "after"])
def test_a_closed_account_begins_nothing(
    server: Thief, asker: Person, officer: Person, loser: Person, closed: str
) -> None:
    start, first = ask(asker, loser)
    if closed == "before":
        actions.close_account(JOB, account=loser.account, is_closed=True)
        with pytest.raises(actions.NotFound):
            approve(server, officer, start)
        return
    _, second = approve(server, officer, start)
    actions.close_account(JOB, account=loser.account, is_closed=True)
    assert begin(loser, first + second) is Answer.WRONG


def test_the_password_of_the_desk_mints_no_new_start_by_claims(
    server: Thief, thief: Thief, asker: Person, officer: Person, loser: Person
) -> None:
    """Whatever the session claims: keys of sessions are what counts, and no door reads one."""
    for key in ("", "%", "x" * 43, str(asker.account)):
        assert said(thief, "SELECT access_ask_start(gen_random_uuid(), %s, %s, 'one')", key, loser.account) == "wrong"
    start, _ = ask(asker, loser)
    thief.execute("SELECT set_config('meldpunt.actor', %s, false)", (str(officer.account),))
    offered = uuid4()
    server.execute("UPDATE access_factor SET used_until = 0")
    guess = [code_now(SECRET).encode()]
    thief.execute("SELECT access_offer(%s, 'code', %s, %s)", (offered, str(officer.account), guess))
    for key in ("", "x" * 43, loser.session.key, asker.session.key):
        assert said(thief, "SELECT access_approve_start(%s, %s, %s, 'two', '')", offered, start, key) == "wrong"
    assert comes_in(loser, OLD)


@pytest.mark.parametrize(
    "attempt",
    [
        "TABLE access_newstart",
        "SELECT count(*) FROM access_newstart",
        "INSERT INTO access_newstart (id, account, asked_at) VALUES (gen_random_uuid(), '{id}', now())",
        "UPDATE access_newstart SET digest = sha256('mine')",
        "UPDATE access_newstart SET account = '{id}'",
        "DELETE FROM access_newstart",
        "TABLE access_device",
        "INSERT INTO access_device VALUES (sha256('mine'), '{id}', 'infinity')",
        "UPDATE access_password SET vouches_from = now()",
        "SELECT access_void('{id}')",
        "SELECT access_vouches('', '{{administrator}}')",
        "SELECT access_trust('{id}')",
        "SELECT access_operator_start(gen_random_uuid(), 'one@people.example', 'one', 'two')",
    ],
)
def test_no_door_touches_what_a_new_start_is_kept_in(thief: Thief, loser: Person, attempt: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        thief.execute(attempt.format(id=loser.account).encode())


def test_not_even_the_jobs_give_one(postgres_server: launcher.Server, own_database: str, loser: Person) -> None:
    with psycopg.connect(postgres_server.dsn("meldpunt_jobs", own_database), autocommit=True) as jobs:
        jobs.execute("SELECT set_config('meldpunt.permissions', %s, false)", (" ".join(Permission),))
        with pytest.raises(InsufficientPrivilege):
            jobs.execute("SELECT access_operator_start(gen_random_uuid(), %s, 'one', 'two')", (loser.email,))
        with pytest.raises(InsufficientPrivilege):
            jobs.execute("SELECT access_void(%s)", (loser.account,))


def test_until_it_is_used_nobody_gives_the_account_a_password(
    server: Thief, thief: Thief, asker: Person, officer: Person, loser: Person
) -> None:
    """Who manages accounts gives a first password to what has none: what was taken away is not none."""
    code = given(server, asker, officer, loser)
    assert said(thief, "SELECT access_give_password(%s, 'm=8,t=1,p=1', 'mine')", loser.account) is None
    assert begin(loser, code) is Answer.OPEN


def test_a_guess_at_the_code_is_answered_only_once_it_is_committed(
    server: Thief, thief: Thief, asker: Person, officer: Person, own_database: str
) -> None:
    loser = person(Role.ANALYST)
    code = given(server, asker, officer, loser)
    with thief.transaction(force_rollback=True):
        offered, halves = uuid4(), [code[:12].encode(), code[12:].encode()]
        offer = "SELECT access_offer(%s, 'start', %s, ARRAY[sha256(%s) || sha256(%s)])"
        thief.execute(offer.encode(), (offered, f"desk:{loser.email}", *halves))
        asked = "SELECT said FROM access_begin_anew(%s, 'desk', %s, 'm=8,t=1,p=1', 'mine', '')"
        assert said(thief, asked, offered, loser.email) == "wrong"
    assert begin(loser, code) is Answer.OPEN


def test_its_owner_reads_that_it_happened(server: Thief, asker: Person, officer: Person) -> None:
    loser = person(Role.CONSTITUENT)
    assert begin(loser, given(server, asker, officer, loser)) is Answer.OPEN
    with bound(nobody_at(loser.door)):
        _, key = proving.open_session(loser.door, email=loser.email, password=NEW, visitor=uuid4().hex)
        session = proving.find_session(key)
        assert session is not None
        [one] = starting.list_given(session)
        assert one.used_at is not None
        assert not one.by_operator
        assert starting.list_given(asker.session) == ()


def test_ledger_says_who_asked_who_approved_and_that_it_was_used(
    server: Thief, asker: Person, officer: Person, loser: Person
) -> None:
    assert begin(loser, given(server, asker, officer, loser)) is Answer.OPEN
    entries = server.execute(
        "SELECT kind, actor FROM ledger_entry WHERE subject = %s AND kind LIKE 'new-start%%' ORDER BY at",
        (loser.account,),
    ).fetchall()
    assert entries == [
        ("new-start-asked", asker.account),
        ("new-start-given", officer.account),
        ("new-start-used", loser.account),
    ]


def test_the_operator_gives_one_as_the_owner_of_the_database(
    postgres_server: launcher.Server, own_database: str, loser: Person
) -> None:
    with psycopg.connect(postgres_server.dsn("meldpunt_owner", own_database)) as owner:
        code = constituency_actions.give_new_start(JOB, owner=owner, email=loser.email)
        with pytest.raises(actions.NotFound):
            constituency_actions.give_new_start(JOB, owner=owner, email="niemand@people.example")
    assert not comes_in(loser, OLD)
    assert begin(loser, code) is Answer.OPEN


def test_whom_the_operator_let_in_again_gives_new_starts_at_once(
    server: Thief, postgres_server: launcher.Server, own_database: str, officer: Person
) -> None:
    last, loser = person(Role.ADMINISTRATOR), person(Role.ANALYST)
    with psycopg.connect(postgres_server.dsn("meldpunt_owner", own_database)) as owner:
        code = constituency_actions.give_new_start(JOB, owner=owner, email=last.email)
    assert begin(last, code) is Answer.OPEN
    actions.give_second_factor(JOB, account=last.account, secret=SECRET)
    again = Person(last.account, last.email, Door.DESK, log_in(last.email, Door.DESK, NEW, code_now(SECRET)))
    assert given(server, again, officer, loser)
