"""Where nobody at the desk can give a new start, who operates the machine does: by the password of the owner alone."""

from __future__ import annotations

from uuid import uuid4

import pytest

from meldpunt.access import actions
from meldpunt.access.values import JOB, Role
from meldpunt.entrypoints.cli import readmit
from meldpunt.entrypoints.postgres import launcher


def test_the_last_administrator_begins_anew(
    own_database: str,
    postgres_server: launcher.Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    email = f"{uuid4().hex}@people.example"
    actions.create_account(JOB, email=email, name="Bram", roles=[Role.ADMINISTRATOR], password="een zin van lengte")
    assert readmit.run([email]) == 1
    for role in ("meldpunt_jobs", "meldpunt_desk"):
        monkeypatch.setenv("MELDPUNT_OWNER_URL", postgres_server.dsn(role, own_database))
        assert readmit.run([email]) == 1
    monkeypatch.setenv("MELDPUNT_OWNER_URL", postgres_server.dsn("meldpunt_owner", own_database))
    assert readmit.run(["niemand@people.example"]) == 1
    assert capsys.readouterr().err.count("\n") == 4
    assert readmit.run([email]) == 0
    assert capsys.readouterr().out.startswith(f"{email} begins anew within a day, with: ")
