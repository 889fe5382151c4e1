"""What somebody is still writing is kept for them alone, is sent once, and goes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from tests.constituency.cast import WATER, register, somebody

from meldpunt.access.values import JOB, STRANGER, Actor, Door, Role
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.errors import UploadUnfinished
from meldpunt.evidence.values import Upload
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import DraftSent, DraftsFull, ReceiptMalformed, ReportNotFound, ReportTooLarge
from meldpunt.intake.receipts import new_code, reporter_with
from meldpunt.intake.values import Attached, ReportForm, ReportId, Stage

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


def uploaded(actor: Actor, code: str, data: bytes = b"een regel uit het logboek", name: str = "sluis.log") -> Upload:
    begun = actions.begin_file(actor, code=code, name=name, media_type="text/plain", length=len(data))
    return actions.append_to_file(actor, code=code, upload=begun.id, offset=0, data=data)


def names_with(report: ReportId) -> list[str]:
    return [one.name for one in evidence_queries.list_evidence(analyst(), about=report)]


@pytest.mark.parametrize("at", [Door.PUBLIC, Door.PORTAL])
def test_files_of_a_draft_come_along_when_it_is_sent_and_once(at: Door) -> None:
    water = somebody(Door.PORTAL, Role.CONSTITUENT, organisation=register(WATER))
    actor, code = STRANGER if at is Door.PUBLIC else water, new_code()
    uploaded(actor, code)
    actions.save_draft(actor, code=code, fields=FIELDS)
    receipts = [actions.receive_report(actor, form=FORM, draft=code) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert names_with(receipts[0].report) == ["sluis.log"]
    assert queries.list_files(actor, code=code) == ()
    with pytest.raises(DraftSent, match=receipts[0].reference):
        uploaded(actor, code)


def test_a_file_alone_begins_a_draft_and_saving_words_leaves_it() -> None:
    code = new_code()
    uploaded(STRANGER, code)
    found = queries.find_draft(STRANGER, code=code)
    assert found is not None
    assert found.fields == {}
    actions.save_draft(STRANGER, code=code, fields=FIELDS)
    assert [one.name for one in queries.list_files(STRANGER, code=code)] == ["sluis.log"]


def test_a_report_is_not_sent_while_a_file_did_not_come_in_whole() -> None:
    code = new_code()
    begun = actions.begin_file(STRANGER, code=code, name="half.zip", media_type="", length=10)
    actions.append_to_file(STRANGER, code=code, upload=begun.id, offset=0, data=b"12345")
    with pytest.raises(UploadUnfinished, match=r"half\.zip"):
        actions.receive_report(STRANGER, form=FORM, draft=code)
    actions.end_file(STRANGER, code=code, upload=begun.id)
    assert names_with(actions.receive_report(STRANGER, form=FORM, draft=code).report) == []


def test_what_was_announced_and_never_begun_keeps_nobody_from_sending() -> None:
    code = new_code()
    actions.begin_file(STRANGER, code=code, name="niets.zip", media_type="", length=10)
    assert names_with(actions.receive_report(STRANGER, form=FORM, draft=code).report) == []
    assert queries.list_files(STRANGER, code=code) == ()


def test_thrown_away_or_expired_a_draft_takes_its_files_with_it() -> None:
    thrown, old = new_code(), new_code()
    for code in (thrown, old):
        uploaded(STRANGER, code)
    actions.discard_draft(STRANGER, code=thrown)
    assert queries.list_files(STRANGER, code=thrown) == ()
    gone = timezone.now() - timedelta(minutes=1)
    as_holder(old, "UPDATE intake_draft SET expires_at = %s", gone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('meldpunt.permissions', 'report.submit evidence.seal', true)")
        cursor.execute("UPDATE evidence_upload SET expires_at = %s", [gone])
    assert actions.shred_drafts(JOB) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'meldpunt_public', true)")
        cursor.execute("SELECT set_config('meldpunt.receipt', %s, true)", [old])
        cursor.execute("SELECT set_config('meldpunt.permissions', 'report.submit evidence.seal', true)")
        cursor.execute("SELECT count(*) FROM evidence_upload")
        assert cursor.fetchone() == (0,)


def test_a_stage_sent_twice_is_one_stage_with_its_files() -> None:
    holder = reporter_with(actions.receive_report(STRANGER, form=FORM).code)
    report, code = queries.follow_report(holder).id, new_code()
    uploaded(holder, code)
    for _ in range(2):
        actions.submit_stage_once(holder, draft=code, report=report, stage=Stage.ADDITION, text="Nu ook de sluis.")
    assert [line.text for line in queries.follow_report(holder).stages] == ["Nu ook de sluis."]
    assert names_with(report) == ["sluis.log"]
    actions.submit_stage_once(holder, draft=code, report=report, stage=Stage.ADDITION, text="En de brug.")
    assert len(queries.follow_report(holder).stages) == 2


def test_files_are_not_brought_to_the_report_of_another() -> None:
    theirs = actions.receive_report(STRANGER, form=FORM)
    thief, code = reporter_with(actions.receive_report(STRANGER, form=FORM).code), new_code()
    uploaded(thief, code)
    with pytest.raises(ReportNotFound), transaction.atomic():
        actions.submit_stage_once(thief, draft=code, report=theirs.report, stage=Stage.ADDITION, text="Van ons.")
    assert names_with(theirs.report) == []
    assert len(queries.list_files(thief, code=code)) == 1


def test_so_many_drafts_are_begun_from_one_place_and_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DRAFTS_LIMIT", 2)
    monkeypatch.setattr(settings, "DRAFTS_LIMIT_IN_ALL", 4)
    here, there = b"h" * 16, b"t" * 16
    first, code = new_code(), new_code()
    for one in (first, code):
        actions.save_draft(STRANGER, code=one, fields=FIELDS, origin=here)
    a_file = partial(actions.begin_file, name="", media_type="", length=1)
    for begin in (partial(actions.save_draft, fields=FIELDS), a_file):
        with pytest.raises(DraftsFull, match="your network"):
            begin(STRANGER, code=new_code(), origin=here)
    actions.save_draft(STRANGER, code=first, fields={"title": ["Wat begonnen is, gaat door"]}, origin=here)
    for _ in range(2):
        actions.save_draft(STRANGER, code=new_code(), fields=FIELDS, origin=there)
    with pytest.raises(DraftsFull, match="being written now"):
        actions.save_draft(STRANGER, code=new_code(), fields=FIELDS)
    actions.receive_report(STRANGER, form=FORM, draft=code)
    actions.receive_report(STRANGER, form=FORM, draft=new_code())
    actions.save_draft(STRANGER, code=new_code(), fields=FIELDS, origin=here)
