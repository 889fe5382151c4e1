"""Who lost what they prove themselves by begins anew; who asked, who approved and that it was used is in the ledger."""

from __future__ import annotations

from uuid import UUID

import psycopg

from meldpunt.access import queries as access_queries
from meldpunt.access import starting
from meldpunt.access.binding import bound, deed
from meldpunt.access.errors import NotFound, StartRefused
from meldpunt.access.proving import Answer, Session
from meldpunt.access.values import Actor, ActorId, Door, OrganisationId, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind


@deed(Permission.ACCOUNT_MANAGE)
def ask_new_start(actor: Actor, /, *, session: Session, account: ActorId) -> str:
    """Ask it for somebody else; the first half of the code, this once. Raises StartRefused, NotFound."""
    organisations = [one.organisation for one in access_queries.list_accounts(actor) if one.id == account]
    if not organisations:
        raise NotFound("no such account")
    half = starting.ask_start(session, account=account)
    if not half:
        raise StartRefused
    ledger.record(actor, kind=Kind.NEW_START_ASKED, subject=account, about=organisations[0])
    return half


@deed(Permission.ACCOUNT_APPROVE)
def approve_new_start(actor: Actor, /, *, session: Session, start: UUID, code: str, visitor: str) -> tuple[Answer, str]:
    """Approve what a colleague asked, with a code of one's own second factor; the other half of the code where OPEN.

    All by which the account came in has ended then. Raises StartRefused, NotFound.
    """
    waiting = next((one for one in starting.list_waiting(actor) if one.id == start), None)
    if waiting is None:
        raise NotFound("nothing waits")
    if not waiting.may_be_approved_by(actor):
        raise StartRefused
    answer, half = starting.approve_start(session, start=start, code=code, visitor=visitor)
    if answer is Answer.OPEN:
        details = {"asked_by": str(waiting.asked_by)}
        ledger.record(
            actor, kind=Kind.NEW_START_GIVEN, subject=waiting.account, about=waiting.organisation, details=details
        )
    return answer, half


def begin_anew(door: Door, /, *, email: str, code: str, password: str, visitor: str) -> Answer:
    """Use the code, whole, and choose a password: it shows who somebody is, so nobody is bound before."""
    answer, actor = starting.begin_anew(door, email=email, code=code, password=password, visitor=visitor)
    if actor is not None:
        with bound(actor):
            ledger.record(actor, kind=Kind.NEW_START_USED, subject=actor.id, about=actor.organisation)
    return answer


@deed(Permission.ACCOUNT_MANAGE)
def give_new_start(actor: Actor, /, *, owner: psycopg.Connection[tuple[object, ...]], email: str) -> str:
    """The code whole, from the machine's operator, who has the password of the database's owner. Raises NotFound.

    `owner` commits after this, so that nothing is given without its entry.
    """
    given = starting.give_as_operator(owner, email=email)
    if given is None:
        raise NotFound("no open account has this address")
    account, organisation, code = given
    about = OrganisationId(organisation) if organisation else None
    ledger.record(actor, kind=Kind.NEW_START_GIVEN, subject=account, about=about, details={"by": "operator"})
    return code
