"""A country adds its own law by adding a folder, and a wrong folder is refused by name."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from meldpunt.law import (
    Condition,
    DataKind,
    Event,
    Facts,
    Law,
    Outcome,
    Purpose,
    RecipientKind,
    clocks_for,
    load_law,
    verdict,
    withholding_grounds,
)
from meldpunt.law.errors import LawDataInvalid
from meldpunt.vocabulary import EntityKind

COUNTRY = """
country = "xx"
name = { nl = "Verzonnen eiland", en = "Invented Island" }
zone = "Atlantic/Azores"
free_days = []
[confidentiality]
article = "Charter s. 1"
wording = { nl = "Geheim blijft geheim.", en = "A secret stays a secret." }
source = "invented"
verified = true
"""
REGIME = """
[regime]
id = "island-2020"
name = { nl = "Eilandwet", en = "Island Act" }
source = "invented"
valid_from = 2020-01-01
valid_until = 2029-12-31

[[grounds]]
id = "island-police"
kind = "disclose"
article = "Island Act s. 7"
source = "invented"
verified = true
task = { nl = "De eilandpolitie mag het weten.", en = "The island police may know." }
recipients = ["police"]
purposes = ["consult"]
data = ["reporter-identity"]
conditions = ["recipient-task"]

[[withholding]]
id = "island-secret"
article = "Island Act s. 9"
subject = { nl = "eilandgeheim", en = "island secret" }
weighing = "absolute"
successors = []
letter = false
source = "invented"
verified = true

[[clocks]]
id = "island-clock"
name = { nl = "eilandmelding", en = "island report" }
rule = { nl = "binnen 6 uur", en = "within 6 hours" }
recipient = { nl = "de gouverneur", en = "the governor" }
content = { nl = "alles", en = "everything" }
article = "Island Act s. 3"
source = "invented"
verified = true
entity_kinds = ["vital-provider"]
stage = "incident-notification"
start = "aware"
term = "PT6H"
"""


def write(folder: Path, country: str = COUNTRY, regime: str = REGIME) -> Path:
    (folder / "law.toml").write_text(country, encoding="utf-8")
    (folder / "2020.toml").write_text(regime, encoding="utf-8")
    return folder


@pytest.fixture
def island(tmp_path: Path) -> Law:
    return load_law(write(tmp_path))


def test_another_country_answers_by_its_own_ground_and_its_own_duty_of_secrecy(island: Law) -> None:
    facts = Facts(date(2026, 1, 1), RecipientKind.POLICE, Purpose.CONSULT, frozenset({DataKind.REPORTER_IDENTITY}))
    refused = verdict(facts, island)
    assert refused.is_refused
    assert "Charter s. 1" in refused.explanation[0].en
    met = Facts(facts.on, facts.recipient, facts.purpose, facts.data, frozenset({Condition.RECIPIENT_TASK}))
    assert verdict(met, island).outcome is Outcome.ALLOWED
    assert verdict(met).outcome is Outcome.REFUSED


def test_another_countrys_act_ends_on_its_last_day(island: Law) -> None:
    assert [ground.id for ground in withholding_grounds(date(2029, 12, 31), island)] == ["island-secret"]
    assert withholding_grounds(date(2030, 1, 1), island) == ()


def test_another_countrys_clocks_run_in_its_own_zone(island: Law) -> None:
    event = Event(datetime(2026, 1, 1, 12, tzinfo=UTC))
    (clock,) = clocks_for(entity_kind=EntityKind.VITAL_PROVIDER, event=event, law=island)
    assert clock.deadline == datetime(2026, 1, 1, 18, tzinfo=UTC)
    assert clock.zone == "Atlantic/Azores"


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
    ],
)
def test_a_wrong_data_file_is_refused_with_its_place(tmp_path: Path, was: str, becomes: str, complaint: str) -> None:
    assert was in REGIME
    with pytest.raises(LawDataInvalid, match=complaint):
        load_law(write(tmp_path, regime=REGIME.replace(was, becomes, 1)))


def test_a_time_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawDataInvalid, match="Atlantis"):
        load_law(write(tmp_path, country=COUNTRY.replace("Atlantic/Azores", "Atlantic/Atlantis")))


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "2021.toml").write_text(REGIME, encoding="utf-8")
    with pytest.raises(LawDataInvalid, match="twice"):
        load_law(tmp_path)
