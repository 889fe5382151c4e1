"""What a hunt finds in rollups is what the logs say, long after they are gone; and no client is named in them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.artefacts import write_indicators
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import ArtefactBroken, InputBroken, StoreBusy
from meldpunt.engines.matching.indicators import IndicatorSet, read_indicator
from meldpunt.engines.matching.reading.logs.opening import read_log
from meldpunt.engines.matching.rollups.files import read_rollup
from meldpunt.engines.matching.rollups.hunting import Find, expected_volume, hunt
from meldpunt.engines.matching.rollups.leaving_out import Own
from meldpunt.engines.matching.rollups.store import Store
from meldpunt.engines.matching.sighting import values_of
from meldpunt.engines.matching.values import Indicator, IndicatorKind
from meldpunt.entrypoints.cli.match import run

from .sights import time_of
from .test_logs import FIELDS, HEADER, indicators

DAY = 86_400
NOON = 1791288000
"""2026-10-06 12:00 UTC."""


def row(
    at: float | str, client: str = "10.0.0.5", server: str = "192.0.2.53", query: str = "-", answers: str = "-"
) -> str:
    return f"{at}\tC\t{client}\t{server}\t{query}\t{answers}\n"


def log(folder: Path, *rows: str, name: str = "dns.log", header: str = HEADER + FIELDS) -> Path:
    path = folder / name
    path.write_text(header + "".join(rows))
    return path


def found(finds: list[Find]) -> Counter[tuple[str, str, str, str]]:
    counted = Counter[tuple[str, str, str, str]]()
    for one in finds:
        counted[one.indicator.id, one.day.isoformat(), one.log, one.column] += one.count
    return counted


def said(path: Path, held: tuple[Indicator, ...], *, whenever: bool = True) -> Counter[tuple[str, str, str, str]]:
    """The same by the specification, over the records of the log, but for columns that may name a client."""
    by_hand = IndicatorSet.of(held)
    counted = Counter[tuple[str, str, str, str]]()
    for block in read_log(path):
        for number in range(block.rows):
            at = time_of(block, number)
            if at is None:
                continue
            for watched in block.watched:
                values = [] if watched.names_client else values_of(watched, number)
                for one in by_hand.seen_in(values, at=at, whenever=whenever):
                    counted[held[one].id, at.date().isoformat(), block.log, watched.name] += 1
    return counted


def test_a_hunt_finds_what_the_log_says_by_day_and_column(tmp_path: Path) -> None:
    path = log(
        tmp_path,
        row(NOON, query="www.evil.example", answers="198.51.100.7"),
        row(NOON + 1.5, query="evil.example", answers="198.51.100.7,198.51.100.7"),
        row(NOON + DAY, query="notevil.example", server="203.0.113.1"),
        row("-", query="evil.example"),
        row(NOON + DAY, query="EVIL.example.", server="203.0.113.1"),
        "too\tfew\n",
    )
    store = Store(tmp_path / "store")
    rolled = store.roll([path], source="sensor 1")
    assert (rolled.logs, rolled.known, rolled.records, rolled.untimed, rolled.unread) == (1, 0, 5, 1, 1)
    finds = list(hunt(store, indicators()))
    assert found(finds) == said(path, indicators())
    (first, *_) = [one for one in finds if one.indicator.id == "evil.example" and one.column == "query"]
    assert (first.source, first.count, first.is_exact) == ("sensor 1", 2, True)
    assert (first.first, first.last) == tuple(datetime.fromtimestamp(NOON + more, UTC) for more in (0, 1.5))
    text = path.read_bytes()
    assert [text[place.offset :].split(b"\t")[4] for place in first.places] == [b"www.evil.example", b"evil.example"]
    assert [(one.day, one.records) for one in store.held()] == [(date(2026, 10, 6), 2), (date(2026, 10, 7), 2)]
    assert list(hunt(store, indicators(), since=date(2026, 10, 8))) == []


ADDRESSES = st.sampled_from(
    ["10.0.0.1", "192.0.2.9", "192.0.3.0", "198.51.100.7", "2001:db8::5", "::ffff:192.0.2.1", "-", "x"]
)
NAMES = st.sampled_from(
    [
        "evil.example",
        "a.b.evil.example",
        "notevil.example",
        "example",
        "bücher.example",
        "b\\xc3\\xbccher.example",
        "-",
        "1.2.0.192.in-addr.arpa",
        "192.0.2.77",
    ]
)
ROWS = st.builds(
    row,
    st.sampled_from([NOON, NOON + 1, NOON + DAY, NOON + 2 * DAY - 1, "-"]),
    ADDRESSES,
    ADDRESSES,
    NAMES,
    st.lists(st.one_of(ADDRESSES, NAMES), min_size=1, max_size=3).map(",".join),
)
HELD = tuple(
    read_indicator(kind, text, id=f"{text} {number}", valid_from=begins, valid_until=ends)
    for kind, text in (
        (IndicatorKind.DOMAIN, "evil.example"),
        (IndicatorKind.DOMAIN, "xn--bcher-kva.example"),
        (IndicatorKind.DOMAIN, "b.evil.example"),
        (IndicatorKind.ADDRESS, "192.0.2.9"),
        (IndicatorKind.NETWORK, "192.0.2.0/23"),
        (IndicatorKind.NETWORK, "192.0.2.0/24"),
        (IndicatorKind.NETWORK, "2001:db8::/32"),
        (IndicatorKind.NETWORK, "8000::/1"),
        (IndicatorKind.NETWORK, "255.0.0.0/8"),
    )
    for number, (begins, ends) in enumerate(
        ((None, None), (datetime.fromtimestamp(NOON + 1, UTC), datetime.fromtimestamp(NOON + DAY + 5, UTC)))
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, min_size=1, max_size=25), whenever=st.booleans())
def test_every_find_is_in_the_logs_and_every_record_of_them_is_found(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], whenever: bool
) -> None:
    folder = tmp_path_factory.mktemp("store")
    path = log(folder, *rows)
    store = Store(folder / "store")
    store.roll([path])
    finds = list(hunt(store, HELD, whenever=whenever))
    by_hand = said(path, HELD, whenever=whenever)
    reverse = {key for key in by_hand if key[3] in ("query", "answers")}
    for one in finds:
        key = (one.indicator.id, one.day.isoformat(), one.log, one.column)
        assert one.count == by_hand[key] if one.is_exact else one.count >= by_hand[key]
        reverse.discard(key)
    assert set(by_hand) <= set(found(finds))


def test_names_of_one_fingerprint_are_told_apart(tmp_path: Path) -> None:
    """With a key of zeros all names have one fingerprint: what is left is the comparison of bytes."""
    path = log(
        tmp_path, row(NOON, query="live.example"), row(NOON, query="evil.example"), row(NOON, query="x.evil.example")
    )
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "key").write_bytes(np.zeros(257, np.uint64).tobytes())
    store = Store(tmp_path / "store")
    store.roll([path])
    assert found(list(hunt(store, indicators()))) == said(path, indicators())


def test_no_client_is_named_in_a_rollup(tmp_path: Path) -> None:
    clients = ["10.20.30.40", "2001:db8:aaaa::1234", "172.16.5.6"]
    dns = log(tmp_path, *(row(NOON, client=one, query="40.30.20.10.in-addr.arpa", answers=one) for one in clients))
    head = "#fields\tts\tid.orig_h\tid.resp_h\tmailfrom\trcptto\thelo\n"
    smtp = log(
        tmp_path,
        f"{NOON}\t10.20.30.40\t192.0.2.1\tjan@own.example\tpiet@own.example\tdesk7.own.example\n",
        name="smtp.log",
        header=head,
    )
    own = Own(tuple(ip_network(one) for one in ("10.0.0.0/8", "172.16.0.0/12", "2001:db8:aaaa::/48")), ("own.example",))
    for name, of in (("known", own), ("unknown", Own())):
        store = Store(tmp_path / name)
        store.roll([dns, smtp] if name == "known" else [smtp], own=of)
        held = b"".join(path.read_bytes() for path in store.folder.iterdir() if path.name != "key")
        for client in clients[:1] if name == "unknown" else clients:
            assert client.encode() not in held
            assert ip_address(client).packed not in held
        assert b"in-addr" not in held
        assert b"@own" not in held
        assert b"desk7" not in held
        assert ip_address("192.0.2.1").packed in held, "what the client asked is kept"


def test_no_client_is_named_where_json_declares_no_types_and_either_side_may_be_one(tmp_path: Path) -> None:
    hosts, eve = tmp_path / "known_hosts.log", tmp_path / "eve.json"
    hosts.write_text(json.dumps({"ts": NOON, "host": "10.20.30.40"}) + "\n")
    sides = {"src_ip": "192.0.2.1", "dest_ip": "10.20.30.40"}
    event = {"timestamp": "2026-10-06T12:00:00Z", "event_type": "fileinfo", "http": {"hostname": "evil.example"}}
    eve.write_text(json.dumps(event | sides) + "\n")
    store = Store(tmp_path / "store")
    store.roll([hosts, eve])
    client = read_indicator(IndicatorKind.ADDRESS, "10.20.30.40", id="client")
    assert {(one.indicator.id, one.column) for one in hunt(store, [*indicators(), client])} == {
        ("evil.example", "http.hostname")
    }


def test_with_own_networks_known_who_came_from_outside_is_found(tmp_path: Path) -> None:
    path = log(
        tmp_path, row(NOON, client="192.0.2.66", server="10.0.0.8"), row(NOON, client="10.0.0.9", server="192.0.2.1")
    )
    store = Store(tmp_path / "store")
    store.roll([path], own=Own((ip_network("10.0.0.0/8"),)))
    assert {(one.column, one.count) for one in hunt(store, indicators())} == {("id.orig_h", 1), ("id.resp_h", 1)}
    assert list(hunt(store, [read_indicator(IndicatorKind.NETWORK, "10.0.0.0/8", id="own")])) == []


def test_a_log_that_is_known_counts_once_and_one_that_is_broken_adds_nothing(tmp_path: Path) -> None:
    path = log(tmp_path, row(NOON, query="evil.example"))
    store = Store(tmp_path / "store")
    assert store.roll([path, path]).logs == 1
    assert store.roll([path]).known == 1
    broken = log(tmp_path, row(NOON, query="evil.example"), row(NOON), name="http.log")
    broken.write_text("no log\n")
    other = log(tmp_path, row(NOON, query="other.evil.example"), name="other.log")
    with pytest.raises(InputBroken, match="no log of Zeek"):
        store.roll([other, broken])
    assert sum(one.count for one in hunt(store, indicators()) if one.column == "query") == 1
    assert store.roll([other]).logs == 1
    assert sum(one.count for one in hunt(store, indicators()) if one.column == "query") == 2


def test_days_expire_and_their_files_go_with_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON, query="evil.example"), row(NOON + DAY, query="evil.example"))])
    assert store.expire(date(2026, 10, 7)) == 1
    assert [one.day for one in store.held()] == [date(2026, 10, 7)]
    assert len(list(store.folder.glob("*.rollup"))) == 1


def test_one_process_at_a_time_and_the_key_is_nobody_elses(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    path = log(tmp_path, row(NOON))

    def again(_log: Path, _records: int) -> None:
        with pytest.raises(StoreBusy):
            store.roll([path])

    store.roll([path], progress=again)
    assert (store.folder / "key").stat().st_mode & 0o777 == 0o600


def test_a_rollup_that_is_damaged_is_refused_where_it_is_checked(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON, query="evil.example"))])
    (path,) = store.folder.glob("*.rollup")
    held = bytearray(path.read_bytes())
    held[-1] ^= 1
    path.write_bytes(held)
    with pytest.raises(ArtefactBroken, match="another digest"):
        list(hunt(store, indicators(), is_checked=True))


def test_killed_in_the_middle_the_store_is_as_it_was_before(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON, query="evil.example"))])
    before = (store.folder / "rollups.json").read_bytes()
    rows = "".join(row(NOON + number % 10 * DAY, query=f"n{number}.evil.example") for number in range(200_000))
    log(tmp_path, rows, name="large.log")
    code = (
        "import os, sys, signal\nfrom pathlib import Path\n"
        "from meldpunt.engines.matching.rollups import store\n"
        "written = store.write_rollup\n"
        "def dies(*said):\n    path = written(*said)\n    os.kill(os.getpid(), signal.SIGKILL)\n    return path\n"
        "store.write_rollup = dies\n"
        "store.Store(Path(sys.argv[1])).roll([Path(sys.argv[2])])\n"
    )
    command = [sys.executable, "-c", code, str(store.folder), str(tmp_path / "large.log")]
    done = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": "src"})
    assert done.returncode == -signal.SIGKILL
    assert (store.folder / "rollups.json").read_bytes() == before
    assert len(list(store.folder.glob("*.rollup"))) == 2, "one was written and is named nowhere"
    assert sum(one.count for one in hunt(store, indicators()) if one.column == "query") == 1
    assert store.roll([tmp_path / "large.log"]).records == 200_000
    assert len(list(store.folder.glob("*.rollup"))) == len(store.held())
    assert sum(one.count for one in hunt(store, indicators()) if one.column == "query") == 200_001


def test_what_an_indicator_would_flood_is_told_beforehand(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, *[row(NOON + number * DAY / 50, query="cdn.example") for number in range(100)])])
    broad = read_indicator(IndicatorKind.DOMAIN, "cdn.example", id="broad")
    rare = read_indicator(IndicatorKind.DOMAIN, "rare.example", id="rare")
    days = len({one.day for one in store.held()})
    assert expected_volume(store, [rare, broad]) == [(broad, 100 / days)]


def test_a_real_sensor_is_hunted_as_it_is_looked_through(tmp_path: Path, shared_data: Path) -> None:
    addresses = {line for path in (shared_data / "feeds").glob("ipsum_*.txt") for line in path.read_text().split()}
    held = (
        *(read_indicator(IndicatorKind.ADDRESS, one, id=one) for one in sorted(addresses)),
        read_indicator(IndicatorKind.DOMAIN, "google.com", id="google.com"),
        read_indicator(IndicatorKind.NETWORK, "147.32.0.0/15", id="campus"),
    )
    logs = sorted((shared_data / "zeek").rglob("*.log"))
    store = Store(tmp_path / "store")
    store.roll(logs)
    by_hand = Counter[tuple[str, str, str, str]]()
    for path in logs:
        by_hand.update(said(path, held))
    finds = list(hunt(store, held))
    assert set(by_hand) == set(found(finds))
    assert all(
        one.count == by_hand[one.indicator.id, one.day.isoformat(), one.log, one.column]
        for one in finds
        if one.is_exact
    )
    assert sum(found(finds).values()) == 26
    assert timedelta(0) <= max(one.last - one.first for one in finds)


def test_the_command_keeps_and_hunts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = log(tmp_path, *[row(NOON + number, query="www.evil.example") for number in range(3)])
    compiled = write_indicators(compile_indicators(indicators()), tmp_path / "compiled")
    store = str(tmp_path / "store")
    assert (
        run(["roll", str(path), "--store", store, "--source", "s1", "--own", "10.0.0.0/8", "--own", "own.example"]) == 0
    )
    assert "1 logs, and 0 that are known; 3 records" in capsys.readouterr().out
    assert run(["hunt", str(compiled), "--store", store]) == 0
    said = capsys.readouterr().out
    assert "2026-10-06 s1 dns query: evil.example (evil.example), 3 records" in said
    assert "2 of 8 indicators were seen" in said
    assert run(["hunt", str(compiled), "--store", store, "--json", "--check"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(one["column"], one["records"], one["is_exact"]) for one in lines} == {
        ("query", 3, True),
        ("id.resp_h", 3, True),
    }
    assert run(["hunt", str(compiled), "--store", store, "--volume"]) == 0
    assert "3.0 a day" in capsys.readouterr().out
    assert run(["roll", "--store", store, "--expire", "2026-10-07", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["days"] == 0
    assert run(["hunt", str(compiled), "--store", str(tmp_path / "nowhere")]) == 1


def test_a_url_at_an_address_of_ones_own_is_not_kept(tmp_path: Path) -> None:
    own = ["198.51.100.7", "198.51.100.7:8080", "[2001:db8::7]", "[2001:db8::7]:8080"]
    head = "#fields\tts\treferrer\n"
    rows = [f"{NOON}\thttp://{host}/intranet\n" for host in (*own, "192.0.2.9")]
    store = Store(tmp_path / "store")
    networks = tuple(ip_network(one) for one in ("198.51.100.0/24", "2001:db8::/32"))
    store.roll([log(tmp_path, *rows, name="http.log", header=head)], own=Own(networks))
    held = b"".join(path.read_bytes() for path in store.folder.glob("*.rollup"))
    assert b"198.51.100.7" not in held
    assert b"2001:db8" not in held
    assert held.count(b"/intranet") == 1, "that of the stranger"


def test_a_log_that_has_grown_since_it_was_added_is_refused(tmp_path: Path) -> None:
    first, more = row(NOON, query="evil.example"), row(NOON + 1, query="evil.example")
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, first)])
    log(tmp_path, first, more)
    with pytest.raises(InputBroken, match="has grown since"):
        store.roll([tmp_path / "dns.log"])
    assert sum(one.count for one in hunt(store, indicators()) if one.column == "query") == 1
    empty = Store(tmp_path / "empty")
    empty.roll([log(tmp_path)])
    empty.roll([log(tmp_path, first)])
    assert sum(one.count for one in hunt(empty, indicators()) if one.column == "query") == 1


def test_the_same_bytes_count_once_under_whatever_name_and_logs_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, name in (("a", "evil.example"), ("b", "b.evil.example"), ("c", "evil.example")):
        (tmp_path / folder).mkdir()
        log(tmp_path / folder, row(NOON, query=name))
    store = Store(tmp_path / "store")
    assert store.roll([tmp_path / folder / "dns.log" for folder in "abc"]).logs == 2
    (one,) = [find for find in hunt(store, indicators()) if find.column == "query"]
    assert (one.count, len({place.file for place in one.places})) == (2, 2)
    assert all(place.file.endswith("/dns.log") for place in one.places)


def test_what_is_ones_own_is_said_once_and_an_address_that_carries_it_is_its_own_too(tmp_path: Path) -> None:
    carrying = [
        "64:ff9b::c633:6407",
        "2002:c633:6407::1",
        "198.51.100.7",
        "fd00::1",
        "10.1.2.3",
        "fe80::1",
        "100.64.0.9",
    ]
    others = ["64:ff9b::808:808", "2002:808:808::1", "203.0.113.9"]
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON), name="first.log")], own=Own((ip_network("198.51.100.0/24"),)))
    rows = [row(NOON + place, server=one, answers=one) for place, one in enumerate((*carrying, *others))]
    store.roll([log(tmp_path, *rows, name="second.log")])
    held = b"".join(path.read_bytes() for path in store.folder.glob("*.rollup"))
    assert [one for one in carrying if ip_address(one).packed in held] == []
    assert [one for one in others if ip_address(one).packed not in held] == []


def test_a_network_of_ipv6_holds_no_address_of_ipv4(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON, server="192.0.2.1"), row(NOON, server="::5:0:1"))])
    wide = read_indicator(IndicatorKind.NETWORK, "::/16", id="wide")
    assert [(one.column, one.count) for one in hunt(store, [wide])] == [("id.resp_h", 1)]


def test_a_store_with_little_room_says_the_same_in_more_rollups(tmp_path: Path) -> None:
    rows = [row(NOON + number % 5 * DAY, query=f"n{number}.evil.example") for number in range(200)]
    path = log(tmp_path, *rows)
    small, large = Store(tmp_path / "small"), Store(tmp_path / "large")
    small.roll([path], most=1)
    large.roll([path])
    assert (len(small.held()), len(large.held())) == (5, 5)
    halves = [log(tmp_path, *rows[place::2], name=f"half{place}.log") for place in range(2)]
    cut = Store(tmp_path / "cut")
    cut.roll(halves, most=1)
    assert len(cut.held()) == 10
    for one in (small, cut):
        counted = Counter[tuple[str, date, str]]()
        for find in hunt(one, indicators()):
            counted[find.indicator.id, find.day, find.column] += find.count
        whole = {(find.indicator.id, find.day, find.column): find.count for find in hunt(large, indicators())}
        assert dict(counted) == whole


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"rollups": [{}], "logs": {}, "own": []}', '{"rollups": [], "logs": {"a": {}}, "own": []}'],
)
def test_a_manifest_that_is_damaged_is_refused(tmp_path: Path, text: str) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON))])
    (store.folder / "rollups.json").write_text(text)
    with pytest.raises(ArtefactBroken):
        store.held()
    with pytest.raises(ArtefactBroken):
        store.roll([log(tmp_path, row(NOON + 1))])


def test_a_day_that_was_changed_and_another_key_are_refused_because_a_hunt_would_find_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON, query="evil.example"))])
    manifest = store.folder / "rollups.json"
    whole = manifest.read_text()
    manifest.write_text(whole.replace("2026-10-06", "2026-10-07"))
    with pytest.raises(ArtefactBroken, match="changed"):
        list(hunt(store, indicators()))
    manifest.write_text(whole)
    key = bytearray((store.folder / "key").read_bytes())
    key[0] ^= 1
    (store.folder / "key").write_bytes(key)
    with pytest.raises(ArtefactBroken, match="key"):
        list(hunt(store, indicators()))
    with pytest.raises(ArtefactBroken, match="key"):
        store.roll([log(tmp_path, row(NOON + 1))])


def test_a_rollup_whose_numbers_lead_outside_it_is_refused_also_where_no_digest_is_taken(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, *(row(NOON, query=f"{name}.evil.example") for name in "abcdefgh"))])
    (path,) = store.folder.glob("*.rollup")
    read = read_rollup(path, is_checked=False)
    raw = path.read_bytes()
    values = read.rollup.print_values.tobytes()
    assert raw.count(values) == 1
    path.write_bytes(raw.replace(values, b"\x7f" * len(values)))
    with pytest.raises(ArtefactBroken, match="damaged"):
        list(hunt(store, indicators()))


def test_first_and_last_lie_in_the_window_of_an_indicator_also_where_what_was_seen_does_not(tmp_path: Path) -> None:
    path = log(tmp_path, *(row(NOON + hour * 3_600, query="evil.example") for hour in range(-6, 7)))
    store = Store(tmp_path / "store")
    store.roll([path])
    begins = datetime(2026, 10, 6, 11, tzinfo=UTC)
    ends = datetime(2026, 10, 6, 13, tzinfo=UTC)
    one = read_indicator(IndicatorKind.DOMAIN, "evil.example", id="a", valid_from=begins, valid_until=ends)
    (find,) = hunt(store, [one])
    assert (find.count, find.is_exact, find.first) == (13, False, begins)
    assert find.last == ends - timedelta(microseconds=1)
    (whole,) = hunt(store, [one], whenever=True)
    assert (whole.is_exact, whole.last - whole.first) == (True, timedelta(hours=12))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"counts":["<i8",[', b'"counts":["<u8",['),
        (b'"prints":["<u8",[', b'"prints":["<u8",[1,'),
        (b'"<u2",[', b'"<u1",['),
    ],
    ids=["another kind", "another shape", "columns of another kind"],
)
def test_a_rollup_whose_arrays_are_others_is_refused_before_the_kernel_has_them(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON, query="evil.example"))])
    (path,) = store.folder.glob("*.rollup")
    raw = path.read_bytes()
    start = raw.index(b"{") - 8
    length = int.from_bytes(raw[start : start + 8], "little")
    header, rest = raw[start + 8 : start + 8 + length], raw[start + 8 + length :]
    assert header.count(old) == 1
    changed = header.replace(old, new)
    path.write_bytes(raw[:start] + len(changed).to_bytes(8, "little") + changed + rest)
    with pytest.raises(ArtefactBroken, match="damaged"):
        list(hunt(store, indicators()))
