"""C1 to C6 and the taxonomy of the NIS Cooperation Group follow from an assessment, with reasons."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.triage.cast import SCORED, desk
from tests.vocabulary.test_nciss import OWN

from meldpunt.access.binding import bound
from meldpunt.triage import actions, queries
from meldpunt.triage.errors import ChangedMeanwhile, DeviationUnexplained, ScaleUnknown
from meldpunt.triage.rules.scales import derive
from meldpunt.triage.scaling import known_scales
from meldpunt.triage.values import Derived, Disruption, Reach, ScaleFacts, ScaleForm
from meldpunt.vocabulary.nciss import ScoreCategory, score_categories

SCALES = known_scales()
LEAST = {category.id: min(option.value for option in category.options) for category in score_categories()}
SERIOUS = LEAST | {"FI": 70}
RISKY = LEAST | {"PI": 75}
POINTS = st.fixed_dictionaries({c.id: st.sampled_from([o.value for o in c.options]) for c in score_categories()})


def facts(
    points: dict[str, int],
    disruption: Disruption | None = None,
    *,
    rsit: str = "",
    is_vital: bool = False,
    is_central_government: bool = False,
    malicious: str = "",
) -> ScaleFacts:
    return ScaleFacts(rsit, points, disruption, is_vital, is_central_government, malicious)


def category(derived: Derived) -> str | None:
    return derived.category.word.id if derived.category else None


@pytest.mark.parametrize(
    ("reach", "by_effect"),
    [
        ("national", ("C2", "C3", "C5")),
        ("large", ("C3", "C4", "C5")),
        ("medium", ("C4", "C5", "C6")),
        ("small", ("C5", "C6", "C6")),
        ("individual", ("C6", "C6", "C6")),
    ],
)
def test_a_category_is_whom_it_concerns_by_what_it_does(reach: str, by_effect: tuple[str, ...]) -> None:
    found = tuple(category(derive(facts(points), SCALES, reach=reach)) for points in (SERIOUS, RISKY, LEAST))
    assert found == by_effect


@pytest.mark.parametrize(
    ("points", "effect"),
    [
        ({"FI": 40}, "C6"),
        ({"FI": 50}, "C4"),
        ({"II": 50}, "C6"),
        ({"II": 60}, "C4"),
        ({"PI": 25}, "C6"),
        ({"PI": 50}, "C5"),
        ({"OA": 70}, "C6"),
        ({"OA": 80}, "C5"),
    ],
)
def test_an_effect_is_serious_or_a_considerable_risk_from_where_the_scale_says(
    points: dict[str, int], effect: str
) -> None:
    assert category(derive(facts(LEAST | points), SCALES, reach="medium")) == effect


def test_a_national_emergency_is_a_serious_effect_with_a_likely_disruption() -> None:
    assert category(derive(facts(SERIOUS, Disruption.LIKELY), SCALES)) == "C1"
    assert category(derive(facts(SERIOUS, Disruption.POSSIBLY), SCALES)) == "C2"
    assert category(derive(facts(SERIOUS, Disruption.LIKELY), SCALES, reach="small")) == "C5"


def test_a_vital_process_or_the_central_government_is_national_and_anybody_else_is_asked() -> None:
    assert category(derive(facts(SERIOUS, is_vital=True), SCALES)) == "C2"
    assert category(derive(facts(SERIOUS, is_central_government=True), SCALES)) == "C2"
    assert category(derive(facts(SERIOUS), SCALES)) is None


def test_nothing_follows_from_nothing() -> None:
    assert derive(facts({}), SCALES) == Derived(None, None, None, None, None)


@pytest.mark.parametrize(
    ("rsit", "malicious", "cause"),
    [
        ("malicious-code/infected-system", "", "malicious-actions"),
        ("intrusions", "no", "malicious-actions"),
        ("availability/ddos", "", "malicious-actions"),
        ("availability/misconfiguration", "yes", "human-errors"),
        ("availability/outage", "yes", "malicious-actions"),
        ("availability/outage", "no", None),
        ("", "", None),
    ],
)
def test_a_root_cause_follows_from_the_class_or_from_what_the_reporter_suspects(
    rsit: str, malicious: str, cause: str | None
) -> None:
    found = derive(facts(LEAST, rsit=rsit, malicious=malicious), SCALES).cause
    assert (found.word.id if found else None) == cause


@pytest.mark.parametrize(
    ("points", "disruption", "impact"),
    [
        (LEAST, None, "white"),
        (LEAST | {"FI": 20}, None, "green"),
        (LEAST | {"FI": 60}, None, "yellow"),
        (LEAST | {"FI": 100}, None, "red"),
        ({}, Disruption.POSSIBLY, "yellow"),
        ({}, Disruption.LIKELY, "red"),
        ({}, Disruption.NO, "white"),
    ],
)
def test_the_severity_of_the_impact_is_the_graver_of_disruption_and_function(
    points: dict[str, int], disruption: Disruption | None, impact: str
) -> None:
    found = derive(facts(points, disruption), SCALES).impact
    assert found is not None
    assert found.word.id == impact
    assert found.reasons


@pytest.mark.parametrize(
    ("actor", "activity", "threat"),
    [(20, 0, "low"), (40, 70, "medium"), (40, 40, "low"), (20, 80, "low"), (80, 0, "high"), (20, 100, "high")],
)
def test_the_severity_of_the_threat_is_who_and_how_far(actor: int, activity: int, threat: str) -> None:
    found = derive(facts(LEAST | {"AC": actor, "OA": activity}), SCALES).threat
    assert found is not None
    assert found.word.id == threat


@given(POINTS, st.sampled_from(score_categories()), st.sampled_from(SCALES.reaches))
def test_a_graver_answer_never_gives_a_lesser_step(
    points: dict[str, int], changed: ScoreCategory, reach: Reach
) -> None:
    def steps(value: int) -> list[int]:
        found = derive(facts(points | {changed.id: value}), SCALES, reach=reach.id)
        placed = ((SCALES.categories, found.category), (SCALES.threats, found.threat), (SCALES.impacts, found.impact))
        return [words.index(one.word) for words, one in placed if one]

    values = sorted(option.value for option in changed.options)
    for lesser, graver in pairwise(values):
        assert all(after <= before for before, after in zip(steps(lesser), steps(graver), strict=True))


@pytest.mark.django_db
def test_what_follows_is_kept_beside_what_a_person_says_and_a_later_assessment_makes_it_stale() -> None:
    house = desk()
    report = house.receipt.report
    actions.assess_report(house.analyst, report=report, rsit="malicious-code", reason="Brief.", nciss=SCORED)
    form = ScaleForm(reach="large", outlook="worsening", category="C2", reason="De hele streek drinkt dit water.")
    kept = actions.scale_report(house.analyst, report=report, form=form, seen=0)
    assert (kept.category and kept.category.id, kept.computed_category and kept.computed_category.id) == ("C2", "C3")
    assert kept.cause is not None
    assert kept.cause.id == "malicious-actions"
    assert not queries.get_triage(house.analyst, report=report).scaling.is_stale
    actions.estimate_consequence(house.analyst, report=report, outage={"D1": 1.0})
    assert queries.get_triage(house.analyst, report=report).scaling.is_stale


@pytest.mark.django_db
def test_another_step_needs_a_reason_and_a_cause_that_follows_from_nothing_does_not() -> None:
    house = desk()
    report = house.receipt.report
    actions.assess_report(house.analyst, report=report, rsit="availability/outage", reason="Plat.", nciss=SCORED)
    with pytest.raises(DeviationUnexplained):
        actions.scale_report(house.analyst, report=report, form=ScaleForm(impact="white"))
    with pytest.raises(ScaleUnknown):
        actions.scale_report(house.analyst, report=report, form=ScaleForm(outlook="sunny"))
    kept = actions.scale_report(house.analyst, report=report, form=ScaleForm(cause="natural-phenomena"))
    assert kept.cause is not None
    assert (kept.cause.id, kept.computed_cause) == ("natural-phenomena", None)


@pytest.mark.django_db
def test_a_page_that_is_out_of_date_places_nothing_and_no_version_changes() -> None:
    house = desk()
    report = house.receipt.report
    actions.scale_report(house.analyst, report=report, form=ScaleForm(outlook="stable"), seen=0)
    with pytest.raises(ChangedMeanwhile):
        actions.scale_report(house.colleague, report=report, form=ScaleForm(outlook="improving"), seen=0)
    with pytest.raises(DatabaseError), bound(house.analyst), connection.cursor() as cursor:
        cursor.execute("UPDATE triage_scaling SET outlook = 'improving'")


@pytest.mark.django_db
def test_an_assessment_keeps_the_thresholds_it_was_scored_with(settings: Settings) -> None:
    house = desk()
    report = house.receipt.report
    first = actions.assess_report(house.analyst, report=report, rsit="intrusions", reason="Binnen.", nciss=SCORED)
    settings.NCISS_THRESHOLDS = OWN
    second = actions.assess_report(house.analyst, report=report, rsit="intrusions", reason="Binnen.", nciss=SCORED)
    seen = queries.get_triage(house.analyst, report=report)
    assert (first.thresholds, second.thresholds, seen.thresholds.version) == (
        "meldpunt-1",
        "duinwacht-2",
        "duinwacht-2",
    )
    assert [one.thresholds for one in seen.history] == ["meldpunt-1"]
    assert seen.history[0].level == first.level
