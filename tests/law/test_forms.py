"""What a report is asked follows from the law of its day, what it is about, and who reports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest

from meldpunt.law import (
    DUTCH,
    Significance,
    Stage,
    Subject,
    clocks_for,
    criteria_for,
    event_from_reports,
    forms_for,
    items_of,
    load_law,
    open_items,
    question_wording,
    weigh,
)
from meldpunt.vocabulary import EntityKind

ISLAND = load_law(Path(__file__).parent / "island")
TODAY = date(2026, 11, 30)
ASKED_AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


def keys(
    kind: EntityKind | None, stage: Stage | None, on: date = TODAY, about: Subject = Subject.INCIDENT
) -> list[str]:
    forms = [one for one in forms_for(subject=about, entity_kind=kind, on=on, law=DUTCH) if one.stage is stage]
    return [item.key for item in items_of(forms)]


def test_the_decree_of_2013_asks_a_certificate_provider_six_things() -> None:
    asked = keys(EntityKind.TRUST_SERVICE_PROVIDER, Stage.INCIDENT_NOTIFICATION, date(2014, 3, 1))
    assert asked == [
        "breach_extent",
        "breach_began_at",
        "breach_consequences",
        "investigation_takes",
        "breach_measures",
        "contact_officer",
    ]


@pytest.mark.parametrize("day", [date(2013, 10, 31), date(2016, 7, 1)])
def test_before_its_first_day_and_after_its_last_the_decree_asks_nothing(day: date) -> None:
    assert keys(EntityKind.TRUST_SERVICE_PROVIDER, Stage.INCIDENT_NOTIFICATION, day) == []


def test_a_telecom_provider_was_asked_four_things_at_once_and_three_at_the_end() -> None:
    day = date(2015, 5, 5)
    assert len(keys(EntityKind.TELECOM_PROVIDER, Stage.INCIDENT_NOTIFICATION, day)) == 4
    assert len(keys(EntityKind.TELECOM_PROVIDER, Stage.FINAL_REPORT, day)) == 3


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        (Stage.EARLY_WARNING, {"malicious", "cross_border"}),
        (Stage.INCIDENT_NOTIFICATION, {"malicious", "cross_border", "severity", "impact", "indicators_seen"}),
        (Stage.INTERMEDIATE_REPORT, {"status_update"}),
        (Stage.FINAL_REPORT, {"final_description", "root_cause", "mitigation", "cross_border_impact"}),
    ],
)
def test_each_stage_of_nis2_asks_what_its_letter_says(stage: Stage, asked: set[str]) -> None:
    assert set(keys(EntityKind.ESSENTIAL, stage)) == asked


def test_whatever_stage_a_clock_asks_today_has_its_form() -> None:
    event = event_from_reports(aware_at=ASKED_AT, reports=[], asked_at=ASKED_AT)
    for kind in (EntityKind.ESSENTIAL, EntityKind.IMPORTANT, EntityKind.TELECOM_PROVIDER):
        for clock in clocks_for(entity_kind=kind, event=event, law=DUTCH):
            assert keys(kind, clock.stage), clock.id


def test_a_vulnerability_is_asked_of_anybody_and_waits_ninety_days_at_most() -> None:
    [form] = forms_for(subject=Subject.VULNERABILITY, entity_kind=None, on=TODAY, law=DUTCH)
    assert {"product", "product_version", "how_found", "is_public", "wants_credit"} <= {one.key for one in form.items}
    assert form.due_on(date(2026, 12, 1)) == date(2027, 3, 1)
    assert not form.verified


def test_one_key_means_one_thing_whoever_asks() -> None:
    kinds: dict[str, set[str]] = {}
    for form in DUTCH.forms:
        for item in form.items:
            kinds.setdefault(item.key, set()).add(item.kind)
    assert [key for key, found in kinds.items() if len(found) > 1] == []


def test_no_day_asks_anybody_the_same_thing_twice() -> None:
    days = [form.valid_from for form in DUTCH.forms]
    for day, kind, about in product(days, (None, *EntityKind), Subject):
        items = items_of(forms_for(subject=about, entity_kind=kind, on=day, law=DUTCH))
        assert len({item.key for item in items}) == len(items)


def test_what_is_not_known_yet_stays_open() -> None:
    items = items_of(forms_for(subject=Subject.INCIDENT, entity_kind=EntityKind.ESSENTIAL, on=TODAY, law=DUTCH))
    left = open_items(items, {"malicious": "unknown", "cross_border": "no", "severity": " ", "impact": "Uitval."})
    assert {"malicious", "severity"} <= {item.key for item in left}
    assert {"cross_border", "impact"}.isdisjoint(item.key for item in left)


def test_another_country_asks_what_its_own_law_asks() -> None:
    forms = forms_for(subject=Subject.INCIDENT, entity_kind=EntityKind.ESSENTIAL, on=date(2026, 1, 1), law=ISLAND)
    assert [(item.key, item.article) for item in items_of(forms)] == [
        ("tide", "Island Act s. 40"),
        ("is_lighthouse_lit", "Island Act s. 44"),
    ]
    weak = forms_for(subject=Subject.VULNERABILITY, entity_kind=None, on=date(2026, 1, 1), law=ISLAND)
    assert [form.due_on(date(2026, 1, 1)) for form in weak] == [date(2026, 1, 31)]
    assert question_wording("tide", ISLAND) is not None
    assert question_wording("tide", DUTCH) is None


def test_another_country_weighs_by_its_own_criteria() -> None:
    ferry = criteria_for(entity_kind=EntityKind.VITAL_PROVIDER, on=date(2026, 1, 1), law=ISLAND)
    assert weigh({"ferry_stops": "yes"}, ferry).significance is Significance.YES
    assert weigh({"ferry_stops": "no"}, ferry).significance is Significance.NO
    assert criteria_for(entity_kind=EntityKind.ESSENTIAL, on=date(2026, 1, 1), law=ISLAND) == ()
