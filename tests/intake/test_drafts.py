"""What somebody is still writing is kept for them alone, is sent once, and goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.constituency.cast import WATER, register, somebody

from meldpunt.access.values import JOB, STRANGER, Actor, Door, Role
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import DraftSent, ReceiptMalformed, ReportTooLarge
from meldpunt.intake.receipts import new_code, reporter_with
from meldpunt.intake.values import Attached, ReportForm

pytestmark = pytest.mark.django_db

FORM = ReportForm(title="De pompen staan stil", text="Sinds half drie.")
FIELDS = {"title": ["De pompen staan stil"], "kind": ["voluntary"], "text": ["tekst \x00 🙈 'of'"]}


def analyst() -> Actor:
    return somebody(Door.DESK, Role.ANALYST)


def as_holder(code: str, statement: str, *values: object) -> list[tuple[object, ...]]:
    """What the database answers to whoever holds the code at the public door."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'meldpunt_public', true)")
        cursor.execute("SELECT set_config('meldpunt.receipt', %s, true)", [code])
        cursor.execute("SELECT set_config('meldpunt.permissions', 'report.submit', true)")
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def test_whoever_holds_the_code_finds_every_field_again_on_any_device() -> None:
    code = new_code()
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    found = queries.find_draft(STRANGER, code=code.lower().replace("-", " "))
    assert found is not None
    assert found.fields == FIELDS


def test_what_is_saved_later_stands() -> None:
    code = new_code()
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    actions.save_draft(STRANGER, code=code, fields={"title": ["Anders"]})
    found = queries.find_draft(STRANGER, code=code)
    assert found is not None
    assert found.fields == {"title": ["Anders"]}


def test_neither_the_desk_nor_another_door_opens_a_draft_with_its_code() -> None:
    code = new_code()
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    water = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=register(WATER))
    for viewer in (analyst(), water):
        assert queries.find_draft(viewer, code=code) is None
    assert queries.find_draft(STRANGER, code=new_code()) is None


def test_the_database_holds_no_word_of_a_draft_and_not_its_code() -> None:
    code = new_code()
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    [(sealed, digest)] = as_holder(code, "SELECT sealed, receipt_digest FROM intake_draft")
    assert isinstance(sealed, (bytes, memoryview))
    assert isinstance(digest, (bytes, memoryview))
    assert b"pompen" not in bytes(sealed)
    assert code.encode() not in bytes(sealed) + bytes(digest)


def test_sent_twice_it_is_one_report_with_one_receipt() -> None:
    code, files = new_code(), (Attached("a.log", "text/plain", b"een"),)
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    first = actions.receive_report(STRANGER, form=FORM, attachments=files, draft=code)
    again = actions.receive_report(STRANGER, form=FORM, attachments=files, draft=code)
    assert again == first
    assert queries.follow_report(reporter_with(again.code)).id == first.report
    assert queries.find_draft(STRANGER, code=code) is None


@pytest.mark.parametrize("at", [Door.PUBLIC, Door.PORTAL, Door.DESK])
def test_sent_twice_at_any_door_without_a_save_it_is_one_report(at: Door) -> None:
    water = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=register(WATER))
    actor = {Door.PUBLIC: STRANGER, Door.PORTAL: water, Door.DESK: analyst()}[at]
    code = new_code()
    receipts = {actions.receive_report(actor, form=FORM, draft=code).report for _ in range(3)}
    assert len(receipts) == 1


def test_other_words_under_a_code_that_was_sent_are_not_lost_silently() -> None:
    code = new_code()
    first = actions.receive_report(STRANGER, form=FORM, draft=code)
    with pytest.raises(DraftSent, match=first.reference):
        actions.receive_report(STRANGER, form=ReportForm(title="Iets anders", text=""), draft=code)
    with pytest.raises(DraftSent):
        actions.save_draft(STRANGER, code=code, fields=FIELDS)


def test_what_is_refused_leaves_the_draft_as_it_was() -> None:
    code = new_code()
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    with pytest.raises(ReportTooLarge):
        actions.receive_report(STRANGER, form=ReportForm(title="x", text="x" * 300_000), draft=code)
    found = queries.find_draft(STRANGER, code=code)
    assert found is not None
    assert found.fields == FIELDS


def test_a_draft_that_expired_is_found_no_more_and_a_job_takes_it_away() -> None:
    kept, old = new_code(), new_code()
    for code in (kept, old):
        actions.save_draft(STRANGER, code=code, fields=FIELDS)
    as_holder(old, "UPDATE intake_draft SET expires_at = %s", timezone.now() - timedelta(minutes=1))
    assert queries.find_draft(STRANGER, code=old) is None
    assert actions.shred_drafts(JOB) == 1
    assert queries.find_draft(STRANGER, code=kept) is not None


def test_a_draft_is_taken_away_when_its_holder_says_so() -> None:
    code = new_code()
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    actions.discard_draft(STRANGER, code=code)
    assert queries.find_draft(STRANGER, code=code) is None


def test_too_much_and_no_code_are_refused() -> None:
    with pytest.raises(ReportTooLarge):
        actions.save_draft(STRANGER, code=new_code(), fields={"text": ["x" * 1_000_001]})
    with pytest.raises(ReceiptMalformed):
        actions.save_draft(STRANGER, code="geen code", fields=FIELDS)
