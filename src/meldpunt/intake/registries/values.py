"""What is asked of a registry, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which registry. `about` is the least that answers it: of a host name its registered domain."""

    url: str
    about: str

    @property
    def server(self) -> str:
        """The name of the registry's server."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the registry knows, as JSON text; empty where it knows nothing. `server` is who answered in the end."""

    server: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """A reply to read: names of RFC 9083, each with what it says. Without lines the registry knows nothing of it."""

    server: str
    about: str
    at: datetime
    lines: tuple[tuple[str, str], ...]
