"""Somebody has the login of one door outside, and tries all they can think of, claiming whatever they like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing

import psycopg
import pytest
from tests.cast.played import Played
from tests.cast.rows import OF_NOBODY, ROWS
from tests.cast.thieving import Secrets, answer_to, secrets_of, tries

from meldpunt.access.values import JOB, STRANGER, Permission, Role
from meldpunt.entrypoints.postgres.values import SUPERUSER

TABLES = sorted(ROWS.keys() | OF_NOBODY.keys())
EVERYTHING = " ".join(Permission)
SOMEBODY = "marit.hoogeveld@meldpunt.example"
NOWHERE = "00000000-0000-4000-8000-00000000dead"

_TOLD = "SELECT disclosure_id FROM disclosure_reader WHERE kind = 'public'"
_STANDING = (
    f"SELECT v.id, v.disclosure_id FROM disclosure_version v JOIN disclosure_disclosure d ON d.id = v.disclosure_id"
    f" WHERE d.state IN ('delivered', 'superseded') AND d.id IN ({_TOLD})"
)
_DECIDED = (
    "SELECT id FROM openness_decision WHERE EXISTS"
    f" (SELECT FROM ({_STANDING}) AS s WHERE s.disclosure_id IN (openness_decision.disclosure_id, publication_id))"
)
_PROOFS = ("TABLE ledger_node", "TABLE ledger_checkpoint", "TABLE ledger_cosignature")
PUBLIC: Sequence[str] = (
    *_PROOFS,
    "SELECT * FROM disclosure_reader WHERE kind = 'public'",
    "SELECT * FROM disclosure_delivery WHERE reader_id IN (SELECT id FROM disclosure_reader WHERE kind = 'public')",
    "SELECT id, item, subject, state, tlp, pap, grounds, delivered_at, withdrawn_at, withdrawal_reason,"
    f" superseded_with_id, superseded_at, superseding_reason FROM disclosure_disclosure WHERE id IN ({_TOLD})",
    "SELECT id, disclosure_id, language, title, parts, attachments, content_hash FROM disclosure_version"
    f" WHERE id IN (SELECT s.id FROM ({_STANDING}) AS s)",
    "SELECT a.* FROM disclosure_attachment a JOIN disclosure_version v ON a.id = ANY (v.attachments)"
    f" WHERE v.id IN (SELECT s.id FROM ({_STANDING}) AS s)",
    f"SELECT id, request_id, disclosure_id, publication_id FROM openness_decision WHERE id IN ({_DECIDED})",
    "SELECT r.id, r.decision_id, r.digest FROM openness_release r JOIN openness_decision d ON d.id = r.decision_id"
    f" WHERE d.id IN ({_DECIDED}) AND (NOT d.waits OR d.release_from <= now())",
)
"""What everybody may know, asked past the policies and from their meaning: what was told to the public, and hashes."""

OF_PORTAL: Sequence[str] = (
    *_PROOFS,
    "TABLE constituency_supervision",
    "SELECT * FROM constituency_organisation WHERE kind = 'party'",
    "SELECT i.* FROM constituency_identity i JOIN constituency_organisation o ON o.id = i.organisation_id"
    " WHERE o.kind = 'party'",
)
"""What anybody at the portal may know for whatever organisation: hashes, the parties, and who supervises what."""


MAY_KNOW: Mapping[str, Sequence[str]] = {"public": PUBLIC, "portal": OF_PORTAL, "sensor": ()}


def claims_of(played: Played) -> Mapping[str, Sequence[str]]:
    """Each setting that a policy reads, with what a thief knows, guesses, or found in a letter."""
    ids = [str(STRANGER.id), str(JOB.id), NOWHERE, played.actors["duty-officer"]]
    return {
        "permissions": [EVERYTHING, *Role],
        "actor": ids,
        "organisation": ["", NOWHERE],
        "receipt": ["", "0", played.receipts["water"]["reference"], played.report("water")],
        "key": ["", "0", str(JOB.id)],
    }


def drawn_for(played: Played) -> Mapping[str, Sequence[str]]:
    """For each type of argument what is tried, as SQL."""
    report, water = played.report("water"), played.organisations["water"]
    return {
        "uuid": [f"'{report}'::uuid", f"'{water}'::uuid", f"'{played.actors['duty-officer']}'::uuid"],
        "text": ["'%'", "'%a\\'", "''"],
        "inet": ["'192.0.2.10'::inet"],
        "boolean": ["true", "false"],
        "integer": ["1", "0"],
        "bigint": ["1::bigint"],
        "smallint": ["1::smallint"],
        "oid": ["'intake_report'::regclass::oid"],
        "regclass": ["'intake_report'::regclass"],
        "name": ["'intake_report'::name"],
        "date": ["'2020-01-01'::date", "'2030-01-01'::date"],
        "bytea": ["'\\x00'::bytea"],
        "jsonb": ["'{}'::jsonb"],
        "timestamp with time zone": ["now()"],
    }


@pytest.fixture
def door(played: Played, role: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A session of the role, with every permission, as a colleague, and with no code or key."""
    with closing(psycopg.connect(played.server.dsn(f"meldpunt_{role}", played.database), autocommit=True)) as session:
        session.execute("SET statement_timeout = '2s'; SET lock_timeout = '100ms'")
        for setting, value in {"permissions": EVERYTHING, "actor": played.actors["duty-officer"]}.items():
            session.execute("SELECT set_config(%s, %s, false)", (f"meldpunt.{setting}", value))
        yield session


def known_to(role: str, played: Played) -> list[str]:
    """What this door may know, what a thief brings along, and what the programs themselves say."""
    told = [str(row) for query in MAY_KNOW[role] for row in played.ask(f"SELECT to_jsonb(t) FROM ({query}) AS t")]
    brought = [value for values in claims_of(played).values() for value in values]
    brought += [value for values in drawn_for(played).values() for value in values]
    said = played.column("SELECT concat(prosrc, pg_get_function_sqlbody(oid)) FROM pg_proc WHERE prokind = 'f'")
    return [*told, *brought, *said, *played.column("SELECT description FROM pg_description")]


def leaks(
    door: psycopg.Connection[tuple[object, ...]], statements: Iterator[str], secrets: Secrets
) -> Mapping[str, list[str]]:
    """Statements whose answer holds a secret, with the first few."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for statement in statements:
        answer = str(answer_to(door, statement))
        if answer and answer not in seen:
            seen.add(answer)
            if shown := secrets.found_in(answer):
                found[statement] = shown[:3]
    return found


@pytest.mark.parametrize("role", ["public", "portal", "sensor"])
def test_no_statement_of_a_stolen_login_says_what_is_not_for_its_door(
    role: str, door: psycopg.Connection[tuple[object, ...]], played: Played
) -> None:
    secrets = secrets_of(played, TABLES, known=known_to(role, played))
    corpus = tries(
        door,
        tables=TABLES,
        drawn=drawn_for(played),
        settings=claims_of(played),
        with_catalogue=role == "public",
    )
    assert leaks(door, corpus, secrets) == {}


@pytest.mark.parametrize("role", ["public"])
def test_the_corpus_notices_a_policy_that_shows_too_much(
    door: psycopg.Connection[tuple[object, ...]], played: Played
) -> None:
    secrets = secrets_of(played, ["intake_report"], known=known_to("public", played))
    statements = list(tries(door, tables=["intake_report"], drawn=drawn_for(played), settings={}, with_catalogue=False))
    with psycopg.connect(played.server.dsn(SUPERUSER, played.database), autocommit=True) as owner:
        owner.execute("CREATE POLICY too_much ON intake_report FOR SELECT TO meldpunt_public USING (true)")
        try:
            found = leaks(door, iter(statements), secrets)
        finally:
            owner.execute("DROP POLICY too_much ON intake_report")
    assert "TABLE intake_report" in found
    assert len(found) > 12


@pytest.mark.parametrize("role", ["public"])
def test_a_temporary_table_takes_the_place_of_no_real_one(
    door: psycopg.Connection[tuple[object, ...]], played: Played
) -> None:
    """Not even where a database lets everybody make them: a trigger on one would run as the owner of all tables."""
    slipped_in = """
    CREATE TEMP TABLE ledger_turn (only_one boolean);
    INSERT INTO ledger_turn VALUES (true);
    CREATE TEMP TABLE ledger_node (level smallint, index bigint, hash bytea);
    CREATE TEMP TABLE ledger_entry (id uuid, at timestamptz, position bigint, commitment bytea);
    INSERT INTO ledger_entry VALUES (gen_random_uuid(), now(), NULL, sha256('x'));
    CREATE FUNCTION pg_temp.fires() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'fired as %', current_user; RETURN NEW; END $$;
    CREATE TRIGGER fires BEFORE UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION pg_temp.fires();
    GRANT ALL ON ledger_turn, ledger_node, ledger_entry TO PUBLIC;
    SELECT ledger_sequence()
    """
    with psycopg.connect(played.server.dsn(SUPERUSER, played.database), autocommit=True) as owner:
        owner.execute(f'GRANT TEMP ON DATABASE "{played.database}" TO meldpunt_public')
        try:
            answer = str(answer_to(door, slipped_in.strip()))
        finally:
            owner.execute(f'REVOKE TEMP ON DATABASE "{played.database}" FROM meldpunt_public')
    assert "permission denied" not in answer
    assert "fired" not in answer
