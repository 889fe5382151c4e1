"""The week as it is played through pages: who plays, what was acknowledged, and that no kill loses any of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from playwright.sync_api import Browser
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

from meldpunt.entrypoints.cli.story.cast import machines


@dataclass(frozen=True)
class Kept:
    """Something that was acknowledged: who may read it, where, and in which words."""

    who: str
    path: str
    words: str


@dataclass
class Week:
    """One house and everybody who walks in it. `found` holds what later steps need: paths, codes, texts."""

    house: RunningHouse
    browser: Browser
    looked: Looked = field(default_factory=Looked)
    walkers: dict[str, Walker] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)

    def walker(self, who: str) -> Walker:
        """Somebody of the cast, logged in since they first came; or `stranger`, who never does."""
        if who not in self.walkers:
            self.walkers[who] = enter(self.house, self.browser, self.looked)
            if who != "stranger":
                self.walkers[who].log_in(who)
        return self.walkers[who]

    def keep(self, who: str, *words: str, path: str | None = None) -> None:
        """From now on this is acknowledged: the page says so after every kill."""
        walker = self.walker(who)
        self.kept += [Kept(who, path or walker.path(), one) for one in words]
        if path is None:
            walker.reads(*words)

    def kill(self) -> None:
        """kill -9, start again, and look whether everything is still there for the same log-ins."""
        self.house.kill()
        self.house.start()
        bodies: dict[tuple[str, str], str] = {}
        for one in self.kept:
            place = (one.who, one.path)
            if place not in bodies:
                answer = self.walker(one.who).context.request.get(one.path, headers={"Accept-Language": "en"})
                assert answer.status == 200, f"after the kill {one} answered {answer.status}"
                bodies[place] = answer.text()
            assert one.words in bodies[place], f"lost in the kill: {one}"

    def jobs(self) -> None:
        """The background work that is due."""
        done = self.house.run("jobs", "--once")
        assert done.returncode == 0, done.stderr.decode()

    def receive(self, *arguments: str, piped: bytes) -> str:
        """Hand something to `meldpunt receive`; the reference it prints."""
        done = self.house.run("receive", *arguments, piped=piped)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def call(self, machine: str, path: str, message: object = None) -> tuple[int, dict[str, object]]:
        """The API, as a machine of the cast with its key; with a message it is a POST."""
        key = next(one.key for one in machines() if one.cast == machine)
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        body = None if message is None else json.dumps(message).encode()
        asked = urllib.request.Request(f"{self.house.address}/api/v1/{path}", data=body, headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def end(self) -> None:
        """Everybody closes their browser."""
        for walker in self.walkers.values():
            walker.leave()
