from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Door, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import (
    AudienceOfNobody,
    AudienceWiderThanTLP,
    DisclosureNotFound,
    NothingToDisclose,
    ReasonMissing,
    SecondPersonNeeded,
    StateDoesNotAllow,
    VouchingMissing,
)
from meldpunt.disclosure.values import (
    Audience,
    AudienceKind,
    DisclosureId,
    Draft,
    ItemKind,
    LeftOutReason,
    Sight,
    State,
    Unshown,
)
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def police_draft(country: cast.Country, *conditions: Condition) -> Draft:
    return cast.draft_for(
        cast.to(country.police),
        cast.told(DataKind.REPORTER_IDENTITY, cast.NAME),
        cast.told(DataKind.SYSTEMS),
        conditions=frozenset(conditions),
        origins=(cast.origin_at(country.water),),
    )


def test_police_without_consent_is_refused_with_an_article(country: cast.Country) -> None:
    found = disclosure_actions.disclose(
        cast.analyst(), draft=police_draft(country), reason="aangifte", seen=Unshown.IN_A_PROGRAM
    )
    assert found.state is State.REFUSED
    assert found.kept == ()
    assert found.verdict.explanation
    assert all(one.article and one.nl and one.en for one in found.verdict.explanation)


def test_police_with_consent_reads_the_identity(country: cast.Country) -> None:
    draft = police_draft(country, Condition.REPORTER_CONSENT)
    found = disclosure_actions.disclose(cast.analyst(), draft=draft, reason="aangifte", seen=Unshown.IN_A_PROGRAM)
    assert found.state is State.DELIVERED
    (read,) = disclosure_queries.list_delivered(cast.official(country.police))
    assert [part.text for part in read.parts] == [cast.NAME, "Er is ingebroken."]


def test_consent_on_nobodys_word_is_no_consent(country: cast.Country) -> None:
    draft = replace(police_draft(country, Condition.REPORTER_CONSENT), vouching="  ")
    with pytest.raises(VouchingMissing):
        disclosure_actions.disclose(cast.analyst(), draft=draft, reason="aangifte", seen=Unshown.IN_A_PROGRAM)
    assert disclosure_queries.list_disclosures(cast.analyst()) == ()


def test_desk_and_its_ledger_keep_who_vouches_for_consent_and_on_whose_word(country: cast.Country) -> None:
    analyst, draft = cast.analyst(), police_draft(country, Condition.REPORTER_CONSENT)
    found = disclosure_actions.disclose(analyst, draft=draft, reason="aangifte", seen=Unshown.IN_A_PROGRAM)
    assert (found.conditions, found.vouching) == (draft.conditions, draft.vouching)
    entry = ledger_queries.list_entries(analyst, kind=Kind.PROPOSED)[0]
    assert entry.details["conditions"] == ["reporter-consent"]
    assert (entry.details["vouching"], entry.details["vouched_by"]) == (draft.vouching, str(analyst.id))


def test_reporter_learns_that_consent_was_vouched_for_and_not_on_whose_word(country: cast.Country) -> None:
    analyst = cast.analyst()
    draft = police_draft(country, Condition.REPORTER_CONSENT, Condition.NATIONAL_SECURITY)
    disclosure_actions.disclose(analyst, draft=draft, reason="aangifte", seen=Unshown.IN_A_PROGRAM)
    entries = ledger_queries.list_entries(cast.constituent(country.water))
    (told,) = [one for one in entries if one.kind is Kind.DISCLOSED]
    assert (told.details["conditions"], told.details["vouched_by"]) == (["reporter-consent"], str(analyst.id))
    assert not any("telefoon" in str(one.details) or "national" in str(one.details) for one in entries)


def test_refused_is_kept_with_its_verdict_and_cannot_be_decided(country: cast.Country) -> None:
    analyst = cast.analyst()
    refused = disclosure_actions.propose_disclosure(analyst, draft=police_draft(country), seen=Unshown.IN_A_PROGRAM)
    kept = disclosure_queries.get_disclosure(analyst, disclosure=refused.id)
    assert kept.verdict.is_refused
    with pytest.raises(StateDoesNotAllow):
        disclosure_actions.decide_disclosure(analyst, disclosure=refused.id, reason="toch", seen=refused.sight)


def test_intelligence_reads_the_nature_and_not_who_reported(country: cast.Country) -> None:
    draft = cast.for_intelligence(
        country,
        cast.told(DataKind.INCIDENT_NATURE, f"Ingebroken bij {cast.NAME}, op scada.zuiderwiel.example."),
        cast.told(DataKind.REPORTER_IDENTITY, cast.NAME),
        origins=(cast.origin_at(country.water),),
    )
    found = disclosure_actions.disclose(
        cast.analyst(), draft=draft, reason="taak van de dienst", seen=Unshown.IN_A_PROGRAM
    )
    assert [one.reason for one in found.left_out] == [LeftOutReason.NOT_COVERED]
    (part,) = found.kept
    assert "Zuiderwiel" not in part.text
    assert "zuiderwiel.example" not in part.text
    assert part.text.startswith("Ingebroken bij [")


def test_one_refused_reader_refuses_the_whole_audience(country: cast.Country) -> None:
    draft = cast.draft_for(
        cast.to(country.police, country.intelligence), conditions=frozenset({Condition.RECIPIENT_TASK})
    )
    found = disclosure_actions.propose_disclosure(cast.analyst(), draft=draft, seen=Unshown.IN_A_PROGRAM)
    assert found.state is State.REFUSED
    assert any(one.nl.startswith("Politie, team: ") for one in found.verdict.explanation)


def test_four_eyes_wait_for_a_second_person(country: cast.Country) -> None:
    found = disclosure_actions.disclose(
        cast.analyst(), draft=cast.escalation(country), reason="niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    assert found.state is State.WAITING_FOR_APPROVAL
    assert disclosure_queries.list_delivered(cast.official(country.ministry)) == ()
    done = disclosure_actions.approve_disclosure(
        cast.duty_officer(), disclosure=found.id, reason="akkoord", seen=found.sight
    )
    assert done.state is State.DELIVERED
    (letter,) = disclosure_queries.list_delivered(cast.official(country.ministry))
    assert letter.parts[0].text == "Sluit de toegang op afstand."


def test_who_decided_cannot_approve(country: cast.Country) -> None:
    officer = cast.duty_officer()
    found = disclosure_actions.disclose(
        officer, draft=cast.escalation(country), reason="niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    with pytest.raises(SecondPersonNeeded):
        disclosure_actions.approve_disclosure(officer, disclosure=found.id, reason="akkoord", seen=found.sight)


def test_who_proposed_cannot_approve_what_another_decided(country: cast.Country) -> None:
    officer = cast.duty_officer()
    found = disclosure_actions.propose_disclosure(officer, draft=cast.escalation(country), seen=Unshown.IN_A_PROGRAM)
    disclosure_actions.decide_disclosure(cast.analyst(), disclosure=found.id, reason="niet opgevolgd", seen=found.sight)
    with pytest.raises(SecondPersonNeeded):
        disclosure_actions.approve_disclosure(officer, disclosure=found.id, reason="akkoord", seen=found.sight)


def test_analyst_cannot_approve(country: cast.Country) -> None:
    found = disclosure_actions.disclose(
        cast.analyst(), draft=cast.escalation(country), reason="niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    with pytest.raises(PermissionMissing):
        disclosure_actions.approve_disclosure(cast.analyst(), disclosure=found.id, reason="akkoord", seen=found.sight)


@pytest.mark.parametrize("column", ["approved_by", "decided_by"])
def test_database_refuses_one_person_twice(country: cast.Country, column: str) -> None:
    officer = cast.duty_officer()
    found = disclosure_actions.disclose(
        officer, draft=cast.escalation(country), reason="niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    change = f"UPDATE disclosure_disclosure SET state = 'delivered', delivered_at = now(), {column} = %s WHERE id = %s"
    name = officer.id if column == "approved_by" else uuid4()
    with pytest.raises(IntegrityError), bound(officer):
        connection.cursor().execute(change, [name, found.id])


def test_database_delivers_nothing_past_the_second_person(country: cast.Country) -> None:
    analyst = cast.analyst()
    found = disclosure_actions.disclose(
        analyst, draft=cast.escalation(country), reason="niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    change = "UPDATE disclosure_disclosure SET state = 'delivered', delivered_at = now() WHERE id = %s"
    with pytest.raises(IntegrityError), bound(analyst):
        connection.cursor().execute(change, [found.id])


def test_approval_is_asked_once(country: cast.Country) -> None:
    found = disclosure_actions.disclose(
        cast.analyst(), draft=cast.escalation(country), reason="niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.approve_disclosure(cast.duty_officer(), disclosure=found.id, reason="akkoord", seen=found.sight)
    with pytest.raises(StateDoesNotAllow):
        disclosure_actions.approve_disclosure(
            cast.duty_officer(), disclosure=found.id, reason="nogmaals", seen=found.sight
        )


def test_escalation_without_advice_given_is_refused(country: cast.Country) -> None:
    draft = cast.draft_for(cast.to(country.ministry), cast.told(DataKind.ADVICE), purpose=Purpose.ESCALATE)
    found = disclosure_actions.propose_disclosure(cast.analyst(), draft=draft, seen=Unshown.IN_A_PROGRAM)
    missing = {condition for need in found.verdict.needs for condition in need.missing}
    assert found.state is State.REFUSED
    assert Condition.ADVICE_NOT_FOLLOWED in missing


def test_empty_isac_is_an_audience_of_nobody(country: cast.Country) -> None:
    empty = constituency_actions.create_isac(JOB, sector="banking", name="Leeg")
    draft = cast.draft_for([Audience(AudienceKind.ISAC, empty)], purpose=Purpose.WARN, tlp=TLP.AMBER)
    with pytest.raises(AudienceOfNobody):
        disclosure_actions.propose_disclosure(cast.analyst(), draft=draft, seen=Unshown.IN_A_PROGRAM)


def test_red_does_not_reach_an_isac(country: cast.Country) -> None:
    draft = cast.draft_for([Audience(AudienceKind.ISAC, country.isac)], purpose=Purpose.WARN, tlp=TLP.RED)
    with pytest.raises(AudienceWiderThanTLP):
        disclosure_actions.disclose(cast.analyst(), draft=draft, reason="waarschuwing", seen=Unshown.IN_A_PROGRAM)


def test_decision_without_a_reason_is_none(country: cast.Country) -> None:
    analyst = cast.analyst()
    with pytest.raises(ReasonMissing):
        disclosure_actions.disclose(
            analyst, draft=cast.for_intelligence(country), reason=" ", seen=Unshown.IN_A_PROGRAM
        )
    assert disclosure_queries.list_disclosures(analyst) == ()


def test_empty_draft_is_refused(country: cast.Country) -> None:
    draft = cast.for_intelligence(country, cast.told(DataKind.INCIDENT_NATURE, "  "))
    with pytest.raises(NothingToDisclose):
        disclosure_actions.propose_disclosure(cast.analyst(), draft=draft, seen=Unshown.IN_A_PROGRAM)


def test_unknown_disclosure_cannot_be_decided() -> None:
    with pytest.raises(DisclosureNotFound):
        disclosure_actions.decide_disclosure(
            cast.analyst(), disclosure=DisclosureId(uuid4()), reason="ja", seen=Sight("")
        )


def test_preview_saves_nothing_and_names_every_reader(country: cast.Country) -> None:
    analyst = cast.analyst()
    draft = cast.draft_for([Audience(AudienceKind.ISAC, country.isac)], purpose=Purpose.WARN, tlp=TLP.AMBER)
    preview = disclosure_queries.preview_disclosure(analyst, draft=draft)
    assert preview.count == 2
    assert not preview.verdict.is_refused
    assert {"Energie De Windhoek", "Bank De Korenbeurs"}.isdisjoint(one.label.nl for one in preview.readers)
    assert disclosure_queries.list_disclosures(analyst) == ()


def test_member_of_two_circles_counts_once(country: cast.Country) -> None:
    audience = [Audience(AudienceKind.ISAC, country.isac), Audience(AudienceKind.ORGANISATION, country.bank)]
    assert disclosure_queries.count_readers(cast.analyst(), audience=audience) == 2


def test_nul_and_lone_surrogates_are_kept_as_replacement_characters(country: cast.Country) -> None:
    part = cast.told(DataKind.INCIDENT_NATURE, "een\0twee\ud800drie")
    found = disclosure_actions.disclose(
        cast.analyst(), draft=cast.for_intelligence(country, part), reason="taak", seen=Unshown.IN_A_PROGRAM
    )
    assert found.kept[0].text == "een\ufffdtwee\ufffddrie"


def advice_about_water(country: cast.Country, audience: tuple[Audience, ...]) -> Draft:
    return cast.draft_for(
        audience,
        cast.told(DataKind.ADVICE, f"Advies aan {cast.NAME}: sluit de toegang."),
        purpose=Purpose.ADVISE,
        origins=(cast.origin_at(country.water),),
    )


def test_reporter_is_advised_by_name(country: cast.Country) -> None:
    draft = advice_about_water(country, cast.to(country.water))
    disclosure_actions.disclose(cast.analyst(), draft=draft, reason="bijstand", seen=Unshown.IN_A_PROGRAM)
    (advice,) = disclosure_queries.list_delivered(cast.constituent(country.water))
    assert cast.NAME in advice.parts[0].text


def test_others_are_advised_without_the_name(country: cast.Country) -> None:
    draft = advice_about_water(country, cast.to(country.water, country.bank))
    disclosure_actions.disclose(cast.analyst(), draft=draft, reason="waarschuwing", seen=Unshown.IN_A_PROGRAM)
    (advice,) = disclosure_queries.list_delivered(cast.constituent(country.bank))
    assert cast.NAME not in advice.parts[0].text


def test_name_stays_sealed_for_the_analyst_who_discloses(country: cast.Country) -> None:
    analyst = cast.analyst()
    draft = advice_about_water(country, cast.to(country.water))
    found = disclosure_actions.disclose(analyst, draft=draft, reason="bijstand", seen=Unshown.IN_A_PROGRAM)
    organisation = constituency_queries.get_organisation(analyst, organisation=country.water)
    assert organisation.name is None
    assert [one.label.nl for one in found.readers] == [organisation.code]


def test_the_list_finds_what_stems_from_a_report_also_what_was_refused(country: cast.Country) -> None:
    analyst, report = cast.analyst(), uuid4()
    origins = (cast.origin_at(country.water, report=report),)
    refused = disclosure_actions.disclose(
        analyst,
        draft=cast.draft_for(cast.to(country.police), origins=origins),
        reason="aangifte",
        seen=Unshown.IN_A_PROGRAM,
    )
    disclosure_actions.disclose(analyst, draft=cast.for_intelligence(country), reason="taak", seen=Unshown.IN_A_PROGRAM)
    assert refused.state is State.REFUSED
    assert [one.id for one in disclosure_queries.list_disclosures(analyst, reports=[report])] == [refused.id]
    assert disclosure_queries.list_disclosures(analyst, reports=[]) == ()


def test_the_jobs_count_an_offered_overview_and_list_nothing(country: cast.Country) -> None:
    statistician = cast.actor_of(Role.STATISTICIAN, Door.DESK)
    figures = cast.draft_for(
        [Audience(AudienceKind.PUBLIC)],
        cast.told(DataKind.AGGREGATE_FIGURES, "Energie: 12"),
        purpose=Purpose.PUBLISH_FIGURES,
        item=ItemKind.OVERVIEW,
        tlp=TLP.CLEAR,
    )
    disclosure_actions.propose_disclosure(statistician, draft=figures, seen=Unshown.IN_A_PROGRAM)
    assert disclosure_queries.list_disclosures(JOB, item=ItemKind.OVERVIEW) == ()
