"""`meldpunt admit EMAIL --name NAME [--role administrator …] [--organisation CODE]`: somebody may come in.

Made for the first administrator, who lets in everybody else at the desk. Prints the first password, this once.
"""

from __future__ import annotations

import argparse
import secrets
import sys

import django

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import JOB, Role


def run(arguments: list[str]) -> int:
    """Make one account, as the platform itself; 1 with one line of reason where that is refused."""
    parser = argparse.ArgumentParser(prog="meldpunt admit")
    parser.add_argument("email")
    parser.add_argument("--name", required=True)
    parser.add_argument("--role", action="append", choices=[role.value for role in Role])
    parser.add_argument("--organisation", default="", metavar="CODE")
    given = parser.parse_args(arguments)
    django.setup()
    password = secrets.token_urlsafe(15)
    try:
        _admit(given, roles=given.role or [Role.ADMINISTRATOR.value], password=password)
    except (RuleBroken, LookupError) as refusal:
        print(f"meldpunt admit: {refusal}", file=sys.stderr)
        return 1
    print(f"{given.email} may come in with: {password}")
    return 0


def _admit(given: argparse.Namespace, *, roles: list[str], password: str) -> None:
    from meldpunt.constituency import actions, queries  # noqa: PLC0415 - Django must be set up first

    organisation = queries.find_by_code(JOB, code=given.organisation) if given.organisation else None
    if given.organisation and organisation is None:
        raise LookupError(f"no organisation has the code {given.organisation}")
    actions.admit_person(
        JOB,
        email=given.email,
        name=given.name,
        roles=[Role(role) for role in roles],
        password=password,
        organisation=organisation,
    )
