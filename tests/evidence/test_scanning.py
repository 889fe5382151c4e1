"""Evidence and a real clamd, which knows one signature: that of the test file of EICAR, made here."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from tests.evidence.test_evidence import ANALYST, DUTY_OFFICER, REPORTER
from tests.evidence.test_inside import GIF, zipped

from meldpunt.evidence import actions, queries
from meldpunt.evidence.errors import EvidenceSetAside
from meldpunt.evidence.scanning import Scan, scan
from meldpunt.evidence.values import EvidenceId, EvidenceItem, Verdict
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

# Put together here, so that no scanner takes this file away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the scanner listens."""
    if not Path(CLAMD).exists():
        pytest.skip("clamd is missing: install clamav-daemon")
    folder = tmp_path_factory.mktemp("clamd", numbered=True)
    (folder / "db").mkdir()
    (folder / "db" / "test.ndb").write_text(f"Meldpunt.Test.Eicar:0:*:{EICAR.hex()}\n")
    path = folder / "s"
    (folder / "clamd.conf").write_text(
        f"LocalSocket {path}\nDatabaseDirectory {folder / 'db'}\nForeground yes\nLogFile {folder / 'log'}\n"
        "StreamMaxLength 30M\n"
    )
    process = subprocess.Popen(
        [CLAMD, "--config-file", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(600):
        if path.exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    yield f"unix:{path}"
    process.terminate()
    process.wait(10)


def sealed(data: bytes) -> EvidenceId:
    return actions.seal_evidence(
        REPORTER, name="factuur.pdf", data=data, media_type="application/pdf", about=uuid4(), purpose="report"
    )


def known(item: EvidenceId) -> EvidenceItem:
    return queries.get_evidence(ANALYST, item=item)


@pytest.mark.django_db
def test_what_the_scanner_says_is_kept_with_the_version_of_its_signatures(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EVIDENCE_SCANNER", clamd)
    clean, found = known(sealed(b"een log")), known(sealed(EICAR))
    assert (clean.verdict, clean.found, clean.is_set_aside) == (Verdict.CLEAN, "", False)
    assert (found.verdict, found.found) == (Verdict.FOUND, "Meldpunt.Test.Eicar.UNOFFICIAL")
    assert found.is_set_aside
    assert "ClamAV" in found.engine


@pytest.mark.django_db
def test_a_virus_in_an_archive_is_found(clamd: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EVIDENCE_SCANNER", clamd)
    assert known(sealed(zipped({"a/b.com": EICAR}))).verdict is Verdict.FOUND


@pytest.mark.django_db
def test_what_was_found_opens_only_for_who_says_so_and_under_a_name_that_no_program_opens(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EVIDENCE_SCANNER", clamd)
    item = sealed(EICAR)
    with pytest.raises(EvidenceSetAside):
        actions.open_evidence(ANALYST, item=item)
    assert ledger_queries.list_entries(ANALYST, subject=item, kind=Kind.OPENED) == ()
    opened = actions.open_evidence(ANALYST, item=item, anyway=True)
    assert (opened.name, opened.data) == ("factuur.pdf.quarantine", EICAR)
    (entry,) = ledger_queries.list_entries(ANALYST, subject=item, kind=Kind.OPENED)
    assert (entry.details["scan"], entry.details["set-aside"]) == ("found", True)


@pytest.mark.django_db
def test_what_was_sealed_before_its_signature_was_known_is_found_when_it_is_opened(
    clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = sealed(EICAR)
    assert known(item).verdict is Verdict.UNSCANNED
    monkeypatch.setattr(settings, "EVIDENCE_SCANNER", clamd)
    with pytest.raises(EvidenceSetAside):
        actions.open_evidence(ANALYST, item=item)


@pytest.mark.django_db
def test_a_polyglot_is_received_and_set_aside_without_any_scanner() -> None:
    item = sealed(GIF + zipped({"A.class": b"x"}))
    assert known(item).is_set_aside
    with pytest.raises(EvidenceSetAside):
        actions.open_evidence(ANALYST, item=item)
    assert actions.open_evidence(ANALYST, item=item, anyway=True).data.startswith(b"GIF89a")


@pytest.mark.django_db
def test_names_in_an_archive_are_listed_and_go_when_it_is_shredded() -> None:
    item = sealed(zipped({"loon/jo.txt": b"een", "b\x00ad.txt": b"x"}))
    assert [one.name for one in known(item).inside.names] == ["loon/jo.txt", "b"]
    assert actions.open_evidence(ANALYST, item=item).data
    actions.shred_evidence(DUTY_OFFICER, item=item, reason="klaar")
    assert known(item).inside.names == ()


@pytest.mark.parametrize("scanner", ["", "unix:/nowhere/clamd", "tcp://127.0.0.1:1", "http://x", "tcp://"])
def test_without_a_scanner_it_is_said_that_nothing_was_scanned(scanner: str) -> None:
    assert scan(b"x", scanner=scanner) == Scan(Verdict.UNSCANNED)


@pytest.mark.parametrize("answer", [b"", b"stream: ", b"INSTREAM size limit exceeded. ERROR\0", b"x" * 9_000, None])
def test_a_scanner_that_answers_nothing_or_nonsense_scanned_nothing(answer: bytes | None) -> None:
    hung_up = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                for _ in range(2):
                    line, _ = server.accept()
                    with line:
                        line.recv(100)
                        if answer is None:
                            hung_up.wait(5)
                        else:
                            line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        found = scan(b"x", scanner=f"tcp://127.0.0.1:{server.getsockname()[1]}", patience=0.4)
        hung_up.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)
    assert found.verdict is Verdict.UNSCANNED


def test_a_scanner_that_lets_us_wait_is_left_alone_for_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        scanner = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        found = [scan(b"x", scanner=scanner, patience=0.2) for _ in range(100)]
        server.settimeout(0.2)
        lines = []
        with suppress(TimeoutError):
            while True:
                lines.append(server.accept()[0])
        for line in lines:
            line.close()
    assert {one.verdict for one in found} == {Verdict.UNSCANNED}
    assert len(lines) == 1
