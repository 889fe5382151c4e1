"""What lies in a house: each report by its reference, and the SHA-256 of each file with it, as the desk opens them."""

from __future__ import annotations

import hashlib
import json
import sys
import uuid

import django

django.setup()

from meldpunt.access.values import Actor, ActorId, Door, Role  # noqa: E402
from meldpunt.evidence import actions as evidence_actions  # noqa: E402
from meldpunt.evidence import queries as evidence_queries  # noqa: E402
from meldpunt.intake import queries as intake_queries  # noqa: E402
from meldpunt.intake.values import ReportLine  # noqa: E402

ANALYST = Actor(ActorId(uuid.uuid4()), "Iemand", Door.DESK, frozenset({Role.ANALYST}), None)


def lines() -> list[ReportLine]:
    """Every line of the queue."""
    page = intake_queries.list_reports(ANALYST)
    found = list(page.lines)
    while page.next:
        page = intake_queries.list_reports(ANALYST, page=page.next)
        found += page.lines
    return found


def files_of(line: ReportLine) -> list[tuple[str, str]]:
    """Name and SHA-256 of each file."""
    items = evidence_queries.list_evidence(ANALYST, about=line.id)
    return [(one.name, _digest(one.id)) for one in items]


def _digest(item: uuid.UUID) -> str:
    digest = hashlib.sha256()
    for piece in evidence_actions.open_evidence(ANALYST, item=evidence_queries.EvidenceId(item)).pieces:
        digest.update(piece)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(json.dumps([[line.reference, line.title, files_of(line)] for line in lines()]))
