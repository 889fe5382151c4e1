"""The file with which a reporter can check us: every entry of the ledger about one report, under one signature."""

from __future__ import annotations

from meldpunt.access.values import Actor
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.intake.values import Report
from meldpunt.ledger import queries as ledger_queries


def proofs_of_report(viewer: Actor, report: Report) -> bytes:
    """The bundle for `meldpunt ledger verify`: what came in, each stage, and every disclosure made from the report.

    Raises NotYetSigned while no checkpoint covers the newest of them.
    """
    about = ledger_queries.list_entries(viewer, subject=report.id)
    trace = disclosure_queries.trace_report(viewer, report=report.id)
    entries = dict.fromkeys([report.entry, *(one.id for one in about), *(line.entry for line in trace)])
    return ledger_queries.proofs_bundle(viewer, entries=tuple(entries))
