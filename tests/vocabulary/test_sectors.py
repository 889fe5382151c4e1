"""Sectors, kinds of entity and of party: complete, and named as the standards name them."""

import json
from pathlib import Path

import pytest

from meldpunt.vocabulary import EntityKind, PartyKind, all_sectors, sector
from meldpunt.vocabulary.errors import UnknownSector


def test_every_sector_of_the_directive_is_served(shared_data: Path) -> None:
    taxonomy = json.loads((shared_data / "taxonomies/misp/nis2/machinetag.json").read_text())
    published = {
        entry["value"]
        for values in taxonomy["values"]
        if values["predicate"] == "impact-sectors-impacted"
        for entry in values["entry"]
    }
    assert {nis2 for sector in all_sectors() for nis2 in sector.nis2} == published


def test_the_sectors_with_a_closed_space_are_those_of_the_letter() -> None:
    assert {sector.id for sector in all_sectors() if sector.has_isac} == {
        "energy",
        "drinking-water",
        "telecom",
        "transport",
        "banking",
        "insurance",
        "nuclear",
        "multinationals",
        "managed-services",
    }


def test_a_sector_is_found_by_its_id_only() -> None:
    assert sector("drinking-water").name.nl == "drinkwater"
    with pytest.raises(UnknownSector):
        sector("Drinking Water")


@pytest.mark.parametrize("kinds", [EntityKind, PartyKind])
def test_kinds_are_told_apart_by_their_labels(kinds: type[EntityKind] | type[PartyKind]) -> None:
    for language in ("nl", "en"):
        assert len({kind.label.in_language(language) for kind in kinds}) == len(kinds)
