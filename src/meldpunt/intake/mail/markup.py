"""The HTML of a mail, read and never shown."""

from __future__ import annotations

from html.parser import HTMLParser

_LONGEST = 200_000


class _Words(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "tr", "li"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


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


def without_tags(html: str) -> str:
    """The words of an HTML text without tags, scripts and styles; as it stands where it cannot be read."""
    words = _Words()
    try:
        words.feed(_without_open_tags(_without_open_comments(html[:_LONGEST])))
        words.close()
    except AssertionError:  # the standard library's word for a declaration it does not understand
        return html
    lines = (" ".join(line.split()) for line in "".join(words.found).splitlines())
    return "\n".join(line for line in lines if line)
