"""The server ends when it is told to, whoever hangs on the line."""

from __future__ import annotations

import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stories.running import RunningHouse

from meldpunt.entrypoints.cli.serve import SECONDS_TO_END, Doors
from meldpunt.entrypoints.postgres import launcher


@pytest.fixture
def served(postgres_server: launcher.Server, migrated_template: str, tmp_path: Path) -> Iterator[RunningHouse]:
    name = f"served_{os.getpid()}"
    launcher.create_database(postgres_server, name, template=migrated_template)
    running = RunningHouse(postgres_server, name, tmp_path)
    running.environment["DJANGO_SETTINGS_MODULE"] = "meldpunt.entrypoints.settings.testing"
    running.start()
    yield running
    running.stop()
    launcher.drop_database(postgres_server, name)


def test_who_never_sends_the_rest_of_a_form_does_not_keep_the_server_alive(served: RunningHouse) -> None:
    assert served.process is not None
    with socket.create_connection(("127.0.0.1", served.port)) as visitor:
        visitor.sendall(b"POST /report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n\r\nhalf")
        os.killpg(served.process.pid, signal.SIGINT)
        served.process.wait(timeout=SECONDS_TO_END * 6)


def test_who_is_told_to_stop_in_the_middle_of_waking_up_stops() -> None:
    server = Doors("nothing:application")
    with server.main_loop_interrupt._cond:  # what the main thread holds when a signal interrupts its waiting
        server.signal_handler_interrupt()
    assert server.main_loop_interrupt.wait(timeout=5)


ANSWERS = {
    "/": "text/html",
    "/desk/": "text/html",
    "/portal/": "text/html",
    "/api/v1/reports": "application/problem+json",
}


def test_when_the_database_is_gone_the_visitor_reads_that_it_is_our_side_and_the_log_says_what(
    served: RunningHouse,
) -> None:
    launcher.drop_database(served.server, served.database)
    for path, media_type in ANSWERS.items():
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(served.address + path, timeout=20)
        with refused.value as answer:
            assert (answer.code, answer.headers.get_content_type()) == (500, media_type)
    log = (served.folder / "server.log").read_text()
    assert log.count(" ERROR django.request Internal Server Error: ") == len(ANSWERS)
    assert "psycopg.OperationalError" in log
