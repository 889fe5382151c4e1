"""The pages of the periodic overview."""

from __future__ import annotations

import pytest
from tests.desk_outward.cast import Colleague, colleague
from tests.disclosure.cast import found_country
from tests.statistics.cast import period, report
from tests.web.shown import seen_in

from meldpunt.access.values import Role
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind
from meldpunt.statistics import queries as statistics_queries
from meldpunt.statistics.values import Overview, State

pytestmark = pytest.mark.django_db
FIRST, LAST = period()
ASKED = {"first_day": FIRST, "last_day": LAST, "minimum_organisations": 3, "largest_share": 75}


@pytest.fixture
def statistician() -> Colleague:
    country = found_country()
    for one, sector in (
        (country.water, "drinking-water"),
        (country.energy, "energy"),
        (country.bank, "banking"),
    ):
        report(one, sector=sector, kind="phishing", times=2)
    return colleague(Role.STATISTICIAN)


@pytest.fixture
def overview(statistician: Colleague) -> Overview:
    statistician.post("/desk/figures/new", ASKED)
    [line] = statistics_queries.list_overviews(statistician.actor)
    return statistics_queries.get_overview(statistician.actor, overview=line.id)


def test_the_page_shows_an_x_where_a_figure_is_hidden_and_why(statistician: Colleague, overview: Overview) -> None:
    page = statistician.get(f"/desk/figures/{overview.id}").content.decode()
    assert overview.table is not None
    assert page.count('outward-suppressed">x<') == overview.table.hidden > 0
    assert "too few organisations" in page


def test_the_chart_is_a_picture_of_the_safe_figures(statistician: Colleague, overview: Overview) -> None:
    answer = statistician.get(f"/desk/figures/{overview.id}/chart.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.decode() == overview.charts["en"]


def test_who_will_see_the_figures_shows_before_they_are_offered(statistician: Colleague, overview: Overview) -> None:
    page = statistician.get(f"/desk/figures/{overview.id}").content.decode()
    assert "everyone (public)" in page
    assert "Who will see this, and what they will not see" in page


def test_publishing_offers_the_overview_to_the_door(statistician: Colleague, overview: Overview) -> None:
    assert statistician.post(f"/desk/figures/{overview.id}/publish", {"reason": "kwartaal"}).status_code == 409
    seen = seen_in(statistician.get(f"/desk/figures/{overview.id}"))
    statistician.post(f"/desk/figures/{overview.id}/publish", {"reason": "kwartaal", "seen": seen})
    [told] = disclosure_queries.list_disclosures(statistician.actor, item=ItemKind.OVERVIEW)
    assert told.subject == overview.id
    offered = statistics_queries.get_overview(statistician.actor, overview=overview.id)
    assert offered.state in (State.OFFERED, State.PUBLISHED)


def test_sectors_taken_together_need_a_name(statistician: Colleague) -> None:
    answer = statistician.post("/desk/figures/new", ASKED | {"together": ["energy", "banking"]})
    assert answer.status_code == 422
    assert not statistics_queries.list_overviews(statistician.actor)


def test_an_analyst_reads_figures_and_compiles_none(overview: Overview) -> None:
    analyst = colleague(Role.ANALYST)
    assert analyst.get(f"/desk/figures/{overview.id}").status_code == 200
    assert analyst.get("/desk/figures/new").status_code == 404
    assert analyst.post(f"/desk/figures/{overview.id}/publish", {"reason": "x"}).status_code == 404
