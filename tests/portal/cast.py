"""People who are logged in at the portal."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from meldpunt.access.values import JOB, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions

PASSWORD = "a phrase of some length"


def browser_of(organisation: OrganisationId | None, *, role: Role = Role.CONSTITUENT, language: str = "en") -> Client:
    """Somebody new who speaks for this organisation, logged in."""
    email = f"{uuid4().hex}@people.example"
    constituency_actions.admit_person(
        JOB, email=email, name="Iemand", roles=[role], password=PASSWORD, organisation=organisation
    )
    browser = Client()
    browser.post("/portal/account/login/", {"login": email, "password": PASSWORD})
    browser.post("/portal/language/", {"language": language, "next": "/portal/"})
    return browser


def fields(**given: object) -> dict[str, object]:
    """A report as somebody in a hurry fills it in; `given` is filled in as well."""
    return {"what": "incident", "title": "De pompen staan stil", **given}
