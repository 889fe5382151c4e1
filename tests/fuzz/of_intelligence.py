"""Files of indicators: what is read is in normal form and can be looked for; the rest is refused with a reason."""

from __future__ import annotations

import json

from tests.fuzz.of_fields import ADDRESSES, HASHES, JA4, LINKS, MAILS, NAMES
from tests.fuzz.targets import Target

from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.indicators import read_indicator
from meldpunt.engines.matching.reading.intelligence.opening import read_text


def _read_or_refused(data: bytes) -> None:
    try:
        read = read_text(data, name="intelligence", source="fuzz", with_all=bool(len(data) % 2))
    except InputBroken:
        return
    for one in read.indicators:
        again = read_indicator(
            one.kind, one.value, id=one.id, valid_from=one.valid_from, valid_until=one.valid_until, source=one.source
        )
        assert again == one
    for left_out in read.left_out:
        (left_out.where + left_out.reason).encode()
    compiled = compile_indicators(read.indicators)
    held = {compiled.indicators.get(number) for number in range(len(compiled.indicators))}
    assert held == set(read.indicators)


_PATTERNS = (
    "[ipv4-addr:value = '192.0.2.1']",
    "[ipv4-addr:value ISSUBSET '192.0.2.0/24' OR domain-name:value = 'evil.example']",
    "[file:hashes.'SHA-256' = '" + "a" * 64 + "'] FOLLOWEDBY [url:value IN ('http://evil.example/a', 'http://x.nl')]",
    "[email-message:from_ref.value LIKE '%@evil.example' AND network-traffic:dst_port > 80] WITHIN 5 SECONDS",
    "[x509-certificate:hashes.MD5 MATCHES '^a'] START t'2026-10-01T00:00:00Z' STOP t'2026-10-02T00:00:00Z'",
)
_STIX = [
    json.dumps(
        {
            "type": "bundle",
            "id": "bundle--1",
            "objects": [
                {
                    "type": "indicator",
                    "id": f"indicator--{number}",
                    "pattern": pattern,
                    "pattern_type": "stix",
                    "valid_from": "2026-10-01T00:00:00Z",
                    "valid_until": "2026-11-01T00:00:00Z",
                }
                for number, pattern in enumerate(_PATTERNS)
            ],
        }
    ).encode(),
    *(
        json.dumps(
            {"type": "indicator", "id": "indicator--1", "pattern": pattern, "valid_from": "2026-10-01T00:00:00Z"}
        ).encode()
        for pattern in _PATTERNS
    ),
]
_ATTRIBUTES = [
    ("ip-dst", "192.0.2.1"),
    ("domain|ip", "evil.example|192.0.2.1"),
    ("ip-dst|port", "192.0.2.1|80"),
    ("url", LINKS[0]),
    ("filename|sha256", "a.exe|" + "a" * 64),
    ("ja3-fingerprint-md5", HASHES[0]),
    ("email-src", MAILS[0]),
    ("text", "x"),
]
_OBJECT = {"name": "file", "Attribute": [{"type": "md5", "value": HASHES[0], "to_ids": True, "uuid": "o"}]}
_FOUND = {"Attribute": [{"type": "domain", "value": "x.nl", "to_ids": True, "uuid": "1"}]}
_MISP = [
    json.dumps(
        {
            "Event": {
                "uuid": "e",
                "Attribute": [
                    {
                        "type": kind,
                        "value": value,
                        "to_ids": bool(number % 2),
                        "uuid": str(number),
                        "deleted": False,
                        "first_seen": "2026-10-01T00:00:00+00:00",
                    }
                    for number, (kind, value) in enumerate(_ATTRIBUTES)
                ],
                "Object": [_OBJECT],
            }
        }
    ).encode(),
    json.dumps({"response": _FOUND}).encode(),
]
_TABLES = [
    b"value,kind,valid_from,valid_until,id\n"
    b"192.0.2.1,address,2026-10-01 00:00:00,,1\nevil.example,,,2026-11-01 00:00:00,2\n",
    b"domain;comment\nevil.example;x\n",
    "\n".join((*ADDRESSES, *NAMES, *LINKS, *HASHES, JA4, *MAILS)).encode(),
    b"# hosts\n0.0.0.0 evil.example\n127.0.0.1\tx.nl # y\n192.0.2.0/24 ; SBL1\n",
]
_JSON_WORDS = [
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"\\u0000",
        b"\\ud800",
        b"null",
        b"1",
        b"true",
        b"'",
        b" OR ",
        b" AND ",
        b" NOT ",
        b"(",
    ),
    *(
        b"ipv4-addr:value",
        b" ISSUBSET ",
        b" IN ",
        b"[" * 200,
        b"{" * 200,
        b"(" * 100,
        b"t'",
        b"9999-12-31T23:59:59Z",
        b"|",
    ),
    *(b'"type":', b'"value":', b'"to_ids":', b"2026-13-01", b"1e400", b"-1", "ß".encode(), b"\xff"),
]
_TABLE_WORDS = [
    b",",
    b";",
    b"\t",
    b'"',
    b"\n",
    b"\r",
    b"#",
    b"//",
    b"value",
    b"kind",
    b"0.0.0.0 ",
    b"/24",
    b"*.",
    b"\xff",
    b"\0",
]

TARGETS = {
    "stix": Target(_STIX, _JSON_WORDS, _read_or_refused),
    "misp": Target(_MISP, _JSON_WORDS, _read_or_refused),
    "tables": Target(_TABLES, _TABLE_WORDS, _read_or_refused),
}
