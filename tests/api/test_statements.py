"""No list of the API asks more of the database because it is longer."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.disclosure.cast import found_country
from tests.web.statements import assert_asks_no_more

from . import cast

pytestmark = pytest.mark.django_db


def test_the_disclosures_of_an_organisation() -> None:
    country = found_country()
    browser = Client(headers={"X-API-Key": cast.reader_key(country.water)})
    cast.tell(country.water)
    assert_asks_no_more(browser, "/api/v1/disclosures", lambda: [cast.tell(country.water) for _ in range(3)])
