"""The mail of the story: a server that takes all but the bank's, and one mail that comes back."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from meldpunt.entrypoints.cli.story.world import World


@dataclass
class Office:
    """Takes mail, says later to the bank, and remembers where each mail comes back to."""

    taken: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 (a hook of aiosmtpd)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "korenbeurs" in address:
            return "451 4.2.1 pimpelmeesrij bij bank-de-korenbeurs.example"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 taken"


def open_office() -> Office:
    """A server on loopback that ends with the process, and the settings that send by it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    office = Office()
    Controller(office, hostname="127.0.0.1", port=port).start()
    os.environ.update(
        MELDPUNT_SMTP_URL=f"smtp://127.0.0.1:{port}",
        MELDPUNT_MAIL_FROM="csirt@meldpunt.example",
        MELDPUNT_BOUNCE_DOMAIN="terug.meldpunt.example",
    )
    return office


def send_and_bounce(world: World, office: Office) -> None:
    """Send what waits; the first to the water company comes back, and a word is said about one to the municipality."""
    from meldpunt.access.values import JOB
    from meldpunt.disclosure import actions, queries

    while (envelope := actions.claim_envelope(JOB)) is not None:
        actions.send_envelope(JOB, envelope=envelope)
    returned = next(one for one in office.taken if "zuiderwiel" in one.rcpt_tos[0])
    bounced = actions.record_bounce(JOB, raw=_bounce(returned), recipient=str(returned.mail_from))
    assert bounced is not None
    officer = world.actor("duty-officer")
    alarm = next(one for one in queries.list_alarms(officer) if one.trouble == "key-missing")
    actions.settle_alarm(officer, envelope=alarm.envelope, note="De boomklever belde; zij lezen het in het portaal.")


def _bounce(returned: Envelope) -> bytes:
    address = returned.rcpt_tos[0]
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        f"Diagnostic-Code: smtp; 552 koolmeesnest vol voor {address}\r\n\r\n--b--\r\n"
    ).encode()
