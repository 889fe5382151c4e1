"""Every run of bytes in a PDF in which something could have stayed behind."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pikepdf

from meldpunt.engines.redaction.errors import PdfUnreadable
from meldpunt.engines.redaction.values import Place

_DEEPEST = 3
_LARGEST_UNPACKED = 200_000_000
"""Bytes that one compressed stream may unpack to; a release is text and pictures of pages."""

_STREAM = re.compile(rb"stream\r?\n")
_METADATA_TYPES = frozenset({"/Metadata", "/XML"})


@dataclass(frozen=True, slots=True)
class Leftover:
    """Bytes, decoded as far as they can be, and where they stood."""

    place: Place
    data: bytes


def collect_leftovers(pdf: bytes) -> Iterator[Leftover]:
    """Raw bytes, loose streams, and each object of the file; attached PDFs and archives opened too.

    Raises `PdfUnreadable` when the file is broken, encrypted, or unpacks beyond 200 MB.
    """
    yield from _collect(pdf, 0)


def _collect(pdf: bytes, depth: int) -> Iterator[Leftover]:
    yield Leftover(Place.RAW, pdf)
    for data in _carve_streams(pdf):
        yield Leftover(Place.RAW, data)
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            if document.is_encrypted:
                raise PdfUnreadable("encrypted")
            for key, value in document.trailer.items():
                if key == "/Info":
                    yield Leftover(Place.METADATA, _strings_of(value))
            for item in document.objects:
                yield from _leftovers_of(item, depth)
    except (pikepdf.PdfError, UnicodeDecodeError) as error:
        raise PdfUnreadable(f"pikepdf: {type(error).__name__}") from None


def _leftovers_of(item: pikepdf.Object, depth: int) -> Iterator[Leftover]:
    yield Leftover(Place.STRING, _strings_of(item))
    if not isinstance(item, pikepdf.Stream):
        return
    kinds = {str(item.get("/Type")), str(item.get("/Subtype"))}
    data = _decoded(item)
    if "/EmbeddedFile" in kinds:
        yield Leftover(Place.ATTACHMENT, data)
    elif kinds & _METADATA_TYPES:
        yield Leftover(Place.METADATA, data)
    else:
        yield Leftover(Place.STREAM, data)
    for inner in _inner_files(data, depth):
        yield Leftover(Place.ATTACHMENT, inner)


def _decoded(stream: pikepdf.Stream) -> bytes:
    """Decoded where a filter is lossless; a JPEG or fax picture as it is stored, for its comments."""
    try:
        return stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def _strings_of(item: pikepdf.Object) -> bytes:
    """Every string and name directly in an object, as UTF-8; indirect objects come by themselves."""
    found: list[str] = []
    pending: list[tuple[object, int]] = [(item, 0)]
    while pending:
        value, level = pending.pop()
        if level and isinstance(value, pikepdf.Object) and value.is_indirect:
            continue
        if isinstance(value, pikepdf.String | pikepdf.Name):
            found.append(str(value))
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            for key, held in value.items():
                found.append(key)
                pending.append((held, level + 1))
        elif isinstance(value, pikepdf.Array):
            pending += ((held, level + 1) for held in value)
    return "\n".join(found).encode("utf-8", errors="replace")


def _carve_streams(pdf: bytes) -> Iterator[bytes]:
    """Whatever unpacks behind a `stream` keyword, also when no table points at it any more."""
    for match in _STREAM.finditer(pdf):
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(pdf[match.end() :], _LARGEST_UNPACKED)
        except zlib.error:
            continue
        if unpacker.unconsumed_tail and not unpacker.eof:
            raise PdfUnreadable("a stream unpacks beyond 200 MB")
        yield data


def _inner_files(data: bytes, depth: int) -> Iterator[bytes]:
    """What stands in a PDF or archive that is itself a stream, three levels deep."""
    if depth >= _DEEPEST:
        return
    if data.startswith(b"%PDF-"):
        yield from (leftover.data for leftover in _collect(data, depth + 1))
    if data.startswith(b"PK\x03\x04"):
        for member in _archive_members(data):
            yield member
            yield from _inner_files(member, depth + 1)


def _archive_members(data: bytes) -> Iterator[bytes]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.file_size > _LARGEST_UNPACKED:
                    raise PdfUnreadable("an attached archive unpacks beyond 200 MB")
                yield entry.filename.encode("utf-8", errors="replace")
                yield archive.read(entry)
    except (BadZipFile, RuntimeError, NotImplementedError):
        raise PdfUnreadable("an attached archive cannot be opened") from None
