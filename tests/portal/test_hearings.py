"""An organisation is asked, before data that concerns it is released, what it thinks of that."""

from __future__ import annotations

import pytest
from tests.openness import cast
from tests.portal.cast import browser_of

from meldpunt.openness import queries as openness_queries
from meldpunt.openness.values import Hearing, RequestReceipt, Stance

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


@pytest.fixture
def receipt(country: cast.Country) -> RequestReceipt:
    asked = cast.ask()
    cast.withhold_all(cast.select(country, asked))
    return asked


@pytest.fixture
def hearing(country: cast.Country, receipt: RequestReceipt) -> Hearing:
    return cast.hear(country, receipt)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_page_leads_to_what_would_be_released(country: cast.Country, hearing: Hearing, language: str) -> None:
    browser = browser_of(country.water, language=language)
    link = f"/portal/hearings/{hearing.id}"
    assert link in browser.get("/portal/").content.decode()
    page = browser.get(link).content.decode()
    assert "toegang op afstand" in page
    assert cast.PERSON not in page


def test_a_view_is_given_once_and_read_at_the_desk(
    country: cast.Country, receipt: RequestReceipt, hearing: Hearing
) -> None:
    browser = browser_of(country.water)
    link = f"/portal/hearings/{hearing.id}/view"
    said = {"stance": "against", "text": "Niet over de pompen."}
    assert browser.post(link, said).status_code == 302
    assert "Niet over de pompen." in browser.get(f"/portal/hearings/{hearing.id}").content.decode()
    assert browser.post(link, said).status_code == 409
    (heard,) = openness_queries.list_hearings(cast.officer(), request=receipt.request)
    assert heard.view is not None
    assert heard.view.stance is Stance.AGAINST


@pytest.mark.parametrize("wrong", [{"stance": "against", "text": " "}, {"stance": "", "text": "Nee."}])
def test_an_objection_without_words_is_marked(country: cast.Country, hearing: Hearing, wrong: dict[str, str]) -> None:
    browser = browser_of(country.water)
    assert browser.post(f"/portal/hearings/{hearing.id}/view", wrong).status_code == 422
