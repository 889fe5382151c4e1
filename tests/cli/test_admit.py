"""The first administrator comes in by a command; whoever sits at the machine could do worse."""

from __future__ import annotations

import pytest

from meldpunt.access import queries as access_queries
from meldpunt.access.values import JOB, Role
from meldpunt.entrypoints.cli import admit

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_let_in_and_the_password_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert admit.run(["bram@meldpunt.example", "--name", "Bram"]) == 0
    [account] = access_queries.list_accounts(JOB)
    assert account.roles == (Role.ADMINISTRATOR,)
    assert "bram@meldpunt.example may come in with: " in capsys.readouterr().out


def test_a_contact_without_an_organisation_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert admit.run(["n@bank.example", "--name", "N", "--role", "constituent"]) == 1
    assert admit.run(["n@bank.example", "--name", "N", "--role", "constituent", "--organisation", "X-1"]) == 1
    assert capsys.readouterr().err.count("\n") == 2
    assert access_queries.list_accounts(JOB) == ()
