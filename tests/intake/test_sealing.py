"""Who told us, and who saw it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection
from tests.intake import cast

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, STRANGER, Actor, ActorId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Registration
from meldpunt.intake import actions, models, queries
from meldpunt.intake.errors import NoOrganisation, SightingImpossible, TimeImpossible
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import MARK, Attached, Channel, ReporterDetails, ReportForm
from meldpunt.ledger import queries as ledger_queries

pytestmark = pytest.mark.django_db

SEEN_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TABLES = ("report", "reporter", "submittedstage", "feedrow", "observable", "progress")


def test_the_reporter_of_a_known_organisation_is_sealed_until_that_organisation_is_unsealed() -> None:
    water, desk = cast.waterworks(), cast.analyst()
    report = actions.receive_report(cast.member_of(water), form=cast.early_warning()).report
    assert queries.get_report(desk, report=report).reporter is None
    constituency_actions.unseal_identity(desk, organisation=cast.bank(), purpose="terugbellen")
    assert queries.get_report(desk, report=report).reporter is None
    constituency_actions.unseal_identity(desk, organisation=water, purpose="terugbellen")
    reporter = queries.get_report(desk, report=report).reporter
    assert reporter is not None
    assert reporter.details.name == "J. de Vries"
    assert queries.get_report(cast.analyst(), report=report).reporter is None


def test_a_reporter_whose_organisation_nobody_knows_can_be_asked_back() -> None:
    form = ReportForm("Lek", "Een lek.", reporter=ReporterDetails(email="a@b.example"))
    report = actions.receive_report(STRANGER, form=form).report
    reporter = queries.get_report(cast.analyst(), report=report).reporter
    assert reporter is not None
    assert reporter.details.email == "a@b.example"


@pytest.mark.parametrize("pattern", ["%De Vries", "%De Vries\\", "%niemand\\", "\\", "%\\\\", "%\\\\\\", "%Vri\\es\\"])
def test_no_pattern_of_a_search_tells_by_an_error_what_is_sealed(pattern: str) -> None:
    """A pattern that ends in half an escape is an error only where the text before it is there."""
    water = cast.waterworks()
    told = ReportForm("Storing", "Gemeld door De Vries van het waterbedrijf.")
    actions.receive_report(cast.member_of(water), form=told)
    with bound(cast.analyst()), connection.cursor() as cursor:
        cursor.execute("SELECT intake_find_reports(%s)", [pattern])
        assert cursor.fetchall() == []


def test_nobody_outside_reads_the_sealed_row_not_even_its_writer() -> None:
    water = cast.waterworks()
    member = cast.member_of(water)
    actions.receive_report(member, form=cast.early_warning())
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek."))
    for outsider in (member, reporter_with(receipt.code), cast.sensor_of(water)):
        with pytest.raises(DatabaseError, match="permission denied"), bound(outsider):
            models.Reporter.objects.count()


def test_who_saw_an_indicator_stands_in_the_sealed_row_alone() -> None:
    water, desk = cast.waterworks(), cast.analyst()
    sensor = cast.sensor_of(water)
    report = actions.receive_sighting(sensor, indicator="evil.example", seen_at=SEEN_AT, count=3).report
    seen = queries.get_report(desk, report=report)
    entries = ledger_queries.list_entries(desk, subject=report)
    told = repr(seen) + repr(entries)
    assert seen.channel is Channel.SIGHTING
    assert seen.title == "evil[.]example × 3"
    assert str(water) not in told
    assert str(sensor.id) not in told
    constituency_actions.unseal_identity(desk, organisation=water, purpose="waarneming natrekken")
    unsealed = queries.get_report(desk, report=report).reporter
    assert unsealed is not None
    assert unsealed.observer == water


def test_two_sightings_of_one_sensor_cannot_be_laid_side_by_side() -> None:
    sensor = cast.sensor_of(cast.waterworks())
    for _ in range(2):
        actions.receive_sighting(sensor, indicator="evil.example", seen_at=SEEN_AT)
    with bound(cast.analyst()):
        assert models.Report.objects.values("sent_by").distinct().count() == 2


@pytest.mark.parametrize(
    ("posted", "error"),
    [
        ({"indicator": " ", "seen_at": SEEN_AT}, SightingImpossible),
        ({"indicator": "a\x00b", "seen_at": SEEN_AT}, SightingImpossible),
        ({"indicator": "x" * 2_001, "seen_at": SEEN_AT}, SightingImpossible),
        ({"indicator": "a.example", "seen_at": SEEN_AT, "count": 0}, SightingImpossible),
        ({"indicator": "a.example", "seen_at": SEEN_AT.replace(tzinfo=None)}, TimeImpossible),
        ({"indicator": "a.example", "seen_at": SEEN_AT.replace(year=9999)}, TimeImpossible),
    ],
)
def test_an_impossible_sighting_is_refused(posted: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        actions.receive_sighting(cast.sensor_of(cast.waterworks()), **posted)


def test_a_sensor_of_nobody_posts_no_sighting() -> None:
    stray = cast.sensor_of(cast.waterworks())
    nobody = Actor(stray.id, stray.name, stray.door, stray.roles)
    with pytest.raises(NoOrganisation):
        actions.receive_sighting(nobody, indicator="a.example", seen_at=SEEN_AT)


def test_one_constituent_does_not_see_another_ones_report() -> None:
    water, bank = cast.waterworks(), cast.bank()
    actions.receive_report(cast.member_of(water), form=cast.early_warning())
    assert queries.list_own_reports(cast.member_of(bank)).lines == ()
    with bound(cast.member_of(bank)):
        assert [model.objects.count() for model in (models.Report, models.SubmittedStage)] == [0, 0]


def test_a_report_that_another_made_about_an_organisation_is_not_shown_to_it() -> None:
    water = cast.waterworks()
    item = {"title": "Bij hen is ingebroken", "organisation": "Waterbedrijf Zuiderwiel"}
    actions.receive_forwarded(cast.forwarder(), items=[item])
    actions.attribute_reports(JOB)
    assert queries.list_reports(cast.analyst()).lines[0].organisation == water
    assert queries.list_own_reports(cast.member_of(water)).lines == ()


def test_a_member_cannot_write_a_report_in_another_ones_name() -> None:
    water, bank = cast.waterworks(), cast.bank()
    member = cast.member_of(water)
    with pytest.raises(DatabaseError, match="row-level security"), bound(member):
        _forged(member, organisation_id=bank, is_own=True).save(force_insert=True)


def test_nobody_writes_a_report_under_another_ones_id() -> None:
    member = cast.member_of(cast.waterworks())
    with pytest.raises(DatabaseError, match="row-level security"), bound(member):
        _forged(member, organisation_id=member.organisation, is_own=True, sent_by=ActorId(cast.analyst().id)).save(
            force_insert=True
        )


@pytest.mark.parametrize("table", TABLES)
def test_without_an_actor_there_are_no_rows(table: str) -> None:
    actions.receive_report(STRANGER, form=cast.early_warning())
    with connection.cursor() as cursor:
        for door in ("desk", "jobs"):
            cursor.execute("SELECT set_config('role', %s, true)", [f"meldpunt_{door}"])
            cursor.execute(f"SELECT count(*) FROM intake_{table}")
            assert cursor.fetchone() == (0,)
        cursor.execute("SELECT set_config('role', 'none', true)")


def _forged(member: Actor, **given: object) -> models.Report:
    row = {
        "reference": "MP-0000-0000",
        "receipt_digest": bytes(32),
        "sent_by": member.id,
        "channel": "web",
        "kind": "voluntary",
        "received_at": SEEN_AT,
        "state": "received",
        "entry": member.id,
    }
    return models.Report(**(row | given))


def test_who_else_logs_in_for_an_organisation_and_its_as_number_are_masked_in_what_it_reports() -> None:
    """The portal hides what the jobs hide when they find out by themselves who told us."""
    holder = constituency_actions.register_organisation(
        JOB,
        form=Registration(
            kind="constituent",
            sector="drinking-water",
            entity_kind="essential",
            name="Bron",
            asns=(Holding("AS64499"),),
        ),
    )
    constituency_actions.admit_person(
        JOB,
        email="jo@bron.example",
        name="Jo Waterhoen",
        roles=[Role.CONSTITUENT],
        password="p" * 20,
        organisation=holder,
    )
    told = ReportForm("Storing", "Bij Bron (AS64499, ook wel AS 64499) belde Jo Waterhoen.")
    report = actions.receive_report(cast.member_of(holder), form=told).report
    read = queries.get_report(cast.analyst(), report=report)
    assert read.text == f"Bij {MARK} ({MARK}, ook wel {MARK}) belde {MARK}."


def test_the_size_of_a_sealed_file_does_not_tell_how_long_a_name_is() -> None:
    water, sizes = cast.waterworks(), []
    for length in (12, 34):
        log = Attached("a.log", "text/plain", b"x" * length)
        report = actions.receive_report(cast.member_of(water), form=cast.early_warning(), attachments=(log,)).report
        sizes += [one.size for one in queries.list_attachments(cast.analyst(), report=report)]
    assert sizes == [1024, 1024]
