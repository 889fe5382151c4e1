"""The pages on which the desk sees to mail: deliveries that need somebody, and keys."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings
from tests.constituency.keys import openpgp_key
from tests.desk_outward.cast import Colleague, colleague
from tests.disclosure.cast import Country, found_country
from tests.disclosure.posts import ADDRESS, bring, contact_of, tell, with_key
from tests.disclosure.servers import settings_for

from meldpunt.access.values import Role
from meldpunt.constituency.values import KeyState

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return found_country()


def page(browser: Colleague, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_queue_says_that_deliveries_need_somebody(country: Country, settings: Settings) -> None:
    settings.MAIL = settings_for("smtp://127.0.0.1:1")
    browser = colleague(Role.ANALYST)
    assert "needs somebody" not in page(browser, "/desk/")
    tell(country)
    assert "1 delivery needs somebody" in page(browser, "/desk/")
    alarms = page(browser, "/desk/deliveries")
    assert "no key on file" in alarms
    assert ADDRESS not in alarms
    assert "zuiderwiel" not in alarms.lower()


def test_somebody_says_what_was_done_and_the_list_is_empty(country: Country, settings: Settings) -> None:
    settings.MAIL = settings_for("smtp://127.0.0.1:1")
    tell(country)
    browser = colleague(Role.ANALYST)
    address = page(browser, "/desk/deliveries").partition('action="/desk/deliveries/')[2].partition('"')[0]
    assert browser.post(f"/desk/deliveries/{address}", {"note": ""}).status_code == 422
    assert browser.post(f"/desk/deliveries/{address}", {"note": "Gebeld."}).status_code == 302
    assert "0 deliveries" in page(browser, "/desk/deliveries")
    assert browser.post(f"/desk/deliveries/{address}", {"note": "Nog eens."}).status_code == 404


def test_the_page_says_that_keys_serve_nothing_without_a_server(country: Country) -> None:
    with_key(country)
    assert "1 contact has a key and gets no mail." in page(colleague(Role.ANALYST), "/desk/deliveries")


def test_an_alarm_is_said_in_dutch_as_well(country: Country, settings: Settings) -> None:
    settings.MAIL = settings_for("smtp://127.0.0.1:1")
    tell(country)
    assert "geen sleutel bekend" in page(colleague(Role.ANALYST, language="nl"), "/desk/deliveries")


def test_who_keeps_the_register_brings_verifies_and_revokes_a_key(country: Country) -> None:
    browser, owned = colleague(Role.DUTY_OFFICER), openpgp_key(ADDRESS)
    place, contact = f"/desk/organisations/{country.water}", contact_of(country).contact
    armoured = armour(owned.public)
    assert browser.post(f"{place}/contacts/{contact}/key", {"key": armoured}).status_code == 302
    assert "1" in page(browser, "/desk/keys")
    (key,) = contact_of(country).keys
    wrong = browser.post(f"{place}/keys/{key.id}/verify", {"fingerprint": key.fingerprint[:39], "how": "gebeld"})
    assert wrong.status_code == 422
    assert "is not the fingerprint of the key on file" in wrong.content.decode()
    said = {"fingerprint": " ".join(key.fingerprint.upper()), "how": "Teruggebeld."}
    assert browser.post(f"{place}/keys/{key.id}/verify", said).status_code == 302
    assert contact_of(country).state is KeyState.USABLE
    assert "can be used" in page(browser, f"{place}/keys")
    assert browser.post(f"{place}/keys/{key.id}/revoke", {"reason": "kwijt"}).status_code == 302
    assert contact_of(country).state is KeyState.REVOKED


def test_a_key_that_is_refused_is_refused_on_the_page_in_words(country: Country) -> None:
    browser = colleague(Role.DUTY_OFFICER)
    address = f"/desk/organisations/{country.water}/contacts/{contact_of(country).contact}/key"
    for key, words in (
        ("onzin", "no OpenPGP key and no S/MIME certificate"),
        (openpgp_key(ADDRESS).secret.decode(), "holds a secret key"),
        (armour(openpgp_key("x@elders.example").public), "names another address"),
    ):
        answer = browser.post(address, {"key": key})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "PRIVATE KEY" not in answer.content.decode()


def armour(public: bytes) -> str:
    from pysequoia import Cert

    return str(Cert.from_bytes(public))


@pytest.mark.parametrize("role", [Role.ANALYST, Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_nobody_else_sees_keys(country: Country, role: Role) -> None:
    bring(country, openpgp_key(ADDRESS))
    browser = colleague(role)
    page(browser, "/desk/keys", 404)
    page(browser, f"/desk/organisations/{country.water}/keys", 404)


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_who_does_not_oversee_what_was_told_sees_no_alarm(role: Role) -> None:
    page(colleague(role), "/desk/deliveries", 404)
