"""A country adds its own law by adding a folder: an invented one goes all the way, a wrong one is refused by name."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from tests.law.asking import ONES_AND_ALL, facts

from meldpunt.law import (
    Condition,
    DataKind,
    Event,
    Facts,
    GroundKind,
    Outcome,
    Purpose,
    RecipientKind,
    Stage,
    clocks_for,
    deferral_ends,
    deferral_grounds,
    limits_of,
    load_law,
    needs_fresh_reasoning,
    next_working_day,
    successors_of,
    verdict,
    withholding_ground,
    withholding_grounds,
)
from meldpunt.law.errors import LawDataInvalid
from meldpunt.vocabulary import EntityKind

FOLDER = Path(__file__).parent / "island"
ISLAND = load_law(FOLDER)
TODAY = date(2026, 1, 1)
TASK = frozenset({Condition.RECIPIENT_TASK})


def test_another_country_answers_by_its_own_ground_and_its_own_duty_of_secrecy() -> None:
    asked = Facts(TODAY, RecipientKind.POLICE, Purpose.CONSULT, frozenset({DataKind.REPORTER_IDENTITY}))
    refused = verdict(asked, ISLAND)
    assert refused.is_refused
    assert "Charter s. 1" in refused.explanation[0].en
    met = replace(asked, conditions=TASK)
    assert verdict(met, ISLAND).outcome is Outcome.ALLOWED_WITH_CONDITIONS
    assert verdict(replace(met, conditions=TASK | {Condition.FOUR_EYES}), ISLAND).outcome is Outcome.ALLOWED
    assert verdict(met).is_refused


@pytest.mark.parametrize(
    ("kind", "recipient", "purpose", "met", "ground"),
    [
        (GroundKind.PROCESS, RecipientKind.PUBLIC, Purpose.WARN, frozenset(), "island-process"),
        (GroundKind.DISCLOSE, RecipientKind.ISAC, Purpose.SHARE, {Condition.OWN_INFORMATION}, "island-isac"),
        (GroundKind.REQUEST, RecipientKind.MINISTRY, Purpose.ASK, frozenset(), "island-request"),
        (GroundKind.SUPPLY, RecipientKind.MINISTRY, Purpose.ASK, frozenset(), "island-supply"),
        (GroundKind.SUPPLY, RecipientKind.POLICE, Purpose.ANSWER_INQUIRY, TASK, "island-answer"),
    ],
)
def test_it_has_grounds_of_every_kind(
    kind: GroundKind, recipient: RecipientKind, purpose: Purpose, met: frozenset[Condition], ground: str
) -> None:
    answer = verdict(Facts(TODAY, recipient, purpose, frozenset(DataKind), frozenset(met), kind), ISLAND)
    assert [one.id for one in answer.grounds] == [ground]


@pytest.mark.parametrize("on", [date(2014, 12, 31), date(2019, 12, 31), date(2020, 1, 1), date(2030, 1, 1)], ids=str)
def test_every_question_gets_an_answer_in_its_law_too(on: date) -> None:
    for recipient, purpose, kind in product(RecipientKind, Purpose, GroundKind):
        for data in ONES_AND_ALL:
            answer = verdict(Facts(on, recipient, purpose, data, frozenset(Condition), kind), ISLAND)
            assert answer.given | answer.left_out == data
            assert answer.explanation


@given(facts)
def test_nothing_in_its_law_borrows_from_another_time_or_another_country(asked: Facts) -> None:
    in_force = {regime.id for regime in ISLAND.regimes_on(asked.on)}
    assert {ground.regime for ground in verdict(asked, ISLAND).grounds} <= in_force


def test_its_acts_follow_each_other_and_the_last_one_ends() -> None:
    assert [ground.id for ground in withholding_grounds(date(2019, 12, 31), ISLAND)] == ["harbour-secret"]
    assert [ground.id for ground in withholding_grounds(TODAY, ISLAND)] == ["island-secret", "island-peace"]
    assert withholding_grounds(date(2030, 1, 1), ISLAND) == ()
    old = withholding_ground("harbour-secret", ISLAND)
    assert [ground.id for ground in successors_of(old, ISLAND)] == ["island-secret"]
    assert [limit.id for limit in limits_of(withholding_ground("island-secret", ISLAND), ISLAND)] == ["island-weather"]


def test_information_ages_by_its_own_rule() -> None:
    rule = needs_fresh_reasoning(made_on=date(2023, 1, 1), decided_on=date(2025, 1, 2), law=ISLAND)
    assert rule is not None
    assert rule.article == "Island Act s. 23"


def test_it_says_itself_what_can_be_done_against_a_decision() -> None:
    assert ISLAND.clauses.remedy is not None
    said = ISLAND.clauses.remedy.words(body="the watch", reference="W-1")
    assert said.en == "Do you disagree with the watch? Call the council and name W-1. (Charter s. 12)"
    assert ISLAND.clauses.mandate is None


def test_its_deferral_ends_on_its_own_calendar() -> None:
    (search,) = deferral_grounds(TODAY, RecipientKind.POLICE, ISLAND)
    # The clocks went back half an hour in between; the day ends when it ends there.
    disclosed_at = datetime(2026, 3, 30, 12, tzinfo=ISLAND.zone)
    last = datetime(2026, 4, 9, 23, 59, 59, tzinfo=ISLAND.zone)
    assert deferral_ends(search, disclosed_at, ISLAND) == last


def test_its_clocks_run_over_its_weekend_its_holidays_and_half_an_hour_of_daylight_saving() -> None:
    aware = datetime(2026, 4, 4, 22, tzinfo=ISLAND.zone)
    running = {
        clock.id: clock for clock in clocks_for(entity_kind=EntityKind.VITAL_PROVIDER, event=Event(aware), law=ISLAND)
    }
    assert set(running) == {"island-warning", "island-notify", "island-final"}
    # Six hours later the clocks on the wall show half past three: half an hour came twice.
    assert running["island-warning"].deadline == datetime(2026, 4, 5, 3, 30, tzinfo=ISLAND.zone)
    # Five days later is a Thursday, a working day there.
    assert running["island-notify"].deadline == datetime(2026, 4, 9, 23, 59, 59, tzinfo=ISLAND.zone)
    # Its month would end on a Saturday, which is weekend there as the Friday is.
    assert running["island-final"].deadline == datetime(2026, 5, 10, 23, 59, 59, tzinfo=ISLAND.zone)
    assert running["island-warning"].zone == "Australia/Lord_Howe"


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 2), date(2026, 4, 2)),  # a Thursday
        (date(2026, 4, 3), date(2026, 4, 6)),  # Friday, Saturday, Easter Sunday
        (date(2041, 4, 21), date(2041, 4, 21)),  # Easter Sunday after it ceased to be a holiday
        (date(2027, 2, 28), date(2027, 3, 1)),  # Lighthouse Day
        (date(2028, 2, 28), date(2028, 2, 29)),  # and in a leap year
    ],
)
def test_its_working_days_are_its_own(day: date, working: date) -> None:
    assert next_working_day(day, ISLAND) == working


def test_its_progress_report_moves_the_final_one_only_in_time() -> None:
    aware = datetime(2026, 1, 31, 12, tzinfo=UTC)
    sent = {Stage.INCIDENT_NOTIFICATION: aware}
    ended = datetime(2026, 6, 1, 12, tzinfo=ISLAND.zone)
    in_time = Event(aware, sent | {Stage.PROGRESS_REPORT: aware + timedelta(days=20)}, ended)
    late = Event(aware, sent | {Stage.PROGRESS_REPORT: aware + timedelta(days=40)}, ended)
    finals = [
        clock.deadline
        for event in (in_time, late)
        for clock in clocks_for(entity_kind=EntityKind.VITAL_PROVIDER, event=event, law=ISLAND)
        if clock.id == "island-final"
    ]
    # 31 January and a month is 28 February: Lighthouse Day, a Saturday; the Sunday after it people work.
    expected = [
        datetime(2026, 6, 8, 23, 59, 59, tzinfo=ISLAND.zone),
        datetime(2026, 3, 1, 23, 59, 59, tzinfo=ISLAND.zone),
    ]
    assert finals == expected


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('kind = "disclose"', 'kind = "divulge"', "divulge"),
        ('article = "Island Act s. 7"\n', "", "article"),
        ("task = {", "taks = {", "task"),
        ("successors = []", 'successors = ["nowhere"]', "successor"),
        ('recipients = ["police"]', "recipients = []", "no recipient"),
        ('term = "PT6H"', 'term = "6 hours"', "6 hours"),
        ('start = "aware"', 'start = "aware"\nvalid_from = 2019-01-01', "validity"),
        ('start = "aware"', 'start = "aware"\nvalid_until = 2030-01-01', "validity"),
        ('start = "aware"', 'start = "aware"\nextra = 1', "extra"),
        ('en = "island secret"', 'en = ""', "subject"),
        ("[[clocks]]", "[[cloks]]", "cloks"),
        ('id = "island-2020"', 'id = ["island"]', "id"),
        ('purposes = ["answer-inquiry"]', 'purposes = ["answer-inquiry", "ask"]', "supply names one purpose"),
        ('purposes = ["share"]', 'purposes = ["share", "answer-inquiry"]', "only supply answers"),
        ('longest = "P10D"', 'longest = "PT240H"', "in days or months"),
        ('longest = "P10D"\n', "", "longest"),
        ('counting = "end-of-working-day"\n', "", "to the end of a day"),
        ('grounds = ["island-secret"]', 'grounds = ["nowhere"]', "names no ground"),
    ],
)
def test_a_wrong_data_file_is_refused_with_its_place(tmp_path: Path, was: str, becomes: str, complaint: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "island"))
    text = (folder / "2020_island.toml").read_text(encoding="utf-8")
    assert was in text
    (folder / "2020_island.toml").write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(LawDataInvalid, match=complaint):
        load_law(folder)


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("Australia/Lord_Howe", "Atlantic/Atlantis", "Atlantis"),
        ('"friday", "saturday"', '"friday", "holiday"', "holiday"),
        (
            '"friday", "saturday"',
            '"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"',
            "working day",
        ),
    ],
)
def test_a_country_that_cannot_be_is_refused(tmp_path: Path, was: str, becomes: str, complaint: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "island"))
    text = (folder / "law.toml").read_text(encoding="utf-8")
    (folder / "law.toml").write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(LawDataInvalid, match=complaint):
        load_law(folder)


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "island"))
    shutil.copy(folder / "2020_island.toml", folder / "2021.toml")
    with pytest.raises(LawDataInvalid, match="twice"):
        load_law(folder)
