"""Plays the story and what comes after it into the database of the environment, lets the jobs run, prints what came."""

from __future__ import annotations

import json
import secrets
import sys
import time

import django
from tests.cast.post import open_office, send_and_bounce

OFFICE = open_office()
django.setup()

from tests.cast import encore, letters  # noqa: E402

from meldpunt.access.values import JOB  # noqa: E402
from meldpunt.alarms.values import Process  # noqa: E402
from meldpunt.entrypoints.cli.story.steps.all import play_all  # noqa: E402
from meldpunt.entrypoints.cli.story.world import World  # noqa: E402
from meldpunt.entrypoints.jobs import watching  # noqa: E402
from meldpunt.intake import actions as intake_actions  # noqa: E402
from meldpunt.ledger import actions as ledger_actions  # noqa: E402
from meldpunt.ledger.keys import SigningKey, Use  # noqa: E402
from meldpunt.ledger.notes import cosignature_line, read_note  # noqa: E402


def main() -> None:
    """One line of JSON; nothing else is printed."""
    world = play_all(lambda _line: None)
    encore.play(world)
    letters.play(world)
    intake_actions.attribute_reports(JOB)
    intake_actions.acknowledge_reports(JOB)
    send_and_bounce(world, OFFICE)
    watching.watch(Process.WORKER)
    _witness(ledger_actions.sign_checkpoint(JOB).note)
    sys.stdout.write(json.dumps(_made(world)))


def _witness(note: str) -> None:
    key = SigningKey("witness.example/ledger", secrets.token_bytes(32), Use.COSIGNATURE)
    text, _ = read_note(note)
    cosigned = note + cosignature_line(text, key, at=int(time.time()))
    ledger_actions.add_cosignature(JOB, note=cosigned, witness=str(key.verifier))


def _made(world: World) -> dict[str, dict[str, object]]:
    return {
        "receipts": {
            name: {"report": str(one.report), "reference": one.reference, "code": one.code}
            for name, one in world.receipts.items()
        },
        "codes": dict(world.codes),
        "ids": {name: str(one) for name, one in world.ids.items()},
        "organisations": {name: str(one) for name, one in world.cast.organisations.items()},
        "actors": {name: str(one.id) for name, one in world.cast.actors.items()},
    }


main()
