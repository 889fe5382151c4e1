"""What somebody gets who has the database password of one door, and claims in the session whatever they like.

The settings `meldpunt.actor`, `.organisation` and `.permissions` are claims: the role itself sets them. A receipt code
and a machine's key are not, because the database compares their digest.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone
from tests.detection import cast as detection_cast
from tests.intake import cast as intake_cast

from meldpunt.access.values import JOB, STRANGER, OrganisationId, Permission, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.detection.actions import sensing
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.evidence import actions as evidence_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm
from meldpunt.ledger.leaves import SALT_BYTES, commitment_to, encode_content
from meldpunt.ledger.values import Entry, EntryId, Kind

pytestmark = pytest.mark.django_db

EVERYTHING = " ".join(Permission)

ENTRY = """
INSERT INTO ledger_entry (id, at, kind, actor, subject, about, content, salt, commitment)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@contextmanager
def stolen(role: str, **claims: object) -> Iterator[None]:
    """In the session of a thief: the role, every permission there is, and the claims given."""
    settings = {"permissions": EVERYTHING, "actor": uuid.uuid4(), "organisation": "", "receipt": "", "key": ""} | claims
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [f"meldpunt_{role}"])
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"meldpunt.{name}", str(value)])
        yield
        transaction.set_rollback(True)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        (rows,) = cursor.fetchone()
    return int(rows)


def readable() -> list[str]:
    """Tables of rooms in which the present role may select a whole row or some columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relrowsecurity AND has_any_column_privilege(oid, 'SELECT') ORDER BY relname"
        )
        return [str(name) for (name,) in cursor.fetchall()]


def seen(role: str, **claims: object) -> set[str]:
    """Tables in which a thief sees a row."""
    with stolen(role, **claims):
        return {table for table in readable() if count(table)}


@pytest.fixture
def water() -> OrganisationId:
    """A waterworks that takes part in the network, reported itself, and was told an indicator."""
    water = intake_cast.waterworks()
    constituency_actions.join_detection_network(JOB, organisation=water)
    intake_actions.receive_report(intake_cast.member_of(water), form=ReportForm("Storing", "De pomp staat stil."))
    detection_cast.tell(detection_cast.add())
    intake_actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek bij het waterbedrijf."))
    intake_actions.acknowledge_reports(JOB)
    return water


# The hashes of the ledger and its signed heads are meant to be handed around.
HANDED_AROUND = {"ledger_node", "ledger_checkpoint"}


@pytest.mark.parametrize("claimed", [STRANGER.id, JOB.id])
def test_the_password_of_the_public_door_reads_nothing_by_claims(water: OrganisationId, claimed: uuid.UUID) -> None:
    assert seen("public", actor=claimed, organisation=water) - HANDED_AROUND == set()


@pytest.mark.parametrize("claimed", [STRANGER.id, JOB.id])
def test_the_password_of_the_sensors_reads_nothing_without_a_key(water: OrganisationId, claimed: uuid.UUID) -> None:
    assert seen("sensor", actor=claimed, organisation=water) == set()


def test_the_key_of_one_participant_opens_nothing_of_another(water: OrganisationId) -> None:
    other = intake_cast.sensor_of(intake_cast.bank())
    found = seen("sensor", actor=other.id, organisation=water, key=other.key)
    assert found == {"access_machinekey", "constituency_identity", "constituency_organisation"}


def test_a_key_reads_nothing_of_what_its_organisation_sent_by_another_way(water: OrganisationId) -> None:
    for sender in (intake_cast.member_of(water), intake_cast.forwarder(water)):
        evidence_actions.seal_evidence(
            sender, name="pomp.log", data=b"x", media_type="text/plain", about=uuid.uuid4(), purpose="incident-handling"
        )
    sensor = intake_cast.sensor_of(water)
    assert "evidence_item" not in seen("sensor", actor=sensor.id, organisation=water, key=sensor.key)


def test_a_forwarder_is_no_sensor(water: OrganisationId) -> None:
    forwarder = intake_cast.forwarder(water)
    found = seen("sensor", actor=forwarder.id, organisation=water, key=forwarder.key)
    assert not found & {"disclosure_reader", "detection_indicator", "detection_told"}


def test_a_stolen_key_forges_no_observer(water: OrganisationId) -> None:
    sensor, bank, report = intake_cast.sensor_of(water), intake_cast.bank(), uuid.uuid4()
    with stolen("sensor", actor=report, organisation=bank, key=sensor.key), connection.cursor() as cursor:
        insert_report(report, sent_by=report, channel="sighting")
        with pytest.raises(DatabaseError, match="row-level security"):
            cursor.execute(
                "INSERT INTO intake_reporter (report_id, name, email, phone, organisation_named, observer_id,"
                " observing_key) VALUES (%s, '', '', '', '', %s, %s)",
                [report, bank, sensor.id],
            )


def insert_report(
    report: uuid.UUID,
    *,
    sent_by: uuid.UUID,
    channel: str,
    state: str = "received",
    examined: str = "NULL",
    received: str = "now()",
    by: str = "",
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_report (id, reference, receipt_digest, sent_by, channel, kind, title, text, sector,"
            " entity_kind, is_own, attributed_by, received_at, answers, state, kept_reason, raw_evidence, feed, entry,"
            " tlp, sender_digest, examined_at)"
            " VALUES (%s, %s, sha256('x'), %s, %s, 'voluntary', 'T', 'T', '', '', false, %s,"
            f" {received}, '{{}}', %s, '', '{{}}', '', %s, '', '', {examined})",
            [report, f"MP-{str(report)[:9]}", sent_by, channel, by, state, report],
        )


EARLIER, LATER = "now() - interval '1 day'", "now() + interval '1 day'"


@pytest.mark.parametrize(
    "changed",
    [
        *({"sent_by": uuid.uuid4()}, {"state": "closed"}, {"state": "kept"}, {"examined": "now()"}),
        *({"received": EARLIER}, {"received": LATER}, {"by": "person"}),
        *({"channel": channel} for channel in ("api", "mail", "feed", "sighting", "telephone")),
    ],
)
def test_the_password_of_the_public_door_reports_as_a_stranger_and_unseen_by_nobody(changed: dict[str, object]) -> None:
    given = {"sent_by": STRANGER.id, "channel": "web"} | changed
    with stolen("public", actor=given["sent_by"]), pytest.raises(DatabaseError, match="row-level security"):
        insert_report(uuid.uuid4(), **given)  # type: ignore[arg-type]


def test_the_password_of_the_public_door_reports_as_a_stranger() -> None:
    with stolen("public", actor=STRANGER.id):
        insert_report(uuid.uuid4(), sent_by=STRANGER.id, channel="web")


@pytest.mark.parametrize(
    "changed", [{"received": EARLIER}, {"received": LATER}, {"by": "person"}, {"channel": "web"}, {"channel": "mail"}]
)
def test_a_stolen_key_reports_now_and_as_a_machine(changed: dict[str, str]) -> None:
    sensor = intake_cast.sensor_of(intake_cast.waterworks())
    given = {"channel": "api"} | changed
    with stolen("sensor", actor=sensor.id, key=sensor.key), pytest.raises(DatabaseError, match="row-level security"):
        insert_report(uuid.uuid4(), sent_by=sensor.id, **given)


def submits_stage(at: str) -> None:
    """What a thief at the portal writes as a later stage of a report of the organisation claimed."""
    water, person = intake_cast.waterworks(), uuid.uuid4()
    told = intake_actions.receive_report(intake_cast.member_of(water), form=intake_cast.early_warning())
    with stolen("portal", actor=person, organisation=water), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_submittedstage (id, report_id, stage, submitted_at, submitted_by, text, answers,"
            " is_after_decision) VALUES (gen_random_uuid(), %s, 'incident-notification',"
            f" {at}, %s, 'T', '{{}}', false)",
            [told.report, person],
        )


@pytest.mark.parametrize("at", [EARLIER, LATER])
def test_the_password_of_the_portal_stops_no_clock_at_another_time(at: str) -> None:
    with pytest.raises(DatabaseError, match="row-level security"):
        submits_stage(at)


def test_the_password_of_the_portal_submits_a_stage_now() -> None:
    submits_stage("now()")


def test_a_sensor_reports_in_no_other_name() -> None:
    sensor, officer = intake_cast.sensor_of(intake_cast.waterworks()), uuid.uuid4()
    with stolen("sensor", actor=officer, key=sensor.key), pytest.raises(DatabaseError, match="row-level security"):
        insert_report(uuid.uuid4(), sent_by=officer, channel="api")


OUTSIDE_KINDS = {Kind.RECEIVED, Kind.STAGE_SUBMITTED, Kind.SEALED, Kind.READ, Kind.ACKNOWLEDGED}


def insert_entry(row: Entry, *, content: str = "", salt: bytes = b"0" * SALT_BYTES, commitment: bytes = b"") -> None:
    """Write the entry as `record` does, or with another content or commitment than its row has."""
    said = content or encode_content(row)
    given = [row.id, row.at, row.kind.value, row.actor, row.subject, row.about, said, salt]
    with connection.cursor() as cursor:
        cursor.execute(ENTRY, [*given, commitment or commitment_to(said, salt=salt)])


def entry(kind: Kind, *, actor: uuid.UUID, about: uuid.UUID | None = None, at: datetime | None = None) -> Entry:
    return Entry(EntryId(uuid.uuid4()), at or timezone.now(), kind, actor, None, about, {})


def records(role: str, kind: Kind, about: OrganisationId | None = None, **claims: object) -> bool:
    """Whether a thief can write an entry of this kind."""
    with stolen(role, **claims):
        try:
            insert_entry(entry(kind, actor=uuid.UUID(str(claims["actor"])), about=about))
        except ProgrammingError:
            return False
    return True


@pytest.mark.parametrize("changed", [{"kind": Kind.DISCLOSED}, {"actor": JOB.id}, {"about": None}, {"details": []}])
def test_no_door_writes_a_content_that_says_another_deed(water: OrganisationId, changed: dict[str, object]) -> None:
    row = entry(Kind.READ, actor=STRANGER.id, about=water)
    other = encode_content(replace(row, **changed))  # type: ignore[arg-type]
    with (
        stolen("portal", actor=STRANGER.id, organisation=water),
        pytest.raises(DatabaseError, match="row-level security"),
    ):
        insert_entry(row, content=other)


def test_no_door_writes_what_it_did_not_commit_to(water: OrganisationId) -> None:
    row = entry(Kind.READ, actor=STRANGER.id, about=water)
    with (
        stolen("portal", actor=STRANGER.id, organisation=water),
        pytest.raises(DatabaseError, match="row-level security"),
    ):
        insert_entry(row, commitment=commitment_to("{}", salt=b"0" * SALT_BYTES))


@pytest.mark.parametrize("days", [-1, 1])
def test_no_door_writes_what_happened_at_another_time(water: OrganisationId, days: int) -> None:
    row = entry(Kind.READ, actor=STRANGER.id, about=water, at=timezone.now() + timedelta(days=days))
    with (
        stolen("portal", actor=STRANGER.id, organisation=water),
        pytest.raises(DatabaseError, match="row-level security"),
    ):
        insert_entry(row)


def test_the_public_door_writes_only_what_strangers_do_into_the_ledger() -> None:
    assert {kind for kind in Kind if records("public", kind, actor=STRANGER.id)} == OUTSIDE_KINDS | {Kind.REQUESTED}


def test_the_public_door_writes_nothing_into_the_ledger_in_the_name_of_an_analyst(water: OrganisationId) -> None:
    assert not records("public", Kind.RECEIVED, actor=uuid.uuid4())
    assert not records("public", Kind.READ, water, actor=STRANGER.id)


def test_the_portal_writes_only_what_constituents_and_parties_do(water: OrganisationId) -> None:
    person = uuid.uuid4()
    found = {kind for kind in Kind if records("portal", kind, water, actor=person, organisation=water)}
    said = {Kind.MEASURE_ANSWERED, Kind.VIEW_GIVEN, Kind.ASKED_BACK, Kind.INQUIRY_ANSWERED, Kind.REQUESTED}
    assert found == OUTSIDE_KINDS | said | {Kind.SERVICES_TOLD, Kind.KEY_BROUGHT, Kind.KEY_REVOKED, Kind.NEW_START_USED}
    assert not records("portal", Kind.READ, intake_cast.bank(), actor=person, organisation=water)


def test_a_machine_writes_only_what_machines_do_and_in_its_own_name(water: OrganisationId) -> None:
    sensor, other = intake_cast.sensor_of(water), uuid.uuid4()
    found = {kind for kind in Kind if records("sensor", kind, actor=sensor.id, key=sensor.key)}
    assert found == {Kind.RECEIVED, Kind.SIGHTED, Kind.SEALED, Kind.READ, Kind.ACKNOWLEDGED}
    assert not records("sensor", Kind.RECEIVED, actor=other, key=sensor.key)
    assert not records("sensor", Kind.SIGHTED, actor=other, key="")
    assert not records("sensor", Kind.READ, intake_cast.bank(), actor=sensor.id, key=sensor.key)


def test_a_sensor_still_does_its_work(water: OrganisationId) -> None:
    sensor = intake_cast.sensor_of(water)
    indicator = detection_cast.add()
    told = detection_cast.tell(indicator)
    assert b"198.51.100.7" in sensing.fetch_bundle(sensor)
    assert disclosure_actions.open_disclosure(sensor, disclosure=told.id).read_at
    assert Role.SENSOR in sensor.roles
