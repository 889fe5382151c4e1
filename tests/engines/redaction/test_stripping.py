"""A file that was stripped holds what one sees, and nothing of who made it, where, when, or with what."""

from __future__ import annotations

import struct
from datetime import datetime
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from meldpunt.engines.redaction.errors import FileNotStrippable
from meldpunt.engines.redaction.pdf import typeset_release
from meldpunt.engines.redaction.pdfium import read_text
from meldpunt.engines.redaction.stripping import MOST_PAGES, plain_text, strip_file
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.engines.redaction.values import Withheld

WHO = "Kwikstaartmaker"


def pdf(who: str = WHO, *, text: str = "Wat iedereen mag lezen.", pages: int = 1) -> bytes:
    """A page, with its maker in every place a PDF has for it."""
    made = typeset_release(
        title="t",
        dossier="d",
        language="nl",
        paragraphs=[Withheld(text, ())],
        made_at=datetime.fromisoformat("2026-01-02T03:04:05+00:00"),
    )
    with pikepdf.open(BytesIO(made)) as document:
        for _ in range(pages - 1):
            document.pages.append(document.pages[0])
        document.docinfo["/Author"] = who
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [who]
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=pikepdf.String(who), F=2
        )
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([document.make_indirect(note)]))
        document.attachments[f"{who}.txt"] = who.encode()
        document.Root.PieceInfo = pikepdf.Dictionary(Maker=pikepdf.String(who))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def png(who: str = WHO, *, mode: str = "RGB") -> bytes:
    picture = Image.new(mode, (9, 7), (200, 30, 30, 255)[: len(mode)])
    picture.putpixel((3, 3), (1, 2, 3, 255)[: len(mode)])
    told, exif = PngInfo(), Image.Exif()
    told.add_text("Author", who)
    told.add_itxt("XML:com.adobe.xmp", f"<x>{who}</x>")
    exif[0x013B] = who
    out = BytesIO()
    picture.save(out, "PNG", pnginfo=told, exif=exif, dpi=(300, 300), icc_profile=who.encode())
    return out.getvalue() + who.encode()


def jpeg(who: str = WHO, *, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = who, orientation
    out = BytesIO()
    Image.new("RGB", (16, 8), (10, 20, 30)).save(out, "JPEG", exif=exif, comment=who.encode(), progressive=True)
    return out.getvalue()


def chunks_of(data: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.append(data[at + 4 : at + 8])
        at += 12 + length
    return found


def test_a_pdf_keeps_its_words_and_nothing_of_its_maker() -> None:
    assert find_traces(pdf(), [WHO])
    bare = strip_file(pdf())
    assert find_traces(bare.data, [WHO]) == ()
    assert "Wat iedereen mag lezen." in "\n".join(read_text(bare.data))
    with pikepdf.open(BytesIO(bare.data)) as document:
        assert "/Metadata" not in document.Root
        assert list(document.attachments) == []
        assert [one for page in document.pages for one in ("/Annots", "/Thumb", "/PieceInfo") if one in page.obj] == []
        assert "/Info" not in document.trailer


def test_the_same_pages_give_the_same_bytes_whoever_made_them() -> None:
    assert strip_file(pdf("Een")).data == strip_file(pdf("Ander")).data


def test_a_png_keeps_its_pixels_and_no_chunk_but_those() -> None:
    bare = strip_file(png())
    assert set(chunks_of(bare.data)) == {b"IHDR", b"IDAT", b"IEND"}
    assert WHO.encode() not in bare.data
    assert Image.open(BytesIO(bare.data)).getpixel((3, 3)) == (1, 2, 3)
    assert bare.data == strip_file(png("Ander")).data


def test_nothing_is_left_under_what_is_transparent() -> None:
    hidden = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    hidden.putpixel((1, 1), (9, 9, 9, 255))
    out = BytesIO()
    hidden.save(out, "PNG")
    seen = Image.open(BytesIO(strip_file(out.getvalue()).data))
    assert seen.getpixel((0, 0)) == (0, 0, 0, 0)
    assert seen.getpixel((1, 1)) == (9, 9, 9, 255)


def test_a_jpeg_keeps_no_segment_that_says_something_and_stands_upright() -> None:
    bare = strip_file(jpeg(orientation=6))
    seen = Image.open(BytesIO(bare.data))
    assert WHO.encode() not in bare.data
    assert dict(seen.getexif()) == {}
    assert "comment" not in seen.info
    assert seen.size == (8, 16)
    assert bare.data == strip_file(jpeg("Ander", orientation=6)).data


def test_a_table_is_written_alike_whoever_saved_it() -> None:
    one = strip_file(b'\xef\xbb\xbfadres;naam\r\n203.0.113.7 ;"x"\r\n', is_table=True)
    other = strip_file(b"adres\tnaam\n203.0.113.7\tx", is_table=True)
    assert one == other
    assert one.data == b"adres,naam\n203.0.113.7,x\n"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 een document van een tekstverwerker",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"GIF89a\x01\x00",
        b"caf\xe9",
        b"%PDF-1.7 en dan niets",
        b"\x89PNG\r\n\x1a\n en dan niets",
        b"tekst met een\x07bel",
    ],
)
def test_what_cannot_be_made_bare_is_refused(data: bytes) -> None:
    with pytest.raises(FileNotStrippable):
        strip_file(data)


def test_more_pages_than_memory_has_room_for_are_refused() -> None:
    with pytest.raises(FileNotStrippable):
        strip_file(pdf(pages=MOST_PAGES + 1))


@given(st.text())
def test_plain_text_is_plain_and_stays_so(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert not set(plain) & set("\r\t\u200b\u200d\ufeff\u00ad\u00a0\0")


def test_two_ways_of_typing_the_same_are_the_same() -> None:
    mac, windows = "Cafe\u0301\u00a0open \r\r\rja\u200b", "Caf\u00e9 open\r\n\r\n\r\n\r\nja  \r\n"
    assert plain_text(mac) == plain_text(windows) == "Café open\n\nja"
