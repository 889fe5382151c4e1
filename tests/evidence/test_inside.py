"""Archives, bombs, polyglots and macros, made here and looked at without extracting anything."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.evidence.inside import Limits, Mark, look_inside
from meldpunt.evidence.rules import sniff, sniff_pieces

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def zipped(files: dict[str, bytes], *, packed: bool = True) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return kept.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            header = tarfile.TarInfo(name)
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
    return kept.getvalue()


def overlapping(count: int, size: int) -> bytes:
    """A zip bomb after Fifield's idea: its directory names one piece of packed data `count` times."""
    packer = zlib.compressobj(9, wbits=-15)
    data = packer.compress(bytes(size)) + packer.flush()
    crc = zlib.crc32(bytes(size))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), size, 1, 0) + b"a"
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(data), size, 1, 0, 0, 0, 0, 0, 0)
    directory = (entry + b"a") * count
    start = len(local) + len(data)
    return (
        local + data + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    )


def nested(depth: int) -> bytes:
    data = b"end"
    for level in range(depth):
        data = zipped({f"{level}.zip": data}, packed=False)
    return data


BOMBS = {
    "zip": zipped({"zeros": bytes(60_000_000)}),
    "gzip": gzip.compress(bytes(60_000_000)),
    "bzip2": bz2.compress(bytes(60_000_000)),
    "xz": lzma.compress(bytes(60_000_000)),
    "tar.gz": gzip.compress(tarred({"zeros": bytes(60_000_000)})),
    "zip in zip": zipped({"inner.zip": zipped({"zeros": bytes(60_000_000)})}),
    "overlapping": overlapping(1_000, 1_000_000),
    "overlapping a little": overlapping(3, 100),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_known_before_it_goes_off(bomb: str) -> None:
    began = time.monotonic()
    found = look_inside(BOMBS[bomb])
    assert Mark.BOMB in found.marks
    assert time.monotonic() - began < 2


def test_a_zip_that_lies_about_the_size_of_what_is_in_it_unpacks_no_further_than_the_limit() -> None:
    honest = zipped({"zeros": bytes(60_000_000)})
    lying = honest.replace(struct.pack("<I", 60_000_000), struct.pack("<I", 10))
    assert look_inside(lying).marks & {Mark.BOMB, Mark.DAMAGED, Mark.TOO_MUCH}


@pytest.mark.parametrize(
    "data",
    [nested(10), zipped({str(number): b"" for number in range(3_000)}), tarred({str(n): b"" for n in range(3_000)})],
    ids=["too deep", "too many", "too many in a tar"],
)
def test_what_is_too_deep_or_too_many_is_looked_at_no_further(data: bytes) -> None:
    found = look_inside(data)
    assert Mark.TOO_MUCH in found.marks
    assert len(found.names) <= Limits().listed


def test_there_is_a_limit_to_what_is_unpacked_and_to_how_long_it_takes() -> None:
    noise = zipped({"noise": b"".join(bytes([n % 251, n % 13]) for n in range(500_000))}, packed=False)
    assert Mark.TOO_MUCH in look_inside(noise, limits=Limits(total=100_000)).marks
    assert Mark.TOO_MUCH in look_inside(noise, limits=Limits(seconds=-1)).marks
    assert look_inside(noise).marks == frozenset()


def test_names_in_archives_in_archives_are_listed_as_they_stand_there() -> None:
    inner = tarred({"../../etc/passwd": b"root"})
    found = look_inside(zipped({"logs/a.txt": b"een", "b.tar.gz": gzip.compress(inner)}))
    assert [(one.name, one.size, one.depth) for one in found.names] == [
        ("logs/a.txt", 3, 1),
        ("b.tar.gz", len(gzip.compress(inner)), 1),
        ("../../etc/passwd", 4, 3),
    ]
    assert found.marks == frozenset()


@pytest.mark.parametrize(
    "data",
    [PDF + zipped({"a": b"b"}), GIF + zipped({"A.class": b"\xca\xfe\xba\xbe"}), PNG + PDF],
    ids=["PDF and ZIP", "GIFAR", "PNG and PDF"],
)
def test_what_is_two_things_at_once_is_marked(data: bytes) -> None:
    assert Mark.TWO_TYPES in look_inside(data).marks


@pytest.mark.parametrize("active", [b"<script>alert(1)</script>", b"<?php system($_GET['c']); ?>", b"<SVG onload=x>"])
def test_a_picture_with_something_that_runs_in_it_is_marked(active: bytes) -> None:
    assert Mark.ACTIVE_IN_PICTURE in look_inside(PNG + active).marks


@pytest.mark.parametrize(
    "data",
    [
        zipped({"word/document.xml": b"<w/>", "word/vbaProject.bin": b"x"}),
        zipped({"xl/workbook.xml": b"<w/>", "xl/macrosheets/sheet1.xml": b"<x/>"}),
        zipped({"content.xml": b"<o/>", "Basic/Standard/Module1.xml": b"<m/>"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "_VBA_PROJECT".encode("utf-16-le"),
        zipped({"mail/a.docm": zipped({"word/vbaProject.bin": b"x"})}),
    ],
    ids=["docm", "xlm", "odf", "doc", "in a zip"],
)
def test_a_document_with_macros_is_marked(data: bytes) -> None:
    assert look_inside(data).marks == {Mark.MACROS}


def test_a_program_is_marked_also_in_an_archive() -> None:
    assert look_inside(zipped({"factuur.pdf.exe": b"MZ\x90\x00"})).marks == {Mark.PROGRAM}


def test_what_is_locked_is_marked_and_its_names_are_read() -> None:
    data = bytearray(zipped({"geheim.txt": b"woorden"}, packed=False))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + place] |= 1
    found = look_inside(bytes(data))
    assert (found.marks, [one.name for one in found.names]) == ({Mark.ENCRYPTED}, ["geheim.txt"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"een log",
        PDF,
        PNG,
        GIF,
        zipped({"a.txt": b"een"}),
        tarred({"a.txt": b"een"}),
        gzip.compress(b"een log", mtime=0),
        bz2.compress(b"een log"),
        lzma.compress(b"een log"),
    ],
)
def test_what_is_ordinary_has_no_mark(data: bytes) -> None:
    assert look_inside(data).marks == frozenset()


SMALL = [*(one for one in BOMBS.values() if len(one) < 90_000), PDF, zipped({"a": b"b"}), tarred({"a": b"b"})]
MAGIC = [b"PK\x03\x04", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c"]


@given(st.sampled_from(SMALL), st.data())
def test_whatever_the_bytes_are_it_answers(data: bytes, draw: st.DataObject) -> None:
    changed = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        changed[draw.draw(st.integers(0, len(changed) - 1))] = draw.draw(st.integers(0, 255))
    look_inside(bytes(changed[: draw.draw(st.integers(0, len(changed)))]))


@given(st.binary(max_size=400), st.sampled_from(MAGIC))
def test_a_magic_number_before_noise_is_damaged_at_most(noise: bytes, magic: bytes) -> None:
    assert look_inside(magic + noise).marks <= {Mark.DAMAGED, Mark.TWO_TYPES}


def test_a_directory_that_says_to_be_larger_than_is_read_is_not_read() -> None:
    """A reader of archives takes the whole of it into memory, at many times its size."""
    packed = bytearray(zipped({"a.txt": b"een"}))
    end = packed.rfind(b"PK\x05\x06")
    packed[end + 12 : end + 16] = (200 * 1024 * 1024).to_bytes(4, "little")
    assert look_inside(bytes(packed)).marks == {Mark.TOO_MUCH}


@pytest.mark.parametrize("size", [0, 1, 1024, 1025, 3_000_000])
def test_read_piece_by_piece_bytes_have_the_type_they_have_at_once(size: int) -> None:
    for data in (b"e" * size, "é".encode() * size, b"%PDF-1.7" + bytes(size), bytes(size), b"<html>" + b" " * size):
        pieces = [data[start : start + 1021] for start in range(0, len(data), 1021)]
        assert sniff_pieces(pieces) == sniff(data)
