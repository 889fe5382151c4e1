"""Senders that do not stop: what they are answered is counted, and what waits is not sent again here."""

from __future__ import annotations

import smtplib
import threading
from collections import Counter
from contextlib import suppress
from http.client import HTTPException
from typing import Final

from .reporters import REFERENCE, Browser, mail_of

_NOISY: Final = "storm@elders.example"
_OTHERS: Final = 250
NOISY_ADDRESS: Final = "127.254.254.1"


class StormOfMail:
    """Half of the mails are of one sender; `references` of what was taken, and how many were told to wait."""

    def __init__(self, port: int, recipient: str) -> None:
        self.references: list[str] = []
        self.told_to_wait = 0
        self._port, self._recipient = port, recipient
        self._of_this_thread = threading.local()

    def hand_over(self, number: int) -> None:
        """Hand one over by LMTP, over a connection that is kept."""
        sender = _NOISY if number % 2 else f"melder{number // 2 % _OTHERS}@melder.example"
        raw = mail_of(f"storm-{number}", sender=sender, subject=f"Storing bij de pomp {number}")
        line = self._line()
        if line.mail(sender)[0] != 250:
            self.told_to_wait += 1
            line.rset()
            return
        line.rcpt(self._recipient)
        status, said = line.data(raw)
        if status == 250:
            self.references.extend(REFERENCE.findall(said.decode()))

    def _line(self) -> smtplib.LMTP:
        line: smtplib.LMTP | None = getattr(self._of_this_thread, "line", None)
        if line is None:
            line = self._of_this_thread.line = smtplib.LMTP("127.0.0.1", self._port, timeout=120)
            line.ehlo("post.example")
        return line


def hammer(host: str, answered: Counter[int], over: threading.Event) -> None:
    """Send form after form from one network, whatever the answer."""
    while not over.wait(0.25):
        browser = Browser(host, NOISY_ADDRESS)
        with suppress(OSError, HTTPException):
            status, _, _ = browser.send_form("/report", {"title": "Nog een keer", "kind": "voluntary"})
            answered[status] += 1
