"""An overview from reports to the public, and what the attacker finds there."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from datetime import timedelta
from typing import Literal

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Registration
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.queries import open_attachment
from meldpunt.disclosure.values import ItemKind, Unshown
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.statistics import actions as statistics_actions
from meldpunt.statistics import queries as statistics_queries
from meldpunt.statistics.errors import AlreadyOffered, OverviewNotFound, OverviewNotSafe, PeriodAlreadyTold
from meldpunt.statistics.packing import rows_of
from meldpunt.statistics.values import TOTAL, FigureRules, OverviewId, SectorGroup, State
from meldpunt.vocabulary.bilingual import Bilingual

from .cast import actor, figures_in_csv, period, possible_values, report, somebody, statistician

pytestmark = pytest.mark.django_db

WATER = "Waterbedrijf Zuiderwiel"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def reported() -> OrganisationId:
    """Reports of eleven organisations; the water company is alone in its sector with two intrusions."""
    names = [("drinking-water", WATER), *(("energy", f"Energie {n}") for n in range(4))]
    names += [("banking", f"Bank {n}") for n in range(6)]
    forms = tuple(
        Registration(kind="constituent", sector=sector, name=name, entity_kind="essential") for sector, name in names
    )
    ids = constituency_actions.register_organisations(JOB, forms=forms)
    report(ids[0], sector="drinking-water", kind="intrusions/system-compromise", times=2)
    for organisation in ids[1:5]:
        report(organisation, sector="energy", kind="intrusions/system-compromise")
        report(organisation, sector="energy", kind="availability/ddos")
    for organisation in ids[5:]:
        report(organisation, sector="banking", kind="fraud/phishing")
        report(organisation, sector="banking", kind="intrusions/system-compromise")
    report(ids[5], sector="banking", kind="availability/ddos")
    return ids[0]


def compiled(rules: FigureRules = FigureRules()) -> OverviewId:  # noqa: B008
    first_day, last_day = period()
    return statistics_actions.compile_overview(statistician(), first_day=first_day, last_day=last_day, rules=rules)


def published_files() -> dict[str, bytes]:
    """What anybody can fetch from the public site, as csv, json, nl.svg and en.svg."""
    (told,) = disclosure_queries.list_delivered(somebody(), item=ItemKind.OVERVIEW)
    files = {one.name: open_attachment(somebody(), disclosure=told.id, attachment=one.id) for one in told.attachments}
    return {re.sub(r"^overview-[\d-]+[.]?", "", name): file.data for name, file in files.items()}


def publish(overview: OverviewId) -> DisclosureState:
    return statistics_actions.publish_overview(
        statistician(), overview=overview, reason="the quarter is over", seen=Unshown.IN_A_PROGRAM
    ).state


def test_the_overview_counts_every_report_of_the_period(reported: OrganisationId) -> None:
    found = statistics_queries.get_overview(statistician(), overview=compiled())
    assert found.table is not None
    assert found.state is State.CHECKED
    assert found.table.figures["banking", "fraud"] == 6
    assert found.table.figures["nuclear", TOTAL] == 0
    assert found.table.figures[TOTAL, TOTAL] in (None, 23)


def test_the_public_reads_the_published_table_and_nothing_before(reported: OrganisationId) -> None:
    overview = compiled()
    assert disclosure_queries.list_delivered(somebody(), item=ItemKind.OVERVIEW) == ()
    assert publish(overview) is DisclosureState.DELIVERED
    table = rows_of(published_files()["json"])
    assert table == statistics_queries.get_overview(statistician(), overview=overview).table
    assert statistics_queries.list_overviews(statistician())[0].state is State.PUBLISHED


def test_the_attacker_cannot_work_out_a_hidden_figure_from_any_file(reported: OrganisationId) -> None:
    overview = compiled()
    publish(overview)
    files = published_files()
    figures = figures_in_csv(files["csv"])
    assert figures == dict(rows_of(files["json"]).figures)
    for place in (("drinking-water", "intrusions"), ("drinking-water", TOTAL), ("banking", "availability")):
        assert figures[place] is None
        for at_least in (0, 1):
            lowest, highest = possible_values(figures, place, at_least=at_least)
            assert highest is None or lowest < highest


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_chart_tells_what_the_table_tells_and_no_more(
    reported: OrganisationId, language: Literal["nl", "en"]
) -> None:
    publish(compiled())
    files = published_files()
    table, drawn = rows_of(files["json"]), list(ET.fromstring(files[f"{language}.svg"]).iter())
    labels = [
        one.get("aria-label", "").split("; ") for one in drawn if one.get("aria-roledescription", "")[-4:] == "mark"
    ]
    told = {(sector.split(": ")[1], kind.split(": ")[1]): figure.split(": ")[1] for kind, sector, figure in labels}
    rows = {row.name.in_language(language): row.id for row in table.rows}
    columns = {column.name.in_language(language): column.id for column in table.columns}
    figures = {(rows[sector], columns[kind]): figure for (sector, kind), figure in told.items()}
    assert {one: table.figures[one] for one in figures} == {
        one: None if figure == "x" else int(figure) for one, figure in figures.items()
    }
    assert figures["drinking-water", "intrusions"] == "x"


def test_the_chart_needs_no_other_place_and_no_style(reported: OrganisationId) -> None:
    publish(compiled())
    text = published_files()["nl.svg"].decode()
    elements = list(ET.fromstring(text).iter())
    assert {one.tag for one in elements}.isdisjoint({f"{SVG}style", f"{SVG}script", f"{SVG}image"})
    assert [one for one in elements if one.get("style") or any(name.endswith("href") for name in one.attrib)] == []


def test_nothing_that_was_hidden_is_in_the_database(reported: OrganisationId) -> None:
    compiled()
    with bound(statistician()), connection.cursor() as cursor:
        cursor.execute("SELECT (o.*)::text FROM statistics_overview o")
        (row,) = cursor.fetchone()
    assert str(reported) not in row
    assert WATER not in row
    assert '"value"' not in row


def test_sectors_are_taken_together_when_the_statistician_says_so(reported: OrganisationId) -> None:
    both = SectorGroup("=utilities", Bilingual("=Nutsbedrijven", "=Utilities"), ("drinking-water", "energy"))
    publish(compiled(FigureRules(groups=(both,))))
    files = published_files()
    assert rows_of(files["json"]).figures["=utilities", TOTAL] == 10
    assert "'=Utilities" in files["csv"].decode()


def test_no_field_of_the_file_begins_a_formula(reported: OrganisationId) -> None:
    both = SectorGroup("=utilities", Bilingual("@Nutsbedrijven", "+Utilities"), ("drinking-water", "energy"))
    publish(compiled(FigureRules(groups=(both,))))
    fields = [one for line in csv.reader(published_files()["csv"].decode().splitlines()) for one in line]
    assert [one for one in fields if one[:1] in "=+-@" and one] == []


def test_figures_of_one_day_are_not_published_twice(reported: OrganisationId) -> None:
    publish(compiled())
    again = compiled()
    with pytest.raises(PeriodAlreadyTold):
        publish(again)
    assert statistics_queries.get_overview(statistician(), overview=again).state is State.CHECKED
    assert len(disclosure_queries.list_delivered(somebody(), item=ItemKind.OVERVIEW)) == 1


def test_an_overview_is_published_once(reported: OrganisationId) -> None:
    overview = compiled()
    publish(overview)
    with pytest.raises(AlreadyOffered):
        publish(overview)


def test_an_overview_that_failed_its_check_is_never_published(reported: OrganisationId) -> None:
    overview = compiled(FigureRules(largest_share=7.0))
    assert statistics_queries.get_overview(statistician(), overview=overview).state is State.COMPILED
    with pytest.raises(OverviewNotSafe):
        publish(overview)


def test_a_withdrawn_overview_is_shown_as_withdrawn(reported: OrganisationId) -> None:
    overview, who = compiled(), statistician()
    disclosure = statistics_actions.publish_overview(
        who, overview=overview, reason="the quarter is over", seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.withdraw_disclosure(who, disclosure=disclosure.id, reason="a sector was missing")
    assert statistics_queries.get_overview(who, overview=overview).state is State.WITHDRAWN


def test_compiling_and_publishing_are_in_the_ledger(reported: OrganisationId) -> None:
    overview = compiled()
    publish(overview)
    entries = ledger_queries.list_entries(JOB, subject=overview)
    assert {entry.kind for entry in entries} == {Kind.COMPILED, Kind.PUBLISHED}


def test_an_analyst_reads_overviews_and_makes_none(reported: OrganisationId) -> None:
    analyst, (first_day, last_day) = actor(Role.ANALYST, Door.DESK), period()
    overview = compiled()
    assert statistics_queries.get_overview(analyst, overview=overview).id == overview
    with pytest.raises(PermissionMissing):
        statistics_actions.compile_overview(analyst, first_day=first_day, last_day=last_day)
    with pytest.raises(PermissionMissing):
        statistics_actions.publish_overview(analyst, overview=overview, reason="why not", seen=Unshown.IN_A_PROGRAM)


def test_a_job_compiles_and_cannot_publish(reported: OrganisationId) -> None:
    first_day, last_day = period()
    overview = statistics_actions.compile_overview(JOB, first_day=first_day, last_day=last_day)
    assert statistics_queries.find_overview(JOB, first_day=first_day, last_day=last_day) == overview
    assert statistics_queries.find_overview(JOB, first_day=first_day - timedelta(1), last_day=last_day) is None
    with pytest.raises(PermissionMissing):
        statistics_actions.publish_overview(
            JOB, overview=overview, reason="the quarter is over", seen=Unshown.IN_A_PROGRAM
        )


@pytest.mark.parametrize("door", [Door.PORTAL, Door.PUBLIC, Door.SENSOR])
def test_no_other_door_reads_the_table_of_overviews(door: Door) -> None:
    with bound(actor(Role.STATISTICIAN, door)), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute("SELECT 1 FROM statistics_overview")


def test_a_figure_that_was_written_cannot_be_changed_even_by_who_compiled(reported: OrganisationId) -> None:
    compiled()
    with bound(statistician()), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute("UPDATE statistics_overview SET \"table\" = '{}'")


def test_what_does_not_exist_is_not_found() -> None:
    with pytest.raises(OverviewNotFound):
        statistics_queries.get_overview(statistician(), overview=OverviewId(JOB.id))
