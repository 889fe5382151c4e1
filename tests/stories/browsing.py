"""A browser without script or screen, for many reporters at once: it keeps cookies, sends forms and parts of files."""

from __future__ import annotations

import http.client
import re
import urllib.parse
from dataclasses import dataclass, field
from typing import Final

_PATIENCE: Final = 20.0
LOST: Final = (OSError, http.client.HTTPException)
"""What happens to who is talking to a server that is killed."""


@dataclass(frozen=True)
class Said:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Visitor:
    """Somebody at the public door of a house on loopback."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, verb: str, path: str, body: bytes = b"", **headers: str) -> Said:
        """One request on a line of its own. Raises one of `LOST`."""
        line = http.client.HTTPConnection(urllib.parse.urlsplit(self.address).netloc, timeout=_PATIENCE)
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(verb, path, body, {"Origin": self.address, **said})
            answer = line.getresponse()
            page = answer.read().decode()
            for one in answer.headers.get_all("Set-Cookie", []):
                name, _, rest = one.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return Said(answer.status, {name.lower(): value for name, value in answer.getheaders()}, page)
        finally:
            line.close()

    def see(self, path: str) -> str:
        """A page, and the token of the form on it."""
        page = self.ask("GET", path).body
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        self.token = found[1] if found else self.token
        return page

    def send(self, path: str, **fields: str) -> Said:
        """A form."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        return self.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded")
