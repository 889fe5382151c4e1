"""Keys for mail: the water company has good ones, the bank lets its own run out and nobody brings a new one."""

from __future__ import annotations

import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from pysequoia import Tsk

from meldpunt.access.values import Actor
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Reachable

from .world import World

HOW = "Teruggebeld op het nummer uit het register; de zilverreiger las de vingerafdruk voor."
_GOOD = timedelta(days=700)
# Long enough to bring and verify it, and over before the bank is warned.
_SHORT = timedelta(seconds=12)
_SECRETS = "keys-of-the-story"


def play(world: World) -> None:
    """Bring and verify the keys, before anything is told to anybody."""
    officer = world.actor("duty-officer")
    for name, lasts in (("water", _GOOD), ("bank", _SHORT)):
        for contact in constituency_queries.list_reachable(officer, organisation=world.organisation(name)):
            _bring(officer, contact, lasts=lasts)


def wait_until_run_out(world: World) -> None:
    """Until the keys of the bank are over; mostly they are already."""
    contacts = constituency_queries.list_reachable(world.actor("duty-officer"), organisation=world.organisation("bank"))
    for key in (key for contact in contacts for key in contact.keys):
        if key.valid_until is not None:
            time.sleep(max(0.0, (key.valid_until - timezone.now()).total_seconds()))


def _bring(officer: Actor, contact: Reachable, *, lasts: timedelta) -> None:
    made = Tsk.generate(user_id=f"{contact.name} <{contact.mail}>", validity_seconds=None)
    public = made.extract_certificate().set_expiration(timezone.now() + lasts, made.certifier())
    key = constituency_actions.bring_key(officer, contact=contact.contact, raw=bytes(public))
    constituency_actions.verify_key(officer, key=key, fingerprint=public.fingerprint, how=HOW)
    if settings.DEMO:
        # So that whoever looks at the demo can open what was sent to these invented people.
        folder = settings.DATA / _SECRETS
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / f"{contact.mail}.asc").write_text(str(made))
