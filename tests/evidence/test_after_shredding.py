"""A shredded item leaves its commitment in the ledger, and nothing of itself anywhere."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from tests.ledger.cast import actor_of

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Door, Role
from meldpunt.evidence import actions as evidence_actions
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.ledger.verify import verify_lines

pytestmark = pytest.mark.django_db
NAME, WORDS = "loonlijst-van-jo.txt", b"Jo Voorbeeld verdient genoeg"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)


def everything() -> bytes:
    """Every row of every table, as far as the jobs and a duty officer read any."""
    rows: list[str] = []
    for viewer in (JOB, actor_of(Role.DUTY_OFFICER, Door.DESK)):
        with bound(viewer), connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                " AND has_table_privilege(oid, 'SELECT')"
            )
            for (table,) in cursor.fetchall():
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows).encode()


def test_after_shredding_the_proof_still_verifies_and_nothing_of_the_item_is_left() -> None:
    officer = actor_of(Role.DUTY_OFFICER, Door.DESK)
    item = evidence_actions.seal_evidence(
        officer, name=NAME, data=WORDS, media_type="text/plain", about=uuid4(), purpose="report"
    )
    (sealed,) = ledger_queries.list_entries(officer, kind=Kind.SEALED, subject=item)
    committed = str(sealed.details["commitment"])
    assert NAME.encode() in everything()
    evidence_actions.shred_evidence(officer, item=item, reason="the term is over")
    (erased,) = ledger_queries.list_entries(officer, kind=Kind.ERASED, subject=item)
    vkey = ledger_actions.sign_checkpoint(JOB).vkey
    left = everything()
    for trace in (NAME.encode(), NAME.encode().hex().encode(), WORDS, WORDS.hex().encode()):
        assert trace not in left
    assert committed.encode() in left
    bundle = ledger_queries.proofs_bundle(officer, entries=[sealed.id, erased.id])
    found = verify_lines(bundle.splitlines(keepends=True), vkey)
    assert found.is_sound
    assert sorted(one.kind for one in found.entries) == [Kind.ERASED, Kind.SEALED]
    assert committed in {one.details.get("commitment") for one in found.entries}
