"""Spellings of values: right, odd and wrong, so that two readers of one grammar can be held against each other."""

from __future__ import annotations

from hypothesis import strategies as st

_SPACE = st.sampled_from(["", "", "", " ", "\t", "\r", "\n", "\x1c", "\u00a0", "\u2003", "\x00"])
_OCTET = st.sampled_from(
    ["0", "1", "9", "10", "99", "127", "192", "255", "256", "00", "01", "010", "", "1000", "+1", "0x7f", "१"]
)
_HEXTET = st.sampled_from(
    ["", "", "0", "1", "00", "db8", "2001", "ffff", "FFFF", "0000", "64", "ff9b", "12345", "g", "1.2.3.4"]
)
_LABEL = st.sampled_from(
    [
        "nl",
        "example",
        "Example",
        "a",
        "a-b",
        "-a",
        "a-",
        "_dmarc",
        "xn--bcher-kva",
        "bücher",
        "faß",
        "b" * 63,
        "b" * 64,
        "",
        "1",
        "0x1f",
        "0x",
        "0xg",
        "12",
        "a b",
        "a\u200bb",
        "İ",
        "com",
        "test",
        "fxp",
        "hxxp",
        "a/b",
        "a:b",
        "a%b",
        "é",
    ]
)
_DOT = st.sampled_from([".", ".", ".", ".", "[.]", "(dot)", " [dot] ", "。", "\\.", ".]", "[.", "．"])
_SCHEME = st.sampled_from(
    [
        "http://",
        "https://",
        "HTTP://",
        "hxxp://",
        "hXXps://",
        "ftp://",
        "ftps://",
        "fxp://",
        "htt://",
        "h**p://",
        "http:/",
        "http:",
        "http[:]//",
        "http[://]",
        "file://",
        "://",
        "",
        "httpss://",
        "ttp://",
        "h",
        "f",
        "ht",
        "fttp://",
    ]
)
_PORT = st.sampled_from(["", "", ":", ":80", ":65535", ":65536", ":000080", ":00080", ":8a", ":-1", ":80:80"])
_TARGET = st.sampled_from(
    ["", "/", "/a(b)", "?q=[.]", "#f", "\\x", "/a b", "/é", "/\t", "/a@b", "/hxxp://x", "[/]x", "\\.nl"]
)
_USER = st.sampled_from(["", "", "user@", "user:pass@", "a@b@", "@", "us[e]r@", "us\u00e9r@"])
_DATE = st.sampled_from(
    [
        "2026-10-25",
        "2024-02-29",
        "2023-02-29",
        "1969-12-31",
        "1970-01-01",
        "2199-12-31",
        "2200-01-01",
        "2100-02-29",
        "2000-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "26-10-25",
        "2026/10/25",
        "0000-00-00",
        "9999-12-31",
    ]
)
_CLOCK = st.sampled_from(
    ["00:00:00", "23:59:59", "24:00:00", "02:30:00", "23:59:60", "2:30:00", "02:30", "12:60:00", "１２:00:00"]
)
_FRACTION = st.sampled_from(["", "", ".0", ".123456", ".1234567", ".123456789", ".1234567890", ",5", ".", ".a"])
_ZONE = st.sampled_from(
    [
        "",
        "Z",
        "z",
        " Z",
        "UTC",
        " utc",
        "gmt",
        "+00:00",
        "-00:00",
        "+02:00",
        "+0200",
        "-2359",
        "+24:00",
        "+23:60",
        "+02",
        " +01:00",
        "  Z",
        "CET",
        "+2:00",
        "ut",
        " ",
        "+02:0",
        "+02:000",
        "Zulu",
    ]
)
_NUMBER = st.sampled_from(
    ["0", "1", "64496", "65535", "65536", "4294967294", "4294967295", "4294967296", "42949672950", "01", "", "-1"]
)

_RUBBISH = st.text(max_size=12) | st.text(alphabet="0123456789abcdefx.:/-_[](){}<>\\@ \t%*ASNTZ+,", max_size=24)


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


v4 = st.lists(_OCTET, min_size=3, max_size=5).map(".".join) | st.ip_addresses(v=4).map(str)
v6 = (
    st.lists(_HEXTET, min_size=2, max_size=10).map(":".join)
    | st.ip_addresses(v=6).map(str)
    | st.ip_addresses(v=6).map(lambda one: one.exploded.upper())
    | st.ip_addresses(v=4).map(lambda one: f"::ffff:{one}")
    | st.ip_addresses(v=4).map(lambda one: f"[64:ff9b::{one}]")
    | st.ip_addresses(v=6).map(lambda one: f"{one}%eth0")
)
addresses = _joined(_SPACE, v4 | v6 | _RUBBISH, _SPACE)
names = st.lists(st.tuples(_LABEL, _DOT), min_size=1, max_size=6).map(lambda parts: "".join(a + b for a, b in parts))
hosts = _joined(_SPACE, names.map(lambda one: one.removesuffix(".")) | names | v4 | _RUBBISH, _SPACE)
urls = _joined(
    _SPACE,
    _SCHEME,
    _USER,
    names.map(lambda one: one.removesuffix(".")) | v4 | v6.map("[{}]".format) | _RUBBISH,
    _PORT,
    _TARGET,
    _SPACE,
)
asns = (
    _joined(
        _SPACE,
        st.sampled_from(["", "AS", "as", "ASN", "ASN ", "AS ", "A", "AS  ", "asn"]),
        _NUMBER,
        st.sampled_from(["", "", ".0", ".1", ".65535", ".65536", ".", ".01"]),
        _SPACE,
    )
    | _RUBBISH
)
times = _joined(_SPACE, _DATE, st.sampled_from([" ", "T", "t", "", "  "]), _CLOCK, _FRACTION, _ZONE, _SPACE) | _RUBBISH
epochs = _joined(
    _SPACE,
    st.sampled_from(["0", "1", "1791288000", "7258118399", "7258118400", "99999999999", "-1", "+1", "01", "", "1e9"]),
    _FRACTION,
    _SPACE,
)
