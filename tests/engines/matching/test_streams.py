"""A file is read whole, whatever it is packed in, or it is said why not."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import mmap
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.streams import PIECE, Input

HELD = b"".join(
    b"192.0.2.%d,2026-10-%02d 00:00:00,%d\n" % (row % 256, row % 28 + 1, row * row) for row in range(40_000)
)


def _zipped() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("folder")
        archive.writestr("folder/one.csv", HELD[:1000])
        archive.writestr("two.csv", HELD[1000:])
    return held.getvalue()


PACKED = {
    "plain": HELD,
    "gzip": gzip.compress(HELD),
    "two gzips": gzip.compress(HELD[:999]) + gzip.compress(HELD[999:]),
    "zstd": bytes(pa.compress(HELD, "zstd", asbytes=True)),
    "xz": lzma.compress(HELD),
    "bzip2": bz2.compress(HELD),
    "zip": _zipped(),
}


def _read(raw: bytes, folder: Path) -> tuple[bytes, Input]:
    path = folder / "feed"
    path.write_bytes(raw)
    opened = Input(path)
    return b"".join(opened.pieces()), opened


@pytest.mark.parametrize("packing", PACKED)
def test_what_was_packed_comes_out_with_the_digest_of_the_file(packing: str, tmp_path: Path) -> None:
    held, opened = _read(PACKED[packing], tmp_path)
    assert held == HELD
    assert opened.digest == hashlib.sha256(PACKED[packing]).hexdigest()
    assert opened.size == len(PACKED[packing])


@pytest.mark.parametrize("packing", sorted(PACKED.keys() - {"plain", "two gzips"}))
@pytest.mark.parametrize("left", [0.99, 0.5, 0.1])
def test_a_file_that_ends_too_early_is_no_answer(packing: str, left: float, tmp_path: Path) -> None:
    with pytest.raises(InputBroken, match="cannot be read to its end"):
        _read(PACKED[packing][: int(len(PACKED[packing]) * left)], tmp_path)


# A zstd frame carries a checksum only where its writer put one; ours here does not.
@pytest.mark.parametrize("packing", sorted(PACKED.keys() - {"plain", "zstd"}))
def test_a_file_with_a_damaged_byte_is_no_answer(packing: str, tmp_path: Path) -> None:
    damaged = bytearray(PACKED[packing])
    for place in range(len(damaged) // 2, len(damaged) // 2 + 64):
        damaged[place] ^= 0xFF
    with pytest.raises(InputBroken):
        _read(bytes(damaged), tmp_path)


def test_a_file_that_grows_while_it_is_read_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_bytes(b"1.2.3.4\n" * PIECE)
    pieces = Input(path).pieces()
    next(pieces)
    with path.open("ab") as file:
        file.write(b"5.6.7.8\n")
    with pytest.raises(InputBroken, match="changed while it was read"):
        list(pieces)


def test_a_file_that_is_written_over_while_it_is_read_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_bytes(b"1.2.3.4\n" * PIECE)
    pieces = Input(path).pieces()
    next(pieces)
    with path.open("r+b") as file:
        file.write(b"9")
    os.utime(path, (1, 1))
    with pytest.raises(InputBroken, match="changed while it was read"):
        list(pieces)


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    raw = bytearray(_zipped())
    place = raw.find(b"PK\x01\x02")
    while place >= 0:
        raw[place + 8] |= 1
        place = raw.find(b"PK\x01\x02", place + 1)
    with pytest.raises(InputBroken, match="password"):
        _read(bytes(raw), tmp_path)


def test_what_a_bomb_opens_into_comes_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(gzip.compress(bytes(40 << 20)))
    assert max(map(len, Input(path).pieces())) <= PIECE


def test_a_zip_that_names_a_file_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(_zipped().replace(b"two.csv", b"\0wo.csv"))
    with pytest.raises(InputBroken):
        list(Input(path).pieces())


def test_files_that_are_damaged_leave_no_memory_behind(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv.zst"
    path.write_bytes(PACKED["zstd"][:-9])

    def kept() -> int:
        return int(Path("/proc/self/statm").read_text().split()[5])

    def read() -> None:
        with pytest.raises(InputBroken):
            list(Input(path).pieces())

    read()
    before = kept()
    for _ in range(50):
        read()
    assert (kept() - before) * mmap.PAGESIZE < 50 * PIECE // 2
