"""What a server hands over is received before it hears so, and comes again where it does not."""

from __future__ import annotations

import re
import signal
import smtplib
import socket
import ssl
import subprocess
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from tests.disclosure.servers import free_port
from tests.intake import cast
from tests.jobs.listening import ADDRESS, LISTEN, broken, certificate, dying, listening, raw_mail, started

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.entrypoints.postgres import launcher
from meldpunt.intake import models, queries
from meldpunt.intake.mail_values import LARGEST_MAIL

FROM = "noor@korenbeurs.example"


@pytest.fixture
def environment(postgres_server: launcher.Server, own_database: str, tmp_path: Path) -> dict[str, str]:
    import os

    return os.environ | {
        "MELDPUNT_DATABASE_URL": postgres_server.dsn("meldpunt_jobs", own_database),
        "MELDPUNT_DATA": str(tmp_path),
        "MELDPUNT_MAIL_ADDRESSES": f"{ADDRESS}, csirt@meldpunt.example",
        "MELDPUNT_BOUNCE_DOMAIN": "terug.meldpunt.example",
        "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }


def references() -> list[str]:
    return [line.reference for line in queries.list_reports(cast.analyst()).lines]


def hand(port: int, raw: bytes, *to: str, sender: str = FROM) -> list[tuple[int, bytes]]:
    """The answers for each recipient of one LMTP conversation."""
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as lmtp:
        lmtp.ehlo("elders.example")
        assert lmtp.mail(sender)[0] == 250
        assert [lmtp.rcpt(one)[0] for one in to] == [250] * len(to)
        lmtp.putcmd("data")
        assert lmtp.getreply()[0] == 354
        lmtp.send(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        answers = [lmtp.getreply() for _ in to]
        assert lmtp.noop()[0] == 250
        return answers


def test_each_recipient_hears_what_became_of_the_mail_and_it_is_received_once(environment: dict[str, str]) -> None:
    with listening(environment) as port:
        answers = hand(port, raw_mail(), ADDRESS, "csirt@meldpunt.example", "postmaster@meldpunt.example")
        (reference,) = references()
        assert answers == [(250, f"2.0.0 {reference}".encode())] * 3
        assert hand(port, raw_mail(), ADDRESS) == answers[:1]
        assert references() == [reference]
        (again,) = hand(port, raw_mail(name="twee"), ADDRESS, sender="")
        assert (again[0], len(references())) == (250, 2)
    with bound(JOB):
        # What has an empty return path is a bounce, and no bounce is answered.
        found = models.Mail.objects.order_by("at")
        assert list(found.values_list("unanswered", flat=True)) == ["", "no-sender"]


def test_all_real_mails_come_in_by_this_door_and_each_is_kept_as_it_came(
    environment: dict[str, str], shared_data: Path
) -> None:
    files = sorted(path for path in (shared_data / "email").rglob("*") if path.suffix in (".msg", ".txt"))
    # On the way a line ends in CRLF (RFC 5321, 2.3.8), and the last one ends.
    sent = {re.sub(rb"\r\n|\r|\n", b"\r\n", path.read_bytes()).removesuffix(b"\r\n") + b"\r\n" for path in files}
    with listening(environment) as port:
        answers = {raw: hand(port, raw, ADDRESS) for raw in sent}
    assert (len(files), {code for ((code, _),) in answers.values()}) == (118, {250})
    with bound(JOB):
        kept = {bytes(one) for one in models.Mail.objects.values_list("digest", flat=True)}
    assert kept == {sha256(raw).digest() for raw in sent}


@pytest.mark.parametrize("protocol", [(), ("--smtp",)])
def test_it_relays_for_nobody(environment: dict[str, str], protocol: tuple[str, ...]) -> None:
    strangers = [
        *("iemand@elders.example", "meld@elders.example", "postmaster@elders.example"),
        *("meld@meldpunt.example@elders.example", "meld%elders.example@meldpunt.example"),
        f"bounces+{'0' * 39}@terug.meldpunt.example",
    ]
    with (
        listening(environment, *protocol) as port,
        (smtplib.SMTP if protocol else smtplib.LMTP)("127.0.0.1", port) as client,
    ):
        client.ehlo("elders.example")
        client.mail(FROM)
        assert {client.rcpt(one)[0] for one in strangers} <= {550, 553}
        assert client.rcpt(f"bounces+{'0' * 40}@terug.meldpunt.example")[0] == 250


def test_smtp_takes_long_lines_and_dots_and_keeps_every_byte(environment: dict[str, str]) -> None:
    raw = raw_mail("x" * 5_000 + "\r\n.punt\r\n.\r\nna de punt")
    with listening(environment, "--smtp") as port, smtplib.SMTP("127.0.0.1", port) as client:
        assert client.sendmail(FROM, [ADDRESS], raw) == {}
        assert client.esmtp_features["size"] == str(LARGEST_MAIL)
    (line,) = queries.list_reports(cast.analyst()).lines
    assert queries.get_report(cast.analyst(), report=line.id).text == "x" * 5_000 + "\n.punt\n.\nna de punt\n".replace(
        "\n", "\r\n"
    )


def test_what_is_too_large_is_refused_before_it_is_sent_and_for_each_recipient_after(
    environment: dict[str, str],
) -> None:
    with listening(environment) as port:
        with smtplib.LMTP("127.0.0.1", port) as client:
            client.ehlo("elders.example")
            assert client.mail(FROM, [f"SIZE={LARGEST_MAIL + 1}"])[0] == 552
        answers = hand(port, b"Subject: x\r\n\r\n" + (b"y" * 70 + b"\r\n") * 700_000, ADDRESS, "csirt@meldpunt.example")
        assert [code for code, _ in answers] == [552, 552]
    assert references() == []


def test_who_is_killed_after_the_commit_and_before_the_answer_received_it_once(environment: dict[str, str]) -> None:
    with dying(environment) as port, pytest.raises(smtplib.SMTPServerDisconnected):
        hand(port, raw_mail(), ADDRESS)
    (reference,) = references()
    with listening(environment) as port:
        assert hand(port, raw_mail(), ADDRESS) == [(250, f"2.0.0 {reference}".encode())]
    assert references() == [reference]


def test_who_hands_over_the_same_mail_ten_times_at_once_hands_over_one(environment: dict[str, str]) -> None:
    answers: list[tuple[int, bytes]] = []
    with listening(environment) as port:
        hands = [threading.Thread(target=lambda: answers.extend(hand(port, raw_mail(), ADDRESS))) for _ in range(10)]
        for one in hands:
            one.start()
        for one in hands:
            one.join(60)
    (reference,) = references()
    assert answers == [(250, f"2.0.0 {reference}".encode())] * 10


def test_without_a_database_the_mail_stays_with_its_server(environment: dict[str, str]) -> None:
    away = environment | {"MELDPUNT_DATABASE_URL": f"postgresql://meldpunt_jobs@127.0.0.1:{free_port()}/nergens"}
    with listening(away) as port:
        answers = hand(port, raw_mail(), ADDRESS, "csirt@meldpunt.example")
    assert [code for code, _ in answers] == [451, 451]


def test_a_mistake_of_ours_is_no_reason_to_send_a_mail_back(environment: dict[str, str]) -> None:
    with broken(environment) as port:
        answers = hand(port, raw_mail(), ADDRESS, "csirt@meldpunt.example")
    assert [code for code, _ in answers] == [451, 451]


def test_without_the_key_of_evidence_the_mail_stays_with_its_server(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "evidence.key").mkdir()
    with listening(environment) as port:
        assert hand(port, raw_mail(), ADDRESS)[0][0] == 451
    assert references() == []


def test_beyond_this_machine_it_speaks_tls_or_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    open_to_all = [*LISTEN, "--smtp", "--host", "0.0.0.0", "--port", str(free_port())]
    refused = subprocess.run(open_to_all, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (refused.returncode, "certificate" in refused.stderr) == (1, True)
    pem, key = certificate(tmp_path)
    arguments = ["--smtp", "--host", "0.0.0.0", "--tls-certificate", str(pem), "--tls-key", str(key)]
    with listening(environment, *arguments) as port, smtplib.SMTP("localhost", port) as client:
        client.ehlo("elders.example")
        assert client.mail(FROM)[0] == 530
        client.starttls(context=ssl.create_default_context(cafile=str(pem)))
        assert client.sendmail(FROM, [ADDRESS], raw_mail()) == {}
    assert len(references()) == 1


def test_a_socket_of_one_who_was_killed_is_not_in_the_way(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "lmtp"
    for _ in range(2):
        with started([*LISTEN, "--socket", str(path)], environment) as process:
            with smtplib.LMTP(str(path)) as client:
                client.sendmail(FROM, [ADDRESS], raw_mail())
            second = subprocess.run(
                [*LISTEN, "--socket", str(path)], env=environment, capture_output=True, check=False, timeout=60
            )
            assert second.returncode == 1
            process.send_signal(signal.SIGKILL)
            process.wait(30)
    assert len(references()) == 1


def test_one_too_many_is_told_to_come_back(environment: dict[str, str]) -> None:
    with listening(environment, "--smtp") as port:
        connected = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
        greetings = [one.recv(100) for one in connected]
        with socket.create_connection(("127.0.0.1", port)) as late:
            assert late.recv(100).startswith(b"421 4.3.2")
        with socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0)) as another:
            assert another.recv(100).startswith(b"220")
        for one in connected:
            one.close()
        assert {greeting[:3] for greeting in greetings} == {b"220"}
        with smtplib.SMTP("127.0.0.1", port) as client:
            assert client.noop()[0] == 250


def test_a_sender_of_a_storm_of_mail_is_told_to_come_back_and_others_are_taken(environment: dict[str, str]) -> None:
    with (
        listening(environment | {"MELDPUNT_LIMITS": "mail=2/600"}, "--smtp") as port,
        smtplib.SMTP("127.0.0.1", port, timeout=30) as smtp,
    ):
        smtp.ehlo("elders.example")
        senders = (FROM, f"{FROM.replace('@', '+2@')}", FROM, "iemand@elders.example", "")
        answers = [(smtp.mail(one), smtp.rset())[0] for one in senders]
    assert [status for status, _ in answers] == [250, 250, 450, 250, 250]
    assert b"nothing is lost" in answers[2][1]
