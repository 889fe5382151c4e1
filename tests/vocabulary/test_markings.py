"""TLP 2.0 and PAP keep their labels, their order and their reach."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.vocabulary import PAP, TLP, Reach, most_restrictive, parse_pap, parse_tlp, tlp_from_stix
from meldpunt.vocabulary.errors import NothingToCompare, UnknownMarking


def test_labels_are_written_exactly_as_the_standard_writes_them() -> None:
    assert [str(tlp) for tlp in TLP] == ["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"]
    assert [str(pap) for pap in PAP] == ["PAP:RED", "PAP:AMBER", "PAP:GREEN", "PAP:CLEAR"]


@given(st.lists(st.sampled_from(TLP), min_size=1))
def test_most_restrictive_is_one_of_the_markings_and_none_is_stricter(markings: list[TLP]) -> None:
    strictest = most_restrictive(*markings)
    assert strictest in markings
    assert all(marking.strictness <= strictest.strictness for marking in markings)


def test_red_wins_over_amber_strict_and_amber_strict_over_amber() -> None:
    assert most_restrictive(TLP.AMBER, TLP.AMBER_STRICT) is TLP.AMBER_STRICT
    assert most_restrictive(TLP.AMBER_STRICT, TLP.RED, TLP.CLEAR) is TLP.RED
    assert most_restrictive(PAP.GREEN, PAP.AMBER) is PAP.AMBER


def test_most_restrictive_of_nothing_is_refused() -> None:
    with pytest.raises(NothingToCompare):
        most_restrictive(*list[TLP]())


@pytest.mark.parametrize(
    ("tlp", "furthest"),
    [
        (TLP.RED, Reach.NAMED_PERSONS),
        (TLP.AMBER_STRICT, Reach.OWN_ORGANISATION),
        (TLP.AMBER, Reach.CLIENTS),
        (TLP.GREEN, Reach.COMMUNITY),
        (TLP.CLEAR, Reach.PUBLIC),
    ],
)
def test_a_marking_reaches_no_further_than_its_definition(tlp: TLP, furthest: Reach) -> None:
    reached = [reach for reach in Reach if tlp.may_reach(reach)]
    assert reached == list(Reach)[: list(Reach).index(furthest) + 1]


@pytest.mark.parametrize("text", ["tlp:amber+strict", "AMBER+STRICT", " TLP: Amber+Strict "])
def test_labels_are_read_in_any_case(text: str) -> None:
    assert parse_tlp(text) is TLP.AMBER_STRICT


def test_white_of_the_first_version_is_read_as_clear() -> None:
    assert parse_tlp("TLP:WHITE") is TLP.CLEAR
    assert parse_pap("pap:white") is PAP.CLEAR


@pytest.mark.parametrize("text", ["", "TLP:ORANGE", "PAP:RED", "TLP:AMBER STRICT", "TLP:TLP:RED"])
def test_what_is_no_tlp_label_is_not_guessed(text: str) -> None:
    with pytest.raises(UnknownMarking):
        parse_tlp(text)


@pytest.mark.parametrize("tlp", TLP)
def test_stix_id_leads_back_to_its_marking(tlp: TLP) -> None:
    assert tlp_from_stix(tlp.stix_id) is tlp


def test_stix_ids_of_the_first_version_are_understood() -> None:
    assert tlp_from_stix("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9") is TLP.CLEAR
    assert tlp_from_stix("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed") is TLP.RED
    with pytest.raises(UnknownMarking):
        tlp_from_stix("marking-definition--00000000-0000-4000-8000-000000000000")


def test_colours_are_those_of_the_published_taxonomy(shared_data: Path) -> None:
    taxonomy = json.loads((shared_data / "taxonomies/misp/tlp/machinetag.json").read_text())
    published = {row["value"]: row.get("colour", "").upper() for row in taxonomy["predicates"]}
    assert {tlp: tlp.colour for tlp in TLP} == {tlp: published[tlp.removeprefix("TLP:").lower()] for tlp in TLP}
