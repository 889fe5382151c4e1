"""Machines with a key, for tests of the API."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from tests.detection import cast as detection_cast
from tests.disclosure import cast as disclosure_cast

from meldpunt.access.actions import create_machine_key
from meldpunt.access.values import JOB, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Disclosure, ItemKind, State, Unshown
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.vocabulary.markings import TLP

ITEM = {"title": "Storing bij een gemeente", "sector": "municipalities", "awareAt": "2026-11-20T09:30:00+01:00"}


def forwarder_key() -> str:
    """The key of another national system."""
    return create_machine_key(JOB, name="Meldsysteem", role=Role.FORWARDER)


def sensor_key(country: detection_cast.Country) -> str:
    """The key of a sensor of the first participant of the detection network."""
    return create_machine_key(JOB, name="Sensor", role=Role.SENSOR, organisation=country.participants[0])


def reader_key(organisation: UUID) -> str:
    """The key of a machine that fetches what this organisation is told, as the desk hands it out."""
    return constituency_actions.hand_out_key(JOB, organisation=OrganisationId(organisation), name="Ticketsysteem")


def post(client: Client, path: str, body: object, *, key: str, **headers: str) -> HttpResponse:
    """A JSON body posted with a key; bytes go as they are."""
    data = body if isinstance(body, bytes) else json.dumps(body)
    sent = {"Authorization": f"Bearer {key}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/api/v1{path}", data, content_type="application/json", headers=sent)


def get(client: Client, path: str, *, key: str) -> HttpResponse:
    """Fetched with a key in the other header."""
    return client.get(f"/api/v1{path}", headers={"X-API-Key": key})


FILE = Attachment("regels.txt", "text/plain", b"alert tcp any any\n", DataKind.ADVICE)
SAID = "Zet de koppeling uit tot wij bellen."


def tell(*organisations: UUID, person: UUID | None = None, tlp: TLP = TLP.AMBER_STRICT) -> Disclosure:
    """Advice with a file, told at once: to these organisations, or to one person alone."""
    audience = (Audience(AudienceKind.PERSON, person),) if person else disclosure_cast.to(*organisations)
    draft = disclosure_cast.draft_for(
        audience,
        disclosure_cast.told(DataKind.ADVICE, SAID),
        purpose=Purpose.ADVISE,
        conditions=frozenset({Condition.RECIPIENT_TASK}),
        attachments=(FILE,),
        item=ItemKind.LETTER,
        title="Over uw koppeling",
        tlp=tlp,
    )
    found = disclosure_actions.disclose(
        disclosure_cast.analyst(), draft=draft, reason="Dit moet men weten.", seen=Unshown.IN_A_PROGRAM
    )
    assert found.state is State.DELIVERED, found.verdict.explanation
    return found
