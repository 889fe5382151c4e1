"""`meldpunt lines`: lay every line of the queue anew, with the alarming words of now. Connect as `meldpunt_owner`.

The desk works on meanwhile. `meldpunt migrate` says when the list of alarming words changed, and this is asked for.
"""

from __future__ import annotations

import argparse
import os
import sys

import django
import psycopg

from meldpunt.triage import laying


def run(arguments: list[str]) -> int:
    """Lay them; 1 with one line of reason where that is not possible."""
    argparse.ArgumentParser(prog="meldpunt lines").parse_args(arguments)
    url = os.environ.get("MELDPUNT_DATABASE_URL", "")
    if not url:
        print("meldpunt lines: set MELDPUNT_DATABASE_URL to the database as meldpunt_owner", file=sys.stderr)
        return 1
    django.setup()
    try:
        with psycopg.connect(url, autocommit=True) as owner:
            print(f"{laying.lay_lines(owner):,} lines of the queue were laid anew.")
    except psycopg.errors.InsufficientPrivilege:
        print("meldpunt lines: MELDPUNT_DATABASE_URL is not of meldpunt_owner", file=sys.stderr)
        return 1
    return 0
