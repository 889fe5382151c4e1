"""From `.msg` to the mail it was, as far as the file still has it. Runs in a process that may hold little.

The head is what travelled, where Outlook kept it; what was never sent has only what stands in its fields. Beside the
words as text stand those as HTML, because there is where a link goes.
"""

from __future__ import annotations

import io
import re
import resource
import struct
import sys
from base64 import encodebytes
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.header import Header
from email.message import Message
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from typing import Final

from olefile import OleFileIO

from .compressed_rtf import decompress
from .properties import BINARY, STORAGE, Contents, Properties
from .rtf import codec_of, read_rtf

MEMORY: Final = 1024**3
SECONDS: Final = 20
_MOST_BYTES: Final = 100_000_000
_MOST_ENTRIES: Final = 100_000
_MOST_FILES: Final = 200
_MOST_PEOPLE: Final = 100
_LONGEST_RTF: Final = 5_000_000
_LONGEST_HEAD: Final = 100_000
_DEEPEST: Final = 3
# Bytes before the properties of a message, of one within another, and of an attachment or recipient (2.4.1).
_OUTERMOST, _WITHIN, _OF_A_PART = 32, 24, 8

_CLASS, _SUBJECT, _HEAD_AS_IT_CAME = 0x001A, 0x0037, 0x007D
_SENT, _DELIVERED = 0x0039, 0x0E06
_NAMES, _ADDRESSES = (0x0C1A, 0x0042), (0x5D01, 0x0C1F, 0x5D02, 0x0065)
_TEXT, _HTML, _RTF, _PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_IDS: Final = {"Message-ID": 0x1035, "In-Reply-To": 0x1042, "References": 0x1039}
_PERSON, _PERSON_SMTP, _PERSON_ADDRESS, _PERSON_KIND = 0x3001, 0x39FE, 0x3003, 0x0C15
_DATA, _FILE_NAME, _FILE_NAME_SHORT, _FILE_TYPE, _FILE_TITLE = 0x3701, 0x3707, 0x3704, 0x370E, 0x3001
_TO, _CC = 1, 2
_SIGNED: Final = "ipm.note.smime.multipartsigned"
_HEADER_NAME: Final = re.compile(r"[!-9;-~]{1,100}\Z")
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9.+-]{0,80}/[a-z0-9][a-z0-9.+-]{0,80}\Z")
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, struct.error)


def convert(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The mail in RFC 5322, and notes of what was left in the file. Raises one of `_UNREADABLE` where it holds none."""
    with OleFileIO(io.BytesIO(data)) as file:
        if sum(one is not None for one in file.direntries) > _MOST_ENTRIES:
            raise ValueError("more entries than a mail has")
        outermost = Properties(Contents(file, most=_MOST_BYTES), (), head=_OUTERMOST)
        if not outermost.is_message:
            raise ValueError("no message")
        notes: list[str] = []
        mail = _mail(outermost, notes, depth=0)
        return mail.as_bytes(policy=policy.compat32), tuple(dict.fromkeys(notes))


def _mail(said: Properties, notes: list[str], *, depth: int) -> Message:
    mail = _headed(said)
    mail["MIME-Version"] = "1.0"
    mail["Content-Type"] = "multipart/mixed"
    text, html, charset = _words(said, notes)
    words = [_leaf("text/plain", text.encode("utf-8", "replace"), charset="utf-8")] if text.strip() else []
    if html:
        words.append(_leaf("text/html", html, charset=charset))
    body = Message()
    body["Content-Type"] = "multipart/alternative"
    for part in words:
        body.attach(part)
    for part in [*([body] if words else []), *_files(said, notes, depth=depth)]:
        mail.attach(part)
    return mail


def _headed(said: Properties) -> Message:
    mail = Message(policy=policy.compat32)
    came = HeaderParser(policy=policy.compat32).parsestr(said.text(_HEAD_AS_IT_CAME)[:_LONGEST_HEAD].lstrip())
    for name, value in came.items():
        if _HEADER_NAME.match(name) and not name.lower().startswith(("content-", "mime-")):
            mail[name] = _header(str(value))
    made = {"Subject": said.text(_SUBJECT), "From": _sender(said)}
    made |= {name: said.text(one) for name, one in _IDS.items()} | _recipients(said)
    sent_at = said.time(_SENT, _DELIVERED)
    made["Date"] = format_datetime(sent_at) if sent_at else ""
    for name, value in made.items():
        if value and name not in mail:
            mail[name] = value if name in ("From", "To", "Cc") else _header(value)
    return mail


def _header(value: str) -> str:
    line = " ".join(value.split())
    return line if line.isascii() and line.isprintable() else Header(line, "utf-8").encode(linesep="\n")


def _sender(said: Properties) -> str:
    addresses = [said.text(one) for one in _ADDRESSES]
    return _person(said.text(*_NAMES), next((one for one in addresses if "@" in one), ""))


def _person(name: str, address: str) -> str:
    # One in the directory of Exchange has no address that anybody else could write to.
    plain = "".join(address.split()) if address.isascii() and "@" in address else ""
    return formataddr((" ".join(name.split()), plain)) if name or plain else ""


def _recipients(said: Properties) -> dict[str, str]:
    found: dict[str, list[str]] = {"To": [], "Cc": []}
    for path in said.storages("__recip_version1.0_#")[:_MOST_PEOPLE]:
        person = Properties(said.contents, path, head=_OF_A_PART, codec=said.codec)
        kind = {_TO: "To", _CC: "Cc"}.get(person.number(_PERSON_KIND) or 0)
        if kind:
            found[kind].append(_person(person.text(_PERSON), person.text(_PERSON_SMTP, _PERSON_ADDRESS)))
    return {kind: ", ".join(filter(None, people)) for kind, people in found.items()}


def _words(said: Properties, notes: list[str]) -> tuple[str, bytes, str]:
    """The words, the same as HTML, and how the bytes of that are to be read."""
    text, html = said.text(_TEXT), said.bytes_of(_HTML)
    charset = codec_of(said.number(_PAGE) or 0) if said.number(_PAGE) else said.codec
    if not html:
        html, charset = said.text(_HTML).encode("utf-8", "replace"), "utf-8"
    packed = b"" if html else said.bytes_of(_RTF)
    if packed:
        try:
            found, is_html = read_rtf(decompress(packed, most=_LONGEST_RTF))
        except ValueError:
            notes.append("outlook-words-not-read")
            return text, b"", "utf-8"
        html = found.encode("utf-8", "replace") if is_html else b""
        text = text if is_html or text.strip() else found
    return text, html, charset


def _files(said: Properties, notes: list[str], *, depth: int) -> Iterator[Message]:
    storages = said.storages("__attach_version1.0_#")
    if len(storages) > _MOST_FILES:
        notes.append("outlook-part-left")
    for path in storages[:_MOST_FILES]:
        file = Properties(said.contents, path, head=_OF_A_PART, codec=said.codec)
        found = _file(said, file, notes, depth=depth)
        if found is None:
            notes.append("outlook-part-left")
        else:
            yield found


def _file(said: Properties, file: Properties, notes: list[str], *, depth: int) -> Message | None:
    """An attachment; None for what is no file and no mail, such as an object of Office, or lies too deep."""
    name = " ".join(file.text(_FILE_NAME, _FILE_NAME_SHORT, _FILE_TITLE).split())[:300]
    within = Properties(said.contents, (*file.path, f"__substg1.0_{_DATA:04X}{STORAGE:04X}"), head=_WITHIN)
    if within.is_message:
        if depth >= _DEEPEST:
            return None
        part = Message()
        part["Content-Type"] = "message/rfc822"
        part.attach(_mail(within, notes, depth=depth + 1))
        name = f"{name.removesuffix('.msg') or 'message'}.eml"
    elif f"__substg1.0_{_DATA:04X}{BINARY:04X}" in said.contents.names(file.path):
        # What was signed whole lies in it as it travelled: head, parts and signature.
        is_signed = said.text(_CLASS).lower() == _SIGNED
        part = _leaf("application/octet-stream" if is_signed else _media_type(file), file.bytes_of(_DATA))
        name = "signed.eml" if is_signed else name or "attachment"
    else:
        return None
    part.add_header("Content-Disposition", "attachment", filename=name if name.isascii() else ("utf-8", "", name))
    return part


def _media_type(file: Properties) -> str:
    said = file.text(_FILE_TYPE).strip().lower()
    is_one = _MEDIA_TYPE.match(said) and not said.startswith(("multipart/", "message/"))
    return said if is_one else "application/octet-stream"


def _leaf(media_type: str, data: bytes, *, charset: str = "") -> Message:
    part = Message()
    part["Content-Type"] = media_type
    if charset:
        part.set_param("charset", charset)
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(encodebytes(data).decode("ascii"))
    return part


def _answer() -> int:
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        # Whoever started us may hold less already, and nobody may raise that.
        _, allowed = resource.getrlimit(what)
        kept = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (kept, kept))
    with suppress(*_UNREADABLE, MemoryError):
        mail, notes = convert(sys.stdin.buffer.read())
        sys.stdout.buffer.write(" ".join(notes).encode() + b"\n" + mail)
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(_answer())
