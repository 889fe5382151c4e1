"""Appends to the ledger per second, each with its proof, by eight writers at once; and a million entries verified.

Beside them, by the same actor: the row alone, in a table like the ledger's with neither tree nor policy.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from hashlib import sha256
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Final

import psycopg
from django.db import connection, connections

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.entrypoints.postgres import launcher
from meldpunt.ledger import bundle, keys, leaves, merkle, notes
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import EntryId, Kind

WRITERS: Final = 8
SECONDS: Final = 3.5
ROUNDS: Final = 3
LEAVES: Final = 1_000_000
PLAIN: Final = "ledger_bench_plain"

# The peak as the kernel keeps it for this program alone: what a parent reads of its children counts its own as well.
_VERIFY: Final = """
import sys
from meldpunt.entrypoints.cli.ledger import run
status = run(["verify", sys.argv[1]])
print(*[line for line in open("/proc/self/status") if line.startswith("VmHWM")])
sys.exit(status)
"""


def measure_ledger() -> None:
    """Print the medians; call it in a database of its own."""
    _make_plain_table()
    ways: dict[str, Callable[[], None]] = {
        "a row in a plain table": _insert_plainly,
        "an entry": _append_only,
        "an entry with its inclusion proof": _append_and_prove,
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    # In turns, so that whatever else the machine does meets each of them alike.
    for _ in range(ROUNDS):
        for name, write in ways.items():
            rates[name].append(_rate_of(write))
    print(f"{WRITERS} writers on {os.cpu_count()} processors, each commit on disk; medians of {ROUNDS} rounds")
    plain = statistics.median(rates["a row in a plain table"])
    for name, each in rates.items():
        rate = statistics.median(each)
        print(f"  {name:<34} {rate:8,.0f} per second   {rate / plain:5.0%} of the plain table")
    _measure_verifying()


def _append() -> EntryId:
    with bound(JOB):
        return ledger.record(JOB, kind=Kind.DECIDED, subject=uuid.uuid4(), details={"decision": "accept", "number": 1})


def _append_only() -> None:
    _append()


def _append_and_prove() -> None:
    ledger_queries.prove_entry(JOB, entry=_append())


def _insert_plainly() -> None:
    content = leaves.canonical_json({"details": {"decision": "accept", "number": 1}, "id": str(uuid.uuid4())})
    salt = os.urandom(leaves.SALT_BYTES)
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {PLAIN} (id, at, kind, actor, content, salt, commitment)"  # noqa: S608 - a name of ours
            " VALUES (gen_random_uuid(), now(), 'decided', gen_random_uuid(), %s, %s, %s)",
            [content, salt, leaves.commitment_to(content, salt=salt)],
        )


def _make_plain_table() -> None:
    dsn = launcher.start().dsn("meldpunt_owner", str(connection.settings_dict["NAME"]))
    with psycopg.connect(dsn) as owner:
        owner.execute(f"CREATE TABLE {PLAIN} (LIKE ledger_entry INCLUDING ALL)")
        owner.execute(f"GRANT INSERT ON {PLAIN} TO meldpunt_jobs")


def _rate_of(write: Callable[[], None]) -> float:
    """How often a second the writers did it, all together."""
    write()
    connections.close_all()
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(WRITERS)
    counts: SimpleQueue[int] = context.SimpleQueue()
    writers = [context.Process(target=_write, args=(write, ready, counts)) for _ in range(WRITERS)]
    for each in writers:
        each.start()
    done = sum(counts.get() for _ in writers)
    for each in writers:
        each.join()
    return done / SECONDS


def _write(write: Callable[[], None], ready: Barrier, counts: SimpleQueue[int]) -> None:
    ready.wait()
    count, end = 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        write()
        count += 1
    connections.close_all()
    counts.put(count)


def _measure_verifying() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(_export(LEAVES))
        runs = [_verify(path) for _ in range(ROUNDS)]
    seconds = statistics.median(took for took, _ in runs)
    memory = max(most for _, most in runs)
    print(f"verify, {LEAVES:,} entries: {seconds:.1f} s with starting up, {memory / 1024:.0f} MiB at most")


def _verify(path: Path) -> tuple[float, int]:
    """Seconds from start to end of the command, and the most memory it had (KiB)."""
    begun = time.monotonic()
    answer = subprocess.run([sys.executable, "-c", _VERIFY, str(path)], stdout=subprocess.PIPE, text=True, check=True)
    return time.monotonic() - begun, int(answer.stdout.split()[-2])


def _export(size: int) -> Iterator[str]:
    """The lines of an export of that many entries, under one checkpoint."""
    key = keys.SigningKey("bench.example/ledger", bytes(32))
    commitments = [sha256(number.to_bytes(8, "big")).digest() for number in range(size)]
    hashes = [merkle.leaf_hash(leaves.leaf_text(commitment)) for commitment in commitments]
    head = notes.Head(key.name, size, merkle.root_of(hashes))
    note = notes.sign_note(notes.format_checkpoint(head), key)
    yield bundle.header_line(bundle.Header(bundle.EXPORT, str(key.verifier), note))
    for position, (commitment, digest) in enumerate(zip(commitments, hashes, strict=True)):
        yield bundle.leaf_line(position=position, commitment=commitment, digest=digest)
