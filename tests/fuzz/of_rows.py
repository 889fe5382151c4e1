"""Blocks of rows: attributed, seen through, copied, as the specification says."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pyarrow as pa
from tests.engines.matching.sights import block, column, expected, found_in, request
from tests.engines.matching.twins import copied
from tests.fuzz.of_fields import ADDRESSES, HASHES, JA4, LINKS, MAILS, NAMES, TIMES, WORDS
from tests.fuzz.targets import Target

from meldpunt.engines.matching.attribution import Columns, attribute_batch, attributions_of
from meldpunt.engines.matching.cells import harmless, masked
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.indicators import IndicatorSet, read_indicator
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rows import Row, attribute_row, read_row
from meldpunt.engines.matching.sighting import sight_block
from meldpunt.engines.matching.values import Claim, ClaimKind, FieldKind, IndicatorKind

_SINCE, _CHANGE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
_REGISTRY = Registry.compile(
    [
        Claim("A", "owner", ClaimKind.PREFIX, "192.0.2.0/24", _SINCE),
        Claim("B", "owner", ClaimKind.PREFIX, "192.0.2.0/31", _SINCE, _CHANGE),
        Claim("C", "hoster", ClaimKind.PREFIX, "0.0.0.0/0", _SINCE),
        Claim("A", "owner", ClaimKind.PREFIX, "2001:db8::/32", _SINCE),
        Claim("B", "owner", ClaimKind.PREFIX, "2001:db8::1", _CHANGE),
        Claim("A", "owner", ClaimKind.DOMAIN, "example.nl", _SINCE),
        Claim("B", "owner", ClaimKind.DOMAIN, "www.example.nl", _SINCE, _CHANGE),
        Claim("C", "owner", ClaimKind.DOMAIN, "xn--bcher-kva.example", _SINCE),
        Claim("D", "owner", ClaimKind.DOMAIN, "fass.de", _SINCE),
        Claim("E", "owner", ClaimKind.DOMAIN, "xn--fa-hia.de", _SINCE),
        Claim("A", "owner", ClaimKind.ASN, "AS64496", _SINCE),
        Claim("B", "transit", ClaimKind.ASN, "4294967294", _SINCE),
    ]
)
_COMPILED = compile_registry(_REGISTRY)
_NAMES = tuple(Columns.__slots__)
_FIELD, _RECORD = b"\x1f", b"\x1e"
_OTHERWISE = datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _same_attributed(data: bytes) -> None:
    rows = [
        Row(*(_text(field) for field in record.split(_FIELD)[: len(_NAMES)])) for record in data.split(_RECORD)[:30]
    ]
    otherwise = _OTHERWISE if len(data) % 2 else None
    batch = pa.RecordBatch.from_pydict({name: [getattr(row, name) for row in rows] for name in _NAMES})
    found = attribute_batch(batch, _COMPILED, Columns(*_NAMES), otherwise_at=otherwise)
    for number, row in enumerate(rows):
        read = read_row(row, otherwise_at=otherwise)
        assert tuple(found.verdicts[number]) == read.verdicts
        assert attributions_of(_COMPILED, *map(int, found.answers[number])) == attribute_row(read, _REGISTRY)


_HELD = tuple(
    read_indicator(kind, text, id=text, valid_from=since, valid_until=until)
    for kind, text, since, until in (
        (IndicatorKind.NETWORK, "192.0.2.0/24", None, None),
        (IndicatorKind.NETWORK, "192.0.2.0/31", None, _CHANGE),
        (IndicatorKind.ADDRESS, "192.0.2.1", _CHANGE, None),
        (IndicatorKind.NETWORK, "2001:db8::/32", None, None),
        (IndicatorKind.ADDRESS, "2001:db8::1", None, None),
        (IndicatorKind.DOMAIN, "example.nl", None, None),
        (IndicatorKind.DOMAIN, "www.example.nl", None, _CHANGE),
        (IndicatorKind.DOMAIN, "bücher.example", None, None),
        (IndicatorKind.DOMAIN, "faß.de", None, None),
        (IndicatorKind.DOMAIN, "b" * 63 + ".example", None, None),
        *((IndicatorKind.URL, link, None, None) for link in LINKS[:5]),
        *((IndicatorKind.HASH, one, None, None) for one in HASHES),
        (IndicatorKind.JA3, HASHES[0], None, None),
        (IndicatorKind.JA4, JA4, None, None),
        (IndicatorKind.MAIL, "a.b@example.nl", None, None),
    )
)
_BY_HAND, _INDICATORS = IndicatorSet.of(_HELD), compile_indicators(_HELD)
_WHENEVER, _LISTED, _ESCAPED, _IS_REQUEST = 1, 2, 4, 8


def _same_seen(data: bytes) -> None:
    """First byte: what stands in the column; second: how; the rest: records of a time and a field."""
    kind, how = tuple(FieldKind)[(data[:1] or b"\0")[0] % len(FieldKind)], (data[1:2] or b"\0")[0]
    records = [one.partition(_FIELD) for one in data[2:].split(_RECORD)[:30]]
    times, texts = [_text(time) for time, _, _ in records], [_text(text)[:2000] for _, _, text in records]
    watched = column(kind, texts, separator="," if how & _LISTED else "", is_escaped=bool(how & _ESCAPED))
    if how & _IS_REQUEST:
        apart = [text.partition("\n") for text in texts]
        watched = request([host for host, _, _ in apart], [target for _, _, target in apart])
    of, whenever = block(times, watched), bool(how & _WHENEVER)
    hits = sight_block(of, _INDICATORS, whenever=whenever)
    assert len(set(found_in(hits))) == len(hits)
    assert set(found_in(hits)) == expected(of, _BY_HAND, whenever=whenever)


def _same_copied(data: bytes) -> None:
    """Cells; what is written opens as the same cells, harmless, and the last one masked."""
    cells = [_text(cell).replace("\0", "") for cell in data.split(_FIELD)[:12]]
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if len(data) % 2 or not any(cells) else csv.QUOTE_MINIMAL
    csv.writer(text, quoting=quoting).writerow(cells)
    written = copied(cells, quoting=quoting, secret=len(cells) - 1)
    assert written == [*(harmless(cell) for cell in cells[:-1]), masked(cells[-1]), "T"]


_WORDS = [*(word.encode() for word in WORDS), _FIELD, _RECORD, b"\n"]
_COLUMNS = (ADDRESSES, NAMES, LINKS, ("64496", "AS64496", "x"), TIMES)
TARGETS = {
    "attributing": Target(
        [
            _RECORD.join(
                _FIELD.join(of[(number * step) % len(of)].encode() if number != skip else b"" for of in _COLUMNS)
                for number in range(10)
            )
            for step, skip in ((1, 11), (3, 2), (7, 5))
        ],
        _WORDS,
        _same_attributed,
    ),
    "sighting": Target(
        [
            bytes([kind, how])
            + _RECORD.join(
                TIMES[number % len(TIMES)].encode() + _FIELD + glue.join(texts[number::10]).encode()
                for number in range(10)
            )
            for kind, texts in enumerate((ADDRESSES, NAMES, LINKS, HASHES, HASHES, (JA4,), MAILS))
            for how, glue in ((0, ""), (_LISTED, ","), (_ESCAPED | _WHENEVER, ""), (_IS_REQUEST, "\n/a?b"))
        ],
        _WORDS,
        _same_seen,
    ),
    "copying": Target(
        [
            _FIELD.join((b"=1+1", b" -2", b"a,b", "＝1".encode(), "€uro".encode(), b'"x"')),
            b"\x1f".join((b"", b"secret")),
        ],
        [
            b"=",
            b"+",
            b"-",
            b"@",
            b"\t",
            b"\r",
            b"\n",
            b'"',
            b",",
            _FIELD,
            "＝".encode(),
            "\u00a0".encode(),
            b"1.5",
            b" ",
        ],
        _same_copied,
    ),
}
