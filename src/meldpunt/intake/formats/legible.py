"""The text in a file that came along, as far as a few limits go. Nothing of it is run, fetched or shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..mail.outlook.opening import Opener, looks_like_outlook
from ..mail.reading import read_mail, read_markup
from .apart import Apart

MOST_BYTES: Final = 5_000_000
MOST_CHARACTERS: Final = 500_000
_DEEPEST_MAIL: Final = 3
_OUTLOOK_SECONDS: Final = 3.0
_TEXT_TYPES: Final = frozenset({"text/plain", "text/html", "application/rtf"})
_MARKS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def legible_text(name: str, media_type: str, data: bytes, *, apart: Apart) -> str | None:
    """The text of a PDF, a document of Office or OpenDocument, a mail with what is attached to it, or a file of text
    such as CSV and JSON; None of others.

    A mail may be one that Outlook saved. `media_type` is what the bytes look like. Five megabytes of a file are read
    at most, two hundred pages, and half a million characters, as long as `apart` has time.
    """
    if len(data) > MOST_BYTES:
        return None
    found, length = [], 0
    for piece in _pieces(name, media_type, data, apart, depth=0):
        found.append(piece[: MOST_CHARACTERS - length])
        length += len(piece)
        if length >= MOST_CHARACTERS or not apart.may_go_on():
            break
    return "\n".join(found) if found else None


def _pieces(name: str, media_type: str, data: bytes, apart: Apart, *, depth: int) -> Iterator[str]:
    if data.startswith((b"%PDF-", b"PK\x03\x04")):
        yield from apart.pieces_of(data)
    elif name.lower().endswith(".eml") or media_type == "message/rfc822":
        yield from _mail(data, apart, depth=depth)
    elif looks_like_outlook(data):
        found = Opener(_OUTLOOK_SECONDS).mail_of(data)
        yield from _mail(found[0], apart, depth=depth) if found else ()
    elif media_type in _TEXT_TYPES or data.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_text(data):
        yield _decoded(data)


def _mail(data: bytes, apart: Apart, *, depth: int) -> Iterator[str]:
    mail = read_mail(data)
    if mail is None:
        return
    yield "\n".join((mail.subject, mail.sender, mail.text, *read_markup(data)))
    for one in mail.attachments if depth < _DEEPEST_MAIL else ():
        if apart.may_go_on():
            yield from _pieces(one.name, one.media_type, one.data, apart, depth=depth + 1)


def _is_text(data: bytes) -> bool:
    """No bytes that a text never has. What is no UTF-8 is read as Windows wrote it."""
    return bool(data) and not any(byte < 0x20 and byte not in b"\t\n\r\f" for byte in data[:4096])


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
