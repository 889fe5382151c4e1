"""Handing a mail to a server. What it answers is the truth: sent is what it said 250 to, and nothing else."""

from __future__ import annotations

import smtplib
from contextlib import closing, suppress
from typing import Final

from ..rules.posting import takes_smtp
from ..values import Reply
from .office import SECONDS, Security, Server

_LONGEST_REPLY: Final = 500
NO_ANSWER: Final = 0


def hand_over(server: Server, raw: bytes, *, sender: str, recipient: str) -> Reply:
    """What the server said to this mail. Code 0 where it was not reached, or went away in the middle.

    A server that refuses us (TLS, password) says nothing about this mail: that is no answer either.
    """
    if not takes_smtp(recipient):
        return Reply(553, "the address is not written in ASCII, and no server was asked for SMTPUTF8")
    try:
        with closing(_connected(server)) as smtp:
            _introduce(smtp, server)
            reply = _transaction(smtp, raw, sender=sender, recipient=recipient)
            # Whatever it says to our goodbye, its answer to the mail stands.
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            return reply
    except (smtplib.SMTPException, OSError) as problem:
        return Reply(NO_ANSWER, _cut(str(problem)))


def _connected(server: Server) -> smtplib.SMTP:
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=server.trust())
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _introduce(smtp: smtplib.SMTP, server: Server) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        # Raises where the server offers none: in the open nothing goes over a network, not even a closed mail.
        smtp.starttls(context=server.trust())
        smtp.ehlo()
    if server.user:
        smtp.login(server.user, server.password)


def _transaction(smtp: smtplib.SMTP, raw: bytes, *, sender: str, recipient: str) -> Reply:
    for code, text in (smtp.mail(sender), smtp.rcpt(recipient)):
        if code not in (250, 251):
            return Reply(code, _cut(text.decode("utf-8", "replace")))
    try:
        code, text = smtp.data(raw)
    except smtplib.SMTPDataError as refused:
        code, text = refused.smtp_code, refused.smtp_error if isinstance(refused.smtp_error, bytes) else b""
    return Reply(code, _cut(text.decode("utf-8", "replace")))


def _cut(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_REPLY]
