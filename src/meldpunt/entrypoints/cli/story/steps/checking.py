"""9. The company sees every disclosure made from its report, and checks each against the ledger without us."""

from __future__ import annotations

import tempfile
from pathlib import Path

from meldpunt.access.values import JOB
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.verify import verify_file

from ..world import World


def play(world: World) -> None:
    """Trace, prove, verify offline, change one byte, and see it fail."""
    company, receipt = world.actor("water-security"), world.receipts["water"]
    trace = disclosure_queries.trace_report(company, report=receipt.report)
    for line in trace:
        who = ", ".join(f"{one.label.en} ({one.count})" for one in line.addressees)
        world.tell(f"  {line.item.value} to {who}, on {', '.join(ground.article for ground in line.grounds)}")
    ledger_actions.sign_checkpoint(JOB)
    entries = [receipt.entry, *(line.entry for line in trace)]
    with tempfile.TemporaryDirectory() as folder:
        proofs, whole = Path(folder) / "proofs", Path(folder) / "ledger"
        proofs.write_bytes(ledger_queries.proofs_bundle(company, entries=entries))
        verdict = verify_file(proofs)
        world.tell(f"  proofs verify offline: {verdict.is_sound} ({verdict.checked} entries)")
        whole.write_text("".join(line.rstrip("\n") + "\n" for line in ledger_queries.export_ledger(JOB)))
        world.tell(f"  the whole ledger verifies: {verify_file(whole).is_sound}")
        changed = bytearray(whole.read_bytes())
        changed[len(changed) // 2] ^= 1
        whole.write_bytes(bytes(changed))
        verdict = verify_file(whole)
        world.tell(f"  with one byte changed: {verdict.is_sound}: {verdict.reason}")
