"""Every line of the queue is laid anew, with the alarming words of now, while the desk works on.

Only the database's owner may: `owner` is a connection as `meldpunt_owner` that commits by itself (autocommit).
"""

from __future__ import annotations

from typing import Final, TypeAlias
from uuid import UUID

import psycopg

from meldpunt.access.policies import routines

from .wordlist import alarming_pattern

Owner: TypeAlias = psycopg.Connection[tuple[object, ...]]
AT_ONCE: Final = 200
"""Reports that are held together, for some hundredths of a second."""
_FIRST: Final = UUID(int=0)
_NEXT: Final = "SELECT id FROM intake_report WHERE id > %s ORDER BY id LIMIT %s"
_LAY: Final = """
WITH held AS (SELECT id FROM intake_report WHERE id = ANY (%s) FOR NO KEY UPDATE {wait})
SELECT id FROM held, LATERAL (SELECT triage_lay_line(id, NULL, false, NULL)) AS laid
"""


def has_words_of_now(owner: Owner) -> bool:
    """Does the database know the list of alarming words as the code has it?"""
    source = owner.execute("SELECT prosrc FROM pg_proc WHERE proname = 'triage_is_alarming'").fetchone()
    return source is not None and _quoted(alarming_pattern()) in str(source[0])


def lay_lines(owner: Owner, *, alarming: str | None = None, at_once: int = AT_ONCE) -> int:
    """Lay the line of each report anew, by the pattern `alarming` or that of the list; how many.

    It waits for nobody while it holds more than one report, so it is in no ring of people who wait for each other: what
    somebody is at it passes over, and lays last, one at a time.
    """
    words = {"alarming": alarming or alarming_pattern()}
    owner.execute(str(routines("triage", "alarming", undo="", words=words).sql).encode())
    laid, busy, after = 0, set[UUID](), _FIRST
    while reports := [UUID(str(one)) for (one,) in owner.execute(_NEXT, (after, at_once)).fetchall()]:
        done = {UUID(str(one)) for (one,) in owner.execute(_LAY.format(wait="SKIP LOCKED"), (reports,)).fetchall()}
        laid, busy, after = laid + len(done), busy | {*reports} - done, reports[-1]
    for report in sorted(busy):
        laid += len(owner.execute(_LAY.format(wait=""), ([report],)).fetchall())
    return laid


def _quoted(pattern: str) -> str:
    return pattern.replace("'", "''")
