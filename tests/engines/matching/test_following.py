"""A log that is followed while it is written gives what the whole of it gives, whatever is done to it meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.artefacts import write_indicators
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import ArtefactBroken
from meldpunt.engines.matching.reading.logs.following import Follower
from meldpunt.engines.matching.reading.logs.lines import LONGEST_LINE
from meldpunt.engines.matching.sightings.following import Following

from .test_logs import FIELDS, HEADER, OTHERWISE, ROW, indicators, read, seen

COMPILED = compile_indicators(indicators())
ZEEK = (HEADER + FIELDS + ROW * 3 + OTHERWISE + "evil.example\t1791288001\té\t192.0.2.1\n" + "too\tfew\n").encode()
EVE = b'{"timestamp":"2026-10-06T12:00:00+0000","event_type":"dns","dns":{"rrname":"www.evil.example"}}\nno json\n' * 3


def rows(count: int, name: str = "evil.example") -> str:
    return "".join(ROW.replace("www.evil.example", f"{name}-{number}.evil.example") for number in range(count))


def hits(following: Following) -> int:
    return sum(one.count for one in following.followed.sightings.values())


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=st.sampled_from([ZEEK, EVE]), cuts=st.lists(st.integers(0, max(len(ZEEK), len(EVE))), max_size=6))
def test_wherever_the_writing_pauses_the_records_are_those_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, cuts: list[int]
) -> None:
    path = tmp_path_factory.mktemp("log") / "dns.log"
    follower, found = Follower(path), []
    for first, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(whole)], strict=True):
        with path.open("ab") as file:
            file.write(whole[first:end])
        found += seen(follower.look())
    expected, counted = read(whole)
    assert Counter(found) == Counter(seen(expected))
    assert follower.counted == counted
    follower.close()


def test_a_log_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "dns.log"
    following = Following([path])
    assert following.look(COMPILED) is None
    path.write_text(HEADER + FIELDS)
    assert following.look(COMPILED) is None
    append(path, ROW)
    assert following.look(COMPILED)
    assert following.followed.records == 1


def test_of_a_log_that_is_renamed_not_a_line_is_lost_that_comes_to_either(tmp_path: Path) -> None:
    path, old = tmp_path / "dns.log", tmp_path / "dns.1.log"
    path.write_text(HEADER + FIELDS + rows(5))
    following = Following([path], patience=0.3)
    following.look(COMPILED)
    append(path, rows(2, "before"))
    path.rename(old)
    following.look(COMPILED)
    path.write_text(HEADER + FIELDS + rows(3, "new"))
    append(old, rows(4, "late"))
    following.look(COMPILED)
    append(old, rows(1, "last").removesuffix("\n"))
    assert following.look(COMPILED) is None
    time.sleep(0.4)
    assert following.look(COMPILED) is not None
    append(old, "\nnobody looks here any more\n")
    assert following.look(COMPILED) is None
    assert following.followed.records == 5 + 2 + 3 + 4 + 1
    assert following.told() == []


def test_a_log_that_was_cut_is_begun_anew_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "dns.log"
    path.write_text(HEADER + FIELDS + rows(5))
    following = Following([path])
    following.look(COMPILED)
    with path.open("r+") as file:
        file.truncate(0)
        file.write(HEADER + FIELDS + rows(2))
    following.look(COMPILED)
    assert following.followed.records == 7
    assert "begun anew" in " ".join(following.told())


def test_a_log_that_was_written_over_with_more_is_noticed_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "dns.log"
    path.write_text(HEADER + FIELDS + rows(5))
    following = Following([path])
    following.look(COMPILED)
    with path.open("r+") as file:
        file.truncate(0)
        file.write(HEADER + FIELDS + rows(9, "other"))
    following.look(COMPILED)
    assert following.followed.records == 14
    assert len(following.told()) == 1


def test_logs_that_come_to_a_folder_are_followed_and_one_with_a_new_name_is_not_read_twice(tmp_path: Path) -> None:
    following = Following([tmp_path], patience=0.0)
    assert following.look(COMPILED) is None
    (tmp_path / "dns.log").write_text(HEADER + FIELDS + rows(2))
    (tmp_path / "notes.txt").write_text("evil.example\n")
    (tmp_path / "stderr.log").write_text("warning: evil.example\n")
    following.look(COMPILED)
    (tmp_path / "eve.json").write_bytes(EVE)
    (tmp_path / "dns.log").rename(tmp_path / "dns.2026-10-06.log")
    following.look(COMPILED)
    (tmp_path / "dns.log").write_text(HEADER + FIELDS + rows(4))
    for _ in range(3):
        following.look(COMPILED)
    assert (following.followed.records, following.followed.unread) == (2 + 3 + 4, 3)
    assert following.told() == []
    (tmp_path / "dns.2026-10-06.log").unlink()
    (tmp_path / "dns.log").unlink()
    for _ in range(3):
        following.look(COMPILED)
    assert sorted(path.name for path in following.logs) == ["eve.json"]


@pytest.mark.parametrize("is_renamed", [False, True], ids=["same name", "renamed meanwhile"])
def test_another_process_goes_on_where_the_first_stopped(tmp_path: Path, *, is_renamed: bool) -> None:
    path, state = tmp_path / "dns.log", tmp_path / "state.json"
    path.write_text(HEADER + FIELDS + rows(5) + OTHERWISE)
    first = Following([path], state=state)
    first.look(COMPILED)
    first.keep()
    first.close()
    append(path, "evil.example\t1791288001\t-\t192.0.2.1\n")
    if is_renamed:
        path.rename(tmp_path / "dns.1.log")
        path.write_text(HEADER + FIELDS + rows(3))
    second = Following([path], state=state)
    second.look(COMPILED)
    second.look(COMPILED)
    assert second.followed.records == (4 if is_renamed else 1)
    (query,) = (one.count for one in second.followed.sightings.values() if one.column == "query")
    assert query == second.followed.records
    assert second.told() == []


def test_a_log_that_went_away_meanwhile_is_told(tmp_path: Path) -> None:
    path, state = tmp_path / "dns.log", tmp_path / "state.json"
    path.write_text(HEADER + FIELDS + rows(5))
    first = Following([path], state=state)
    first.look(COMPILED)
    first.keep()
    (tmp_path / "held").write_bytes(b"")
    path.unlink()
    os.link(tmp_path / "held", path)
    second = Following([path], state=state)
    assert second.look(COMPILED) is None
    assert "not there any more" in " ".join(second.told())
    first.close()


@pytest.mark.parametrize("text", ["", "[]", '{"logs": {}}', '{"logs": {"a": [{}]}, "finished": []}'])
def test_a_state_that_says_nothing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "state.json").write_text(text)
    with pytest.raises(ArtefactBroken):
        Following([tmp_path / "dns.log"], state=tmp_path / "state.json")


def test_what_is_no_log_is_let_go_and_told_and_the_others_are_followed(tmp_path: Path) -> None:
    good, bad = tmp_path / "dns.log", tmp_path / "notes.log"
    good.write_text(HEADER + FIELDS + rows(2))
    bad.write_text("what is this\n" * 9_000)
    following = Following([good, bad])
    assert following.look(COMPILED)
    append(good, rows(3))
    following.look(COMPILED)
    assert (following.followed.records, following.broken) == (5, [bad])
    assert "it is no log" in " ".join(following.told())


def test_a_line_beyond_measure_is_passed_over_and_told(tmp_path: Path) -> None:
    path = tmp_path / "dns.log"
    path.write_text(HEADER + FIELDS + rows(2) + "x" * (LONGEST_LINE + 5))
    following = Following([path])
    following.look(COMPILED)
    following.look(COMPILED)
    append(path, "y" * 9 + "\n" + rows(3))
    following.look(COMPILED)
    assert (following.followed.records, following.followed.unread) == (5, 1)
    assert "passed over" in " ".join(following.told())


def test_a_first_line_that_was_cut_through_is_no_reason_to_let_a_log_go(tmp_path: Path) -> None:
    path = tmp_path / "eve.json"
    path.write_text('pe":"dns"}\n')
    following = Following([path])
    assert following.look(COMPILED) is None
    with path.open("ab") as file:
        file.write(EVE)
    assert following.look(COMPILED)
    assert (following.followed.records, following.followed.unread, following.broken) == (3, 4, [])


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    compiled = write_indicators(COMPILED, folder / "compiled")
    command = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "match", "follow", str(compiled), *arguments]
    return subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(holds: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_command_tells_as_lines_come_and_the_total_when_it_is_told_to_end(tmp_path: Path) -> None:
    path, state = tmp_path / "dns.log", tmp_path / "state.json"
    path.write_text(HEADER + FIELDS + rows(2))
    process = start(tmp_path, str(path), "--state", str(state))
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    assert first["log"] == "dns"
    wait_for(state.exists)
    append(path, rows(3))
    wait_for(lambda: json.loads(state.read_text())["logs"][str(path)][0]["offset"] == path.stat().st_size)
    process.send_signal(signal.SIGTERM)
    out, complained = process.communicate(timeout=60)
    total = json.loads(out.splitlines()[-1])["total"]
    assert (process.returncode, complained, total["records"]) == (0, "", 5)


def test_killed_between_two_looks_it_goes_on_and_no_record_is_lost(tmp_path: Path) -> None:
    path, state = tmp_path / "dns.log", tmp_path / "state.json"
    path.write_text(HEADER + FIELDS + rows(2))
    process = start(tmp_path, str(path), "--state", str(state))
    wait_for(state.exists)
    process.kill()
    process.communicate(timeout=60)
    append(path, rows(7, "after"))
    again = start(tmp_path, str(path), "--state", str(state), "--until-idle", "0.2")
    out, _ = again.communicate(timeout=60)
    assert json.loads(out.splitlines()[-1])["total"]["records"] == 7
    assert again.returncode == 0
