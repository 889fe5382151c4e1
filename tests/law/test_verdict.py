"""Verdicts of the Dutch law on what the desk asks every day."""

from datetime import date

import pytest

from meldpunt.law import (
    DUTCH,
    Condition,
    DataKind,
    Facts,
    GroundKind,
    Outcome,
    Purpose,
    RecipientKind,
    Verdict,
    find_ground,
    recipient_of,
    verdict,
)
from meldpunt.vocabulary import PartyKind

TODAY = date(2026, 11, 23)
ERAS = [date(2013, 12, 12), date(2018, 10, 1), date(2020, 1, 17), TODAY]
WHO_AND_WHERE = frozenset({DataKind.REPORTER_IDENTITY, DataKind.SYSTEMS})
ESCALATION = frozenset({Condition.ADVICE_GIVEN, Condition.ADVICE_NOT_FOLLOWED, Condition.RISK_OF_SOCIETAL_DISRUPTION})


def ask(
    recipient: RecipientKind,
    purpose: Purpose,
    *data: DataKind,
    on: date = TODAY,
    met: frozenset[Condition] = frozenset(),
) -> Verdict:
    return verdict(Facts(on, recipient, purpose, frozenset(data), met))


@pytest.mark.parametrize("on", ERAS)
def test_police_may_not_know_who_reported_without_consent(on: date) -> None:
    answer = ask(RecipientKind.POLICE, Purpose.CONSULT, *WHO_AND_WHERE, on=on)
    assert answer.outcome is Outcome.REFUSED
    assert answer.left_out == WHO_AND_WHERE
    assert frozenset({Condition.REPORTER_CONSENT}) in {need.missing for need in answer.needs}


@pytest.mark.parametrize("on", ERAS)
def test_police_may_know_who_reported_with_consent(on: date) -> None:
    consent = frozenset({Condition.REPORTER_CONSENT})
    answer = ask(RecipientKind.POLICE, Purpose.CONSULT, *WHO_AND_WHERE, on=on, met=consent)
    assert answer.outcome is Outcome.ALLOWED
    assert not answer.four_eyes


@pytest.mark.parametrize("lacking", [Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.RISK_OF_SOCIETAL_DISRUPTION])
def test_police_need_both_offence_and_disruption_without_consent(lacking: Condition) -> None:
    both = frozenset({Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.RISK_OF_SOCIETAL_DISRUPTION})
    allowed = ask(RecipientKind.POLICE, Purpose.CONSULT, *WHO_AND_WHERE, met=both)
    assert allowed.outcome is Outcome.ALLOWED_WITH_CONDITIONS
    assert allowed.four_eyes
    assert ask(RecipientKind.POLICE, Purpose.CONSULT, *WHO_AND_WHERE, met=both - {lacking}).is_refused


@pytest.mark.parametrize("on", ERAS)
def test_intelligence_service_learns_what_happened_but_not_who_reported(on: date) -> None:
    answer = ask(
        RecipientKind.INTELLIGENCE,
        Purpose.CONSULT,
        DataKind.REPORTER_IDENTITY,
        DataKind.INCIDENT_NATURE,
        DataKind.INDICATORS,
        DataKind.ORGANISATION_TRAITS,
        on=on,
        met=frozenset({Condition.RECIPIENT_TASK}),
    )
    assert answer.outcome is Outcome.ALLOWED_WITH_CONDITIONS
    assert answer.left_out == {DataKind.REPORTER_IDENTITY}


def test_intelligence_service_learns_nothing_outside_its_task() -> None:
    assert ask(RecipientKind.INTELLIGENCE, Purpose.CONSULT, DataKind.INDICATORS).is_refused


@pytest.mark.parametrize("lacking", sorted(ESCALATION))
def test_ministry_is_not_told_while_a_condition_of_escalation_is_missing(lacking: Condition) -> None:
    answer = ask(RecipientKind.MINISTRY, Purpose.ESCALATE, DataKind.ADVICE, met=ESCALATION - {lacking})
    assert answer.is_refused
    assert any(lacking in need.missing for need in answer.needs)


@pytest.mark.parametrize("on", ERAS)
def test_ministry_is_told_once_advice_was_not_followed_and_a_second_person_agrees(on: date) -> None:
    told = (DataKind.REPORTER_IDENTITY, DataKind.IMPACT, DataKind.ADVICE)
    first = ask(RecipientKind.MINISTRY, Purpose.ESCALATE, *told, on=on, met=ESCALATION)
    second = ask(RecipientKind.MINISTRY, Purpose.ESCALATE, *told, on=on, met=ESCALATION | {Condition.FOUR_EYES})
    assert (first.outcome, second.outcome) == (Outcome.ALLOWED_WITH_CONDITIONS, Outcome.ALLOWED)
    assert first.four_eyes
    assert second.four_eyes


def test_escalation_leaves_out_systems_contact_person_and_indicators() -> None:
    answer = ask(RecipientKind.MINISTRY, Purpose.ESCALATE, *DataKind, met=ESCALATION)
    assert {DataKind.SYSTEMS, DataKind.CONTACT_PERSON, DataKind.INDICATORS} <= answer.left_out


@pytest.mark.parametrize("on", ERAS)
def test_detection_network_gets_indicators_and_nothing_else(on: date) -> None:
    answer = ask(RecipientKind.DETECTION_NETWORK, Purpose.DETECT, *DataKind, on=on, met=frozenset(Condition))
    assert answer.given == {DataKind.INDICATORS}


@pytest.mark.parametrize("on", ERAS)
def test_the_public_gets_aggregate_figures_whatever_conditions_are_met(on: date) -> None:
    given = {
        kind
        for purpose in set(Purpose) - {Purpose.ANSWER_REQUEST}
        for kind in ask(RecipientKind.PUBLIC, purpose, *DataKind, on=on, met=frozenset(Condition)).given
    }
    assert given == {DataKind.AGGREGATE_FIGURES}


def test_a_published_decision_tells_the_public_nothing_that_points_at_somebody() -> None:
    answer = ask(RecipientKind.PUBLIC, Purpose.ANSWER_REQUEST, *DataKind, met=frozenset(Condition))
    pointing = {DataKind.REPORTER_IDENTITY, DataKind.CONTACT_PERSON, DataKind.ORGANISATION_TRAITS, DataKind.SYSTEMS}
    assert pointing | {DataKind.INDICATORS, DataKind.PERSONAL_DATA, DataKind.DELIBERATION} <= answer.left_out
    assert answer.four_eyes


def test_a_constituent_is_advised_on_its_own_report_only() -> None:
    own = frozenset({Condition.OWN_REPORT})
    asked = (DataKind.REPORTER_IDENTITY, DataKind.SYSTEMS, DataKind.ADVICE, DataKind.MEASURES)
    assert ask(RecipientKind.CONSTITUENT, Purpose.ADVISE, *asked, met=own).outcome is Outcome.ALLOWED
    of_another = ask(RecipientKind.CONSTITUENT, Purpose.ADVISE, *asked)
    assert of_another.given == {DataKind.ADVICE, DataKind.MEASURES}


@pytest.mark.parametrize("on", ERAS)
def test_advice_on_its_own_report_stands_on_the_ground_for_that_and_not_on_the_one_for_everybody(on: date) -> None:
    advice = (DataKind.ADVICE, DataKind.MEASURES)
    own, general = (
        {ground.id for ground in ask(RecipientKind.CONSTITUENT, Purpose.ADVISE, *advice, on=on, met=met).grounds}
        for met in (frozenset({Condition.OWN_REPORT, Condition.ABOUT_RECIPIENT}), frozenset[Condition]())
    )
    assert {ground.partition("-")[2] for ground in own} == {"advice"}
    assert {ground.partition("-")[2] for ground in general} == {"warning"}


def test_a_request_is_answered_without_the_reporter_and_by_two_people() -> None:
    answer = ask(RecipientKind.REQUESTER, Purpose.ANSWER_REQUEST, DataKind.INCIDENT_NATURE, DataKind.REPORTER_IDENTITY)
    assert answer.four_eyes
    assert answer.left_out == {DataKind.REPORTER_IDENTITY}
    assert [ground.regime for ground in answer.grounds] == ["woo"]


@pytest.mark.parametrize(
    ("on", "regime"),
    [
        (date(2017, 9, 30), "wbp"),
        (date(2017, 10, 1), "wgmc"),
        (date(2018, 11, 8), "wgmc"),
        (date(2018, 11, 9), "wbni"),
        (date(2026, 8, 14), "wbni"),
        (date(2026, 8, 15), "cbw"),
    ],
)
def test_the_regime_changes_on_the_day_the_act_took_effect(on: date, regime: str) -> None:
    answer = ask(RecipientKind.DETECTION_NETWORK, Purpose.DETECT, DataKind.INDICATORS, on=on)
    assert [ground.regime for ground in answer.grounds] == [regime]


def test_before_any_regime_everything_is_refused_on_the_general_duty_of_secrecy() -> None:
    answer = ask(RecipientKind.PUBLIC, Purpose.PUBLISH_FIGURES, DataKind.AGGREGATE_FIGURES, on=date(1990, 1, 1))
    assert answer.is_refused
    assert "Awb art. 2:5" in answer.explanation[0].nl


def test_naming_no_data_is_refused_and_says_so() -> None:
    answer = ask(RecipientKind.REPORTER, Purpose.ACKNOWLEDGE, met=frozenset({Condition.OWN_REPORT}))
    assert answer.is_refused
    assert "no kind of data was named" in answer.explanation[0].en


def test_a_public_body_may_be_asked_for_data_and_personal_data_may_be_processed() -> None:
    data = frozenset({DataKind.SYSTEMS, DataKind.PERSONAL_DATA})
    request = Facts(date(2020, 1, 1), RecipientKind.MINISTRY, Purpose.ASK, data, kind=GroundKind.REQUEST)
    process = Facts(date(2020, 1, 1), RecipientKind.REPORTER, Purpose.COORDINATE, data, kind=GroundKind.PROCESS)
    assert [ground.article for ground in verdict(request).grounds] == ["Wbni art. 18"]
    assert [ground.article for ground in verdict(process).grounds] == ["Wbni art. 17"]


@pytest.mark.parametrize("on", ERAS)
@pytest.mark.parametrize(("asked", "act"), [(RecipientKind.POLICE, "Wpg"), (RecipientKind.INTELLIGENCE, "Wiv")])
def test_police_and_services_are_asked_on_their_own_act_and_on_no_other(
    on: date, asked: RecipientKind, act: str
) -> None:
    task = frozenset({Condition.RECIPIENT_TASK})
    facts = Facts(on, asked, Purpose.ASK, frozenset({DataKind.INDICATORS}), task, kind=GroundKind.REQUEST)
    assert {ground.article.split()[0] for ground in verdict(facts).grounds} == {act}


@pytest.mark.parametrize("on", ERAS)
def test_supervisor_learns_what_happened_and_not_who_reported_it_voluntarily(on: date) -> None:
    asked = (DataKind.REPORTER_IDENTITY, DataKind.INCIDENT_NATURE, DataKind.MEASURES)
    task = frozenset({Condition.RECIPIENT_TASK})
    answer = ask(RecipientKind.SUPERVISOR, Purpose.CONSULT, *asked, on=on, met=task)
    assert answer.left_out == {DataKind.REPORTER_IDENTITY}
    consent = ask(RecipientKind.SUPERVISOR, Purpose.CONSULT, *asked, on=on, met=task | {Condition.REPORTER_CONSENT})
    assert consent.outcome is Outcome.ALLOWED


@pytest.mark.parametrize(("on", "knows"), [(date(2026, 8, 14), False), (date(2026, 8, 15), True)])
def test_supervisor_learns_who_reported_what_the_newest_act_obliges_to_report(on: date, knows: bool) -> None:
    met = frozenset({Condition.RECIPIENT_TASK, Condition.DUTY_TO_REPORT})
    answer = ask(RecipientKind.SUPERVISOR, Purpose.CONSULT, DataKind.REPORTER_IDENTITY, on=on, met=met)
    assert answer.is_refused != knows


def test_nothing_to_an_intelligence_service_rests_on_a_directive_that_does_not_name_it() -> None:
    toward = [ground.article for ground in DUTCH.grounds if RecipientKind.INTELLIGENCE in ground.recipients]
    assert toward
    assert not [article for article in toward if "NIS2" in article]


def test_no_ground_of_the_confidential_regimes_discloses_deliberation_or_special_data() -> None:
    kept = {DataKind.DELIBERATION, DataKind.SPECIAL_PERSONAL_DATA}
    assert [g.id for g in DUTCH.grounds if g.kind is GroundKind.DISCLOSE and g.data & kept] == []


def test_disclosure_articles_of_the_newest_act_are_marked_as_not_verified() -> None:
    newest = [ground for ground in DUTCH.grounds if ground.regime == "cbw"]
    assert newest
    assert not any(ground.verified for ground in newest)


def test_a_prosecutor_stands_on_the_grounds_of_the_police() -> None:
    assert recipient_of(PartyKind.PUBLIC_PROSECUTOR) is recipient_of(PartyKind.POLICE)
    assert {recipient_of(party) for party in PartyKind} < set(RecipientKind)


def test_a_ground_is_found_again_by_its_id() -> None:
    ground = find_ground("wbni-advice")
    assert ground is not None
    assert ground.article == "Wbni art. 3 lid 1"
    assert find_ground("no-such-ground") is None
