"""Reading a mail without being hurt by it.

The structure is read under `email.policy.compat32` (`parsing`), which records defects where the newer policies raise,
and whose header reader takes linear time; headers are decoded here, cut first. What still cannot be read is kept whole.
The raw bytes are sealed before anything of this runs, so nothing here can lose a mail.
"""

from __future__ import annotations

import codecs
import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape
from typing import Final

from meldpunt.vocabulary.markings import TLP, most_restrictive, parse_tlp

from ..mail_values import Link
from ..values import Attached
from .markup import MOST_LINKS, read_html
from .outlook.opening import Opener, looks_like_outlook
from .parsing import message_of

_MOST_PARTS = 200
_MOST_FORWARDED = 20
_DEEPEST = 3
_MOST_RESULTS = 20
_LONGEST_HEADER = 2_000
_LONGEST_BODY = 200_000
# What the parser of the standard library is known to let escape on malformed or hostile input.
MALFORMED = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_KEPT_HEADERS = ("Message-ID", "In-Reply-To", "References", "List-Id", "Auto-Submitted")
# By which a robot, a list or a filter makes itself known; what comes of them is decided elsewhere.
_TELLING_HEADERS = (
    *(
        "auto-submitted",
        "precedence",
        "return-path",
        "x-auto-response-suppress",
        "x-spam-flag",
        "x-spam-status",
        "x-spam",
        "mailing-list",
    ),
    *("list-id", "list-post", "list-help", "list-unsubscribe", "list-owner"),
)


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What could be read of a mail. `notes` says what was seen and left in the raw message.

    `headers` is kept with the report. `telling` is what robots, lists and filters write, by names in lower case.
    `links` are those of its HTML, and of that of the mails forwarded in it. `authentication` is what servers wrote of
    its sender, from the top down, whoever wrote it.
    """

    subject: str
    sender_name: str
    sender: str
    sent_at: datetime | None
    text: str
    headers: dict[str, str]
    telling: dict[str, str]
    attachments: tuple[Attached, ...]
    notes: tuple[str, ...]
    links: tuple[Link, ...] = ()
    authentication: tuple[str, ...] = ()


def read_mail(raw: bytes) -> ReadMail | None:
    """The mail in these bytes, or None where they cannot be read as one (RFC 5322, RFC 2045 to 2049)."""
    try:
        return _read(message_of(raw), Opener())
    except MALFORMED:
        return None


def read_markup(raw: bytes) -> tuple[str, ...]:
    """The HTML parts of the mail with their tags, because there stands where a link goes.

    Also those of mails that were forwarded in it; each is cut like a body.
    """
    try:
        parts, *_ = _leaves(message_of(raw), may_open=False)
        pages = [part for part in parts if part.get_content_type() == "text/html"]
        return tuple(unescape(_text(part)[:_LONGEST_BODY]) for part in pages)
    except MALFORMED:
        return ()


def _read(message: Message, opener: Opener, *, depth: int = 0) -> ReadMail | None:
    parts, mails, notes = _leaves(message, may_open=depth < _DEEPEST)
    files = list(_attachments(parts))
    forwarded = [*map(_taken_along, mails), *(one for one in files if depth < _DEEPEST and _is_mail(one))]
    attachments = [one for one in files if one not in forwarded]
    text, links = _body(parts)
    for one in forwarded[:_MOST_FORWARDED]:
        within = _within(one.data, opener, depth=depth + 1)
        attachments += [one, *(within.attachments if within else ())]
        text = f"{text.rstrip()}\n\n{_quoted(within)}" if within else text
        links += within.links if within else ()
        notes += within.notes if within else ("forwarded-not-read",)
    if forwarded[_MOST_FORWARDED:]:
        attachments, notes = attachments + forwarded[_MOST_FORWARDED:], [*notes, "forwarded-not-opened"]
    if not message.keys() and not text.strip():
        return None
    if len(text) > _LONGEST_BODY:
        text, notes = text[:_LONGEST_BODY], [*notes, "text-cut"]
    links = tuple(dict.fromkeys(links))
    if len(links) > MOST_LINKS:
        links, notes = links[:MOST_LINKS], [*notes, "links-cut"]
    name, address = parseaddr(_header(message, "From"))
    headers = {key: value for key in _KEPT_HEADERS if (value := _header(message, key))}
    return ReadMail(
        subject=_header(message, "Subject"),
        sender_name=name,
        sender=address,
        sent_at=_sent_at(_header(message, "Date")),
        text=text,
        headers=headers,
        telling={key: _header(message, key) for key in _TELLING_HEADERS if key in message},
        attachments=tuple(attachments),
        notes=tuple(dict.fromkeys(notes)),
        links=links,
        authentication=tuple(
            _decoded(str(one)) for one in message.get_all("Authentication-Results", [])[:_MOST_RESULTS]
        ),
    )


def decoded_leaves(raw: bytes) -> list[tuple[bytes, str]]:
    """Every part that has no parts, in order: its bytes decoded, and its words where it is text.

    Of these the words and files of a report are made; `docs/mail-reading.md` compares them with another reading.
    """
    message = message_of(raw)
    parts, _, _ = _leaves(message, may_open=False)
    return [(_bytes(one), _text(one) if one.get_content_maintype() == "text" else "") for one in parts]


_TAG: Final = re.compile(
    r"TLP\s*:\s*(RED|AMBER\s*\+\s*STRICT|AMBER(?!\s*\+)|GREEN|CLEAR|WHITE)(?![A-Z])", re.IGNORECASE
)
_LONGEST_LINE = 500


def asked_in(mail: ReadMail) -> TLP | None:
    """The TLP that stands in the subject or in the first line, the strictest of several; None where there is none."""
    first = next((line for line in mail.text.splitlines() if line.strip()), "")
    found = _TAG.findall(f"{mail.subject}\n{first[:_LONGEST_LINE]}")
    return most_restrictive(*(parse_tlp("".join(one.split())) for one in found)) if found else None


def _leaves(message: Message, *, may_open: bool) -> tuple[list[Message], list[Message], list[str]]:
    """The parts without parts, in order, and the mails that were forwarded in it.

    By a list of its own, because nesting may be deeper than the stack.
    """
    waiting: list[Message] = [message]
    found: list[Message] = []
    forwarded: list[Message] = []
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop()
        inside = part.get_payload()
        if may_open and part is not message and part.get_content_type() == "message/rfc822" and part.is_multipart():
            forwarded.append(part)
        elif part.is_multipart() and isinstance(inside, list):
            waiting.extend(reversed([child for child in inside if isinstance(child, Message)]))
        else:
            found.append(part)
    return found, forwarded, ["parts-left-in-raw"] if waiting else []


def _taken_along(part: Message) -> Attached:
    """A forwarded mail as a file; empty where its bytes cannot be made again, and then they lie in the raw mail."""
    inside = part.get_payload()
    mails = [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []
    try:
        data = b"".join(one.as_bytes() for one in mails)
        # Not allowed (RFC 2046, 5.2.1), and sent all the same.
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
            data = a2b_base64(data)
    except MALFORMED:
        data = b""
    return Attached(_decoded(part.get_filename() or "forwarded.eml"), "message/rfc822", data)


def _is_mail(file: Attached) -> bool:
    is_one = file.media_type == "message/rfc822" or file.name.lower().endswith(".eml")
    return is_one or looks_like_outlook(file.data)


def _within(data: bytes, opener: Opener, *, depth: int) -> ReadMail | None:
    notes: tuple[str, ...] = ()
    if looks_like_outlook(data):
        found = opener.mail_of(data)
        if found is None:
            return None
        data, notes = found
    try:
        mail = _read(message_of(data), opener, depth=depth)
        return replace(mail, notes=(*mail.notes, *notes)) if mail else None
    except MALFORMED:
        return None


def _quoted(mail: ReadMail) -> str:
    """A forwarded mail as mail programs quote one: who reports it did not write it."""
    sender = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender
    heads = {"From": sender, "Date": mail.sent_at.isoformat() if mail.sent_at else "", "Subject": mail.subject}
    lines = [*(f"{name}: {value}" for name, value in heads.items() if value), "", *mail.text.strip().splitlines()]
    return "\n".join(["--- Doorgestuurd / Forwarded ---", *(f"> {line}".rstrip() for line in lines)])


def _body(parts: list[Message]) -> tuple[str, tuple[Link, ...]]:
    """The plain texts that are no attachment, or else the HTML without its tags; and where links of the HTML go."""
    inline = [part for part in parts if part.get_content_disposition() != "attachment"]
    # A multipart whose boundary is nowhere has its text in one piece.
    plain = [_text(part) for part in inline if part.get_content_type() == "text/plain" or _is_undivided(part)]
    pages = [read_html(_text(part)) for part in inline if part.get_content_type() == "text/html"]
    links = tuple(link for page in pages for link in page.links)
    if any(text.strip() for text in plain):
        return "\n\n".join(plain), links
    return "\n\n".join(page.words for page in pages), links


def _attachments(parts: list[Message]) -> Iterator[Attached]:
    for number, part in enumerate(parts, start=1):
        name = part.get_filename()
        is_text = part.get_content_type() in ("text/plain", "text/html") or _is_undivided(part)
        if is_text and part.get_content_disposition() != "attachment" and not name:
            continue
        data = _bytes(part)
        if data:
            yield Attached(_decoded(name or f"part-{number}"), part.get_content_type(), data)


def _is_undivided(part: Message) -> bool:
    return part.get_content_maintype() == "multipart" and not part.is_multipart()


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> str:
    data = _bytes(part)
    for charset in (part.get_content_charset() or "utf-8", "utf-8"):
        try:
            return data.decode(_known(charset))
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


_NO_CHARSETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""What Python decodes and no program writes: a text in `punycode` takes time with the square of its length."""


def _known(charset: str) -> str:
    """The charset. Raises LookupError where it is none of a mail."""
    if codecs.lookup(charset).name.replace("_", "-") in _NO_CHARSETS:
        raise LookupError(charset)
    return charset


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    """A header as people read it: encoded words of RFC 2047 decoded, on one line."""
    value = value[:_LONGEST_HEADER]
    try:
        pieces = [_piece(text, charset) for text, charset in decode_header(value)]
    except MALFORMED:
        pieces = [value]
    return " ".join("".join(pieces).split())


def _piece(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    try:
        return text.decode(_known(charset or "ascii"))
    except (LookupError, ValueError):
        return text.decode("utf-8", "replace")


def _sent_at(value: str) -> datetime | None:
    try:
        sent_at = parsedate_to_datetime(value)
        return (sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
