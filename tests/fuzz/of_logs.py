"""Logs: read the same wherever they are cut, seen through as the specification says, rolled up and hunted in."""

from __future__ import annotations

import json
import shutil
from collections import Counter

from tests.engines.matching.sights import expected, found_in
from tests.engines.matching.test_logs import FIELDS, HEADER, OTHERWISE, ROW, indicators
from tests.engines.matching.test_rollups import found as counted_in
from tests.engines.matching.test_rollups import said
from tests.fuzz.of_feeds import FOLDER, cut
from tests.fuzz.targets import Target

from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.indicators import IndicatorSet
from meldpunt.engines.matching.reading.logs.lines import Counted
from meldpunt.engines.matching.reading.logs.opening import blocks_of
from meldpunt.engines.matching.rollups.hunting import hunt
from meldpunt.engines.matching.rollups.store import Store
from meldpunt.engines.matching.sighting import sight_block

_HELD = indicators()
_BY_HAND, _COMPILED = IndicatorSet.of(_HELD), compile_indicators(_HELD)
Seen = tuple[Counter[tuple[int, str, str]], Counted] | str


def _seen(pieces: list[bytes], name: str) -> Seen:
    """(indicator, log, column) of every hit and what was counted, or why nothing was read."""
    counted, found = Counted(), Counter[tuple[int, str, str]]()
    try:
        for block in blocks_of(pieces, name=name, counted=counted):
            hits = found_in(sight_block(block, _COMPILED))
            assert set(hits) == expected(block, _BY_HAND)
            found.update((indicator, block.log, block.watched[column].name) for _, column, indicator in hits)
    except InputBroken as broken:
        return broken.reason.split("byte")[0]
    return found, counted


def _same_wherever_it_is_cut(name: str, data: bytes) -> None:
    """Also where the cut leaves one piece: what is no log at all is refused in both."""
    assert _seen([data], name) == _seen(cut(data), name)


def _hunted(data: bytes) -> None:
    """What a hunt finds is what the specification finds in the log; where it says `at most`, never less."""
    store, path = FOLDER / "store", FOLDER / "dns.log"
    shutil.rmtree(store, ignore_errors=True)
    path.write_bytes(data)
    held = Store(store)
    try:
        held.roll([path])
    except InputBroken:
        return
    finds = list(hunt(held, _HELD, whenever=True))
    counted, expected_here = counted_in(finds), said(path, _HELD)
    assert counted == expected_here if all(one.is_exact for one in finds) else counted >= expected_here
    assert counted.keys() == expected_here.keys()


_ZEEK = (HEADER + FIELDS + ROW + ROW.replace("1791288000", "1791374400")).encode()
_AGAIN = (HEADER + FIELDS + ROW + OTHERWISE + "evil.example\t1791288001\t-\t192.0.2.1\n" + "too\tfew\n").encode()
_HTTP = (
    b"#fields\tts\tid.resp_h\thost\turi\tuser_agent\n#types\ttime\taddr\tstring\tstring\tstring\n"
    b"1791288000.0\t192.0.2.7\tevil.example\t/gate?id=1\tx\n1791288000.0\t192.0.2.7\t-\thttp://evil.example/gate?id=1\tx\n"
)
_WORDS = [
    *(
        b"\t",
        b"\n",
        b"\r\n",
        b"#",
        b"#fields\t",
        b"#types\t",
        b"#separator \\x20\n",
        b"#close\n",
        b"-",
        b"(empty)",
        b",",
    ),
    *(
        b"\\x09",
        b"\\xc3\\xa9",
        b"ts",
        b"query",
        b"answers",
        b"host",
        b"uri",
        b"vector[string]",
        b"evil.example",
        b"1791288000",
    ),
    *(b"198.51.100.7", b"::ffff:192.0.2.1", b"\0", b"\xff"),
]
_EVE = [
    {
        "timestamp": "2026-10-06T12:00:00.000001+0000",
        "event_type": "dns",
        "src_ip": "10.0.0.5",
        "dest_ip": "192.0.2.53",
        "dns": {"type": "query", "rrname": "www.evil.example", "answers": [{"rdata": "198.51.100.7"}]},
    },
    {
        "timestamp": "2026-10-06T12:00:01+0200",
        "event_type": "http",
        "src_ip": "10.0.0.5",
        "dest_ip": "198.51.100.7",
        "http": {"hostname": "evil.example", "url": "/gate?id=1", "http_port": 80},
    },
    {
        "timestamp": "2026-10-06T12:00:02Z",
        "event_type": "fileinfo",
        "fileinfo": {"md5": "d41d8cd98f00b204e9800998ecf8427e"},
    },
    {
        "timestamp": "2026-10-06T12:00:02Z",
        "event_type": "tls",
        "tls": {"sni": "evil.example", "ja3": {"hash": "d41d8cd98f00b204e9800998ecf8427e"}},
    },
    {
        "timestamp": "2026-10-06T12:00:02Z",
        "event_type": "smtp",
        "email": {"from": "Boss <boss@evil.example>", "to": ["a@x.nl"]},
    },
]
_JSON = [
    b'{"_path":"dns","ts":1791288000.5,"id.orig_h":"10.0.0.5","id.resp_h":"192.0.2.53","query":"evil.example","answers":["198.51.100.7",null]}\n'
    b'{"ts":"2026-10-06T12:00:00Z","id.resp_h":"192.0.2.1","query":5}\nnot json\n',
    "".join(json.dumps(one) + "\n" for one in _EVE).encode(),
]
_JSON_WORDS = [
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b":",
        b",",
        b"\n",
        b"null",
        b"true",
        b"1e999",
        b"-0",
        b"\\u0000",
        b"\\ud800",
        b"\\",
    ),
    *(b'"ts":', b'"query":', b'"dns":{', b'"event_type":"dns"', b'"_path":"x"', b"evil.example", b"\xff", b"NaN", b" "),
]

TARGETS = {
    "zeek": Target([_ZEEK, _AGAIN, _HTTP], _WORDS, lambda data: _same_wherever_it_is_cut("dns.log", data)),
    "json_lines": Target(_JSON, _JSON_WORDS, lambda data: _same_wherever_it_is_cut("dns.json", data)),
    "rollups": Target([_ZEEK, _AGAIN], _WORDS, _hunted),
}
