"""`meldpunt story` plays the same week in the terminal, and `docs/the-life-of-a-report.md` tells it as it runs."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.stories.running import CHECKOUT

from meldpunt.entrypoints.cli.story.steps.all import STEPS

PAGE = CHECKOUT / "docs" / "the-life-of-a-report.md"
IN_THE_LEDGER = "In the ledger:"
VERDICTS = (
    "ledger proof: position",
    "could not be read and is kept whole",
    "NCISS 67.8 (Severe); may society be disrupted? likely",
    "same incident?",
    "Politie, Team High Tech Crime: refused",
    "This is refused: on",
    "Politie, Team High Tech Crime: delivered",
    "escalation refused",
    "after a second person: delivered",
    "observer known to the desk: None",
    "traces of the withheld words: 0",
    "attacker's check passed: True",
    "proofs verify offline: True",
    "the whole ledger verifies: True",
    "with one byte changed: False",
)


def kinds_told(told: str) -> dict[str, list[str]]:
    """The kinds of ledger entries by the title of the step that made them."""
    kinds: dict[str, list[str]] = {}
    for title, body in re.findall(r"^(\d\. .+)\n((?:  .*\n)*)", told, re.MULTILINE):
        line = re.search(r"^  ledger: (.+)$", body, re.MULTILINE)
        kinds[title] = sorted(one.split(" +")[0] for one in line[1].split(", ")) if line else []
    return kinds


def kinds_written(text: str) -> dict[str, list[str]]:
    """The same, as the page has it."""
    kinds = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        line = next(one for one in lines if one.startswith(IN_THE_LEDGER))
        kinds[lines[0]] = re.findall(r"`([^`]+)`", line)
    return kinds


def test_the_story_plays_all_nine_steps_in_the_terminal(told: str) -> None:
    titles = [f"{step.number}. {step.title.en}" for step in STEPS]
    assert len(titles) == 9
    assert [line for line in told.splitlines() if line in titles] == titles


def test_the_terminal_tells_the_verdicts_that_matter(told: str) -> None:
    assert [verdict for verdict in VERDICTS if verdict not in told] == []


def test_the_life_of_a_report_is_written_as_it_runs(told: str) -> None:
    happened = {title: kinds for title, kinds in kinds_told(told).items() if not title.startswith("0.")}
    if os.environ.get("MELDPUNT_UPDATE") == "1":
        renew(PAGE, happened)
    assert kinds_written(PAGE.read_text(encoding="utf-8")) == happened, "renew the page with MELDPUNT_UPDATE=1"


def renew(page: Path, told: dict[str, list[str]]) -> None:
    """Write the steps and their entries anew; our own sentences under a step stay as they are."""
    parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    ours = {part.splitlines()[0]: sentences_of(part) for part in parts[1:]}
    steps = [f"## {title}\n\n{ours.get(title, '')}\n\n{line_of(kinds)}\n" for title, kinds in told.items()]
    page.write_text(parts[0] + "\n".join(steps), encoding="utf-8")


def line_of(kinds: list[str]) -> str:
    """What a step left in the ledger."""
    return f"{IN_THE_LEDGER} {', '.join(f'`{kind}`' for kind in kinds) or 'nothing.'}"


def sentences_of(part: str) -> str:
    """What stands between the heading and the line that is written by the machine."""
    return part.partition("\n")[2].partition(IN_THE_LEDGER)[0].strip()
