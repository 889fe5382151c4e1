"""Files of feeds: read the same wherever they are cut, or refused with a reason."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow as pa
from tests.fuzz.targets import Target

from meldpunt.engines.matching.artefacts import write_registry
from meldpunt.engines.matching.cells import harmless
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.errors import InputBroken, MatchingError
from meldpunt.engines.matching.packing.running import Asked, attribute
from meldpunt.engines.matching.reading.claims import read_claims
from meldpunt.engines.matching.reading.delimited import read_delimited, shape_of
from meldpunt.engines.matching.reading.streams import Input
from meldpunt.engines.matching.registry import Registry

FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
"""Emptied by whoever runs the target."""
_CSV = (
    b"timestamp,ip,hostname,asn,tag,password\r\n"
    b'2026-10-14 23:59:59,192.0.2.200,www.bank.example,64496,"=1+1","geheim"\r\n'
    b'2026-10-15 00:00:00,"192.0.2.1",,,"a ""b""\nc",\r\nyesterday,::1,bank.example\r\n'
)
_OTHER = b"# made today\n#ip;time\n192.0.2.1;2026-10-01 00:00:00\n\n198.51.100.7;x;y;z\n"
_CLAIMS = (
    b"owner,role,kind,value,valid_from,valid_until\nwater,owner,prefix,192.0.2.0/24,2026-01-01 00:00:00,\n"
    b"bank,owner,domain,bank.example,2026-01-01 00:00:00,2026-10-15 00:00:00\n"
    b"water,owner,asn,AS64496,2026-01-01 00:00:00,\n"
    b"host,hoster,prefix,2001:db8::/32,2026-01-01 00:00:00,\n"
)
_WORDS = [
    b'"',
    b'""',
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r\n",
    b"\r",
    b"#",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"ip",
    b"192.0.2.1",
]


def cut(data: bytes) -> list[bytes]:
    """Pieces at places that the bytes themselves say."""
    places = sorted({crc32(data[:7]) % (len(data) + 1), crc32(data[-7:]) % (len(data) + 1)})
    return [data[first:end] for first, end in zip([0, *places], [*places, len(data)], strict=True)]


def _records(pieces: Iterable[bytes], data: bytes) -> list[bytes] | str:
    """Record by record with its fields, or why there are none."""
    try:
        shape, skip = shape_of(data[: 1 << 20], name="feed")
        found = []
        for block in read_delimited(pieces, shape, range(len(shape.columns)), skip=skip, name="feed"):
            columns = [block.fields(number) for number in range(len(shape.columns))]
            for row in range(block.rows):
                found.append(b"\x1f".join(bytes(one.data[one.starts[row] : one.ends[row]]) for one in columns))
    except InputBroken as broken:
        return broken.reason.split("byte")[0]
    return found


def _same_wherever_it_is_cut(data: bytes) -> None:
    assert _records([data], data) == _records(cut(data), data)


def _whole_or_refused(data: bytes) -> None:
    path = FOLDER / "input"
    path.write_bytes(data)
    try:
        read = b"".join(Input(path).pieces())
    except InputBroken:
        return
    if data.startswith(b"\x1f\x8b"):
        assert read == gzip.decompress(data)
    elif not data.startswith((b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\0", b"BZh")):
        assert read == data


def _claims_or_refused(data: bytes) -> None:
    path = FOLDER / "claims.csv"
    path.write_bytes(data)
    with suppress(MatchingError):
        compile_registry(Registry.compile(read_claims(path)))


def _attributed_or_refused(data: bytes) -> None:
    """The whole way; every row is somewhere: with somebody, in the rest, or counted as one that cannot be read."""
    out, path = FOLDER / "out", FOLDER / "feed.csv"
    shutil.rmtree(out, ignore_errors=True)
    path.write_bytes(data)
    try:
        manifest: Any = attribute([path], Asked(a_registry(), out, formats=("csv", "jsonl")), workers=1)
    except MatchingError:
        assert not (out / "manifest.json").exists()
        return
    (said,) = manifest["inputs"]
    assert said["rows"] == said["attributed"] + said["of_nobody"] + said["misshapen"]
    assert min(said["attributed"], said["of_nobody"], said["misshapen"]) >= 0
    for owner, file, rows, _ in _cells(out / "packages.csv"):
        path = out / "packages" / file
        held = _cells(path) if path.suffix == ".csv" else path.read_text(encoding="utf-8").split("\n")[:-1]
        assert len(held) == int(rows) <= said["attributed"], owner
        assert all(harmless(cell) == cell for row in held if path.suffix == ".csv" for cell in row)


def _cells(path: Path) -> list[list[str]]:
    """The records of a file behind its header."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig", errors="replace"), newline="")))[1:]


def a_registry() -> Path:
    found = list(FOLDER.glob("*.registry"))
    if found:
        return found[0]
    (FOLDER / "held.csv").write_bytes(_CLAIMS)
    return write_registry(compile_registry(Registry.compile(read_claims(FOLDER / "held.csv"))), FOLDER)


def _zipped(*files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, file in enumerate(files):
            archive.writestr(f"{number}.csv", file)
    return held.getvalue()


def _compressed() -> list[bytes]:
    held = pa.BufferOutputStream()
    with pa.CompressedOutputStream(held, "zstd") as stream:
        stream.write(_CSV)
    return [
        gzip.compress(_CSV, mtime=0),
        gzip.compress(_CSV, mtime=0) + gzip.compress(_OTHER, mtime=0),
        held.getvalue().to_pybytes(),
        lzma.compress(_CSV),
        bz2.compress(_CSV),
        _zipped(_CSV),
        _zipped(_CSV, _OTHER),
    ]


TARGETS = {
    "delimited": Target([_CSV, _OTHER], _WORDS, _same_wherever_it_is_cut),
    "streams": Target(
        [_CSV, *_compressed()],
        [b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\0", b"PK\x03\x04", b"PK\x05\x06"],
        _whole_or_refused,
    ),
    "claims": Target(
        [_CLAIMS],
        [
            *_WORDS,
            b"prefix",
            b"domain",
            b"asn",
            b"nl",
            b"0.0.0.0/0",
            b"2026-10-15 00:00:00",
            b"/33",
            b"owner",
            b"\xc3\xa9",
        ],
        _claims_or_refused,
    ),
    "attribute": Target([_CSV, _OTHER, _zipped(_CSV), gzip.compress(_CSV, mtime=0)], _WORDS, _attributed_or_refused),
}
