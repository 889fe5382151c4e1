"""A file comes in whole or not at all, and every line that is wrong is told."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.constituency.cast import BANK, SECRETS, WATER, analyst, duty_officer, member_of, register

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.services import actions, models, queries
from meldpunt.services.errors import FileRefused, ReasonMissing
from meldpunt.services.rules.importing import COLUMNS
from meldpunt.services.values import Imported, node_of

pytestmark = pytest.mark.django_db

WHY = "Uitvraag van het najaar."
HEADER = ",".join(COLUMNS)
FILE = f"""{HEADER}
service,pin,betaalautomaten van Waterbedrijf Zuiderwiel,DW-01,,,,,,,,,,,,,
service,net,vast net,,Waddenkabel,telecom,,,,,,,,,,,
dependency,,,,,,pin,net,40,60,90,0,2,4,Aafke Molenwiek,2026-11-02,told
dependency,,,,,,F1,pin,1,"2,5",5,,,,het bureau,2026-11-02,assumed
"""


def imported(text: str) -> Imported:
    return actions.import_services(JOB, raw=text.encode(), reason=WHY)


def refused(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as error:
        imported(text)
    assert queries.count_services(analyst()) == 0
    return [(line.number, str(line.why)) for line in error.value.lines]


def test_a_file_brings_services_and_what_they_lean_on() -> None:
    register(WATER)
    assert imported(FILE) == Imported(services=2, dependencies=2, replaced=0)
    (pin, _) = queries.list_services(analyst())
    assert pin.code == "DW-01/1"
    assert "Zuiderwiel" not in pin.name
    (told,) = queries.list_leaning(analyst(), service=pin.id).it_on
    assert (told.buffer_hours.likely, "Molenwiek" in told.told_by) == (2, False)
    (carries,) = queries.list_leaning(analyst(), service=pin.id).on_it
    assert (carries.of.process, carries.strength.likely) == ("F1", 0.025)


def test_the_same_file_twice_changes_nothing_and_another_strength_replaces() -> None:
    register(WATER)
    imported(FILE)
    assert imported(FILE) == Imported(0, 0, 0)
    assert imported(FILE.replace(",40,60,90,", ",40,70,90,")) == Imported(0, 1, 1)


def test_semicolons_and_the_mark_of_a_spreadsheet_are_read() -> None:
    register(WATER)
    plain = FILE.replace('"2,5"', "2.5").replace(",", ";")
    assert imported("\ufeff" + plain) == Imported(2, 2, 0)


def test_every_wrong_line_is_told_and_nothing_kept() -> None:
    register(WATER)
    said = refused(
        f"""{HEADER}
service,pin,betaalautomaten,DW-01,,,,,,,,,,,,,
service,pin,nog eens,DW-01,,,,,,,,,,,,,
service,x,van niemand,ZZ-09,,,,,,,,,,,,,
dienst,,,,,,,,,,,,,,,,
dependency,,,,,,pin,E1,veel,60,90,0,2,4,iemand,2026-11-02,told
dependency,,,,,,pin,E1,40,60,90,0,2,4,iemand,2 november,told
dependency,,,,,,pin,E1,40,60,90,0,2,4,iemand,2026-11-02,zeker
"""
    )
    assert [number for number, _ in said] == [3, 5, 6, 7, 8]
    assert said[0][1] == "This key is on line 2 already."
    assert refused(f"{HEADER}\nservice,x,van niemand,ZZ-09,,,,,,,,,,,,,\n") == [
        (2, "No organisation has the code ZZ-09.")
    ]


def test_what_points_at_an_organisation_is_masked_in_the_reason_of_a_file() -> None:
    register(WATER)
    actions.import_services(JOB, raw=FILE.encode(), reason="Aafke Molenwiek van Waterbedrijf Zuiderwiel gaf het op.")
    with bound(JOB):
        kept = [*models.Service.objects.values_list("reason"), *models.Dependency.objects.values_list("reason")]
    assert len(kept) == 4
    assert not [secret for secret in SECRETS if secret in repr(kept)]


def test_a_name_that_masking_makes_too_long_is_told_with_its_line() -> None:
    register(WATER)
    long = " ".join(["zuiderwiel.example"] * 10)
    assert [number for number, _ in refused(FILE.replace("betaalautomaten van", long))] == [2]
    assert [number for number, _ in refused(FILE.replace("Aafke Molenwiek", long))] == [4]


def test_a_file_names_a_service_by_key_or_code_and_not_by_its_id() -> None:
    register(WATER)
    said = refused(FILE.replace(",pin,net,", f",pin,{node_of(uuid.uuid4())},"))
    assert [number for number, _ in said] == [4]
    imported(FILE)
    network = queries.list_services(analyst(), text="Waddenkabel")[0]
    actions.end_service(analyst(), service=network.id, reason="Opgeheven.")
    with pytest.raises(FileRefused):
        imported(f"{HEADER}\ndependency,,,,,,DW-01/1,{network.node},40,60,90,0,2,4,iemand,2026-11-02,told\n")


def test_a_dependency_on_a_key_that_is_nowhere_is_told() -> None:
    register(WATER)
    said = refused(FILE.replace(",pin,net,", ",pin,nte,"))
    assert [number for number, _ in said] == [4]


def test_two_lines_about_the_same_two_are_told() -> None:
    register(WATER)
    line = FILE.splitlines()[3]
    assert refused(f"{FILE}{line}\n") == [(6, "The file tells of these two twice.")]


def test_a_provider_that_is_an_organisation_of_the_register_is_told() -> None:
    register(WATER)
    register(BANK)
    said = refused(FILE.replace("Waddenkabel", "Waterbedrijf Zuiderwiel"))
    assert said == [(3, "This provider is an organisation of the register: give its code.")]


@pytest.mark.parametrize("raw", [b"", b"line;key\n", b"\xff\xfe\n", b"PK\x03\x04\n"])
def test_what_is_no_such_file_is_refused(raw: bytes) -> None:
    with pytest.raises(FileRefused):
        actions.import_services(JOB, raw=raw, reason=WHY)


def test_only_who_keeps_the_register_brings_a_file_and_says_why() -> None:
    with pytest.raises(PermissionMissing):
        actions.import_services(analyst(), raw=FILE.encode(), reason=WHY)
    with pytest.raises(ReasonMissing):
        actions.import_services(duty_officer(), raw=FILE.encode(), reason=" ")


def test_the_ledger_has_one_entry_for_the_file_and_one_for_each_organisation() -> None:
    water = register(WATER)
    imported(FILE)
    (own,) = ledger_queries.list_entries(member_of(water), kind=Kind.SERVICES_CHANGED)
    assert (own.details["services"], own.details["dependencies"]) == (1, 1)
    assert len(ledger_queries.list_entries(JOB, kind=Kind.SERVICES_CHANGED)) == 2


def large(services: int, dependencies: int) -> str:
    """So many of each; every service leans on those before it."""
    lines = [HEADER]
    lines += [
        f"service,s{one},dienst {one},{'DW-01' if one % 2 else ''},{'' if one % 2 else 'Waddenkabel'},telecom"
        + "," * 11
        for one in range(services)
    ]
    for one in range(dependencies):
        of = 1 + one % (services - 1)
        on = max(0, of - 1 - one // (services - 1) * 7)
        lines.append(f"dependency,,,,,,s{of},s{on},10,20,30,0,1,2,iemand,2026-11-02,told")
    return "\n".join(dict.fromkeys(lines)) + "\n"


def test_a_graph_of_ten_thousand_services_comes_in_at_once() -> None:
    register(WATER)
    with CaptureQueriesContext(connection) as asked:
        found = imported(large(10_000, 60_000))
    assert (found.services, found.dependencies > 59_900) == (10_000, True)
    assert len(queries.get_graph(analyst()).edges) == found.dependencies
    assert len(asked) < 60, "what is asked of the database goes with the file, and not with each of its lines"
