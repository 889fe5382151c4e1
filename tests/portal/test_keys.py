"""An organisation brings its own key, and takes it back."""

from __future__ import annotations

import pytest
from django.test import Client
from pysequoia import Cert
from tests.constituency.keys import openpgp_key
from tests.disclosure.cast import Country, duty_officer, found_country
from tests.disclosure.posts import ADDRESS, contact_of
from tests.portal.cast import browser_of

from meldpunt.access.values import Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import KeyState

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def insider(country: Country) -> Client:
    return browser_of(country.water)


def said(country: Country, key: str) -> dict[str, str]:
    return {"contact": str(contact_of(country).contact), "key": key}


def test_who_brings_a_key_is_told_that_we_will_call(country: Country, insider: Client) -> None:
    key = str(Cert.from_bytes(openpgp_key(ADDRESS).public))
    answer = insider.post("/portal/organisation/key", said(country, key), follow=True)
    assert "We will call to compare the fingerprint" in answer.content.decode()
    assert "not verified yet" in answer.content.decode()
    assert contact_of(country).state is KeyState.UNVERIFIED


def test_a_secret_key_is_refused_and_not_shown_again(country: Country, insider: Client) -> None:
    answer = insider.post("/portal/organisation/key", said(country, openpgp_key(ADDRESS).secret.decode()))
    assert answer.status_code == 422
    assert "holds a secret key" in answer.content.decode()
    assert "PRIVATE KEY" not in answer.content.decode()


def test_an_organisation_takes_its_key_back_and_nobody_elses(country: Country, insider: Client) -> None:
    key = str(Cert.from_bytes(openpgp_key(ADDRESS).public))
    insider.post("/portal/organisation/key", said(country, key))
    address = f"/portal/organisation/keys/{contact_of(country).keys[0].id}/revoke"
    assert browser_of(country.energy).post(address, {"reason": "weg"}).status_code == 404
    assert insider.post(address, {"reason": "Laptop kwijt."}).status_code == 302
    assert contact_of(country).state is KeyState.REVOKED


def test_a_party_without_contacts_has_nothing_to_bring(country: Country) -> None:
    browser = browser_of(country.police, role=Role.PARTY)
    assert "Keys for mail" not in browser.get("/portal/organisation").content.decode()


def test_an_organisation_sees_which_machines_of_its_own_have_a_key(country: Country, insider: Client) -> None:
    page = "/portal/organisation"
    assert "Keys of your machines" not in insider.get(page).content.decode()
    officer = duty_officer()
    constituency_actions.hand_out_key(officer, organisation=country.water, name="Ticketsysteem Noord")
    shown = insider.get(page).content.decode()
    assert "Ticketsysteem Noord" in shown
    assert "reads what is told to you" in shown
    assert "Ticketsysteem" not in browser_of(country.energy).get(page).content.decode()
