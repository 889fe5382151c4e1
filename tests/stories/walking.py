"""Somebody with a browser of their own, who finds things on a page by what they are called."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, Request, Response, expect
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse

from meldpunt.entrypoints.cli.story.cast import Player, players
from meldpunt.entrypoints.cli.story.people import code_now

PATIENCE_MS = 20_000
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Walker:
    """`context` is the browser with its cookies, `page` the one tab. What must never happen is in `wrong`."""

    house: RunningHouse
    context: BrowserContext
    page: Page
    looked: Looked
    runs_scripts: bool = True
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str, *, status: int = 200) -> None:
        """Type an address."""
        answered = self.try_to_go(path)
        assert answered == status, f"{path} answered {answered}"

    def try_to_go(self, path: str) -> int:
        """Type an address; the status of the answer."""
        answer = self.page.goto(self.house.address + path)
        assert answer is not None
        self.look()
        return answer.status

    def press(self, name: str, *, among: Locator | None = None, status: int = 200) -> None:
        """Press the button with this name, and see what comes."""
        self.follow((among or self.page).get_by_role("button", name=name, exact=True), status=status)

    def click(self, name: str, *, among: Locator | None = None) -> None:
        """Follow the link with this name."""
        self.follow((among or self.page).get_by_role("link", name=name, exact=True))

    def follow(self, leading: Locator, *, status: int = 200) -> None:
        """Press something that leads to a page."""
        with self.arriving(status=status):
            leading.click()

    @contextmanager
    def arriving(self, *, status: int = 200) -> Iterator[None]:
        """What is done inside leads to a page, which answers with this status."""
        with self.page.expect_navigation(timeout=PATIENCE_MS) as arrival:
            yield
        answer = arrival.value
        assert answer is not None
        assert answer.status == status, f"{answer.url} answered {answer.status}: {self.words()[:600]}"
        self.look()

    def part(self, name: str) -> Locator:
        """A part of the page by its heading."""
        return self.page.get_by_role("region", name=name, exact=True)

    def unfold(self, part: Locator, summary: str) -> Locator:
        """Open what is folded away under these words, and give back what is in it."""
        folded = part.locator("details").filter(has=self.page.locator("summary", has_text=summary)).first
        if folded.get_attribute("open") is None:
            folded.locator("summary").click()
        return folded

    def download(self, leading: Locator) -> bytes:
        """Save what a link hands out."""
        with self.page.expect_download(timeout=PATIENCE_MS) as handed:
            leading.click()
        return Path(handed.value.path()).read_bytes()

    def words(self) -> str:
        """Everything that can be read on the page."""
        return self.page.locator("main").inner_text()

    def reads(self, *words: str) -> None:
        """The page says so."""
        said = self.words()
        missing = [one for one in words if one.casefold() not in said.casefold()]
        assert not missing, f"{self.page.url} does not say {missing}, but:\n{said[:3000]}"

    def look(self) -> None:
        """Let axe look, and stop where something happened that never may."""
        expect(self.page.locator("h1")).to_have_count(1, timeout=PATIENCE_MS)
        if self.runs_scripts:  # axe is one
            self.looked.look(self.page)
        assert not self.wrong, self.wrong

    def path(self) -> str:
        """Where they are."""
        return self.page.url.removeprefix(self.house.address)

    def log_in(self, cast: str) -> Player:
        """As a person of the cast, at the desk with the code of the authenticator app."""
        player = next(one for one in players() if one.cast == cast)
        self.go("/portal/account/login/" if player.organisation else "/desk/account/login/")
        self.page.locator("[name=login]").fill(player.mail)
        self.page.locator("[name=password]").fill(player.password)
        self.follow(self.page.locator("main form button"))
        while "/account/code" in self.page.url:
            code = code_now(player.totp_secret)
            self.page.locator("[name=code]").fill(code)
            self.follow(self.page.locator("main form button"))
            if "/account/code" in self.page.url:
                _wait_for_another(code, player)
        assert "/account/" not in self.page.url, self.words()
        return player

    def come_in(self, cast: str) -> None:
        """Log in by the same forms without looking at them, where logging in is not what is shown."""
        player = next(one for one in players() if one.cast == cast)
        account = "/portal/account" if player.organisation else "/desk/account"
        place = self._send(f"{account}/login/", login=player.mail, password=player.password)
        while "/account/code" in place:
            code = code_now(player.totp_secret)
            place = self._send(f"{account}/code/", code=code)
            if "/account/code" in place:
                _wait_for_another(code, player)
        assert "/account/" not in place, place

    def _send(self, path: str, **fields: str) -> str:
        token = _TOKEN.search(self.context.request.get(path).text())
        assert token is not None, path
        answer = self.context.request.post(path, form={"csrfmiddlewaretoken": token[1], **fields})
        return answer.url

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()
        assert not self.wrong, self.wrong


def _wait_for_another(code: str, player: Player) -> None:
    """It ended on the way, or opened something before: the next one is not refused, and who insists is shut out."""
    while code == code_now(player.totp_secret):
        time.sleep(0.2)


def enter(
    house: RunningHouse, browser: Browser, looked: Looked, *, language: str = "en-GB", script: bool = True
) -> Walker:
    """Open a browser for somebody who reads this language; without `script` pages run none."""
    context = browser.new_context(locale=language, java_script_enabled=script, base_url=house.address)
    context.set_default_timeout(PATIENCE_MS)
    walker = Walker(house, context, context.new_page(), looked, script)
    walker.page.on("response", lambda answer: _watch_answer(walker, answer))
    walker.page.on("request", lambda asked: _watch_request(walker, asked))
    walker.page.on("dialog", lambda dialog: _watch_dialog(walker, dialog))
    walker.page.on("pageerror", lambda error: walker.wrong.append(f"script failed: {error}"))
    walker.page.on("console", lambda said: _watch_console(walker, said.type, said.text))
    return walker


def _watch_answer(walker: Walker, answer: Response) -> None:
    if answer.status >= 500:
        walker.wrong.append(f"{answer.request.method} {answer.url} answered {answer.status}")


def _watch_request(walker: Walker, asked: Request) -> None:
    if not asked.url.startswith((walker.house.address, "data:", "blob:")):
        walker.wrong.append(f"asked another host: {asked.url}")


def _watch_dialog(walker: Walker, dialog: Dialog) -> None:
    walker.wrong.append(f"a dialog opened: {dialog.message}")
    dialog.dismiss()


def _watch_console(walker: Walker, kind: str, text: str) -> None:
    if kind == "error" and "Content Security Policy" in text:
        walker.wrong.append(text)
