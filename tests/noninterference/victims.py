"""Who the victim is: the company, and the seat in the register at which it sits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import psycopg
from tests.noninterference.companies import COMPANIES, Company
from tests.noninterference.country import Country

FIRST, OTHER = "grutto", "reiger"


@dataclass(frozen=True)
class Victim:
    """`seat` names the organisation of the register whose id, code, log-in and products the company has."""

    company: Company
    seat: str


def _company(cast: str) -> Company:
    [found] = [one for one in COMPANIES if one.cast == cast]
    return found


ONE: Final = Victim(_company(FIRST), FIRST)
ANOTHER: Final = Victim(_company(OTHER), OTHER)
"""Another organisation, with another id and code: for whoever stands outside and learns of neither."""
BEHIND_THE_SAME_CODE: Final = Victim(replace(_company(OTHER), product=_company(FIRST).product), FIRST)
"""The same code with another identity behind it: for the desk, which works with codes. Products go with the code."""


def change_places(connection: psycopg.Connection, country: Country) -> None:
    """Everything that says who somebody is changes places between the two seats; ids, codes and log-ins stay."""
    first, other = country.organisations[FIRST], country.organisations[OTHER]
    both = {"first": first, "other": other}
    connection.execute(_IDENTITIES, both)
    for table in ("contact", "key", "network", "domain", "asn"):
        connection.execute(_OWNED.format(table=table), both)
    accounts = {"first": country.accounts[f"{FIRST}-security"], "other": country.accounts[f"{OTHER}-security"]}
    connection.execute("UPDATE access_account SET email = 'x' || email WHERE id IN (%(first)s, %(other)s)", accounts)
    connection.execute(_PEOPLE, accounts)


_IDENTITIES: Final = """
UPDATE constituency_identity mine SET name = theirs.name, aliases = theirs.aliases, place = theirs.place
FROM constituency_identity theirs
WHERE (mine.organisation_id, theirs.organisation_id) IN ((%(first)s, %(other)s), (%(other)s, %(first)s))
"""
_OWNED: Final = """
UPDATE constituency_{table}
SET organisation_id = CASE organisation_id WHEN %(first)s THEN %(other)s::uuid ELSE %(first)s::uuid END
WHERE organisation_id IN (%(first)s, %(other)s)
"""
_PEOPLE: Final = """
UPDATE access_account mine SET name = theirs.name, email = substr(theirs.email, 2)
FROM access_account theirs WHERE (mine.id, theirs.id) IN ((%(first)s, %(other)s), (%(other)s, %(first)s))
"""
