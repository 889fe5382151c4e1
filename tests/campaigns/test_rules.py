"""What goes into a package, and what does not leave as it is."""

from __future__ import annotations

import csv
import io
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.access.values import OrganisationId
from meldpunt.campaigns import rules
from meldpunt.campaigns.errors import PackageDamaged, WordingMissing
from meldpunt.engines.matching.cells import harmless
from meldpunt.intake.feed_values import FeedRowLine
from meldpunt.intake.values import ReportId

OWNERS = [OrganisationId(UUID(int=number)) for number in (1, 2, 3)]


def row(number: int = 1, *, owner: OrganisationId | None = OWNERS[0], **fields: str) -> FeedRowLine:
    report = ReportId(UUID(int=9))
    return FeedRowLine(UUID(int=number), report, number, "", fields, address="192.0.2.1", organisation=owner)


rows = st.lists(st.sampled_from([*OWNERS, None]).map(lambda owner: row(owner=owner)))


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\u00a0=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "telnet", "-3", "+31", "-3.5", "192.0.2.1", "a=b"])
def test_what_no_spreadsheet_would_run_is_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


@given(st.text())
def test_no_harmless_cell_begins_a_formula(cell: str) -> None:
    made = harmless(cell)
    assert not made.strip(" \u00a0").startswith(tuple("=@\t\r\n＝＋－＠"))


def test_contact_data_is_taken_out_by_its_form() -> None:
    made = rules.without_contacts("bel +31 20 555 0101 of mail beheer@zuiderwiel.example nu")
    assert made == f"bel {rules.LEFT_OUT} of mail {rules.LEFT_OUT} nu"


@given(rows)
def test_every_row_is_packed_once_or_counted_once(found: list[FeedRowLine]) -> None:
    packed = sum(one.rows for one in rules.pack(found))
    assert packed + sum(one.rows for one in rules.count_unattributed(found)) == len(found)


def test_the_same_rows_make_the_same_bytes_and_columns_of_all_of_them() -> None:
    found = [row(1, tag="telnet"), row(2, banner="login:")]
    made = rules.csv_of(found)
    assert made == rules.csv_of(found)
    assert next(csv.reader(io.StringIO(made.decode())))[5:] == ["tag", "banner"]


def test_the_name_of_a_column_is_no_formula_either() -> None:
    assert b'"\'=evil"' in rules.csv_of([row(**{"=evil": "x"})])


@pytest.mark.parametrize(
    ("address", "network"),
    [("198.51.100.77", "198.51.100.0/24"), ("2001:db8:5:6::1", "2001:db8:5::/48"), ("", "")],
)
def test_nobodys_rows_are_counted_by_network(address: str, network: str) -> None:
    assert rules.network_of(address) == network


def test_the_commonest_type_names_the_campaign() -> None:
    kinds = ["b/b", "a/a", "b/b", ""]
    found = [FeedRowLine(UUID(int=1), ReportId(UUID(int=9)), 1, "", rsit=kind) for kind in kinds]
    assert rules.commonest_type(found) == "b/b"
    assert rules.commonest_type([]) == ""


def test_no_campaign_without_words() -> None:
    with pytest.raises(WordingMissing):
        rules.check_words(" \n", what="title")


@given(st.binary(), st.binary())
def test_a_package_goes_only_as_it_was_packed(packed: bytes, found: bytes) -> None:
    digest = rules.digest_of(packed)
    assert rules.check_whole(packed, digest=digest) == packed
    if found != packed:
        with pytest.raises(PackageDamaged):
            rules.check_whole(found, digest=digest)
