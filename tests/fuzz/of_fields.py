"""One field, read by the kernel and by the specification."""

from __future__ import annotations

from collections.abc import Callable

from tests.engines.matching.sights import column, request
from tests.engines.matching.twins import (
    same_address,
    same_host,
    same_instant,
    same_link,
    same_log_time,
    same_number,
    same_said,
)
from tests.fuzz.targets import Target

from meldpunt.engines.matching.values import FieldKind

ADDRESSES = (
    "192.0.2.1",
    "010.0.0.1",
    "::ffff:192.0.2.1",
    "2001:db8::1",
    "[2001:db8::1]",
    "fe80::1%eth0",
    "1:2:3:4:5:6:7::",
    "192[.]0[.]2[.]1",
    "192.0.2.1:80",
    "64:ff9b::192.0.2.1",
)
NAMES = (
    "www.example.nl",
    "EXAMPLE.NL.",
    "bücher.example",
    "xn--bcher-kva.example",
    "faß.de",
    "a..nl",
    "_dmarc.example.nl",
    "example[.]nl",
    "example(dot)nl",
    "a\u200bb.example",
    "1.2.3",
    "0x7f.1",
    "example。nl",
    "b" * 63 + ".example",
)
LINKS = (
    "http://www.example.nl/a?b#c",
    "hxxps://user:pass@example[.]nl:8443/x",
    "http[:]//[2001:db8::1]:80/",
    "ftp://192.0.2.1",
    "https://bücher.example/é",
    "h**p://example.nl",
)
TIMES = (
    "2026-10-25 02:30:00",
    "2026-10-25T02:30:00.123456+02:00",
    "2024-02-29T23:59:59Z",
    "1791288000.123456",
    "1791288000",
    "2026-10-25T12:30:00 GMT",
)
HASHES = ("d41d8cd98f00b204e9800998ecf8427e", "D4:1D:8C:D9:8F:00:B2:04:E9:80:09:98:EC:F8:42:7E", "a" * 64, "b" * 40)
JA4 = "t13d1516h2_8daaf6152771_b186095e22b6"
MAILS = ("a@example.nl", "Name <a.b@example.nl>", '"q"@example.nl', "a[at]example[.]nl", "<a@bücher.example>")
WORDS = (
    *("...", ":", "::", "[.]", "[:]", "(dot)", " [dot] ", "%", "@", "//", "[", "]", "0x", "ffff", "::ffff:", "。"),
    *(
        "http://",
        "hxxp://",
        "ſ",
        "K",
        "İ",
        "ß",
        "\u200b",
        "\u00ad",
        "xn--",
        "\\x2e",
        "\\x",
        " ",
        "\t",
        "-",
        "+02:00",
        "Z",
    ),
    *(".123456789", "255", "256", "65535", "4294967295", "4294967296", "AS", "e9", "９", "#", "?", "/", ",", "<", ">"),
)
_ESCAPED, _LISTED = 1, 2


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _of(check: Callable[[str], None], *seeds: str) -> Target:
    return Target([seed.encode() for seed in seeds], [word.encode() for word in WORDS], lambda data: check(_text(data)))


def _same_times(text: str) -> None:
    same_instant(text)
    same_log_time(text)


def _same_said(data: bytes) -> None:
    """First byte: what stands in the column; second: how; the rest: fields, a newline between them."""
    kind = tuple(FieldKind)[(data[:1] or b"\0")[0] % len(FieldKind)]
    how = (data[1:2] or b"\0")[0]
    texts = [one[:2000] for one in _text(data[2:]).split("\n")[:20]]
    separator = "," if how & _LISTED else ""
    same_said(column(kind, texts, separator=separator, is_escaped=bool(how & _ESCAPED)), len(texts))
    if how & 4:
        same_said(request(texts[::2][: len(texts[1::2])], texts[1::2]), len(texts[1::2]))


_SAID = ("\n".join(ADDRESSES), "\n".join(NAMES), "\n".join(LINKS), "\n".join(HASHES), HASHES[0], JA4, "\n".join(MAILS))
TARGETS = {
    "addresses": _of(same_address, *ADDRESSES),
    "hosts": _of(same_host, *NAMES, *ADDRESSES),
    "links": _of(same_link, *LINKS),
    "numbers": _of(same_number, "64496", "AS64496", "ASN 1.10", "4294967295", "as0"),
    "instants": _of(_same_times, *TIMES),
    "saying": Target(
        [
            bytes([kind, how]) + said.replace("\n", glue).encode()
            for kind, said in enumerate(_SAID)
            for how, glue in ((0, "\n"), (_LISTED, ","), (_ESCAPED, "\n"), (4, "\n"))
        ],
        [word.encode() for word in WORDS],
        _same_said,
    ),
}
