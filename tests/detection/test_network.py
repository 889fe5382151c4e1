from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import bound
from meldpunt.cases import actions as case_actions
from meldpunt.detection import actions as detection_actions
from meldpunt.detection import queries as detection_queries
from meldpunt.detection.errors import (
    BundleNamesReporter,
    IndicatorNeverValid,
    IndicatorNotFound,
    NothingToLookFor,
    SightingBackwards,
)
from meldpunt.detection.values import IndicatorKind
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import AudienceWiderThanTLP
from meldpunt.disclosure.values import State
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Channel, ReportId
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def fetched_ids(country: cast.Country, by: int = 0) -> set[str]:
    bundle = json.loads(detection_actions.fetch_bundle(cast.sensor(country.participants[by])))
    return {one["id"] for one in bundle.get("objects", ()) if one["type"] == "indicator"}


def test_participant_fetches_what_was_disclosed_to_the_network(country: cast.Country) -> None:
    indicator = cast.add()
    assert fetched_ids(country) == set()
    assert cast.tell(indicator).state is State.DELIVERED
    assert fetched_ids(country) == {indicator.stix_id}


def test_fetching_marks_the_disclosure_as_read_by_that_participant_only(country: cast.Country) -> None:
    disclosure = cast.tell(cast.add())
    fetched_ids(country, by=1)
    seen = disclosure_queries.get_disclosure(cast.analyst(), disclosure=disclosure.id)
    assert [line.label.en for line in seen.deliveries if line.read_at] == [
        line.label.en for line in seen.deliveries if line.channel == "api"
    ][1:2]


def test_fetching_since_leaves_out_what_came_before(country: cast.Country) -> None:
    cast.tell(cast.add())
    sensor = cast.sensor(country.participants[0])
    assert b"198.51.100.7" not in detection_actions.fetch_bundle(sensor, since=timezone.now())


def test_who_is_no_participant_fetches_nothing(country: cast.Country) -> None:
    cast.tell(cast.add())
    outsider = cast.sensor(country.hospital)
    assert b"198.51.100.7" not in detection_actions.fetch_bundle(outsider)


def test_what_was_withdrawn_is_fetched_by_nobody(country: cast.Country) -> None:
    disclosure = cast.tell(cast.add())
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=disclosure.id, reason="loos alarm")
    assert fetched_ids(country) == set()


def test_adding_the_same_value_twice_keeps_one_indicator(country: cast.Country) -> None:
    assert cast.add("198.51.100[.]7").id == cast.add("198.51.100.7").id
    assert len(detection_queries.list_indicators(cast.analyst())) == 1


def test_red_indicator_does_not_reach_the_network(country: cast.Country) -> None:
    indicator = cast.add(tlp=TLP.RED)
    with pytest.raises(AudienceWiderThanTLP):
        cast.tell(indicator)


def test_indicator_that_is_no_longer_valid_is_not_disclosed(country: cast.Country) -> None:
    now = timezone.now()
    old = cast.add(valid_from=now - timedelta(days=2), valid_until=now - timedelta(days=1))
    with pytest.raises(NothingToLookFor):
        cast.tell(old)


def test_description_with_bytes_that_cannot_be_kept_is_kept_without_them(country: cast.Country) -> None:
    assert cast.add(description=" bots\0\ud800 ").description == "bots\ufffd\ufffd"


def test_indicator_that_ends_before_it_starts_is_not_kept(country: cast.Country) -> None:
    with pytest.raises(IndicatorNeverValid):
        cast.add(valid_until=timezone.now() - timedelta(days=1))
    assert detection_queries.list_indicators(cast.analyst()) == ()


def test_bundle_that_names_the_victim_is_not_disclosed(country: cast.Country) -> None:
    report = cast.report(country).report
    named = cast.add(description=f"gezien bij {cast.VICTIM}", reports=(report,))
    with pytest.raises(BundleNamesReporter):
        cast.tell(named)


def test_domain_of_the_victim_is_not_disclosed_as_an_indicator(country: cast.Country) -> None:
    report = cast.report(country).report
    own = cast.add("mail.zuiderwiel.example", IndicatorKind.DOMAIN, reports=(report,))
    with pytest.raises(BundleNamesReporter):
        cast.tell(own)


def test_reporter_finds_the_disclosure_of_indicators_from_its_report(country: cast.Country) -> None:
    report = cast.report(country).report
    disclosure = cast.tell(cast.add(reports=(report,)))
    trace = disclosure_queries.trace_report(cast.constituent(country.water), report=report)
    assert [line.disclosure for line in trace] == [disclosure.id]


def test_reporter_of_the_case_finds_it_too_and_is_not_named(country: cast.Country) -> None:
    report = cast.report(country).report
    case = case_actions.accept_report(cast.analyst(), report=report, title="Inbraak", reason="ernstig")
    named = cast.add("203.0.113.9", case=case, description=f"bij {cast.VICTIM}")
    with pytest.raises(BundleNamesReporter):
        cast.tell(named)
    disclosure = cast.tell(cast.add(case=case))
    trace = disclosure_queries.trace_report(cast.constituent(country.water), report=report)
    assert disclosure.id in [line.disclosure for line in trace]
    assert [one.case for one in detection_queries.list_indicators(cast.analyst(), cases=[case])] == [case, case]


def test_indicator_known_before_stems_from_the_second_case_too(country: cast.Country) -> None:
    first = cast.add()
    report = cast.report(country).report
    case = case_actions.accept_report(cast.analyst(), report=report, title="Inbraak", reason="ernstig")
    again = cast.add(case=case)
    assert (again.id, again.case, again.reports) == (first.id, None, (report,))


def test_sighting_comes_back_as_a_report(country: cast.Country) -> None:
    indicator = cast.add()
    cast.tell(indicator)
    receipt = cast.see(country, indicator, by=0, times=3)
    report = intake_queries.get_report(cast.analyst(), report=receipt.report)
    assert (report.channel, report.answers["indicator"]) == (Channel.SIGHTING, "198.51.100.7")
    (line,) = detection_queries.list_sightings(cast.analyst(), indicator=indicator.id)
    assert (line.report, line.times) == (receipt.report, 3)


def test_observer_is_named_to_nobody(country: cast.Country) -> None:
    indicator = cast.add()
    cast.tell(indicator)
    receipt = cast.see(country, indicator, by=0)
    for viewer in (cast.analyst(), cast.duty_officer()):
        assert intake_queries.get_report(viewer, report=receipt.report).reporter is None
        told = repr(detection_queries.national_picture(viewer)) + repr(
            detection_queries.list_sightings(viewer, indicator=indicator.id)
        )
        assert cast.PARTICIPANTS[0] not in told
        assert str(country.participants[0]) not in told


def test_sighting_does_not_say_in_which_disclosure_its_observer_was_told(country: cast.Country) -> None:
    indicator = cast.add()
    first = cast.tell(indicator)
    detection_actions.admit_participant(cast.duty_officer(), organisation=country.hospital)
    told = {first.id, cast.tell(indicator).id}
    for observer in (country.participants[0], country.hospital):
        detection_actions.post_sighting(cast.sensor(observer), indicator=indicator.id, seen_at=timezone.now())
    lines = detection_queries.list_sightings(cast.analyst(), indicator=indicator.id)
    seen = [intake_queries.get_report(cast.analyst(), report=ReportId(line.report)) for line in lines]
    assert [[one for one in told if str(one) in repr(report)] for report in seen] == [[], []]


def test_participant_cannot_post_a_sighting_of_what_it_was_not_told(country: cast.Country) -> None:
    indicator = cast.add()
    with pytest.raises(IndicatorNotFound):
        cast.see(country, indicator, by=0)
    cast.tell(indicator)
    with pytest.raises(IndicatorNotFound):
        detection_actions.post_sighting(cast.sensor(country.hospital), indicator=indicator.id, seen_at=timezone.now())


def test_sighting_of_nonsense_is_of_no_indicator(country: cast.Country) -> None:
    with pytest.raises(IndicatorNotFound):
        detection_actions.post_sighting(
            cast.sensor(country.participants[0]), indicator="indicator--\0'); DROP", seen_at=timezone.now()
        )


def test_sighting_that_ends_before_it_starts_is_refused(country: cast.Country) -> None:
    indicator = cast.add()
    cast.tell(indicator)
    now = timezone.now()
    with pytest.raises(SightingBackwards):
        detection_actions.post_sighting(
            cast.sensor(country.participants[0]),
            indicator=indicator.id,
            seen_at=now - timedelta(hours=2),
            first_seen_at=now - timedelta(hours=1),
        )
    assert detection_queries.list_sightings(cast.analyst(), indicator=indicator.id) == ()


def test_picture_counts_observers_from_three_on(country: cast.Country) -> None:
    indicator = cast.add()
    cast.tell(indicator)
    labels = []
    for by in (0, 0, 1, 2):
        cast.see(country, indicator, by=by)
        (line,) = detection_queries.national_picture(cast.analyst())
        labels.append((line.seen.sightings, line.seen.observers_label.en))
    assert labels == [(1, "fewer than 3"), (2, "fewer than 3"), (3, "fewer than 3"), (4, "3")]
    assert line.told == len(country.participants)


def test_picture_shows_an_indicator_that_nobody_saw(country: cast.Country) -> None:
    cast.tell(cast.add())
    (line,) = detection_queries.national_picture(cast.analyst())
    assert (line.seen.sightings, line.seen.observers_label.en) == (0, "nobody")


def test_database_shows_a_sensor_no_sighting_and_no_case(country: cast.Country) -> None:
    indicator = cast.add()
    cast.tell(indicator)
    cast.see(country, indicator, by=0)
    with bound(cast.sensor(country.participants[0])), connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('detection_sighting', 'SELECT'),"
            " has_column_privilege('detection_indicator', 'case_id', 'SELECT'),"
            " has_table_privilege('intake_reporter', 'SELECT')"
        )
        assert cursor.fetchone() == (False, False, False)


def test_database_counts_no_fewer_than_three_observers_for_anybody(country: cast.Country) -> None:
    indicator = cast.add()
    cast.tell(indicator)
    cast.see(country, indicator, by=0)
    with bound(cast.duty_officer()), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM detection_count_observers(%s)", [[indicator.id]])
        assert cursor.fetchall() == []
