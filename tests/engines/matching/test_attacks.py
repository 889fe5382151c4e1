"""What somebody who chooses the bytes could do, and cannot: take rows of others, lose them, have a password travel."""

from __future__ import annotations

import bz2
import csv
import io
import json
import lzma
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from meldpunt.engines.matching.artefacts import write_indicators, write_registry
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import ColumnsUnclear, InputBroken, OutputBusy, OutputThere
from meldpunt.engines.matching.packing.gathering import file_name
from meldpunt.engines.matching.packing.planning import plan
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.passwords import hide_in_json, is_secret
from meldpunt.engines.matching.reading.intelligence.opening import read_text
from meldpunt.engines.matching.reading.logs.opening import read_log
from meldpunt.engines.matching.reading.streams import Input
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rollups.leaving_out import Own
from meldpunt.engines.matching.rollups.store import MOST_DAYS, Store
from meldpunt.engines.matching.tasks import alone_in
from meldpunt.engines.matching.values import Claim, ClaimKind
from meldpunt.entrypoints.cli.match import run

from .test_logs import HEADER, indicators
from .test_rollups import NOON, log, row

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
NOW = "2026-10-06 12:00:00"
CLAIMS = [
    Claim("A", "owner", ClaimKind.PREFIX, "131.2.3.0/24", SINCE),
    Claim("B", "owner", ClaimKind.PREFIX, "1.2.3.0/24", SINCE),
    Claim("unreadable", "owner", ClaimKind.PREFIX, "9.9.9.0/24", SINCE),
]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_registry(compile_registry(Registry.compile(CLAIMS)), tmp_path_factory.mktemp("registry"))


def attributed(registry: Path, folder: Path, feed: bytes) -> tuple[Path, dict[str, object]]:
    path = folder / "feed.csv"
    path.write_bytes(feed)
    (told,) = attribute([path], Asked(registry, folder / "out"))["inputs"]  # type: ignore[misc]
    return folder / "out" / "packages" / "001-feed.csv", told


def rows_of(package: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(package.read_text(encoding="utf-8-sig"), newline="")))[1:]


def test_a_header_that_is_no_utf_8_takes_no_byte_of_the_first_row(registry: Path, tmp_path: Path) -> None:
    feed = f"ip,timestamp,ger\xe4t\n131.2.3.4,{NOW},x\n131.2.3.5,{NOW},y\n".encode("latin-1")
    folder, told = attributed(registry, tmp_path, feed)
    assert [cells[0] for cells in rows_of(folder / "A.csv")] == ["131.2.3.4", "131.2.3.5"]
    assert not (folder / "B.csv").exists()
    assert told["rows"] == 2


def test_a_quote_in_a_text_hands_no_rows_of_others_to_whoever_wrote_it(registry: Path, tmp_path: Path) -> None:
    lines = [f'1.2.3.4,{NOW},"evil', f"131.2.3.4,{NOW},victim", f'131.2.3.6,{NOW},a"b', f"131.2.3.7,{NOW},ok"]
    folder, told = attributed(registry, tmp_path, ("ip,timestamp,note\n" + "\n".join(lines) + "\n").encode())
    assert not (folder / "B.csv").exists()
    assert [cells[0] for cells in rows_of(folder / "A.csv")] == ["131.2.3.7"]
    assert (told["misshapen"], told["over_lines"]) == (1, 1)
    assert b"victim" in (folder / "misshapen.txt").read_bytes()


def test_rows_over_several_lines_are_told_because_a_quote_may_have_joined_them(registry: Path, tmp_path: Path) -> None:
    feed = f'ip,timestamp,note\n1.2.3.4,{NOW},"a\nb"\n131.2.3.7,{NOW},ok\n'
    folder, told = attributed(registry, tmp_path, feed.encode())
    assert (told["attributed"], told["misshapen"], told["over_lines"]) == (2, 0, 1)
    assert rows_of(folder / "B.csv")[0][2] == "a\nb"


def test_an_owner_called_as_a_file_of_ours_takes_nothing_away(registry: Path, tmp_path: Path) -> None:
    folder, _ = attributed(registry, tmp_path, f"ip,timestamp\n9.9.9.1,{NOW}\n999.1.1.1,{NOW}\n".encode())
    assert [cells[0] for cells in rows_of(folder / "unreadable.csv")] == ["999.1.1.1"]
    assert [cells[0] for cells in rows_of(folder / "%75nreadable.csv")] == ["9.9.9.1"]
    assert len({file_name(owner) for owner in ("unreadable", "Unreadable", "%75nreadable", "misshapen")}) == 4


@pytest.mark.parametrize("packed", [bz2.compress(b"a\n"), lzma.compress(b"a\n")], ids=["bzip2", "xz"])
def test_what_stands_behind_a_packed_stream_is_another_or_damage(tmp_path: Path, packed: bytes) -> None:
    path = tmp_path / "feed"
    for behind, whole in ((packed, b"a\na\n"), (b"\0" * 300_000, b"a\n"), (b"\0" * 4 + packed, b"a\na\n")):
        path.write_bytes(packed + behind)
        assert b"".join(Input(path).pieces()) == whole
    for behind in (b"JUNK", packed[:-3]):
        path.write_bytes(packed + behind)
        with pytest.raises(InputBroken):
            list(Input(path).pieces())


def test_a_name_of_a_file_that_nobody_can_write_down_is_refused_before_any_work(registry: Path, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xff.csv"))
    path.write_text(f"ip,timestamp\n1.2.3.4,{NOW}\n")
    with pytest.raises(InputBroken, match="UTF-8"):
        attribute([path], Asked(registry, tmp_path / "out"))


def test_a_log_of_days_without_end_is_refused_before_it_fills_memory(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with pytest.raises(InputBroken, match="days"):
        store.roll([log(tmp_path, *(row(day * 86_400, query="evil.example") for day in range(1, MOST_DAYS + 2)))])
    assert store.held() == []


def test_a_pattern_whose_quote_nothing_closes_is_left_out_before_the_parser_has_it() -> None:
    """The parser would take hours over the first."""
    for pattern in ("[ipv4-addr:value='" + "\\'" * 50_000 + "]", "[a:b = 'x' OR " * 9_000 + "'"):
        raw = json.dumps(
            {"type": "indicator", "id": "indicator--1", "pattern": pattern, "valid_from": "2026-10-01T00:00:00Z"}
        )
        read = read_text(raw.encode(), name="stix", source="stix")
        assert [one.reason for one in read.left_out] == ["its pattern is none of STIX"]


@pytest.mark.parametrize(
    "name",
    [
        *("password", "Passwords", "userPassword", "email:password", "userpass", "pw", "Passwort", "wachtwoorden"),
        *("api_key", "apiKey", "access_token", "client.secret", "login|pass", "credentials", "passwd", "pwd"),
    ],
)
def test_a_column_of_passwords_is_known_by_many_names(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["compass", "passenger", "bypass_reason", "keyboard", "secretary", "ip", "tokenizer"])
def test_a_word_within_a_word_hides_no_column(name: str) -> None:
    assert not is_secret(name)


def test_no_password_of_a_log_is_shown_with_its_record(tmp_path: Path) -> None:
    zeek = tmp_path / "http.log"
    fields = (
        "#fields\tts\thost\turi\tusername\tpassword\ttags\n#types\ttime\tstring\tstring\tstring\tstring\tset[enum]\n"
    )
    zeek.write_text(HEADER.replace("dns", "http") + fields + "1791288000.0\tevil.example\t/\tjan\tWelkom01!\t(empty)\n")
    (block,) = read_log(zeek)
    assert block.text_of(0) == "1791288000.0\tevil.example\t/\tjan\tW…! (9)\t(empty)"
    line = {"ts": 1791288000.5, "query": "evil.example", "auth": {"password": 'a"geheim', "n": 5}, "token": 123456}
    (tmp_path / "dns.log").write_text(json.dumps(line) + "\n")
    (shown,) = (block.text_of(0) for block in read_log(tmp_path / "dns.log"))
    assert "geheim" not in shown
    assert "123456" not in shown
    assert '"query": "evil.example"' in shown


def test_a_password_that_a_line_was_cut_in_is_masked_as_well() -> None:
    assert hide_in_json('{"a": 1, "password": "gehei') == '{"a": 1, "password": "g…i (5)"'
    assert hide_in_json('{"password": null, "user": "x"}') == '{"password": null, "user": "x"}'


def test_two_columns_that_could_be_the_address_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text(f"timestamp,source_ip,ip\n{NOW},131.2.3.4,1.2.3.4\n")
    with pytest.raises(ColumnsUnclear, match="source_ip"):
        plan(path, given={}, otherwise_at=None, is_plain=False)
    assert plan(path, given={"address": "ip"}, otherwise_at=None, is_plain=False).layout.by.address == "ip"
    path.write_text(f"timestamp,source_ip,ip\n{NOW},1.2.3.4,1.2.3.4\n{NOW},,1.2.3.4\n")
    assert plan(path, given={}, otherwise_at=None, is_plain=False).layout.by.address == "ip"


def test_rows_that_say_no_time_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("ip,note\n1.2.3.4,x\n")
    with pytest.raises(ColumnsUnclear, match="--at"):
        plan(path, given={}, otherwise_at=None, is_plain=False)
    assert plan(path, given={}, otherwise_at=SINCE, is_plain=False).layout.by.time is None


def test_what_stands_where_an_answer_would_go_is_not_removed(registry: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "out" / "packages" / "thesis.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine")
    with pytest.raises(OutputThere, match="packages"):
        attributed(registry, tmp_path, f"ip,timestamp\n1.2.3.4,{NOW}\n".encode())
    assert theirs.read_text() == "mine"


def test_two_runs_into_one_folder_are_not_mixed(registry: Path, tmp_path: Path) -> None:
    with alone_in(tmp_path / "out"):
        other = "import sys; from pathlib import Path; from meldpunt.engines.matching.tasks import alone_in\n"
        other += "with alone_in(Path(sys.argv[1])): pass"
        command = [sys.executable, "-c", other, str(tmp_path / "out")]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "OutputBusy" in ended.stderr
        with pytest.raises(OutputBusy):
            attributed(registry, tmp_path, f"ip,timestamp\n1.2.3.4,{NOW}\n".encode())
    _, told = attributed(registry, tmp_path, f"ip,timestamp\n1.2.3.4,{NOW}\n".encode())
    assert told["attributed"] == 1


@pytest.mark.parametrize(
    "address",
    [
        *("64:ff9b::c633:6407", "64:ff9b:1::c633:6407", "2002:c633:6407::1", "2001:0:1:2:3:4:39cc:9bf8"),
        *("fd00::5efe:c633:6407", "2001:db8::200:5efe:198.51.100.7"),
    ],
)
def test_an_address_that_carries_one_of_ours_is_not_kept(tmp_path: Path, address: str) -> None:
    store = Store(tmp_path / "store")
    store.roll([log(tmp_path, row(NOON, server=address))], own=Own((ip_network("198.51.100.0/24"),)))
    assert sum(one.values for one in store.held()) == 0


def test_names_of_ones_own_machines_are_not_kept_and_what_was_kept_before_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    names = ("laptop.city.example", "phone.local", "nas.lan", "evil.example")
    first = store.roll([log(tmp_path, *(row(NOON, query=name) for name in names))])
    assert first.made_before == 0
    other = log(tmp_path, *(row(NOON + 1, query=name) for name in names), name="dns.2.log")
    assert store.roll([other], own=Own(domains=("city.example",))).made_before == 1
    kept = [path.read_bytes().count(b"laptop.city.example") for path in store.folder.glob("*.rollup")]
    assert sorted(kept) == [0, 1]
    assert not any(b"phone.local" in path.read_bytes() for path in store.folder.glob("*.rollup"))


def test_the_commands_say_where_nothing_was_looked_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = str(write_indicators(compile_indicators(indicators()), tmp_path))
    store = tmp_path / "store"
    Store(store).roll([log(tmp_path, row(NOON, query="evil.example"))])
    assert run(["hunt", held, "--store", str(store), "--since", "2027-01-01"]) == 1
    assert run(["hunt", held, "--store", str(tmp_path / "typo")]) == 1
    assert run(["roll", "--store", str(tmp_path / "typo"), "--expire", "2026-06-01"]) == 1
    assert not (tmp_path / "typo").exists()
    (tmp_path / "empty").mkdir()
    assert run(["logs", held, str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 1
    (tmp_path / "nothing.txt").write_text("domein\n")
    assert run(["indicators", str(tmp_path / "nothing.txt"), "--out", str(tmp_path / "made")]) == 1
    assert not (tmp_path / "made").exists()
    said = capsys.readouterr()
    assert "nothing was hunted through" in said.err
    assert said.err.count("no store of rollups") == 2
    assert run(["hunt", held, "--store", str(store)]) == 0
    assert "hunted through 1 days, from 2026-10-06 to 2026-10-06" in capsys.readouterr().out


def test_an_answer_is_for_whoever_ran_it_alone_and_foreign_bytes_do_not_reach_the_terminal(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "feed.csv"
    path.write_text(f"ip,timestamp\n1.2.3.4,{NOW}\n")
    assert run(["attribute", str(path), "--registry", str(registry), "--out", str(tmp_path / "out")]) == 0
    assert "read by address=ip, time=timestamp" in capsys.readouterr().out
    written = list((tmp_path / "out").rglob("*"))
    assert written
    assert all(one.stat().st_mode & 0o077 == 0 for one in written)
    path.write_bytes(b"\x1b[2J\x1b[31mx,y\na,b\n")
    assert run(["attribute", str(path), "--registry", str(registry), "--out", str(tmp_path / "o2")]) == 1
    assert "\x1b" not in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(["attribute", str(path), "--registry", str(registry), "--out", str(tmp_path / "o3"), "--workers", "0"])


def test_a_log_of_a_month_is_kept_day_by_day(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    times = [(begin + timedelta(days=number)).timestamp() for number in range(30)]
    store.roll([log(tmp_path, *(row(at, query="evil.example") for at in times))])
    assert len(store.held()) == 30


def test_what_is_wrong_with_a_claim_is_said_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "claims.csv"
    head = "owner,role,kind,value,valid_from,valid_until\n"
    path.write_text(f"{head}a,owner,prefix,192.0.2.0/24,{NOW},\nb,owner,prefix,192.0.2.0/33,{NOW},\n")
    assert run(["compile", "--claims", str(path), "--out", str(tmp_path)]) == 1
    assert "claim 2, '192.0.2.0/33'" in capsys.readouterr().err
    assert run(["attribute", "x", "--registry", "y", "--out", "z", "--column", "ip"]) == 1
    assert "KIND=NAME" in capsys.readouterr().err
