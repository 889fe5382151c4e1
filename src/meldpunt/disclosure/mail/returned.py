"""A mail that came back: what it says it could not do, and to whom (RFC 3464, and what servers write instead).

Read like any mail from outside, which may be made to hurt: headers and text are cut, nothing is searched twice over.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from typing import Final

from ..values import Outcome, Returned

_MOST_PARTS: Final = 60
_LONGEST: Final = 60_000
_SAID: Final = 300
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&*+/?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# Where the text of a notice ends and the mail that came back begins.
_ORIGINAL: Final = re.compile(
    r"^[ \t>*-]*(?:original (?:message|mail)|-* ?this is a copy of|-* ?below this line is a copy|-+ ?return|"
    r"-+ ?original|received: |-+ ?forwarded|-+ ?message (?:header|text)|-+ ?unsent message|your message reads|"
    r"-+ ?unmodified|-+ ?start of returned|message headers? follow)",
    re.IGNORECASE | re.MULTILINE,
)
_WAITING: Final = re.compile(
    r"delayed|will (?:keep|continue|be retried|try again)|still (?:trying|being)|not yet been delivered|"
    r"not been delivered (?:yet|for|after)|"
    r"warning|no action is required",
    re.IGNORECASE,
)
_FOR_GOOD: Final = re.compile(r"giving up|given up|permanent|no further|returned to|attempts?\(s\)", re.IGNORECASE)
_GAVE_UP: Final = re.compile(
    r"undeliver|deliver|fail|unknown|no such|does ?n[o']t exist|rejected|not recogni|not found|unable to|did not reach|"
    r"not accepting|disabled|returned|error|invalid|full|refused|aborted|not known",
    re.IGNORECASE,
)
_PLAINLY: Final = re.compile(r"could not be delivered|undeliverable|delivery (?:has )?failed", re.IGNORECASE)
_FROM_SERVER: Final = re.compile(
    r"mailer-?daemon|postmaster|mail delivery|mail administrator|system administrator", re.IGNORECASE
)
_SUBJECT: Final = re.compile(
    r"undeliver|deliver\w* (?:fail|problem|status)|returned mail|failure notice|delayed|mail failure", re.IGNORECASE
)
_SERVERS: Final = ("postmaster@", "mailer-daemon@")


def read_return(raw: bytes, *, is_addressed: bool = True) -> Returned:
    """What a mail says of failure; nothing where it is no mail that came back.

    `is_addressed`: to the address that only a mail of ours comes back to. What comes to another may be of a person, who
    writes that mail fails: it has to be from a server by its headers, whatever its words.
    """
    message = email.message_from_bytes(raw[: _LONGEST * 4], policy=email.policy.compat32)
    if not is_addressed and not _is_of_a_server(message):
        return Returned()
    parts = list(_parts(message))
    reported = _reported(parts)
    if reported is not None:
        return reported
    text = _notice(parts)
    if not _is_from_server(message) and not _PLAINLY.search(text):
        return Returned()
    failed = {one.lower() for one in _ADDRESS.findall(str(message.get("X-Failed-Recipients", ""))[:2000])}
    found = frozenset(failed or _named(text, besides=_own(message)))
    status, said = _status(text), " ".join(text.split())[:_SAID]
    waits = bool(_WAITING.search(text)) and not _FOR_GOOD.search(text) and not status.startswith("5")
    if waits and not failed:
        return Returned(Outcome.DELAYED, temporary=found, status=status, said=said)
    if failed or _GAVE_UP.search(text):
        return Returned(Outcome.FAILED, permanent=found, status=status, said=said)
    return Returned()


def _reported(parts: list[Message]) -> Returned | None:
    """What a delivery status notification says, where the mail is one (RFC 3464, 2.3)."""
    failed: set[str] = set()
    delayed: set[str] = set()
    status, said, is_one = "", "", False
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            # As we wrote it, where the server kept that; a server on the way may have written it on (RFC 3464, 2.3.1).
            named = (str(block.get(name, ""))[:500] for name in ("Original-Recipient", "Final-Recipient"))
            addresses = next(
                ({one.lower() for one in found} for said_of in named if (found := _ADDRESS.findall(said_of))), set()
            )
            action = str(block.get("Action", "")).strip().lower()[:20]
            is_one = is_one or bool(action)
            if action == "failed":
                failed |= addresses
            elif action == "delayed":
                delayed |= addresses
            if action in ("failed", "delayed"):
                status = _status(str(block.get("Status", ""))) or status
                said = " ".join(str(block.get("Diagnostic-Code", "")).split())[:_SAID] or said
    if not is_one:
        return None
    outcome = Outcome.FAILED if failed else Outcome.DELAYED if delayed else Outcome.NONE
    return Returned(outcome, frozenset(delayed - failed), frozenset(failed), status, said)


def _blocks(part: Message) -> Iterator[Message]:
    inside = part.get_payload()
    if isinstance(inside, list):
        yield from (block for block in inside[:_MOST_PARTS] if isinstance(block, Message))
    elif isinstance(inside, str):
        for text in re.split(r"\n[ \t]*\n", inside[:_LONGEST])[:_MOST_PARTS]:
            yield email.message_from_string(text.strip(), policy=email.policy.compat32)


def _parts(message: Message) -> Iterator[Message]:
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        inside = part.get_payload()
        if part.get_content_type() not in ("message/rfc822", "message/delivery-status") and isinstance(inside, list):
            waiting.extend(child for child in inside if isinstance(child, Message))


def _notice(parts: list[Message]) -> str:
    """What the server wrote itself, up to the mail that came back."""
    plain = [part for part in parts if part.get_content_type() == "text/plain" or _is_undivided(part)]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    text = "\n".join(_text(part) for part in plain or pages)[:_LONGEST]
    cut = _ORIGINAL.search(text, 20)
    return text[: cut.start()] if cut else text


def _is_undivided(part: Message) -> bool:
    return part.get_content_maintype() == "multipart" and not part.is_multipart()


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    return data.decode("latin-1")[:_LONGEST] if isinstance(data, bytes) else ""


def _named(text: str, *, besides: frozenset[str]) -> set[str]:
    """The addresses in a notice; those after `To:` tell whom the mail was for only where nothing else does."""
    lines = text.splitlines()
    quoted = [line for line in lines if line.lstrip().lower().startswith(("to:", "from:", "cc:"))]
    for said in ([line for line in lines if line not in quoted], quoted):
        found = {one.lower().rstrip(".") for one in _ADDRESS.findall("\n".join(said))} - besides
        found = {one for one in found if not one.startswith(_SERVERS)}
        if found:
            return found
    return set()


def _own(message: Message) -> frozenset[str]:
    """Addresses of who wrote the notice and of whom it was written to: those did not fail."""
    headers = ("From", "To", "Reply-To", "Return-Path", "Sender", "Errors-To", "Delivered-To")
    said = " ".join(str(value)[:500] for name in headers for value in message.get_all(name, [])[:3])
    return frozenset(one.lower() for one in _ADDRESS.findall(said))


def _is_from_server(message: Message) -> bool:
    return _is_of_a_server(message) or bool(_SUBJECT.search(str(message.get("Subject", ""))[:300]))


def _is_of_a_server(message: Message) -> bool:
    """By its type or who sends it (RFC 3464; RFC 5321, 4.5.5); words of a subject say nothing."""
    said = " ".join(str(message.get(name, ""))[:300] for name in ("From", "Return-Path", "Sender"))
    is_from_nobody = str(message.get("Return-Path", "")).strip() == "<>"
    is_report = message.get_content_type() == "multipart/report"
    return is_report or is_from_nobody or bool(_FROM_SERVER.search(said))


def _status(text: str) -> str:
    found = _STATUS.search(text)
    return found.group(1) if found else ""
