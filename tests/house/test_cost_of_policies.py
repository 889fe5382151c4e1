"""What row security may cost: the session is asked once a statement, and another table for one row at a time.

`x IN (SELECT … FROM other)` is answered from a list of all of `other` that the role may see, made anew for each
statement: with 27,000 disclosures that was 100 ms to read one reader. `EXISTS (… WHERE other.id = x)` is one look.
"""

from __future__ import annotations

import re

import pytest
from tests.house.test_database import ask

pytestmark = pytest.mark.django_db

_WHOLE_LIST = re.compile(r"IN \( ?SELECT [\w.]+\s+FROM (?:public\.)?(\w+)")
_SESSION = re.compile(r"(?P<once>SELECT (?:NULLIF\()?)?(?:public\.)?\b(?:access_[a-z]+|current_setting)\(")

OWN_ROWS = {
    "disclosure_reader": {"portal", "public", "sensor"},
    "disclosure_origin": {"portal", "public"},
    "constituency_unsealing": {"desk"},
    "triage_consultation": {"portal"},
    "advice_advice": {"portal"},
    "advice_measure": {"portal"},
}
"""Tables of which a door sees what is its own, found by an index: a list of that is short."""


def policies() -> list[tuple[str, str, set[str], str]]:
    rows = ask(
        "SELECT tablename, policyname, array_to_string(roles, ' '), concat(qual, ' ', with_check) FROM pg_policies"
        " WHERE schemaname = 'public'"
    )
    return [
        (str(table), str(name), {role.removeprefix("meldpunt_") for role in str(roles).split()}, str(words))
        for table, name, roles, words in rows
    ]


def test_no_policy_lists_a_table_whole_to_show_one_row() -> None:
    whole = [
        f"{table}.{name} lists {other}"
        for table, name, roles, words in policies()
        for other in _WHOLE_LIST.findall(words)
        if not roles <= OWN_ROWS.get(other, set())
    ]
    assert not whole, "; ".join(whole)


def test_every_policy_asks_the_session_once_a_statement() -> None:
    again = [
        f"{table}.{name}"
        for table, name, _, words in policies()
        if not all(asked["once"] for asked in _SESSION.finditer(words))
    ]
    assert not again, "; ".join(again)
