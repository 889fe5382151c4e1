"""A registry is asked about one value: it learns that somebody is interested, so it is decided and recorded first."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed, look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import EntryId, Kind
from meldpunt.vocabulary.errors import UnknownMarking
from meldpunt.vocabulary.markings import PAP, TLP, parse_pap
from meldpunt.vocabulary.texts import clean_text

from ..errors import NotToBeAsked
from ..registries.asking import ask_once
from ..registries.bootstrap import read_bootstrap
from ..registries.reading import lines_of
from ..registries.values import Question, Registration

_HOLDS: Final = timedelta(minutes=10)
_LABEL: Final = re.compile(r"PAP\s*:\s*[A-Z]+", re.IGNORECASE)


@deed(Permission.REPORT_COMPLETE)
def ask_registry(actor: Actor, /, *, observable: UUID, kind: str, value: str, reason: str) -> EntryId:
    """Decide that the registry may be asked about this value, and record it. Nothing is asked before that is kept.

    `observable` is the row of it that the actor sees, by which the entry of the ledger refers to it: the ledger holds
    neither the value nor the reason's words of anybody outside. PAP:RED and TLP:RED forbid it, of whichever report
    names it; PAP:AMBER allows to ask a third party (MISP taxonomy PAP 3). Raises NotToBeAsked.
    """
    if not reason.strip():
        raise NotToBeAsked("reason")
    check_markings(kind, value)
    question = find_question(kind, value)
    if question is None:
        raise NotToBeAsked("unknown")
    details = {"registry": question.server, "value_kind": kind, "reason": clean_text(reason)}
    return ledger.record(actor, kind=Kind.LOOKED_UP, subject=observable, details=details)


@look(Permission.REPORT_COMPLETE)
def read_registry(viewer: Actor, /, *, entry: EntryId, observable: UUID, kind: str, value: str) -> Registration:
    """What the registry answers to who decided to ask it in these ten minutes: `entry` is that decision.

    The same question goes out once in an hour. Raises NotFound where this was not decided, NotToBeAsked where it was
    marked meanwhile, RegistrySilent.
    """
    decided = ledger_queries.get_entry(viewer, entry=entry)
    is_mine = decided.kind is Kind.LOOKED_UP and (decided.actor, decided.subject) == (viewer.id, observable)
    now = timezone.now()
    if not is_mine or decided.at < now - _HOLDS:
        raise NotFound("nobody decided this just now")
    check_markings(kind, value)
    question = find_question(kind, value)
    if question is None:
        raise NotToBeAsked("unknown")
    hour = int(now.timestamp() // 3600)
    reply = ask_once(question.url, authorities=settings.RDAP_AUTHORITIES, hour=hour)
    return Registration(reply.server, question.about, reply.at, lines_of(reply.body) if reply.body else ())


@look(Permission.REPORT_COMPLETE)
def may_ask_registry(viewer: Actor, /, *, kind: str, value: str) -> Question | None:
    """What would be asked about this value, and of whom; None where there is none. Raises NotToBeAsked."""
    question = find_question(kind, value)
    if question is not None:
        check_markings(kind, value)
    return question


def check_markings(kind: str, value: str) -> None:
    """Raises NotToBeAsked where a marking forbids to ask anybody outside; within a deed or a look."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tlp, words FROM intake_markings(%s, %s)", [kind, value])
        for tlp, words in cursor.fetchall():
            if PAP.RED in _marked(words):
                raise NotToBeAsked("pap")
            if tlp == TLP.RED.value:
                raise NotToBeAsked("tlp")


def find_question(kind: str, value: str) -> Question | None:
    """What would be asked, and of whom; None where no registry is known, or none is configured."""
    if not settings.RDAP_BOOTSTRAP:
        return None
    return read_bootstrap(Path(settings.RDAP_BOOTSTRAP)).question_of(kind, value)


def _marked(words: str) -> set[PAP]:
    found: set[PAP] = set()
    for label in _LABEL.findall(words):
        try:
            found.add(parse_pap(label))
        except UnknownMarking:
            continue
    return found
