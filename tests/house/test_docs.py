"""What the docs name is there, and the pages that a public project owes its readers say what they have to."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from meldpunt.entrypoints.cli.main import VERBS

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "meldpunt"
TESTS = CHECKOUT / "tests"
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?")
# The page about access and the life of a report are written by tests of their own.
WRITTEN = {"docs/who-may-see-what.md", "docs/the-life-of-a-report.md"}
DECISIONS = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))


def pages() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return [CHECKOUT / name for name in listed.stdout.split() if name not in WRITTEN]


def quoted() -> Iterator[tuple[Path, str]]:
    """Everything between backquotes on one line, with the page it stands on."""
    for page in pages():
        for words in re.findall(r"`([^`\n]+)`", page.read_text()):
            yield page, words


def test_every_file_that_the_docs_name_is_there() -> None:
    named = [(page, words) for page, words in quoted() if PATH.fullmatch(words)]
    places = (CHECKOUT, SOURCE, SOURCE / "entrypoints")
    lost = [
        f"{page.relative_to(CHECKOUT)}: {words}"
        for page, words in named
        if not any((place / words).exists() for place in (*places, page.parent))
    ]
    assert len(named) > 20
    assert lost == []


def test_every_command_that_the_docs_name_is_there() -> None:
    commands = {words.split()[1] for _, words in quoted() if re.match(r"meldpunt [a-z]", words)}
    assert commands
    assert commands <= VERBS.keys()


def test_every_setting_that_the_docs_name_is_read() -> None:
    code = "".join(path.read_text() for path in [CHECKOUT / "dev", *SOURCE.rglob("*.py"), *TESTS.rglob("*.py")])
    named = {name for page in pages() for name in re.findall(r"\bMELDPUNT_[A-Z_]+", page.read_text())}
    assert {name for name in named if name not in code} == set()


@pytest.mark.parametrize("record", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_rejected_and_why(record: Path) -> None:
    text = record.read_text()
    title = text.splitlines()[0].removeprefix("# ")
    assert [word for word in ("Decision", "Rejected", "Why", "Price") if f"**{word}.**" not in text] == []
    assert record.stem[5:].split("-")[0] == title.split()[0].lower()


def test_the_card_for_catalogues_holds_what_publiccode_asks() -> None:
    keys = set(re.findall(r"^(\w+):", (CHECKOUT / "publiccode.yml").read_text(), re.MULTILINE))
    asked = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"}
    assert keys >= asked | {"legal", "maintenance", "localisation"}


def test_the_card_for_catalogues_is_of_this_version() -> None:
    card = (CHECKOUT / "publiccode.yml").read_text()
    version = re.search(r'^version = "([^"]+)"', (CHECKOUT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert f'softwareVersion: "{version[1]}"' in card
    assert f"## {version[1]}" in (CHECKOUT / "CHANGELOG.md").read_text()
