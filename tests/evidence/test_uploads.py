"""A file comes in part by part under a code, and is nobody's but the holder's until it is sent."""

from __future__ import annotations

import hashlib
import io
import random
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.constituency.cast import WATER, register, somebody

from meldpunt.access.errors import NotFound
from meldpunt.access.values import JOB, STRANGER, Actor, Door, Role
from meldpunt.evidence import actions, queries
from meldpunt.evidence.errors import (
    EvidenceSetAside,
    EvidenceTooLarge,
    KeyUnusable,
    SealBroken,
    UploadElsewhere,
    UploadsFull,
    UploadUnfinished,
)
from meldpunt.evidence.inside import Mark
from meldpunt.evidence.sealing import PART_BYTES
from meldpunt.evidence.values import EvidenceId, Upload

pytestmark = pytest.mark.django_db

HOLDER = replace(STRANGER, receipt="AAAA-BBBB-CCCC-DDDD-EEEE")
REPORT = uuid.UUID(int=7)
BYTES = random.Random(7).randbytes(3 * PART_BYTES + 17)


def duty_officer() -> Actor:
    return somebody(Door.DESK, Role.DUTY_OFFICER)


def begun(length: int = len(BYTES), *, actor: Actor = HOLDER, name: str = "dump.bin") -> Upload:
    return actions.begin_upload(actor, name=name, media_type="application/zip", length=length)


def sent(data: bytes = BYTES, *, actor: Actor = HOLDER, at_once: int = 700_000, name: str = "dump.bin") -> Upload:
    upload = begun(len(data), actor=actor, name=name)
    while not upload.is_whole:
        piece = data[upload.offset : upload.offset + at_once]
        upload = actions.append_to_upload(actor, upload=upload.id, offset=upload.offset, data=piece)
    return upload


def taken_in(data: bytes = BYTES, **given: object) -> EvidenceId:
    sent(data, **given)  # type: ignore[arg-type]
    (item,) = actions.take_in_uploads(HOLDER, about=REPORT, purpose="report")
    return item


_LAID = (
    "UPDATE evidence_part SET ciphertext = (SELECT ciphertext FROM evidence_part WHERE number = {number})"
    " WHERE number = {over}"
)


def as_holder(statement: str, *values: object) -> list[tuple[object, ...]]:
    """What the database does for whoever holds the code and the log-in of the public door."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'meldpunt_public', true)")
        cursor.execute("SELECT set_config('meldpunt.receipt', %s, true)", [HOLDER.receipt])
        cursor.execute("SELECT set_config('meldpunt.permissions', 'evidence.seal', true)")
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("at_once", [1, 400_000, PART_BYTES, PART_BYTES + 1, 10 * PART_BYTES])
def test_whatever_the_size_of_the_pieces_the_same_file_comes_out(at_once: int) -> None:
    data = BYTES if at_once > 1 else b"een paar bytes"
    item = taken_in(data, at_once=at_once)
    opened = actions.open_evidence(duty_officer(), item=item)
    assert opened.data == data
    found = queries.get_evidence(duty_officer(), item=item)
    assert found.digest == hashlib.sha256(data).digest()
    assert (found.size, found.name, found.about) == (len(data), "dump.bin", REPORT)


def test_a_file_of_nothing_is_whole_at_once() -> None:
    assert begun(0).is_whole
    (item,) = actions.take_in_uploads(HOLDER, about=REPORT, purpose="report")
    assert actions.open_evidence(duty_officer(), item=item).data == b""


def test_the_type_is_that_of_the_bytes_and_an_archive_is_looked_into() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("logs/a.txt", random.Random(1).randbytes(2 * PART_BYTES))
        archive.writestr("factuur.exe", b"MZ\x90\x00")
    item = taken_in(packed.getvalue(), name="../../logs\x00.txt")
    found = queries.get_evidence(duty_officer(), item=item)
    assert (found.media_type, found.name) == ("application/zip", "logs.txt")
    assert [one.name for one in found.inside.names] == ["logs/a.txt", "factuur.exe"]
    assert Mark.PROGRAM in found.inside.marks


def test_a_large_text_is_text_and_one_bad_byte_at_its_end_makes_it_bytes() -> None:
    text = ("regel met é en 🙈\n" * 150_000).encode()
    assert queries.get_evidence(duty_officer(), item=taken_in(text)).media_type == "text/plain"
    assert queries.get_evidence(duty_officer(), item=taken_in(text + b"\xff")).media_type == "application/octet-stream"


def test_a_bomb_that_came_in_parts_is_set_aside() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nul", bytes(60 * 1024 * 1024))
    item = taken_in(packed.getvalue())
    with pytest.raises(EvidenceSetAside):
        actions.open_evidence(duty_officer(), item=item)


def test_who_lost_the_line_goes_on_where_it_stopped_and_nowhere_else() -> None:
    upload = begun()
    actions.append_to_upload(HOLDER, upload=upload.id, offset=0, data=BYTES[:1000])
    for offset in (0, 999, 1001):
        with pytest.raises(UploadElsewhere) as told:
            actions.append_to_upload(HOLDER, upload=upload.id, offset=offset, data=b"x")
        assert told.value.offset == 1000
    assert queries.get_upload(HOLDER, upload=upload.id).offset == 1000


def test_what_was_not_announced_is_not_taken() -> None:
    upload = begun(10)
    with pytest.raises(EvidenceTooLarge):
        actions.append_to_upload(HOLDER, upload=upload.id, offset=0, data=bytes(11))
    assert queries.get_upload(HOLDER, upload=upload.id).offset == 0


def test_what_did_not_come_in_whole_is_not_taken_in() -> None:
    upload = begun(10)
    actions.append_to_upload(HOLDER, upload=upload.id, offset=0, data=bytes(9))
    with pytest.raises(UploadUnfinished, match=r"dump\.bin"):
        actions.take_in_uploads(HOLDER, about=REPORT, purpose="report")


@pytest.mark.parametrize(
    "other",
    [
        lambda: STRANGER,
        lambda: replace(STRANGER, receipt="AAAA-BBBB-CCCC-DDDD-EEEF"),
        lambda: replace(somebody(Door.PORTAL, Role.CONSTITUENT, organisation=register(WATER)), receipt=HOLDER.receipt),
    ],
    ids=["nobody", "another code", "another door"],
)
def test_nobody_else_sees_resumes_or_ends_it(other: Callable[[], Actor]) -> None:
    upload, thief = begun(), other()
    assert queries.list_uploads(thief) == ()
    with pytest.raises(NotFound):
        queries.get_upload(thief, upload=upload.id)
    with pytest.raises(NotFound):
        actions.append_to_upload(thief, upload=upload.id, offset=0, data=b"x")
    with pytest.raises(NotFound):
        actions.end_upload(thief, upload=upload.id)
    assert queries.get_upload(HOLDER, upload=upload.id).offset == 0


def test_before_it_is_sent_no_row_says_what_it_is() -> None:
    sent(b"vertrouwelijk" * 10, name="vertrouwelijk.txt")
    rows = as_holder("SELECT held || facts FROM evidence_upload UNION ALL SELECT ciphertext FROM evidence_part")
    kept = b"".join(bytes(row[0]) for row in rows if isinstance(row[0], (bytes, memoryview)))
    assert len(kept) > 200
    assert b"vertrouwelijk" not in kept
    assert hashlib.sha256(b"vertrouwelijk" * 10).hexdigest().encode() not in kept


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE evidence_part AS one SET ciphertext = other.ciphertext FROM evidence_part AS other"
        " WHERE one.number IN (0, 1) AND other.number = 1 - one.number",
        "DELETE FROM evidence_part WHERE number = (SELECT max(number) FROM evidence_part)",
        _LAID.format(number=0, over=1),
        _LAID.format(number=2, over=3),
        "UPDATE evidence_part SET ciphertext = set_byte(ciphertext, 40, get_byte(ciphertext, 40) # 1) WHERE number = 2",
    ],
    ids=["moved", "left out", "repeated", "repeated as the last", "changed"],
)
def test_no_part_can_be_moved_left_out_repeated_or_changed(tampering: str) -> None:
    """By whoever holds the code and the door: before it is whole, and so before anybody opens it."""
    upload = begun()
    actions.append_to_upload(HOLDER, upload=upload.id, offset=0, data=BYTES[: 3 * PART_BYTES + 5])
    as_holder(tampering)
    with pytest.raises(SealBroken):
        actions.append_to_upload(HOLDER, upload=upload.id, offset=3 * PART_BYTES + 5, data=BYTES[3 * PART_BYTES + 5 :])


def test_shredded_nothing_of_it_is_left() -> None:
    item, officer = taken_in(), duty_officer()
    actions.shred_evidence(officer, item=item, reason="toets")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'meldpunt_desk', true)")
        cursor.execute("SELECT set_config('meldpunt.permissions', 'evidence.open evidence.shred', true)")
        cursor.execute("SELECT count(*) FROM evidence_part")
        assert cursor.fetchone() == (0,)


def test_what_nobody_sent_is_shredded_when_its_term_is_over_and_nothing_else() -> None:
    kept, old = begun(name="kept"), sent(name="old")
    gone = timezone.now() - timedelta(minutes=1)
    as_holder("UPDATE evidence_upload SET expires_at = %s WHERE id = %s", gone, old.id)
    assert [one.id for one in queries.list_uploads(HOLDER)] == [kept.id]
    with pytest.raises(NotFound):
        queries.get_upload(HOLDER, upload=old.id)
    assert actions.shred_uploads(JOB) == 1
    item = taken_in_of(kept)
    assert actions.open_evidence(duty_officer(), item=item).data == BYTES


def test_what_is_still_there_when_its_term_is_over_comes_along() -> None:
    old = sent(name="old")
    as_holder("UPDATE evidence_upload SET expires_at = %s", timezone.now() - timedelta(minutes=1))
    (item,) = actions.take_in_uploads(HOLDER, about=REPORT, purpose="report")
    assert item == old.id
    assert actions.shred_uploads(JOB) == 0
    assert actions.open_evidence(duty_officer(), item=item).data == BYTES


def taken_in_of(upload: Upload) -> EvidenceId:
    actions.append_to_upload(HOLDER, upload=upload.id, offset=upload.offset, data=BYTES[upload.offset :])
    (item,) = actions.take_in_uploads(HOLDER, about=REPORT, purpose="report")
    return item


def test_there_is_room_for_so_much_in_a_file_under_a_code_and_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", 100)
    monkeypatch.setattr(settings, "UPLOADS_LIMIT", 150)
    monkeypatch.setattr(settings, "UPLOADS_LIMIT_IN_ALL", 180)
    with pytest.raises(EvidenceTooLarge):
        begun(101)
    first = begun(100)
    with pytest.raises(UploadsFull, match="Together"):
        begun(51)
    actions.append_to_upload(HOLDER, upload=first.id, offset=0, data=bytes(100))
    another = replace(STRANGER, receipt="0000-0000-0000-0000-0001")
    second = begun(80, actor=another)
    third = begun(80, actor=replace(STRANGER, receipt="0000-0000-0000-0000-0002"))
    actions.append_to_upload(another, upload=second.id, offset=0, data=bytes(80))
    with pytest.raises(UploadsFull, match="no room"):
        actions.append_to_upload(
            replace(STRANGER, receipt="0000-0000-0000-0000-0002"), upload=third.id, offset=0, data=b"1"
        )


def test_more_files_than_one_report_takes_are_refused() -> None:
    for _ in range(actions.MOST_UPLOADS):
        begun(1)
    with pytest.raises(UploadsFull, match="At most"):
        begun(1)


def test_without_a_key_to_seal_under_in_the_end_nothing_is_begun() -> None:
    taken_in(b"iets")
    (settings.DATA / "evidence.key").unlink()
    with pytest.raises(KeyUnusable):
        begun()


def test_a_door_cannot_lay_parts_beside_an_item_that_is_not_its_own() -> None:
    item = taken_in(b"iets")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        as_holder("INSERT INTO evidence_part (item, number, ciphertext) VALUES (%s, 5, 'x')", item)
