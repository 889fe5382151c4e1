"""Logs go in and an answer comes out that is whole, the same whoever makes it, or not there."""

from __future__ import annotations

import csv
import json
import shutil
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from meldpunt.engines.matching.artefacts import write_indicators
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import InputBroken, OutputThere
from meldpunt.engines.matching.indicators import read_indicator
from meldpunt.engines.matching.reading.logs.lines import Counted
from meldpunt.engines.matching.reading.logs.opening import blocks_of
from meldpunt.engines.matching.sightings.parts import look
from meldpunt.engines.matching.sightings.running import AskedLogs, sight
from meldpunt.engines.matching.values import IndicatorKind
from meldpunt.entrypoints.cli.match import run

from .test_logs import EVE, FIELDS, HEADER, ROW, indicators

ROW_WITHOUT_TIME = ROW.replace("1791288000.000001", "-").rstrip("\n")


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    odd = read_indicator(IndicatorKind.DOMAIN, "evil.example", id="=1+1", source="a list")
    return write_indicators(compile_indicators((*indicators(), odd)), tmp_path / "compiled")


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "dns.log").write_text(HEADER + FIELDS + ROW * 3 + "too\tfew\n" + ROW.replace("1791288000.000001", "-"))
    (folder / "eve.json").write_text("".join(f"{json.dumps(one)}\n" for one in EVE) + "nonsense\n\n")
    (folder / "README").write_text("of the sensor")
    return folder


def told(out: Path) -> list[dict[str, str]]:
    with (out / "sightings.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_what_was_seen_is_told_with_counts_first_last_and_the_first_records(
    tmp_path: Path, compiled: Path, logs: Path
) -> None:
    manifest: Any = sight([logs], AskedLogs(compiled, tmp_path / "out"))
    assert [(one["file"], one["records"], one["unread"], one["untimed"]) for one in manifest["logs"]] == [
        ("dns.log", 4, 1, 1),
        ("eve.json", 5, 1, 1),
    ]
    assert manifest["no_logs"] == ["README"]
    lines = told(tmp_path / "out")
    (one,) = [
        line for line in lines if (line["indicator"], line["log"], line["column"]) == ("evil.example", "dns", "query")
    ]
    assert one["records"] == "4"
    assert one["first_seen"] == one["last_seen"] == "2026-10-06 12:00:00.000001+00:00"
    assert any(line["indicator"] == "'=1+1" and line["source"] == "a list" for line in lines)
    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text().splitlines()]
    shown = [
        one for one in records if (one["indicator"], one["log"], one["column"]) == ("evil.example", "dns", "query")
    ]
    assert [one["record"] for one in shown] == [ROW.rstrip("\n")] * 3
    text = (logs / "dns.log").read_bytes()
    assert all(text[one["offset"] :].startswith(one["record"].encode()) for one in shown)


class Dies(Executor):
    """Does the first task, and no other."""

    def __init__(self) -> None:
        self.left = 1

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        if self.left:
            self.left -= 1
            done.set_result(fn(*args, **kwargs))
        else:
            done.set_exception(OSError("the power went"))
        return done


def test_the_answer_is_the_same_in_one_process_in_many_and_after_an_interruption(
    tmp_path: Path, compiled: Path, logs: Path
) -> None:
    sight([logs], AskedLogs(compiled, tmp_path / "whole"))
    with pytest.raises(OSError, match="power"):
        sight([logs], AskedLogs(compiled, tmp_path / "begun"), executor=Dies())
    assert not (tmp_path / "begun" / "manifest.json").exists()
    with ThreadPoolExecutor(3) as pool:
        sight([logs], AskedLogs(compiled, tmp_path / "begun"), executor=pool)
    for name in ("manifest.json", "sightings.csv", "records.jsonl"):
        assert (tmp_path / "begun" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert sorted(one.name for one in (tmp_path / "begun").iterdir()) == [
        "manifest.json",
        "records.jsonl",
        "sightings.csv",
    ]


@pytest.mark.parametrize("whenever", [False, True])
def test_what_was_begun_with_other_indicators_or_windows_is_not_taken_over(
    tmp_path: Path, logs: Path, *, whenever: bool
) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    over = read_indicator(IndicatorKind.DOMAIN, "evil.example", id="over", valid_until=past)
    first = write_indicators(compile_indicators([over]), tmp_path / "first")
    then = first if whenever else write_indicators(compile_indicators(indicators()), tmp_path / "then")
    with pytest.raises(OSError, match="power"):
        sight([logs], AskedLogs(first, tmp_path / "out"), executor=Dies())
    manifest: Any = sight([logs], AskedLogs(then, tmp_path / "out", whenever=whenever))
    sight([logs], AskedLogs(then, tmp_path / "other", whenever=whenever))
    assert manifest["sightings"] > 0
    assert told(tmp_path / "out") == told(tmp_path / "other")


def test_a_record_is_told_when_it_was_and_no_longer_than_it_has_to_be(tmp_path: Path, compiled: Path) -> None:
    long = ROW.replace("TXT 5", "x" * 5_000)
    (tmp_path / "dns.log").write_text(HEADER + FIELDS + long + ROW.replace("1791288000.000001", "-"))
    manifest: Any = sight([tmp_path / "dns.log"], AskedLogs(compiled, tmp_path / "out"))
    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text().splitlines()]
    shown = [(one["at"], one["record"]) for one in records if (one["indicator"], one["column"]) == ("=1+1", "query")]
    assert shown == [("2026-10-06T12:00:00.000001+00:00", long[:4_000]), (None, ROW_WITHOUT_TIME)]
    assert manifest["indicators_seen"] == len({one["indicator"] for one in told(tmp_path / "out")})


def test_more_sightings_than_are_held_apart_are_counted_whole() -> None:
    held = [read_indicator(IndicatorKind.DOMAIN, f"n{number}.example", id="1") for number in range(6_000)]
    lines = "".join(ROW.replace("www.evil.example", one.value) for one in held)
    pieces, counted = [(HEADER + FIELDS + lines).encode(), lines.encode()], Counted()
    blocks = blocks_of(pieces, name="dns.log", counted=counted)
    part = look(blocks, counted, compile_indicators(held), file="dns.log", whenever=False)
    assert [(one.indicator, one.count) for one in part.sightings] == [(number, 2) for number in range(6_000)]
    assert {len(one.records) for one in part.sightings} == {2}


def test_a_record_is_told_with_the_log_it_stands_in_also_where_another_has_the_same_bytes(
    tmp_path: Path, compiled: Path
) -> None:
    folder = tmp_path / "same"
    for name in ("a/dns.log", "b/dns.log"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(HEADER + FIELDS + ROW)
    manifest: Any = sight([folder], AskedLogs(compiled, tmp_path / "out"), workers=1)
    assert [one["file"] for one in manifest["logs"]] == ["a/dns.log", "b/dns.log"]
    records = [json.loads(line) for line in (tmp_path / "out" / "records.jsonl").read_text().splitlines()]
    assert {one["file"] for one in records} == {"a/dns.log", "b/dns.log"}
    assert {line["records"] for line in told(tmp_path / "out")} == {"2"}


def test_no_answer_is_given_twice_and_none_of_a_log_that_is_not_whole(
    tmp_path: Path, compiled: Path, logs: Path
) -> None:
    sight([logs], AskedLogs(compiled, tmp_path / "out"))
    with pytest.raises(OutputThere):
        sight([logs], AskedLogs(compiled, tmp_path / "out"))
    (logs / "http.log").write_text("no log at all\n")
    with pytest.raises(InputBroken, match=r"http\.log: it is no log"):
        sight([logs], AskedLogs(compiled, tmp_path / "other"))
    assert not (tmp_path / "other" / "manifest.json").exists()


def test_the_command_tells_in_words_and_as_json(
    tmp_path: Path, compiled: Path, logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["logs", str(compiled), str(logs), "--out", str(tmp_path / "a")]) == 0
    said = capsys.readouterr().out
    assert "dns.log: 4 records, 1 without time; 1 lines are none" in said
    assert "no logs, and not looked at: README" in said
    assert run(["logs", str(compiled), str(logs), "--out", str(tmp_path / "b"), "--json", "--whenever"]) == 0
    assert json.loads(capsys.readouterr().out)["whenever"] is True
    shutil.rmtree(tmp_path / "b")
    assert run(["logs", str(logs / "README"), str(logs), "--out", str(tmp_path / "b")]) == 1
    assert "README: its bytes have another digest" in capsys.readouterr().err
