"""What a feed is, is said by what stands in it; whatever it is, the answer says so and nothing breaks."""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.intake.feed_values import ColumnMapping, ColumnUse, FeedFormat, FeedMapping, MappingId
from meldpunt.intake.formats.opening import Feed, open_feed
from meldpunt.intake.formats.recognition import recognise
from meldpunt.intake.values import KeptReason
from meldpunt.vocabulary.rsit import all_types
from meldpunt.vocabulary.strict_json import DEEPEST
from meldpunt.vocabulary.texts import is_keepable

XARF = {"xarf_version": "4.2.0", "source_identifier": "192.0.2.9", "category": "messaging", "type": "spam"}
MISP = {"info": "x", "Attribute": [{"type": "ip-dst", "value": "192.0.2.9"}]}
N6 = {
    "id": "1", "source": "a.b", "restriction": "public", "confidence": "low", "category": "tor",
    "time": "2026-11-20T03:04:05Z",
}  # fmt: skip
INTELMQ = {"classification.type": "scanner", "source.ip": "192.0.2.9", "time.source": "2026-11-20T03:04:05+00:00"}
STIX = {
    "type": "bundle",
    "id": "bundle--1",
    "objects": [{"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "192.0.2.9"}],
}
ONE_OF_EACH: Mapping[FeedFormat, Mapping[str, object]] = {
    FeedFormat.XARF: XARF,
    FeedFormat.MISP: MISP,
    FeedFormat.N6: N6,
    FeedFormat.INTELMQ: INTELMQ,
    FeedFormat.STIX: STIX,
}
MAPPING = FeedMapping(
    MappingId(uuid.UUID(int=1)),
    "Noordzee",
    "noordzee",
    ColumnMapping(("seen", "machine"), (ColumnUse.TIME, ColumnUse.ADDRESS), delimiter=";"),
)


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("name", ["feed.json", "2026-11-20-scan_telnet-netherlands-geo.csv", "", "mail.eml"])
@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_format_is_recognised_whatever_the_file_is_called(kind: FeedFormat, name: str) -> None:
    assert recognise(encoded(ONE_OF_EACH[kind]), name=name).format is kind
    assert recognise(b"\xef\xbb\xbf \n" + encoded([ONE_OF_EACH[kind]]), name=name).format is kind


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_each_of_them_gives_the_address_it_names(kind: FeedFormat) -> None:
    rows = list(open_feed(encoded([ONE_OF_EACH[kind]]), name="").rows)
    assert [row.address for row in rows] == ([None] if kind is FeedFormat.N6 else ["192.0.2.9"])


def test_what_could_be_two_is_kept_and_says_which() -> None:
    found = recognise(encoded([XARF, INTELMQ]), name="")
    assert (found.kept, found.detail) == (KeptReason.FEED_AMBIGUOUS, "xarf, intelmq")
    assert recognise(encoded(XARF | MISP), name="").kept is KeptReason.FEED_AMBIGUOUS


@pytest.mark.parametrize(
    ("raw", "reason", "detail"),
    [
        (b"", KeptReason.EMPTY, ""),
        (b" \n", KeptReason.EMPTY, ""),
        (b"{", KeptReason.FEED_UNREADABLE, "is not JSON"),
        (b'{"a": NaN}', KeptReason.FEED_UNREADABLE, "NaN is no number"),
        (b'{"a": 1e309}', KeptReason.FEED_UNREADABLE, "1e309 is no number"),
        (b'{"a": ' + b"1" * 5_000 + b"}", KeptReason.FEED_UNREADABLE, "is not JSON"),
        (b'{"a": "\x00"}', KeptReason.FEED_UNREADABLE, "NUL"),
        (b'{"a": "\xff"}', KeptReason.FEED_UNREADABLE, "UTF-8"),
        (b'{"a": 1, "a": 2}', KeptReason.FEED_UNREADABLE, "twice"),
        (b"[" * 100_000, KeptReason.FEED_UNREADABLE, f"deeper than {DEEPEST}"),
        (b"[" * 40 + b"]" * 40, KeptReason.FEED_UNREADABLE, f"deeper than {DEEPEST}"),
        (b"[" + b"{}," * 2_000_000 + b"{}]", KeptReason.FEED_UNREADABLE, "more than 2000000 values"),
        (b"[" + b" " * 25_000_000 + b"]", KeptReason.FEED_UNREADABLE, "more than 25000000 bytes"),
        (b'["a", 1, null]', KeptReason.FEED_UNKNOWN, ""),
        (b"a,b\n1,2\n", KeptReason.FEED_UNKNOWN, ""),
    ],
)
def test_what_cannot_be_read_is_kept_with_the_reason(raw: bytes, reason: KeptReason, detail: str) -> None:
    found = recognise(raw, name="feed.json")
    assert found.kept is reason
    assert detail in found.detail


def test_what_a_column_cannot_hold_is_replaced_in_it() -> None:
    (row,) = open_feed(encoded(XARF | {"description": "\0 \ud800", "tags": ["\0"]}), name="").rows
    assert is_keepable(row.raw + "".join(row.fields) + "".join(row.fields.values()))
    assert row.fields["description"] == "\ufffd \ufffd"


def test_a_report_of_shadowserver_is_known_by_its_header_where_its_name_says_nothing(shared_data: Path) -> None:
    """42 of the 47 have columns that say which class it is; the others are flagged, not guessed."""
    told: dict[str, tuple[bool, str]] = {}
    by_name: dict[str, str] = {}
    for path in sorted((shared_data / "shadowserver" / "csv").glob("*.csv")):
        feed = open_feed(path.read_bytes(), name="download.csv")
        told[path.stem] = (feed.is_known, next(row.rsit for row in feed.rows))
        by_name[path.stem] = next(row.rsit for row in open_feed(path.read_bytes(), name=path.name).rows)
    known = {name: rsit for name, (is_known, rsit) in told.items() if is_known}
    assert known == {name: by_name[name] for name in known}
    assert len(known) == 42
    assert {rsit for is_known, rsit in told.values() if not is_known} == {"other/undetermined"}


def test_a_csv_is_read_by_its_mapping_and_no_longer_when_its_header_changed() -> None:
    raw = b"Seen; Machine\n2026-11-20 03:04:05;192.0.2.9\n"
    found = recognise(raw, name="2026-11-20-noordzee.csv", mappings=[MAPPING])
    assert (found.format, found.report) == (FeedFormat.MAPPED, "Noordzee")
    assert recognise(raw, name="anything.csv", mappings=[MAPPING]).format is FeedFormat.MAPPED
    swapped = recognise(b"machine;seen\n192.0.2.9;2026-11-20 03:04:05\n", name="noordzee 2.csv", mappings=[MAPPING])
    assert (swapped.kept, swapped.report) == (KeptReason.FEED_HEADER_CHANGED, "Noordzee")
    assert recognise(b"machine;seen\n1;2\n", name="x.csv", mappings=[MAPPING]).kept is KeptReason.FEED_UNKNOWN


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_kept(raw: bytes) -> None:
    check(open_feed(raw, name="feed.csv", mappings=[MAPPING]))


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
_KEYS = st.sampled_from(
    sorted({*XARF, *MISP, *N6, *INTELMQ, *STIX, "Event", "response", "Object", "pattern", "address", "tags", "Tag"})
)


@given(
    st.sampled_from(list(ONE_OF_EACH.values())),
    st.dictionaries(
        _KEYS,
        st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3)),
        max_size=6,
    ),
)
def test_a_feed_in_which_anything_stands_anywhere_is_read_or_kept(
    one: Mapping[str, object], changed: dict[str, object]
) -> None:
    check(open_feed(encoded([{**one, **changed}, {**changed, **one}]), name=""))


@pytest.mark.parametrize("seed", range(3))
def test_every_sample_with_random_damage_is_read_or_kept(shared_data: Path, seed: int) -> None:
    drawn = random.Random(seed)
    for path, raw in samples(shared_data):
        for _ in range(3):
            check(open_feed(damaged(raw, drawn), name=path))


def test_every_class_in_the_data_is_one_of_rsit() -> None:
    from meldpunt.intake.formats.classes import _tables

    known = {kind.id for kind in all_types()}
    assert {rsit for table in _tables().values() for rsit in table.values()} <= known


@cache
def _types() -> frozenset[str]:
    return frozenset(kind.id for kind in all_types())


def check(feed: Feed) -> None:
    """Whatever it is: rows in order, each with an RSIT type and only text that a column can hold; or a reason."""
    rows = list(feed.rows)
    assert feed.kept or rows
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert row.rsit in _types()
        assert row.is_readable or row.raw
        said = [row.raw, row.host, row.reason, *row.fields, *row.fields.values(), *(one.value for one in row.named)]
        assert is_keepable("".join(said))


def samples(folder: Path) -> Iterator[tuple[str, bytes]]:
    for pattern in ("shadowserver/csv/scan_*.csv", "misp/*event*.json", "stix/*.json", "xarf/samples-v4/*.json"):
        for path in sorted(folder.glob(pattern)):
            raw = path.read_bytes()
            if len(raw) < 20_000:
                yield path.name, raw


def damaged(raw: bytes, drawn: random.Random) -> bytes:
    """The bytes with some of them lost, doubled, turned round or changed into what hurts."""
    work = bytearray(raw)
    for _ in range(drawn.randint(1, 8)):
        at = drawn.randrange(len(work) + 1)
        until = at + drawn.randint(0, 40)
        hurt = drawn.choice(
            [b"", b"\0", b"\xff", b'"', b"{", b"]", b"1e309", b"\\ud800", b"\\u0000", b"-", b"null", b"\n"]
        )
        work[at:until] = hurt + (work[at:until] if drawn.random() < 0.3 else b"")
    return bytes(work)
