"""The incident taxonomy is RSIT 1003, whole, and older names lead to it."""

import json
from pathlib import Path

import pytest

from meldpunt.vocabulary import RSIT_VERSION, all_classes, all_types, incident_class, incident_type, rsit_from_intelmq
from meldpunt.vocabulary.errors import UnknownIncidentClass, UnknownIncidentType


def test_there_are_11_classes_and_39_types() -> None:
    assert (len(all_classes()), len(all_types())) == (11, 39)
    assert len({kind.id for kind in all_types()}) == 39


def test_ids_and_labels_are_those_of_the_published_taxonomy(shared_data: Path) -> None:
    published = json.loads((shared_data / "taxonomies/enisa-rsit/machinev1.json").read_text())
    expected = {
        f"{values['predicate']}/{entry['value']}": entry["expanded"]
        for values in published["values"]
        for entry in values["entry"]
    }
    assert str(published["version"]) == RSIT_VERSION
    assert {kind.id: kind.name.en for kind in all_types()} == expected


def test_a_type_belongs_to_the_class_in_its_id() -> None:
    ddos = incident_type("availability/ddos")
    assert ddos.class_id == "availability"
    assert ddos in incident_class("availability").types


def test_unknown_class_and_type_are_named_in_the_error() -> None:
    with pytest.raises(UnknownIncidentClass, match="'weather'"):
        incident_class("weather")
    with pytest.raises(UnknownIncidentType, match="'ddos'"):
        incident_type("ddos")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ransomware", "malicious-code/infected-system"),
        ("c&c", "malicious-code/c2-server"),
        ("unauthorized-use-of-resources", "fraud/unauthorised-use-of-resources"),
        ("fraud/unauthorized-use-of-resources", "fraud/unauthorised-use-of-resources"),
        (
            "information-content-security/Unauthorised-information-access",
            "information-content-security/unauthorised-information-access",
        ),
        ("vulnerable client", "vulnerable/vulnerable-system"),
        ("unauthorized_login", "intrusions/system-compromise"),
        ("malware", "other/other"),
        ("malicious-code/malware", "malicious-code/infected-system"),
        ("unknown", "other/undetermined"),
        ("availability/ddos", "availability/ddos"),
    ],
)
def test_older_names_lead_to_the_standard(name: str, expected: str) -> None:
    assert rsit_from_intelmq(name).id == expected


def test_a_name_without_mapping_is_not_guessed() -> None:
    with pytest.raises(UnknownIncidentType):
        rsit_from_intelmq("sharknado")


def test_every_name_of_the_older_taxonomy_leads_to_a_type(shared_data: Path) -> None:
    older = json.loads((shared_data / "taxonomies/misp/ecsirt/machinetag.json").read_text())
    names = [f"{v['predicate']}/{entry['value']}" for v in older["values"] for entry in v["entry"]]
    assert len(names) == 43
    assert all(rsit_from_intelmq(name) in all_types() for name in names)


def test_every_type_of_the_recorded_shadowserver_events_leads_to_a_type(shared_data: Path) -> None:
    lines = (shared_data / "shadowserver/expected_intelmq-3.2.1.jsonl").read_text().splitlines()
    names = {name for line in lines for name in _classification_types(json.loads(line))}
    assert len(names) == 9
    assert all(rsit_from_intelmq(name) in all_types() for name in names)


def _classification_types(value: object) -> set[str]:
    if isinstance(value, dict):
        found = {str(value["classification.type"])} if "classification.type" in value else set()
        return found.union(*map(_classification_types, value.values()))
    return set().union(*map(_classification_types, value)) if isinstance(value, list) else set()
