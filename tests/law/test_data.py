"""The data of Dutch law: every fact has its article and its source, and says whether the text was read."""

import re

import pytest

from meldpunt.law import (
    DUTCH,
    Condition,
    DataKind,
    Ground,
    GroundKind,
    Purpose,
    RecipientKind,
    limits_of,
    withholding_ground,
)
from meldpunt.law.terms import parse_term

NOT_READ = re.compile(r"general knowledge|not re-read|reported use")
FACTS = [*DUTCH.grounds, *DUTCH.withholding, *DUTCH.limits, *DUTCH.deferrals, *DUTCH.clocks, *DUTCH.fresh_reasoning]
FACTS += [*DUTCH.forms, *DUTCH.criteria]
ACTS_OF_THE_DESK = {"wbp", "wgmc", "wbni", "cbw"}


def test_what_counts_as_read_names_the_text_it_was_read_in() -> None:
    assert [fact.article for fact in FACTS if fact.verified and NOT_READ.search(fact.source)] == []
    assert all(fact.article.strip() and fact.source.strip() for fact in FACTS)


def test_the_articles_that_could_not_be_established_are_not_called_read() -> None:
    unknown = re.compile(r"Wbni art\. 20|\bCbw\b|\bWgmc\b|UAVG|Wiv 2017|eIDAS")
    assert [fact.article for fact in FACTS if fact.verified and unknown.search(fact.article)] == []


def test_every_act_of_the_desk_gives_grounds_of_every_kind() -> None:
    for act in ACTS_OF_THE_DESK:
        assert {ground.kind for ground in DUTCH.grounds if ground.regime == act} == set(GroundKind)


def _has(act: str, kind: GroundKind, recipient: RecipientKind, purpose: Purpose) -> bool:
    def fits(ground: Ground) -> bool:
        return ground.kind is kind and recipient in ground.recipients and purpose in ground.purposes

    return any(ground.regime == act and fits(ground) for ground in DUTCH.grounds)


@pytest.mark.parametrize("act", sorted(ACTS_OF_THE_DESK))
def test_every_act_says_what_public_bodies_may_be_told_when_they_ask(act: str) -> None:
    bodies = ["police", "intelligence", "supervisor", "ministry", "partner-csirt"]
    missing = [b for b in bodies if not _has(act, GroundKind.SUPPLY, RecipientKind(b), Purpose.ANSWER_INQUIRY)]
    assert missing == []


def test_special_categories_are_processed_only_where_the_police_gave_them() -> None:
    grounds = [ground for ground in DUTCH.grounds if DataKind.SPECIAL_PERSONAL_DATA in ground.data]
    assert {ground.kind for ground in grounds} == {GroundKind.PROCESS}
    assert {ground.recipients for ground in grounds} == {frozenset({RecipientKind.POLICE})}


def test_whoever_is_expected_to_object_may_be_heard_on_what_is_about_it_under_every_act() -> None:
    (hearing,) = [ground for ground in DUTCH.grounds if ground.regime == "awb" and Purpose.HEAR in ground.purposes]
    assert hearing.conditions == {Condition.ABOUT_RECIPIENT}
    assert not {DataKind.REPORTER_IDENTITY, DataKind.PERSONAL_DATA, DataKind.DELIBERATION} & hearing.data
    assert hearing.valid_until is None


@pytest.mark.parametrize(
    ("act", "articles"),
    [
        (
            "wob",
            [f"10 lid 1 onder {letter}" for letter in "abcd"] + [f"10 lid 2 onder {letter}" for letter in "abcdefg"],
        ),
        ("wob", ["10 lid 7 onder a", "10 lid 7 onder b", "11"]),
        ("woo", [f"5.1 lid 1 onder {letter}" for letter in "abcde"]),
        ("woo", [f"5.1 lid 2 onder {letter}" for letter in "abcdefghi"] + ["5.1 lid 4", "5.1 lid 5", "5.2"]),
    ],
)
def test_all_grounds_to_withhold_are_there(act: str, articles: list[str]) -> None:
    known = {ground.article for ground in DUTCH.withholding}
    assert {f"{act.capitalize()} art. {article}" for article in articles} <= known


@pytest.mark.parametrize(
    ("ground", "limits"),
    [
        ("wob-10-1-c", ["wob-10-4-emissions", "wob-10-4-weighed"]),
        ("wob-10-2-g", ["wob-10-6"]),
        ("woo-5.1-5", ["woo-5.1-5-alone"]),
        ("woo-5.2", ["woo-5.2-1-objective", "woo-5.2-4"]),
        ("woo-5.1-1-e", ["woo-5.1-7"]),
    ],
)
def test_a_ground_to_withhold_says_where_it_does_not_reach(ground: str, limits: list[str]) -> None:
    assert [limit.id for limit in limits_of(withholding_ground(ground))] == limits


@pytest.mark.parametrize(
    ("clock", "term", "article"),
    [
        ("tw11a-initial", None, "Besluit continuïteit art. 7"),
        ("tw11a-final", "P28D", "Besluit continuïteit art. 8"),
        ("csp-2013", None, "Besluit elektronische handtekeningen art. 2 lid 1 onder t"),
        ("wob-decision", "P28D", "Wob art. 6"),
        ("woo-decision", "P28D", "Woo art. 4.4"),
        ("eidas-19", "PT24H", "eIDAS (910/2014) art. 19 lid 2"),
        ("wbni-10", None, "Wbni art. 10"),
        ("wbni-13", None, "Wbni art. 13"),
        ("nis2-early", "PT24H", "NIS2 art. 23(4)(a)"),
        ("nis2-notify", "PT72H", "NIS2 art. 23(4)(b)"),
        ("nis2-notify-tsp", "PT24H", "NIS2 art. 23(4) al. 2"),
        ("nis2-intermediate", None, "NIS2 art. 23(4)(c)"),
        ("nis2-final", "P1M", "NIS2 art. 23(4)(d)-(e)"),
        ("nis2-csirt-reply", "PT24H", "NIS2 art. 23(5)"),
        ("nis2-spoc-affected", None, "NIS2 art. 23(6)"),
        ("nis2-summary", "P3M", "NIS2 art. 23(9)"),
    ],
)
def test_every_deadline_of_the_acts_is_there_with_its_term_and_article(
    clock: str, term: str | None, article: str
) -> None:
    (rule,) = [one for one in DUTCH.clocks if one.id == clock]
    assert (rule.term, rule.article) == (parse_term(term) if term else None, article)


def test_every_body_that_may_ask_hears_that_there_is_nothing_and_gets_no_data_with_it() -> None:
    told = [ground for ground in DUTCH.grounds if ground.regime == "awb" and Purpose.ACKNOWLEDGE in ground.purposes]
    (nothing,) = told
    assert nothing.data == {DataKind.ADVICE}
    assert not {RecipientKind.PUBLIC, RecipientKind.CONSTITUENT, RecipientKind.REPORTER} & nothing.recipients
