"""Sealing, opening and shredding, on a real database."""

from __future__ import annotations

import base64
import hashlib
import resource
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from tests.access.cast import machine

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import JOB, STRANGER, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.evidence import actions, key_in_use, queries
from meldpunt.evidence.errors import EvidenceShredded, EvidenceTooLarge, KeyUnusable
from meldpunt.evidence.models import Content, Item
from meldpunt.evidence.values import EvidenceId
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db
REPORT, WATER, BANK = UUID(int=11), OrganisationId(UUID(int=21)), OrganisationId(UUID(int=22))


def actor_of(role: Role, door: Door, organisation: OrganisationId | None = None) -> Actor:
    actor = ActorId(uuid4())
    return Actor(id=actor, name=role.value, door=door, roles=frozenset({role}), organisation=organisation)


ANALYST = actor_of(Role.ANALYST, Door.DESK)
DUTY_OFFICER = actor_of(Role.DUTY_OFFICER, Door.DESK)
REPORTER = actor_of(Role.CONSTITUENT, Door.PORTAL, WATER)
COLLEAGUE = actor_of(Role.CONSTITUENT, Door.PORTAL, BANK)


def sealed(actor: Actor = REPORTER, data: bytes = b"%PDF-1.7 log", name: str = "logs/pomp.pdf") -> EvidenceId:
    return actions.seal_evidence(
        actor, name=name, data=data, media_type="text/plain", about=REPORT, purpose="incident-handling"
    )


@pytest.mark.parametrize("actor", [REPORTER, STRANGER, None, JOB, ANALYST])
def test_what_any_door_seals_the_desk_opens(actor: Actor | None) -> None:
    opened = actions.open_evidence(ANALYST, item=sealed(actor or machine(Role.FORWARDER, WATER)))
    assert (opened.name, opened.media_type, opened.data) == ("pomp.pdf", "application/pdf", b"%PDF-1.7 log")


def test_what_is_known_without_opening_is_listed() -> None:
    item = sealed()
    (line,) = queries.list_evidence(ANALYST, about=REPORT)
    assert line.id == item
    assert (line.size, line.media_type_declared) == (12, "text/plain")
    assert line.digest == hashlib.sha256(b"%PDF-1.7 log").digest()


def test_an_organisation_lists_only_what_it_sent() -> None:
    sealed(REPORTER)
    assert len(queries.list_evidence(REPORTER, about=REPORT)) == 1
    assert queries.list_evidence(COLLEAGUE, about=REPORT) == ()
    assert queries.list_evidence(STRANGER, about=REPORT) == ()


@pytest.mark.parametrize("actor", [REPORTER, STRANGER, None, JOB])
def test_only_the_desk_opens(actor: Actor | None) -> None:
    with pytest.raises(PermissionMissing):
        actions.open_evidence(actor or machine(Role.FORWARDER, WATER), item=sealed())


@pytest.mark.parametrize("actor", [REPORTER, STRANGER, None, JOB])
@pytest.mark.parametrize("statement", ["SELECT ciphertext FROM evidence_content", "SELECT wrapped FROM evidence_key"])
def test_the_database_itself_gives_no_content_to_another_door(actor: Actor | None, statement: str) -> None:
    sealed()
    outside = actor or machine(Role.FORWARDER, WATER)
    with pytest.raises(DatabaseError, match="permission denied"), bound(outside), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_analyst_does_not_shred() -> None:
    with pytest.raises(PermissionMissing):
        actions.shred_evidence(ANALYST, item=sealed(), reason="mistake")


def test_the_database_lets_an_analyst_delete_nothing() -> None:
    sealed()
    with bound(ANALYST):
        assert Content.objects.all().delete()[0] == 0
        assert Item.objects.update(name="other") == 0


@pytest.mark.parametrize("actor", [DUTY_OFFICER, JOB])
def test_a_shredded_item_opens_for_nobody_and_keeps_nothing(actor: Actor) -> None:
    item = sealed()
    actions.shred_evidence(actor, item=item, reason="retention ended")
    with pytest.raises(EvidenceShredded):
        actions.open_evidence(ANALYST, item=item)
    with pytest.raises(EvidenceShredded):
        actions.shred_evidence(DUTY_OFFICER, item=item, reason="again")
    (line,) = queries.list_evidence(ANALYST, about=REPORT)
    assert (line.name, line.digest, line.shredded_at is None) == ("", None, False)
    with bound(DUTY_OFFICER), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM evidence_key), (SELECT count(*) FROM evidence_content)")
        assert cursor.fetchone() == (0, 0)


def test_sealing_opening_and_shredding_are_each_in_the_ledger() -> None:
    item = sealed()
    actions.open_evidence(ANALYST, item=item)
    actions.shred_evidence(DUTY_OFFICER, item=item, reason="retention ended")
    entries = ledger_queries.list_entries(REPORTER, subject=item)
    assert {entry.kind for entry in entries} == {Kind.SEALED, Kind.OPENED, Kind.ERASED}


def test_the_ledger_tells_neither_name_nor_hash_of_the_content() -> None:
    item = sealed()
    (entry,) = ledger_queries.list_entries(ANALYST, subject=item)
    assert set(entry.details) == {"report", "purpose", "commitment"}
    assert entry.details["commitment"] != hashlib.sha256(b"%PDF-1.7 log").hexdigest()


def test_the_name_as_it_came_is_kept() -> None:
    item = sealed(name="../a\x00\ud800.pdf")
    with bound(ANALYST):
        row = Item.objects.get(id=item)
        assert bytes(row.name_given).decode(errors="surrogatepass") == "../a\x00\ud800.pdf"
    assert row.name == "a.pdf"


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EVIDENCE_LIMIT", 11)
    with pytest.raises(EvidenceTooLarge):
        sealed()
    sealed(data=b"x" * 11)


def test_an_item_that_is_not_there_is_not_found() -> None:
    for verb in (actions.open_evidence, actions.shred_evidence):
        facts = {"item": EvidenceId(uuid4())} | ({"reason": "x"} if verb is actions.shred_evidence else {})
        with pytest.raises(NotFound):
            verb(DUTY_OFFICER, **facts)  # type: ignore[operator]


def write_other_key(path: Path) -> None:
    path.write_text(base64.b64encode(b"x" * 32).decode())


TROUBLES: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "gone": (Path.unlink, "is gone"),
    "not for us": (lambda path: (path.unlink(), path.mkdir()), "cannot be read"),
    "garbage": (lambda path: path.write_bytes(b"\xff\x00 no key"), "holds no key"),
    "empty": (lambda path: path.write_text(""), "a key of 0 bytes"),
    "short": (lambda path: path.write_text("QUJD"), "a key of 3 bytes"),
    "of another house": (write_other_key, "items were sealed under"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_without_its_key_nothing_is_sealed_or_opened_or_lost(key_folder: Path, trouble: str) -> None:
    item, path = sealed(), key_folder / key_in_use.KEY_FILE
    kept, (spoil, why) = path.read_bytes(), TROUBLES[trouble]
    spoil(path)
    assert why in queries.find_key_trouble(ANALYST)
    with pytest.raises(KeyUnusable):
        actions.open_evidence(ANALYST, item=item)
    with pytest.raises(KeyUnusable), transaction.atomic():
        sealed()
    assert len(queries.list_evidence(ANALYST, about=REPORT)) == 1
    if path.is_dir():
        path.rmdir()
    path.write_bytes(kept)
    assert queries.find_key_trouble(ANALYST) == ""
    assert actions.open_evidence(ANALYST, item=item).data


def test_a_key_that_finds_no_room_is_made_nowhere(key_folder: Path) -> None:
    """What a full disk does: the file cannot grow."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(KeyUnusable), transaction.atomic():
            sealed()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert list(key_folder.iterdir()) == []
    assert sealed()


def test_nobody_seals_in_the_name_of_another_organisation() -> None:
    item = sealed()
    with bound(ANALYST):
        row = Item.objects.get(id=item)
    row.id, row.organisation, row.sealed_by = uuid4(), BANK, REPORTER.id
    with pytest.raises(DatabaseError, match="row-level security"), bound(REPORTER), transaction.atomic():
        row.save(force_insert=True)
