"""The HTML of a mail, read and never shown: its words, and where its links go.

A reader sees the words of a link and not where it goes, which is how phishing works.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qs, urljoin, urlsplit

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_endpoint, parse_url
from meldpunt.engines.matching.observables import lift_observables
from meldpunt.engines.matching.values import ObservableKind

from ..mail_values import Link

MOST_LINKS: Final = 100
_LONGEST = 200_000
_LONGEST_LINK: Final = 2_000
_LONGEST_SHOWN: Final = 200
_OPENED: Final = frozenset({"http", "https", "ftp", "mailto", "javascript", "data"})
FORM: Final = "<form>"
"""What stands for the words of a form, which has none: what is filled in goes there."""


@dataclass(frozen=True)
class Markup:
    """What a reader sees of a page, and its links in order, each once."""

    words: str
    links: tuple[Link, ...] = ()


@dataclass
class _Open:
    """A link whose words are being read."""

    href: str
    shown: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects what a reader would see, and where it leads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0
        self.base = ""
        self.open: _Open | None = None
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "tr", "li"):
            self.found.append("\n")
        said = {name: value or "" for name, value in attrs}
        if tag == "base":
            self.base = self.base or said.get("href", "")
        elif tag == "a":
            self.close_link()
            self.open = _Open(said["href"]) if said.get("href") else None
        elif tag == "area" and said.get("href"):
            self.links.append((said["href"], said.get("alt", "")))
        elif tag == "form" and said.get("action"):
            self.links.append((said["action"], FORM))
        elif tag == "img" and self.open:
            self.open.shown.append(said.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))
        if tag == "a":
            self.close_link()

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        self.found.append(data)
        if self.open:
            self.open.shown.append(data)

    def close_link(self) -> None:
        """The link that is open ends here."""
        if self.open:
            self.links.append((self.open.href, "".join(self.open.shown)))
        self.open = None


def _without_open_comments(html: str) -> str:
    """The HTML without the start of comments that nothing ends.

    The parser of the standard library looks for the end of each anew: 200 kB of `<!--` took it half a minute.
    """
    closed = html.rfind("-->") + 1
    return html[:closed] + html[closed:].replace("<!--", "")


def _without_open_tags(html: str) -> str:
    """The HTML with the start of tags that nothing ends as text: for each the parser read on to the end of the page."""
    ended = html.rfind(">") + 1
    return html[:ended] + html[ended:].replace("<", "&lt;")


def read_html(html: str) -> Markup:
    """The words of an HTML text without tags, scripts and styles, and its links; the text where it cannot be read."""
    reader = _Reader()
    try:
        reader.feed(_without_open_tags(_without_open_comments(html[:_LONGEST])))
        reader.close()
    except AssertionError:  # the standard library's word for a declaration it does not understand
        return Markup(html)
    reader.close_link()
    lines = (" ".join(line.split()) for line in "".join(reader.found).splitlines())
    return Markup("\n".join(line for line in lines if line), _links(reader))


def _links(reader: _Reader) -> tuple[Link, ...]:
    found: dict[Link, None] = {}
    for href, shown in reader.links:
        if len(found) > MOST_LINKS:
            break
        link = _link(reader.base, href, " ".join(shown.split())[:_LONGEST_SHOWN])
        if link:
            found[link] = None
    return tuple(found)


def _link(base: str, href: str, shown: str) -> Link | None:
    """None for what leads nowhere else: within the page, to a picture that came along, to the telephone."""
    whole = "".join(href.split())
    try:
        whole = unwrapped(urljoin(base, whole) if base else whole)
        scheme = urlsplit(whole).scheme.lower()
    except ValueError:
        return Link(whole[:_LONGEST_LINK], shown, is_misleading=bool(_hosts_named(shown)))
    if scheme not in _OPENED:
        return None
    return Link(whole[:_LONGEST_LINK], shown, is_misleading=is_misleading(whole, shown))


def unwrapped(href: str) -> str:
    """Where a link goes that a mail filter put its own address before: Safe Links of Microsoft, URL Defense 3."""
    parts = urlsplit(href)
    host = (parts.hostname or "").lower()
    if host.endswith(".safelinks.protection.outlook.com"):
        return next(iter(parse_qs(parts.query).get("url", [])), href)
    if host == "urldefense.com" and parts.path.startswith("/v3/__"):
        inside, ended, _ = href.partition("/v3/__")[2].rpartition("__;")
        return inside if ended and "://" in inside else href
    return href


def is_misleading(href: str, shown: str) -> bool:
    """Do the words name an address that is not where it goes?

    A name and what stands below it are one: of `bank.example` its `www.` and `login.` are no other.
    """
    named = _hosts_named(shown)
    goes_to = _host_of(href)
    return bool(named) and not any(_is_below(goes_to, one) or _is_below(one, goes_to) for one in named)


def _is_below(name: str, other: str) -> bool:
    return bool(name) and bool(other) and (name == other or name.endswith(f".{other}"))


def _hosts_named(shown: str) -> list[str]:
    named = (ObservableKind.DOMAIN, ObservableKind.URL, ObservableKind.MAIL, ObservableKind.ADDRESS)
    return [host for one in lift_observables(shown) if one.kind in named and (host := _host_of(one.value))]


def _host_of(place: str) -> str:
    """The host of an address of a page or of mail, or of a name alone; nothing where there is none."""
    try:
        if "://" in place:
            return str(parse_url(place).host)
        return str(parse_endpoint(place.removeprefix("mailto:").partition("?")[0].rpartition("@")[2]))
    except Unreadable:
        return ""
