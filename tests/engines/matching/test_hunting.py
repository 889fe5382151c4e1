"""A hunt keeps to windows, days and what was said to be one's own, to the edge of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import numpy as np
import pytest

from meldpunt.engines.matching.compiling import drawn_seed
from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.indicators import read_indicator
from meldpunt.engines.matching.rollups.gathering import Gathering
from meldpunt.engines.matching.rollups.hunting import hunt
from meldpunt.engines.matching.rollups.leaving_out import Own
from meldpunt.engines.matching.rollups.store import Store
from meldpunt.engines.matching.values import IndicatorKind

from .test_logs import FIELDS, HEADER
from .test_rollups import DAY, NOON, log, row

BEGINS = datetime.fromtimestamp(NOON, UTC)


def _store(folder: Path, *rows: str, own: Own | None = None, header: str = HEADER + FIELDS, **said: str) -> Store:
    store = Store(folder / "store")
    store.roll([log(folder, *rows, header=header, **said)], own=own or Own())
    return store


@pytest.mark.parametrize(
    ("seconds", "count", "is_exact"),
    [
        (["-0.000001"], 0, True),
        (["0"], 1, True),
        (["9.999999"], 1, True),
        (["10"], 0, True),
        (["0", "9.999999"], 2, True),
        (["-0.000001", "0"], 2, False),
        (["9.999999", "10"], 2, False),
        (["-1", "11"], 2, False),
    ],
    ids=["before", "begins", "last", "ends", "whole", "cut-at-beginning", "cut-at-end", "round"],
)
def test_a_window_holds_from_its_beginning_up_to_its_end(
    tmp_path: Path, seconds: list[str], count: int, *, is_exact: bool
) -> None:
    held = read_indicator(
        IndicatorKind.DOMAIN, "evil.example", id="1", valid_from=BEGINS, valid_until=BEGINS + timedelta(seconds=10)
    )
    store = _store(tmp_path, *(row(f"{NOON + float(one):.6f}", query="evil.example") for one in seconds))
    found = list(hunt(store, [held]))
    assert [(one.count, one.is_exact) for one in found] == ([(count, is_exact)] if count else [])
    assert [one.count for one in hunt(store, [held], whenever=True)] == [len(seconds)]


def test_a_hunt_looks_at_the_days_that_are_asked_for_by_source_and_day(tmp_path: Path) -> None:
    held = [read_indicator(IndicatorKind.DOMAIN, "evil.example", id="1")]
    store = Store(tmp_path / "store")
    for source in ("b", "a"):
        rows = [row(NOON + DAY * day + (source == "a"), query="evil.example") for day in (1, 0, 2)]
        store.roll([log(tmp_path, *rows, name=f"{source}.log")], source=source)
    days = [date(2026, 10, 6) + timedelta(days=number) for number in range(3)]
    assert [(one.source, one.day) for one in hunt(store, held)] == [(source, day) for source in "ab" for day in days]
    asked = [one.day for one in hunt(store, held, since=days[1], until=days[1])]
    assert asked == [days[1], days[1]]


def test_of_many_records_the_first_places_are_kept_and_told_in_order(tmp_path: Path) -> None:
    names = [f"n{number}.evil.example" for number in range(5)]
    store = _store(tmp_path, *(row(NOON, query=name) for name in (*names, *names)))
    (found,) = hunt(store, [read_indicator(IndicatorKind.DOMAIN, "evil.example", id="1")])
    text = (tmp_path / "dns.log").read_bytes()
    assert found.count == 10
    assert [text[place.offset :].split(b"\t")[4].decode() for place in found.places] == names[:3]


def test_records_of_one_number_in_two_blocks_are_two(tmp_path: Path) -> None:
    one = row(NOON, query="evil.example")
    store = _store(tmp_path, one, HEADER + FIELDS, one)
    (found,) = hunt(store, [read_indicator(IndicatorKind.DOMAIN, "evil.example", id="1")])
    assert found.count == 2


def test_a_rollup_takes_as_many_logs_as_its_places_can_tell_apart() -> None:
    gathering = Gathering(drawn_seed(), Own())
    gathering.files += map(str, range((1 << 15) - 2))
    assert not gathering.is_full
    gathering.files.append("the last")
    assert gathering.is_full
    assert (np.int64(len(gathering.files) - 1) << 48) >> 48 == len(gathering.files) - 1


NOT_PUBLIC = (
    *("10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255"),
    *("127.0.0.1", "169.254.169.254", "fc00::1", "fdff::1", "fe80::1", "::1"),
)
PUBLIC = ("11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "100.128.0.0", "128.0.0.0", "::2", "fec0::1")


def test_no_address_that_is_not_public_is_kept_and_its_neighbours_are(tmp_path: Path) -> None:
    store = _store(tmp_path, *(row(NOON, server=one, answers=one) for one in (*NOT_PUBLIC, *PUBLIC)))
    held = b"".join(path.read_bytes() for path in store.folder.glob("*.rollup"))
    assert [one for one in NOT_PUBLIC if _packed(one) in held] == []
    assert [one for one in PUBLIC if _packed(one) not in held] == []


def _packed(text: str) -> bytes:
    address = ip_address(text)
    return (b"\0" * 10 + b"\xff\xff" if address.version == 4 else b"") + address.packed


def test_names_that_are_addresses_backwards_are_not_kept(tmp_path: Path) -> None:
    names = ["7.100.51.198.in-addr.arpa", "1.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "phone.local", "evil.arpa"]
    store = _store(tmp_path, *(row(NOON, query=name) for name in names))
    held = b"".join(path.read_bytes() for path in store.folder.glob("*.rollup"))
    assert [name.encode() in held for name in names] == [False, False, False, True]


def test_mail_addresses_of_own_domains_and_of_those_under_them_are_not_kept(tmp_path: Path) -> None:
    header = "#fields\tts\tmailfrom\n"
    senders = ["jan@own.example", "piet@mail.own.example", "boss@notown.example", "boss@own.example.evil.example"]
    own = Own((ip_network("198.51.100.0/24"),), ("own.example",))
    store = _store(tmp_path, *(f"{NOON}\t{one}\n" for one in senders), own=own, header=header, name="smtp.log")
    store.roll([log(tmp_path, f"{NOON + 1}\tkees@own.example\n", header=header, name="later.log")])
    held = b"".join(path.read_bytes() for path in store.folder.glob("*.rollup"))
    assert [one.encode() in held for one in (*senders, "kees@own.example")] == [False, False, True, True, False]


def test_a_log_that_changes_while_others_are_added_is_refused_and_nothing_is_added(tmp_path: Path) -> None:
    first, second = (log(tmp_path, row(NOON + number), name=f"{number}.log") for number in range(2))
    store = Store(tmp_path / "store")
    with pytest.raises(InputBroken, match="it changed"):
        store.roll([first, second], progress=lambda _log, _records: log(tmp_path, row(NOON), name="1.log") and None)
    assert store.held() == []
