from __future__ import annotations

from uuid import uuid4

import pytest

from meldpunt.access.rules import digest_of
from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import DisclosureNotFound, NotAddressed, StateDoesNotAllow
from meldpunt.disclosure.values import (
    Attachment,
    Audience,
    AudienceKind,
    Delivered,
    DeliveryState,
    Disclosure,
    ItemKind,
    Origin,
    State,
    Unshown,
)
from meldpunt.law import DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import PAP, TLP

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def told_to_intelligence(country: cast.Country, *origins: Origin) -> Disclosure:
    part = cast.told(DataKind.INCIDENT_NATURE, f"Ingebroken bij {cast.NAME}.")
    draft = cast.for_intelligence(country, part, origins=origins)
    return disclosure_actions.disclose(
        cast.analyst(), draft=draft, reason="taak van de dienst", seen=Unshown.IN_A_PROGRAM
    )


def indicators_for_the_network(data: bytes = b"198.51.100.7\n") -> Disclosure:
    draft = cast.draft_for(
        [Audience(AudienceKind.DETECTION_NETWORK)],
        cast.told(DataKind.INDICATORS, "198.51.100.7"),
        purpose=Purpose.DETECT,
        item=ItemKind.INDICATORS,
        tlp=TLP.AMBER,
        attachments=(Attachment("indicators.txt", "text/plain", data, DataKind.INDICATORS),),
    )
    return disclosure_actions.disclose(cast.analyst(), draft=draft, reason="detectie", seen=Unshown.IN_A_PROGRAM)


def acknowledge_report(origin: Origin) -> Disclosure:
    draft = cast.draft_for(
        [Audience(AudienceKind.REPORTER, origin.report)],
        purpose=Purpose.ACKNOWLEDGE,
        origins=(origin,),
        item=ItemKind.ACKNOWLEDGEMENT,
    )
    return disclosure_actions.disclose(JOB, draft=draft, reason="ontvangstbevestiging", seen=Unshown.IN_A_PROGRAM)


def figures() -> Disclosure:
    draft = cast.draft_for(
        [Audience(AudienceKind.PUBLIC)],
        cast.told(DataKind.AGGREGATE_FIGURES, "Energie: 12"),
        purpose=Purpose.PUBLISH_FIGURES,
        item=ItemKind.OVERVIEW,
        tlp=TLP.CLEAR,
    )
    return disclosure_actions.disclose(
        cast.analyst(), draft=draft, reason="kwartaaloverzicht", seen=Unshown.IN_A_PROGRAM
    )


def test_only_the_reader_sees_the_content(country: cast.Country) -> None:
    told_to_intelligence(country)
    others = [
        cast.official(country.police),
        cast.constituent(country.water),
        cast.constituent(country.energy),
        cast.sensor(country.energy),
        cast.stranger(),
        cast.stranger(cast.RECEIPT),
    ]
    (read,) = disclosure_queries.list_delivered(cast.official(country.intelligence))
    assert read.title == "Een inbraak"
    assert [disclosure_queries.list_delivered(other) for other in others] == [()] * len(others)


def test_markings_and_ground_travel_with_what_is_delivered(country: cast.Country) -> None:
    told_to_intelligence(country)
    (read,) = disclosure_queries.list_delivered(cast.official(country.intelligence))
    assert (read.tlp, read.pap) == (TLP.RED, PAP.AMBER)
    assert read.ground is not None
    assert read.ground.article
    assert read.content_hash is not None


def test_reporter_sees_to_whom_on_what_ground_and_no_content(country: cast.Country) -> None:
    origin = cast.origin_at(country.water)
    assert origin.report is not None
    told_to_intelligence(country, origin)
    water = cast.constituent(country.water)
    (line,) = disclosure_queries.trace_report(water, report=origin.report)
    assert [one.label.nl for one in line.addressees] == ["De dienst"]
    assert line.grounds[0].article
    assert line.state is State.DELIVERED
    assert disclosure_queries.list_delivered(water) == ()
    with pytest.raises(DisclosureNotFound):
        disclosure_actions.open_disclosure(water, disclosure=line.disclosure)


def test_holder_of_the_receipt_sees_the_same_trace(country: cast.Country) -> None:
    origin = cast.origin_at(None)
    assert origin.report is not None
    told_to_intelligence(country, origin)
    assert len(disclosure_queries.trace_report(cast.stranger(cast.RECEIPT), report=origin.report)) == 1
    assert disclosure_queries.trace_report(cast.stranger("another"), report=origin.report) == ()
    assert disclosure_queries.trace_report(cast.stranger(), report=origin.report) == ()


def test_trace_names_a_constituent_by_its_sector(country: cast.Country) -> None:
    origin = cast.origin_at(country.water)
    assert origin.report is not None
    draft = cast.draft_for(cast.to(country.bank), purpose=Purpose.WARN, origins=(origin,))
    disclosure_actions.disclose(cast.analyst(), draft=draft, reason="waarschuwing", seen=Unshown.IN_A_PROGRAM)
    (line,) = disclosure_queries.trace_report(cast.constituent(country.water), report=origin.report)
    assert [one.label.en for one in line.addressees] == ["an organisation in the sector banks"]


def test_reporter_reads_itself_as_yourself(country: cast.Country) -> None:
    origin = cast.origin_at(country.water)
    assert origin.report is not None
    acknowledge_report(origin)
    (line,) = disclosure_queries.trace_report(cast.constituent(country.water), report=origin.report)
    assert [one.label.en for one in line.addressees] == ["yourself"]


def test_two_reporters_each_get_an_entry_of_their_own(country: cast.Country) -> None:
    water, bank = cast.origin_at(country.water), cast.origin_at(country.bank)
    assert water.report is not None
    assert bank.report is not None
    told_to_intelligence(country, water, bank)
    (one,) = disclosure_queries.trace_report(cast.constituent(country.water), report=water.report)
    (other,) = disclosure_queries.trace_report(cast.constituent(country.bank), report=bank.report)
    assert one.disclosure == other.disclosure
    assert one.entry != other.entry
    assert disclosure_queries.trace_report(cast.constituent(country.bank), report=water.report) == ()


def test_trace_entry_holds_the_hash_of_what_was_told(country: cast.Country) -> None:
    origin = cast.origin_at(country.water)
    assert origin.report is not None
    found = told_to_intelligence(country, origin)
    (line,) = disclosure_queries.trace_report(cast.constituent(country.water), report=origin.report)
    entry = ledger_queries.get_entry(cast.analyst(), entry=line.entry)
    assert found.content_hash is not None
    assert entry.kind is Kind.DISCLOSED
    assert entry.about == country.water
    assert entry.details["content_sha256"] == found.content_hash.hex()
    assert entry.details["grounds"] == [ground.id for ground in line.grounds]


def test_holder_of_a_receipt_reads_the_acknowledgement_at_the_public_door() -> None:
    acknowledge_report(cast.origin_at(None))
    (read,) = disclosure_queries.list_delivered(cast.stranger(cast.RECEIPT), item=ItemKind.ACKNOWLEDGEMENT)
    opened = disclosure_actions.open_disclosure(cast.stranger(cast.RECEIPT), disclosure=read.id)
    assert opened.read_at is not None
    assert disclosure_queries.list_delivered(cast.stranger("another")) == ()


def test_requester_without_a_receipt_is_nobody() -> None:
    audience = [Audience(AudienceKind.REQUESTER, uuid4())]
    assert disclosure_queries.count_readers(cast.analyst(), audience=audience) == 0
    known = [Audience(AudienceKind.REQUESTER, uuid4(), digest_of("a receipt"))]
    assert disclosure_queries.count_readers(cast.analyst(), audience=known) == 1


def test_opening_marks_as_read_once_and_in_the_ledger(country: cast.Country) -> None:
    found = told_to_intelligence(country)
    reader = cast.official(country.intelligence)
    first = disclosure_actions.open_disclosure(reader, disclosure=found.id)
    again = disclosure_actions.open_disclosure(reader, disclosure=found.id)
    assert first.read_at is not None
    assert again.read_at == first.read_at
    assert len(ledger_queries.list_entries(cast.analyst(), kind=Kind.READ, subject=found.id)) == 1


def test_acknowledgement_is_seen_by_the_desk(country: cast.Country) -> None:
    analyst = cast.analyst()
    found = told_to_intelligence(country)
    reader = cast.official(country.intelligence)
    disclosure_actions.acknowledge_disclosure(reader, disclosure=found.id, note="begrepen")
    disclosure_actions.acknowledge_disclosure(reader, disclosure=found.id, note="nogmaals")
    (delivery,) = disclosure_queries.get_disclosure(analyst, disclosure=found.id).deliveries
    assert (delivery.state, delivery.note) == (DeliveryState.ACKNOWLEDGED, "begrepen")
    assert len(ledger_queries.list_entries(analyst, kind=Kind.ACKNOWLEDGED, subject=found.id)) == 1


def test_public_figures_are_read_by_anyone_and_acknowledged_by_nobody() -> None:
    found = figures()
    (read,) = disclosure_queries.list_delivered(cast.stranger())
    assert read.parts[0].text == "Energie: 12"
    assert disclosure_actions.open_disclosure(cast.stranger(), disclosure=found.id).read_at is None
    with pytest.raises(NotAddressed):
        disclosure_actions.acknowledge_disclosure(cast.stranger(), disclosure=found.id)


def test_withdrawn_leaves_a_notice_without_title_or_content(country: cast.Country) -> None:
    found = indicators_for_the_network()
    sensor = cast.sensor(country.energy)
    (file,) = disclosure_queries.get_delivered(sensor, disclosure=found.id).attachments
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=found.id, reason="vals alarm")
    (notice,) = disclosure_queries.list_delivered(sensor)
    assert (notice.title, notice.parts, notice.attachments) == ("", (), ())
    assert notice.withdrawal_reason == "vals alarm"
    with pytest.raises(DisclosureNotFound):
        disclosure_queries.open_attachment(sensor, disclosure=found.id, attachment=file.id)
    with pytest.raises(StateDoesNotAllow):
        disclosure_actions.acknowledge_disclosure(sensor, disclosure=found.id)


def test_withdrawn_proposal_is_seen_by_no_reader(country: cast.Country) -> None:
    analyst = cast.analyst()
    found = disclosure_actions.propose_disclosure(
        analyst, draft=cast.for_intelligence(country), seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.withdraw_disclosure(analyst, disclosure=found.id, reason="te vroeg")
    assert disclosure_queries.list_delivered(cast.official(country.intelligence)) == ()


def test_sensor_of_a_participant_fetches_the_indicators(country: cast.Country) -> None:
    found = indicators_for_the_network()
    sensor = cast.sensor(country.energy)
    (read,) = disclosure_queries.list_delivered(sensor, item=ItemKind.INDICATORS)
    file = disclosure_queries.open_attachment(sensor, disclosure=found.id, attachment=read.attachments[0].id)
    assert file.data == b"198.51.100.7\n"
    assert disclosure_queries.list_delivered(cast.sensor(country.bank)) == ()


def test_member_who_joins_later_was_not_told(country: cast.Country) -> None:
    draft = cast.draft_for([Audience(AudienceKind.ISAC, country.isac)], purpose=Purpose.WARN, tlp=TLP.AMBER)
    disclosure_actions.disclose(cast.analyst(), draft=draft, reason="waarschuwing", seen=Unshown.IN_A_PROGRAM)
    constituency_actions.join_isac(JOB, isac=country.isac, organisation=country.water)
    read = disclosure_queries.list_delivered
    assert [len(read(cast.constituent(one))) for one in (country.energy, country.bank, country.water)] == [1, 1, 0]


def test_nobody_reads_a_proposal_or_a_refusal(country: cast.Country) -> None:
    analyst = cast.analyst()
    origin = cast.origin_at(country.water)
    assert origin.report is not None
    disclosure_actions.propose_disclosure(
        analyst, draft=cast.for_intelligence(country, origins=(origin,)), seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.propose_disclosure(
        analyst, draft=cast.draft_for(cast.to(country.police), origins=(origin,)), seen=Unshown.IN_A_PROGRAM
    )
    empty: tuple[Delivered, ...] = ()
    assert disclosure_queries.list_delivered(cast.official(country.intelligence)) == empty
    assert disclosure_queries.list_delivered(cast.official(country.police)) == empty
    assert disclosure_queries.trace_report(cast.constituent(country.water), report=origin.report) == ()
