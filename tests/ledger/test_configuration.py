"""The ledger says under which law, permissions and settings the house runs, and what changed when they did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from tests.ledger.cast import analyst

import meldpunt
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB
from meldpunt.entrypoints.settings import house
from meldpunt.ledger import actions, queries
from meldpunt.ledger.configuration import CONFIGURATION, SETTINGS, changes_between, parts_of
from meldpunt.ledger.values import Kind

NOTHING = SimpleNamespace()


def test_every_data_file_of_the_law_is_named() -> None:
    folder = Path(meldpunt.__file__).parent / "law" / "data"
    assert set(parts_of(NOTHING)["law"]) == {str(path.relative_to(folder)) for path in folder.rglob("*.toml")}


def test_what_is_the_same_is_no_change() -> None:
    assert changes_between(parts_of(NOTHING), parts_of(NOTHING)) == {}


def test_what_changed_is_named() -> None:
    before = {"law": {"a": "1", "b": "2"}, "access": {"analyst": ["x", "y"]}, "settings": {"DEMO": "1"}}
    after = {"law": {"a": "3", "c": "4"}, "access": {"analyst": ["x", "z"]}, "settings": {"DEMO": "1"}}
    found = changes_between(before, after)
    assert {part: one["changed"] for part, one in found.items()} == {  # type: ignore[index, call-overload]
        "law": ["a", "-b", "+c"],
        "access": ["analyst +z", "analyst -y"],
    }
    assert all(one["before"] != one["after"] for one in found.values())  # type: ignore[index, call-overload]


def test_no_secret_is_among_the_settings() -> None:
    telling = {name for name in SETTINGS if "KEY" in name or "DATABASE" in name or "SECRET" in name}
    # Where keys lie and for how long one holds: a place and a number, and of each only a digest is kept.
    assert telling == {"EVIDENCE_KEYS", "MACHINE_KEY_DAYS"}


def test_every_setting_that_is_named_is_one_that_the_house_makes() -> None:
    assert {name for name in SETTINGS if not hasattr(house, name)} == set()


def test_digests_need_no_settings_and_no_database() -> None:
    source = str(Path(meldpunt.__file__).parents[1])
    program = "import sys, meldpunt.ledger.configuration as c; c.parts_of(None); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": source}, check=False).returncode == 0


@pytest.mark.django_db
def test_it_is_said_once_and_again_when_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    actions.record_configuration(JOB)
    assert actions.record_configuration(JOB) is None
    monkeypatch.setattr(settings, "ISAC_FEWEST_AUTHORS", settings.ISAC_FEWEST_AUTHORS + 1)
    entry = actions.record_configuration(JOB)
    assert entry is not None
    told = queries.get_entry(JOB, entry=entry)
    assert (told.kind, told.subject) == (Kind.CONFIGURED, CONFIGURATION)
    changes = told.details["changes"]
    assert isinstance(changes, dict)
    assert {part: one["changed"] for part, one in changes.items()} == {"settings": ["ISAC_FEWEST_AUTHORS"]}


@pytest.mark.django_db
def test_an_analyst_says_nothing_of_it() -> None:
    with pytest.raises(PermissionMissing):
        actions.record_configuration(analyst())
