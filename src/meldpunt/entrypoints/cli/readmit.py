"""`meldpunt readmit EMAIL`: somebody begins anew, where nobody at the desk can give it: the last administrator.

Asks `MELDPUNT_OWNER_URL`, the database as `meldpunt_owner`, beside the connection of the jobs: no other password
does it. Prints the code, this once; its owner types it at the door within a day.
"""

from __future__ import annotations

import argparse
import os
import sys

import django
import psycopg

from meldpunt.access.errors import NotFound
from meldpunt.access.values import JOB


def run(arguments: list[str]) -> int:
    """Give one new start, as the operator of the machine; 1 with one line of reason where that is not possible."""
    parser = argparse.ArgumentParser(prog="meldpunt readmit")
    parser.add_argument("email")
    email = parser.parse_args(arguments).email
    url = os.environ.get("MELDPUNT_OWNER_URL", "")
    if not url:
        print("meldpunt readmit: set MELDPUNT_OWNER_URL to the database as meldpunt_owner", file=sys.stderr)
        return 1
    django.setup()
    try:
        code = _give(url, email)
    except NotFound as refusal:
        print(f"meldpunt readmit: {refusal}", file=sys.stderr)
        return 1
    except psycopg.errors.InsufficientPrivilege:
        print("meldpunt readmit: MELDPUNT_OWNER_URL is not of meldpunt_owner", file=sys.stderr)
        return 1
    print(f"{email} begins anew within a day, with: {code}")
    return 0


def _give(url: str, email: str) -> str:
    from meldpunt.constituency import actions  # noqa: PLC0415 - Django must be set up first

    # The owner's transaction commits last: nothing is given without its entry in the ledger.
    with psycopg.connect(url) as owner:
        return actions.give_new_start(JOB, owner=owner, email=email)
