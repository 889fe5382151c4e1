"""How people reach this CSIRT, as its installation says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


CONTACT = {"name": "Sectormeldpunt", "phone": "+31 30 111 2222", "mail": "dag@sectormeldpunt.example"}


@override_settings(CSIRT_CONTACT=CONTACT)
def test_the_site_shows_the_contact_of_its_installation(client: Client) -> None:
    home = client.get("/").content.decode()
    assert 'href="tel:+31301112222"' in home
    assert "+31 30 111 2222" in home
    told = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:dag@sectormeldpunt.example\nContact: tel:+31301112222\n" in told


def test_what_the_environment_says_is_what_the_settings_hold(tmp_path: Path) -> None:
    said = {"MELDPUNT_CSIRT": "Sectormeldpunt", "MELDPUNT_CSIRT_PHONE": "+31 30 111 2222"}
    asked = "from meldpunt.entrypoints.settings import house; print(house.MELDPUNT_CSIRT, house.CSIRT_CONTACT)"
    env = {**os.environ, **said, "MELDPUNT_DATA": str(tmp_path)}
    found = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True)
    mail = "meld@meldpunt.example"
    contact = {"name": "Sectormeldpunt", "phone": "+31 30 111 2222", "mail": mail, "address": "", "data_protection": ""}
    assert found.stdout == f"Sectormeldpunt {contact}\n"
